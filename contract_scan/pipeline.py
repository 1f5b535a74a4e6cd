"""scan(): the only module that knows the order. Pure after ``extract``: same bytes, rules and options, same report."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from contract_scan.assemble import assemble
from contract_scan.checks import Engine, judge
from contract_scan.costing import LPR, price
from contract_scan.doubts import doubt_sentence, doubtful_figures
from contract_scan.extract import Readers, extract, extract_together
from contract_scan.model import Contract, ContractKind, CostCard, Fact, Options, Party, Report, Role, Source
from contract_scan.normalise import normalise
from contract_scan.outline import find_gaps, read_clauses, read_nature, read_sentences
from contract_scan.papers import leading, papers_of, parties_in, read_all_facts, read_all_parties
from contract_scan.rulebook import Rulebook


def scan(path: Path, engine: Engine, options: Options, *, readers: Readers | None = None) -> Report:
    """The report on one file. Raises ExtractError when it cannot be read."""
    return scan_source(extract(path, readers), engine, options)


def scan_together(paths: Sequence[Path], engine: Engine, options: Options, *, readers: Readers | None = None) -> Report:
    """The report on several files that are one contract (photos of its pages) or one deal."""
    return scan_source(extract_together(paths, readers), engine, options)


def scan_text(text: str, engine: Engine, options: Options, *, name: str = "文本") -> Report:
    """The report on a text that is already at hand."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return scan_source(Source(name, digest, "text", text), engine, options)


def scan_source(source: Source, engine: Engine, options: Options) -> Report:
    """The report on a source."""
    contract = _read(source, engine.rulebook, options, ())
    if options.lpr is not None:
        engine = _with_lpr(engine, contract.judged_on, options.lpr)
    contract, cost = _priced(contract, engine.rulebook, options)
    report = assemble(contract, tuple(judge(contract, engine)), engine.rulebook)
    return replace(report, cost=cost)


def read_contract(source: Source, rulebook: Rulebook, options: Options, *, parties: tuple[Party, ...] = ()) -> Contract:
    """Source → Contract; *parties* are used where the text itself defines none for that alias (rule examples)."""
    return _priced(_read(source, rulebook, options, parties), rulebook, options)[0]


def _with_lpr(engine: Engine, day: date, lpr: Decimal) -> Engine:
    """The engine with the LPR that the user gives for the contract's day."""
    parameters = engine.rulebook.parameters.supplied(LPR, lpr, day)
    return replace(engine, rulebook=replace(engine.rulebook, parameters=parameters))


#: Documents that go with a loan; its cost stands in the loan contract.
_BESIDE = {
    ContractKind.GUARANTEE: "这份文件是担保合同，成本要看它担保的那份借款合同。",
    ContractKind.SERVICE: "这份文件是服务协议，成本要和借款合同合在一起算：把两份的数字填进 contract-scan cost。",
    ContractKind.AUTHORIZATION: "这份文件是授权书，借款的金额和利率在借款合同里。",
}


def _priced(contract: Contract, rulebook: Rulebook, options: Options) -> tuple[Contract, CostCard]:
    """The contract with what was derived from its facts, and the cost card."""
    if contract.kind is ContractKind.NOT_LOAN:
        return contract, CostCard()
    beside = _BESIDE.get(contract.kind, "")
    if beside and contract.kind is not ContractKind.SERVICE:
        return contract, CostCard(reason=beside)
    card, derived = price(
        contract.facts,
        rulebook,
        day=contract.judged_on,
        lender=contract.lender_type,
        platform=bool(contract.roles_of(Role.PLATFORM)),
        income=options.income,
    )
    if beside and card.simple is None:  # a service agreement may hold the whole loan, or only its fees
        return contract, CostCard(reason=beside)
    if doubt := doubt_sentence(contract):
        card = replace(card, assumptions=(doubt, *card.assumptions))
    return replace(contract, facts=(*contract.facts, *derived)), card


def _read(source: Source, rulebook: Rulebook, options: Options, parties: tuple[Party, ...]) -> Contract:
    """The contract with the facts that it states."""
    document = normalise(source)
    clauses = read_clauses(document.text)
    sentences = read_sentences(document.text, clauses)
    read = read_all_parties(document, rulebook.roles)
    known = {alias for party in read for alias in party.aliases}
    parties = (*read, *(party for party in parties if not known & set(party.aliases)))
    lender_type_of = rulebook.directory.lender_type_of
    nature = leading(
        [
            read_nature(paper.of(document.text), parties_in(parties, paper), lender_type_of)
            for paper in papers_of(document)
        ]
    )
    contract = Contract(
        document=document,
        clauses=clauses,
        sentences=sentences,
        parties=parties,
        kind=options.kind or nature.kind,
        jurisdiction=nature.jurisdiction,
        lender_type=options.lender_type or nature.lender_type,
        borrower_type=options.borrower_type or nature.borrower_type,
        signed_on=options.signed_on,
        as_of=options.as_of,
        kind_reason="由 --kind 指定" if options.kind else nature.kind_reason,
        lender_reason="由 --lender-type 指定" if options.lender_type else nature.lender_reason,
    )
    facts = read_all_facts(document, sentences, parties)
    signed_on = options.signed_on or _signed_on(facts)
    doubtful = doubtful_figures(document, facts)
    return replace(contract, facts=facts, signed_on=signed_on, gaps=find_gaps(document), doubtful=doubtful)


def _signed_on(facts: tuple[Fact, ...]) -> date | None:
    """The signing date, when the contract states exactly one."""
    days = {
        fact.value for fact in facts if fact.kind == "date" and fact.role == "signed" and isinstance(fact.value, date)
    }
    return days.pop() if len(days) == 1 else None
