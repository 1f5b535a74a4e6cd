"""Outcomes → Report: findings with quotes and law, the summary, what could not be judged, coverage."""

from __future__ import annotations

from collections.abc import Sequence

from contract_scan._version import VERSION
from contract_scan.boxes import boxes
from contract_scan.checks import CIVIL_CODE_FROM
from contract_scan.model import (
    Basis,
    BorrowerType,
    Confidence,
    Contract,
    ContractKind,
    Coverage,
    Evidence,
    Finding,
    Jurisdiction,
    Level,
    Outcome,
    Report,
    Role,
    Severity,
    Span,
    Summary,
    Unjudged,
    Verdict,
    Versions,
)
from contract_scan.model.report import fingerprint
from contract_scan.rulebook import Rulebook
from contract_scan.rulebook.schema import Rule

Judged = Sequence[tuple[Rule, Outcome]]


def assemble(contract: Contract, judged: Judged, rulebook: Rulebook) -> Report:
    """The whole report, sorted by severity, confidence and place."""
    findings = sorted(
        (_finding(rule, outcome, contract, rulebook) for rule, outcome in judged if outcome.verdict is Verdict.HIT),
        key=lambda f: (
            f.severity.rank,
            f.confidence.rank,
            f.evidence[0].span.start if f.evidence else 1 << 40,
            f.rule,
        ),
    )
    coverage = _coverage(contract, judged)
    lenders = contract.roles_of(Role.LENDER)
    name = next((party.name for party in lenders if party.name), "")
    return Report(
        contract=contract,
        findings=tuple(findings),
        undetermined=_unjudged(judged, Verdict.UNDETERMINED),
        not_applicable=_unjudged(judged, Verdict.NOT_APPLICABLE),
        clear=_unjudged(judged, Verdict.CLEAR),
        coverage=coverage,
        summary=summarise(contract, findings, coverage),
        lender=rulebook.directory.check(contract.lender_type, name),
        versions=Versions(VERSION, VERSION, rulebook.sha256),
        assumptions=_assumptions(contract),
    )


def _finding(rule: Rule, outcome: Outcome, contract: Contract, rulebook: Rulebook) -> Finding:
    evidence = tuple(_evidence(contract, span) for span in outcome.evidence)
    words = "".join(item.quote for item in evidence)
    basis = tuple(b for cited in rule.basis if (b := _basis(cited, contract, rulebook)))
    loan = contract.kind is not ContractKind.NOT_LOAN
    notes = _notes(rule, outcome, contract, basis)
    return Finding(
        rule=rule.id,
        category=rule.category,
        title=rule.title,
        severity=rule.severity if loan else Severity.LOW,
        effect=rule.effect,
        effect_text=rulebook.effects[rule.effect].sentence,
        confidence=outcome.confidence if loan else Confidence.CHECK,
        message=rule.why + _left_out(outcome),
        ask=_ask(rule, outcome),
        basis=basis,
        evidence=evidence,
        fingerprint=fingerprint(rule.id, words),
        notes=notes,
    )


def _left_out(outcome: Outcome) -> str:
    """没有写明：收多少、付给谁。 With the number of places where only some of them leave a thing out."""
    if not outcome.lacks:
        return ""
    whole = len(outcome.evidence)
    names = (
        lack.name if len(lack.places) == whole else f"{lack.name}（{whole} 处中的 {len(lack.places)} 处）"
        for lack in outcome.lacks
    )
    return f"这里没有写明：{'、'.join(names)}。"


def _ask(rule: Rule, outcome: Outcome) -> str:
    """The rule's question, or the questions for exactly what is left out."""
    if not outcome.lacks:
        return rule.ask
    exact = f"请写明：{'；'.join(lack.ask for lack in outcome.lacks)}。"
    return exact if outcome.ask_only else f"{rule.ask}{exact}"


def _notes(rule: Rule, outcome: Outcome, contract: Contract, basis: Sequence[Basis]) -> tuple[str, ...]:
    """Why the confidence is what it is, in sentences for the reader."""
    notes = [outcome.reason] if outcome.reason else []
    if contract.kind is ContractKind.NOT_LOAN:
        notes.append("这份文件看起来不是借款合同，只作提示。")
    if rule.applies.lender_type and contract.lender_type.value == "unknown":
        notes.append("合同没有写明出借方是哪一类机构，这一条是否适用取决于出借方身份。")
    if rule.applies.borrower_type and contract.borrower_type is BorrowerType.UNKNOWN:
        notes.append("看不出借款人是个人消费还是经营，这一条是否适用取决于借款用途。")
    if contract.judged_on < CIVIL_CODE_FROM:
        notes.append("合同签订在 2021 年之前，适用旧法，本工具只收录 2021 年起的法律。")
    elif not basis:
        notes.append("签订日当时有效的法律依据没有收录。")
    if any(b.verified != "verbatim" for b in basis):
        notes.append("有的法律依据只核对了一部分原文，引用前请再核对。")
    return tuple(notes)


def _evidence(contract: Contract, span: Span) -> Evidence:
    source = contract.document.source
    home = contract.document.to_source(span)
    page = source.page_at(home.start)
    clause = next((s.clause for s in contract.sentences if s.span.overlaps(span)), "")
    return Evidence(home, home.of(source.text), clause, page.number if page else None, boxes(source, home))


def _basis(cited: str, contract: Contract, rulebook: Rulebook) -> Basis | None:
    """The article as in force on the contract's day; None before the Civil Code or where it cannot apply."""
    if contract.judged_on < CIVIL_CODE_FROM:
        return None
    return rulebook.law.cite_for(
        cited, contract.judged_on, lender=contract.lender_type, borrower=contract.borrower_type
    )


def _unjudged(judged: Judged, verdict: Verdict) -> tuple[Unjudged, ...]:
    return tuple(Unjudged(rule.id, rule.title, o.reason) for rule, o in judged if o.verdict is verdict)


def _coverage(contract: Contract, judged: Judged) -> Coverage:
    verdicts = [outcome.verdict for _, outcome in judged]
    source = contract.document.source
    return Coverage(
        rules=len(verdicts),
        hit=verdicts.count(Verdict.HIT),
        clear=verdicts.count(Verdict.CLEAR),
        undetermined=verdicts.count(Verdict.UNDETERMINED),
        not_applicable=verdicts.count(Verdict.NOT_APPLICABLE),
        characters=len(source.text),
        pages=len(source.pages),
        unread=source.unread,
        notes=source.notes,
    )


def _assumptions(contract: Contract) -> tuple[str, ...]:
    out = []
    if contract.signed_on is None:
        out.append(f"合同没有写签订日期，假设 {contract.as_of} 签订，按那一天有效的法律判断。")
    elif contract.signed_on < CIVIL_CODE_FROM:
        out.append(f"合同签订于 {contract.signed_on}，适用旧法，本工具只收录 2021 年起的法律，结论都只作提示。")
    return tuple(out)


def summarise(contract: Contract, findings: Sequence[Finding], coverage: Coverage) -> Summary:
    """One of the five levels; a finding that a person has to check weighs one level less."""
    if contract.jurisdiction is not Jurisdiction.MAINLAND:
        return Summary(Level.UNDETERMINED, "无法判断", "合同看起来适用台湾或香港的法律，本工具只收录中国大陆的规则。")
    if contract.kind is ContractKind.NOT_LOAN:
        return Summary(
            Level.UNDETERMINED,
            "无法判断",
            f"看起来不是借款合同：{contract.kind_reason}。如果确实是，请加 --kind loan 再查一次。",
        )
    weights = [f.severity.rank + (f.confidence is Confidence.CHECK) for f in findings]
    if 0 in weights:  # a grave problem is never softened by pages that could not be read
        return Summary(Level.STOP, "先别签", _count(findings, "有严重问题"))
    if coverage.unread and len(coverage.unread) * 2 >= coverage.pages:
        return Summary(
            Level.UNDETERMINED, "无法判断", f"{coverage.pages} 页里有 {len(coverage.unread)} 页没有读出文字。"
        )
    if 1 in weights:
        return Summary(Level.NEGOTIATE, "先谈清楚", _count(findings, "有对你很不利的条款"))
    if findings:
        return Summary(Level.NOTICE, "留意", _count(findings, "没有发现严重问题，有几处值得留意"))
    checked = coverage.clear
    if contract.kind is ContractKind.UNKNOWN or checked < coverage.rules // 3:
        return Summary(Level.UNDETERMINED, "无法判断", contract.kind_reason or "能判断的规则太少。")
    unread = f"有 {len(coverage.unread)} 页没有读出文字；" if coverage.unread else ""
    return Summary(
        Level.NOTHING_FOUND,
        f"在读到的部分、已检查的 {checked} 条中未发现问题",
        f"{unread}没有发现不等于没有风险，另有 {coverage.undetermined} 条无法判断。",
    )


def _count(findings: Sequence[Finding], opening: str) -> str:
    names = {Severity.CRITICAL: "严重", Severity.HIGH: "较重", Severity.MEDIUM: "中等", Severity.LOW: "轻微"}
    counts = [(names[s], sum(f.severity is s for f in findings)) for s in Severity]
    return f"{opening}：" + "、".join(f"{name} {count} 处" for name, count in counts if count) + "。"
