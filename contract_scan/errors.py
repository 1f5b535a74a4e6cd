"""Everything contract_scan raises on purpose.

ContractScanError
├── ExtractError        the file could not be turned into text
│   ├── Encrypted       a password is needed
│   ├── TooLarge        the file, or what it unpacks to, exceeds a limit
│   ├── Unreadable      damaged, empty, undecodable, or no text at all
│   └── MissingExtra    an optional component is not installed
└── RuleError           a rule, lexicon, law or parameter file is wrong

Messages are Chinese sentences for the user: what happened, where, what to do next.
"""


class ContractScanError(Exception):
    """Base of every error raised on purpose; ``str(error)`` can be shown to the user as it stands."""


class ExtractError(ContractScanError):
    """The file could not be turned into text."""


class Encrypted(ExtractError):
    """The file needs a password."""


class TooLarge(ExtractError):
    """The file, or what it unpacks to, exceeds a limit."""


class Unreadable(ExtractError):
    """The file is damaged, empty, of an unknown kind, or holds no usable text."""


class MissingExtra(ExtractError):
    """An optional component is not installed."""

    def __init__(self, task: str, extra: str) -> None:
        super().__init__(f"{task}需要可选组件，请运行：pip install 'contract-scan[{extra}]'")


class RuleError(ContractScanError):
    """A rule, lexicon, law or parameter file is wrong; the message names file, key and remedy."""
