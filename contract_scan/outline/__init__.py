"""Document → clauses, sentences, parties, and what kind of contract this is."""

from contract_scan.outline.clauses import read_clauses
from contract_scan.outline.gaps import find_gaps
from contract_scan.outline.kind import Nature, read_nature
from contract_scan.outline.parties import read_parties
from contract_scan.outline.sentences import read_sentences

__all__ = ["Nature", "find_gaps", "read_clauses", "read_nature", "read_parties", "read_sentences"]
