"""Reports → comparisons: two offers, two versions of one contract, an advertisement and the contract.

Pure functions over reports; nothing here reads a file, renders or gives advice.
"""

from contract_scan.compare.advert import compare_advert
from contract_scan.compare.offers import compare_offers
from contract_scan.compare.promises import MOST_PROMISES
from contract_scan.compare.values import (
    AdvertComparison,
    Check,
    ClauseChange,
    Fate,
    Match,
    OfferComparison,
    Piece,
    Promise,
    Shift,
    Tracked,
    VersionComparison,
)
from contract_scan.compare.versions import compare_versions, similarity

__all__ = [
    "MOST_PROMISES",
    "AdvertComparison",
    "Check",
    "ClauseChange",
    "Fate",
    "Match",
    "OfferComparison",
    "Piece",
    "Promise",
    "Shift",
    "Tracked",
    "VersionComparison",
    "compare_advert",
    "compare_offers",
    "compare_versions",
    "similarity",
]
