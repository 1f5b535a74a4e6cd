"""What the local page adds to a report: where its own script and forms are. The static file has none of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Live:
    """Addresses on the same origin, and what its forms carry.

    ``id`` names the reading ("" where there is none to name), ``token`` proves that a form is ours, ``accept`` is
    what the file chooser offers.
    """

    id: str
    token: str
    style: str
    script: str
    accept: str
