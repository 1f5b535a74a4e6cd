"""The licences of everything contract-scan needs, as the installed packages state them.

    python -m tests.licences    # one line for each: name, licence, what needs it

Used by ``.ci/lock`` to write ``.ci/licences.txt`` and by ``test_licences.py`` to refuse what we may not pass on.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from packaging.requirements import Requirement

PROJECT = "contract-scan"
EXTRAS = ("annotate", "ocr", "cluster", "web", "test")
#: GNU licences that reach the whole work; the Lesser one, the Library one and exceptions for linking do not.
REACHING = re.compile(r"(?<![A-Za-z])A?GPL|(?:General|Affero)[ -]Public[ -]Licen[sc]e", re.IGNORECASE)
HARMLESS = re.compile(r"LGPL|Lesser|Library|with[ -][^;,]*exception|linking exception", re.IGNORECASE)


def needed(root: str = PROJECT, extras: tuple[str, ...] = EXTRAS) -> Iterator[Distribution]:
    """Every installed distribution that *root* with its *extras* needs, itself not among them; each once."""
    seen, pending = {_plain(root)}, [(root, extras)]
    while pending:
        name, wanted = pending.pop()
        for line in distribution(name).requires or ():
            requirement = Requirement(line)
            marker = requirement.marker
            if marker and not any(marker.evaluate({"extra": extra}) for extra in (*wanted, "")):
                continue
            try:
                found = distribution(requirement.name)
            except PackageNotFoundError:
                continue  # an optional part that this machine does not have
            if _plain(requirement.name) not in seen:
                seen.add(_plain(requirement.name))
                pending.append((requirement.name, tuple(requirement.extras)))
                yield found


def licence(package: Distribution) -> str:
    """What a package says its licence is: an SPDX expression, classifiers, the field, or the heading of its file."""
    about = package.metadata
    if expression := about.get("License-Expression"):
        return expression
    classified = [c.rsplit(" :: ", 1)[-1] for c in about.get_all("Classifier") or () if c.startswith("License ::")]
    named = [c for c in classified if c != "OSI Approved"]
    first_line = (about.get("License") or "").strip().split("\n")[0]
    return "; ".join(named) or first_line or _heading(package) or "?"


def _heading(package: Distribution) -> str:
    """The first line of the licence file that came with a package."""
    for file in package.files or ():
        if file.name.upper().startswith(("LICENSE", "LICENCE", "COPYING")):
            return next((line.strip() for line in file.read_text().splitlines() if line.strip()), "")
    return ""


def reaches_us(stated: str) -> bool:
    """Whether a licence would reach contract-scan itself; of several to choose from, a harmless one will do."""
    choices = re.split(r"\s+(?:OR|or)\s+", stated)
    return all(REACHING.search(choice) and not HARMLESS.search(choice) for choice in choices)


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def main() -> int:
    """Print the list, in the order of the names."""
    for package in sorted(needed(), key=lambda p: _plain(p.metadata["Name"])):
        print(f"{_plain(package.metadata['Name']):32s} {licence(package)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
