"""Reports made by hand: a small loan contract written for these tests, with traps, and everything around it."""

from __future__ import annotations

import hashlib
import re
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from contract_scan.cost import estimate
from contract_scan.cost.lines import judged
from contract_scan.model import (
    Basis,
    BorrowerType,
    Box,
    Channel,
    Clause,
    Confidence,
    Contract,
    ContractKind,
    CostCard,
    Coverage,
    Document,
    Effect,
    Evidence,
    Fact,
    Finding,
    Jurisdiction,
    LenderCheck,
    LenderType,
    Level,
    Page,
    Party,
    RateLine,
    Report,
    Role,
    Sentence,
    Severity,
    Source,
    Span,
    Summary,
    Unjudged,
    VerifyStep,
    Versions,
)

HEADER = "云汀借款服务　个人版"
NAME = 'YT-0917"><img src=x onerror=alert(1)>.pdf'
#: ⏎ is a line end inside a sentence, which the normalised text does not have.
PAGES = (
    f"""{HEADER}
个人消费借款合同
合同编号：YT-<script>alert(1)</script>-0917 ]]> &amp;
甲方（出借人）：澄渡小额贷款有限公司（虚构）
乙方（借款人）：周某
丙方（平台）：青屿网络科技有限公司（虚构）
丁方（担保人）：恒垫融资担保有限公司（虚构）
第一章 借款
第一条 借款金额
甲方同意借给乙方人民币贰万元整（¥20,000.00），期限12个月，自放款当天起算，共分12期归还。
第二条 收款账户
借款划入下列账户：户名＿＿＿＿＿＿，账号＿＿＿＿＿＿＿＿。划出即视为乙方已经收到。
第三条 利息与费用
3.1 本笔借款月费率为0.65%，每期利息始终按最初的本金计收，乙方已经还掉的部分⏎不从计息基数里减去。
3.2 丙方为撮合本次借款收取技术服务费800.00元，由甲方放款时从本金中直接扣下转交丙方，⏎借款本金仍记作贰万元。
3.3 乙方同时开通“优享权益包”，权益内容以平台展示为准，费用199.00元记入首期账单。
第 1 页
""",
    f"""{HEADER}
第四条 还款
4.1 乙方按月归还本金与利息，扣款时间和先后次序以平台展示为准。
4.2 乙方想提前结清的，仍须付清余下各期的全部利息和担保费，⏎已经收取的各项费用一概不退。
第五条 逾期
乙方未按时还款的，从逾期那天起按借款总额每天千分之一计收违约金，同时按月费率的1.5倍计收罚息，⏎另收逾期管理费每期60.00元，
""",
    f"""{HEADER}
直到还清为止。
第二章 其他
第六条 甲方的权利
甲方有权：
（1）随时调整费用标准，在平台公告后立刻生效，乙方三天内没有结清的视为接受；
（2）把债权转让给任何人，无须告诉乙方；
（3）结合乙方综合情况审慎评估后，采取包括要求提前归还在内的相应措施。
第七条 放款前的验证
为核实还款能力，乙方应先把验证金2,000.00元转到客服指定的个人账户，⏎验证通过后连同借款一起退回。\x1b[31m红字\x1b[0m
第八条 个人信息
乙方授权丙方读取手机通讯录，乙方逾期时可以联系其中的人员转告欠款\u202e情况\u202c。费\u200b率以平台展示为准。
第九条 争议
发生争议先协商；乙方承诺不投诉、不举报，并放弃向人民法院起诉的权利。
第十条 其他
担保费按最初本金的0.45%每月支付给丁方，丁方承担连带责任保证。展期费用以平台展示为准。Wrapped⏎line of English.
签订日期：2026年9月28日
第 3 页
""",
)
CIVIL_670 = Basis(
    id="civil-code/670",
    title="中华人民共和国民法典",
    article="第六百七十条",
    issuer="全国人民代表大会",
    number="主席令第45号",
    valid_from=date(2021, 1, 1),
    valid_until=None,
    quote="借款的利息不得预先在本金中扣除。利息预先在本金中扣除的，应当按照实际借款数额返还借款并计算利息。",
    source="国家法律法规数据库",
    verified="verbatim",
    checked_on=date(2026, 11, 20),
)
RECALLED = Basis(
    id="fraud-law/38",
    title="中华人民共和国反电信网络诈骗法",
    article="第三十八条",
    issuer="全国人民代表大会常务委员会",
    number="",
    valid_from=date(2022, 12, 1),
    valid_until=date(2030, 1, 1),
    quote=None,
    source="凭记忆",
    verified="recalled",
    checked_on=date(2026, 11, 20),
    condition="仅当你是为生活消费借款的个人",
)
#: rule, category, severity, effect, confidence, title, ask, needles (every occurrence of each is a place)
FINDINGS: tuple[tuple[str, str, Severity, Effect, Confidence, str, str, tuple[str, ...]], ...] = (
    (
        "upfront-fee-deducted",
        "upfront-deduction",
        Severity.CRITICAL,
        Effect.RECALCULATED,
        Confidence.CERTAIN,
        "放款时先扣服务费，本金仍按两万元算",
        "请把本金改为实际到账的数额，或者足额放款、服务费另行列明由谁收取。",
        ("由甲方放款时从本金中直接扣下转交丙方，\n借款本金仍记作贰万元",),
    ),
    (
        "waive-right-to-sue",
        "rights-waiver",
        Severity.CRITICAL,
        Effect.MAY_BE_VOID,
        Confidence.CERTAIN,
        "要你放弃投诉、举报和起诉",
        "请删去不投诉、不举报和放弃起诉的内容。",
        ("乙方承诺不投诉、不举报，并放弃向人民法院起诉的权利",),
    ),
    (
        "fraud-unfreeze-or-verification-transfer",
        "fraud-signals",
        Severity.CRITICAL,
        Effect.SIGNAL,
        Confidence.LIKELY,
        "放款前要你先转“验证金”到个人账户",
        "请说明为什么放款前要先付验证金；核实之前我不会转账。",
        ("乙方应先把验证金2,000.00元转到客服指定的个人账户，\n验证通过后连同借款一起退回",),
    ),
    (
        "rate-flat-on-original-principal",
        "rate-ambiguity",
        Severity.HIGH,
        Effect.REGULATORY,
        Confidence.CERTAIN,
        "本金越还越少，利息却一直按最初的本金算",
        "请改为按剩余本金计算利息。",
        ("每期利息始终按最初的本金计收，乙方已经还掉的部分\n不从计息基数里减去",),
    ),
    (
        "penalty-on-full-principal",
        "default-charges",
        Severity.HIGH,
        Effect.REDUCIBLE,
        Confidence.CERTAIN,
        "晚还一期，违约金按全部借款算",
        "请把违约金的基数改为逾期未还的部分。",
        ("按借款总额每天千分之一计收违约金",),
    ),
    (
        "penalty-stacking",
        "default-charges",
        Severity.HIGH,
        Effect.REDUCIBLE,
        Confidence.LIKELY,
        "违约金、罚息、逾期管理费同时收",
        "同一次逾期请只保留一种费用，并写明合计上限。",
        ("每天千分之一计收违约金，同时按月费率的1.5倍计收罚息，\n另收逾期管理费每期60.00元",),
    ),
    (
        "fee-amount-unspecified",
        "hidden-fees",
        Severity.HIGH,
        Effect.NOT_PART_OF_CONTRACT,
        Confidence.CERTAIN,
        "好几项费用和规则写“以平台展示为准”，等于没写 ]]>",
        "请把这几处的金额、比例、收取人写进合同 <b>现在</b>。",
        ("权益内容以平台展示为准", "扣款时间和先后次序以平台展示为准", "率以平台展示为准", "展期费用以平台展示为准"),
    ),
    (
        "lender-name-missing",
        "blanks-and-missing",
        Severity.MEDIUM,
        Effect.DEFAULT_RULE,
        Confidence.LIKELY,
        "没有写综合融资成本明示表",
        "请出示综合融资成本明示表。",
        (),
    ),
    (
        "accelerate-subjective",
        "unilateral-power",
        Severity.MEDIUM,
        Effect.MAY_BE_VOID,
        Confidence.CHECK,
        "像是“凭对方自己的判断就能提前收回借款”",
        "请写明在哪些具体情形下可以要求提前归还。",
        ("结合乙方综合情况审慎评估后，采取包括要求提前归还在内的相应措施",),
    ),
    (
        "blank-fields",
        "blanks-and-missing",
        Severity.LOW,
        Effect.UNFAVOURABLE,
        Confidence.CERTAIN,
        "收款账户的户名、账号是空白",
        "请当面填好收款账户，确认户名是本人。",
        ("户名＿＿＿＿＿＿，账号＿＿＿＿＿＿＿＿",),
    ),
)
#: kind, role, value, unit, per, needle in the normalised text
FACTS: tuple[tuple[str, str, Decimal | date | str | None, str, str, str], ...] = (
    ("amount", "principal", Decimal("20000.00"), "yuan", "", "人民币贰万元整（¥20,000.00）"),
    ("term", "loan", Decimal("12"), "month", "", "期限12个月"),
    ("rate", "contract", Decimal("0.65"), "percent", "month", "月费率为0.65%"),
    ("fee", "技术服务费", Decimal("800.00"), "yuan", "once", "技术服务费800.00元"),
    ("fee", "优享权益包", Decimal("199.00"), "yuan", "once", "费用199.00元"),
    ("rate", "overdue", None, "", "", "按月费率的1.5倍计收罚息"),
    ("repayment-method", "", None, "", "", "户名＿＿＿＿＿＿"),
    ("date", "signed", date(2026, 9, 28), "", "", "2026年9月28日"),
)
LABEL = re.compile(r"^(第[一二三四五六七八九十]+章|第[一二三四五六七八九十]+条|\d\.\d|（\d）)[ 　]?", re.M)
RANK = {"章": 0, "条": 1}


def report(**changes: object) -> Report:
    """The usual report: three pages read, the fourth not; *changes* replace fields of the Report."""
    contract = read(PAGES, unread=(4,))
    made = Report(
        contract=contract,
        findings=tuple(finding(contract, *row) for row in FINDINGS),
        undetermined=(
            Unjudged("guarantee-fee-high", "担保费是否过高", "缺少同类费率，无法比较。"),
            Unjudged("rate-licensed-above-24", "年化是否超过 24%", "还款计划在没读出的第 4 页。<i>"),
        ),
        not_applicable=(Unjudged("pawn-rate", "典当综合费", "出借人不是典当行。"),),
        clear=(Unjudged("assignment-without-notice", "债权转让不通知借款人", ""),),
        coverage=Coverage(14, 10, 1, 2, 1, len(contract.document.source.text), 4, (4,), ("第 4 页太模糊。",)),
        summary=Summary(Level.STOP, "先别签", "有严重问题：严重 3 处、较重 4 处、中等 2 处、轻微 1 处。"),
        lender=lender(),
        versions=Versions("0.1.0", "2026.11", "4be0" * 16),
        assumptions=("借款人按个人消费者看。",),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def quiet(text: str = "借款合同\n第一条 金额\n甲方借给乙方一万元。\n", **changes: object) -> Report:
    """A report without findings on a text without pages."""
    contract = replace(read((text,), paged=False), signed_on=None)
    made = Report(
        contract=contract,
        findings=(),
        undetermined=(),
        not_applicable=(),
        clear=(),
        coverage=Coverage(40, 0, 40, 0, 0, len(text), 0, ()),
        summary=Summary(Level.NOTHING_FOUND, "在读到的部分、已检查的 40 条中未发现问题", "没有发现不等于没有风险。"),
        lender=replace(lender(), licence_number="", steps=(), channels=()),
        versions=Versions("0.1.0", "2026.11", "4be0" * 16),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def priced(**changes: object) -> CostCard:
    """A card of the loan of PAGES as three facts and three fees tell it, with lines in law on both sides."""
    span = Span(0, 1)
    facts = (
        Fact("amount", "principal", Decimal(20000), "yuan", span=span),
        Fact("term", "loan", Decimal(12), "month", span=span),
        Fact("rate", "contract", Decimal("0.65"), "percent", "month", span=span),
        Fact("repayment-method", "", "等本等息", span=span),
        Fact("fee", "技术服务费<i>", Decimal(800), "yuan", timing="upfront", payee="platform", span=span),
        Fact("fee", "担保费", Decimal("0.45"), "percent", "month", timing="monthly", payee="guarantor", span=span),
        Fact("fee", "优享权益包", Decimal(199), "yuan", timing="once", span=span),
        Fact("rate", "overdue", Decimal("0.1"), "percent", "day", "借款总额", span=span),
    )
    lines = (
        RateLine(
            "four-times-lpr", "监管压降目标", Decimal(12), "小额贷款公司", "不直接适用。", "公开", date(2026, 9, 20)
        ),
        RateLine(
            "court-reduction-24", "请求调减线", Decimal(24), "持牌机构", "可以请求调减。", "公开", date(2017, 8, 4)
        ),
        RateLine("microloan-24", "小贷监管线", Decimal(24), "小额贷款公司", "监管要求。", "公开", date(2025, 12, 24)),
        RateLine(
            "criminal-lending-36", "刑事认定线", Decimal(36), "未经批准的人", "只在刑事里。", "公开", date(2019, 10, 21)
        ),
    )
    card = estimate(facts, income=Decimal(6000)).card
    lines = judged(card, lines, lender=LenderType.UNKNOWN, day=date(2026, 9, 28))
    return replace(card, lines=(replace(lines[0], stale=True), *lines[1:]), **changes)  # type: ignore[arg-type]


def long_report(characters: int, findings: int) -> Report:
    """A report on a long contract: numbered clauses, a page every 1,000 characters, findings spread evenly."""
    clause = (
        "第{}条 第{}项约定\n"
        + "乙方应当在每月的应还款日之前把足够的款项存入约定的账户，款项不足的由乙方承担责任。\n" * 4
        + "（1）甲方可以检查账户；\n（2）乙方应当配合。\n"
    )
    numbers = range(1, characters // len(clause) + 1)
    text = "".join(clause.format(_chinese(number), number) for number in numbers)
    cut = [*range(0, len(text), 1000), len(text)]
    contract = read([text[a:b] for a, b in pairwise(cut)])
    step = len(text) // max(findings, 1)
    made = []
    for index in range(findings):
        row = FINDINGS[index % len(FINDINGS)]
        spans = [Span(at, at + 30) for at in range(index * step, len(text) - 40, len(text) // 3 + 1)]
        made.append(replace(finding(contract, *row[:7], ()), evidence=tuple(evidence(contract, s) for s in spans)))
    return replace(report(), contract=contract, findings=tuple(made))


def finding(
    contract: Contract,
    rule: str,
    category: str,
    severity: Severity,
    effect: Effect,
    confidence: Confidence,
    title: str,
    ask: str,
    needles: tuple[str, ...],
) -> Finding:
    """A finding whose places are the first occurrence of each needle in the source text."""
    text = contract.document.source.text
    spans = [Span(text.index(needle), text.index(needle) + len(needle)) for needle in needles]
    return Finding(
        rule=rule,
        category=category,
        title=title,
        severity=severity,
        effect=effect,
        effect_text="法律对这类约定另有规定，由法院认定。",
        confidence=confidence,
        message="这样写，多出来的钱和风险都由你承担 <script>alert(2)</script>。",
        ask=ask,
        basis=(RECALLED,) if effect is Effect.SIGNAL else (CIVIL_670,),
        evidence=tuple(evidence(contract, span) for span in spans),
        fingerprint=hashlib.sha256(rule.encode()).hexdigest()[:16],
        notes=("看不出借款人是个人消费还是经营。",) if confidence is Confidence.CHECK else (),
    )


def evidence(contract: Contract, span: Span) -> Evidence:
    source = contract.document.source
    inside = [i for i, home in enumerate(contract.document.homes) if home >= span.start][:1]
    position = inside[0] if inside else 0
    clause = next((s.clause for s in contract.sentences if s.span.end > position), "")
    page = source.page_at(span.start)
    boxes = (Box(page.number, 70.0, 100.0, 300.123, 114.0),) if page else ()
    return Evidence(span, span.of(source.text), clause, page.number if page else None, boxes)


def lender() -> LenderCheck:
    return LenderCheck(
        type_name="小额贷款公司",
        hint="名称像小额贷款公司，请核对许可",
        licence="省级地方金融管理局批准",
        licence_number="沪金监（2019）0000 号",
        steps=(
            VerifyStep("拿到登记全称", "", "首部、签章处、收款户名应是同一名称。", "公司法第 7 条", "VERIFIED"),
            VerifyStep("查名单", "省级地方金融管理局官网", "核对名称与日期。", "解读文章", "RECALLED"),
        ),
        channels=(
            Channel(
                "hotline-12345", "政务服务热线", "12345", "", "转办", "紧急报警", "号码簿", "2026-02-06", "VERIFIED"
            ),
        ),
        note="冒名的人用的也是真名称。",
    )


def read(pages: Sequence[str], *, paged: bool = True, unread: tuple[int, ...] = ()) -> Contract:
    """A contract as the stages before would read it, by much simpler means."""
    marked = "".join(pages)
    text = marked.replace("⏎", "\n")
    spans, start = [], 0
    for page in pages:
        spans.append(Span(start, start + len(page)))
        start += len(page)
    furniture = tuple(Span(*match.span()) for match in re.finditer(f"^(?:{HEADER}|第 [0-9]+ 页)$", text, re.M) if paged)
    source = Source(
        name=NAME,
        sha256=hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(),
        format="pdf" if paged else "text",
        text=text,
        pages=tuple(_page(number, span, unread) for number, span in enumerate(_spans(spans, unread), 1))
        if paged
        else (),
        unread=unread,
        notes=("第 4 页太模糊。",) if unread else (),
        furniture=furniture,
    )
    document = _document(source, marked)
    clauses = _clauses(document.text)
    contract = Contract(
        document=document,
        clauses=clauses,
        sentences=tuple(_sentences(document.text)),
        parties=_parties(document.text),
        kind=ContractKind.LOAN,
        jurisdiction=Jurisdiction.MAINLAND,
        lender_type=LenderType.MICROLOAN,
        borrower_type=BorrowerType.CONSUMER,
        signed_on=date(2026, 9, 28),
        as_of=date(2026, 11, 25),
        kind_reason="写了借款、还款和利息",
    )
    return replace(contract, facts=tuple(_facts(document.text)))


def _spans(spans: list[Span], unread: tuple[int, ...]) -> list[Span]:
    return [*spans, *(Span(spans[-1].end, spans[-1].end) for _ in unread)]


def _page(number: int, span: Span, unread: tuple[int, ...]) -> Page:
    if number in unread:
        return Page(number, span, "none")
    return Page(number, span, "ocr", Decimal("0.914")) if number == 3 else Page(number, span)


def _document(source: Source, marked: str) -> Document:
    hidden = {position for span in source.furniture for position in range(span.start, span.end + 1)}
    dropped = "⏎\x1b\u200b\u202e\u202c\r"
    homes = [i for i, char in enumerate(marked) if i not in hidden and char not in dropped]
    return Document(source, "".join(source.text[i] for i in homes), array("l", homes))


def _clauses(text: str) -> tuple[Clause, ...]:
    found = list(LABEL.finditer(text))
    ranks = [RANK.get(match[1][-1], 3 if match[1].endswith("）") else 2) for match in found]
    return _nest(text, found, ranks, 0, len(found), len(text.rstrip()))


def _nest(
    text: str, found: list[re.Match[str]], ranks: list[int], first: int, last: int, end: int
) -> tuple[Clause, ...]:
    out = []
    while first < last:
        following = next((i for i in range(first + 1, last) if ranks[i] <= ranks[first]), last)
        stop = len(text[: found[following].start()].rstrip()) if following < len(found) else end
        stop = min(stop, end)
        match = found[first]
        line = text[match.end() :].split("\n", 1)[0]
        heading = line if len(line) <= 20 and not re.search("[。；，]", line) else ""
        children = _nest(text, found, ranks, first + 1, following, stop)
        out.append(Clause(match[1], heading, Span(match.start(), stop), children))
        first = following
    return tuple(out)


def _sentences(text: str) -> Iterable[Sentence]:
    path: dict[int, str] = {}
    for match in re.finditer(r"[^。；\n]+[。；]?", text):
        label = LABEL.match(match.group())
        if label:
            rank = RANK.get(label[1][-1], 3 if label[1].endswith("）") else 2)
            path = {key: value for key, value in path.items() if key < rank} | {rank: label[1]}
        heading = bool(label) and not match.group().endswith(("。", "；"))
        yield Sentence(Span(*match.span()), " ".join(path[key] for key in sorted(path) if key), heading=heading)


def _parties(text: str) -> tuple[Party, ...]:
    roles = {"出借人": Role.LENDER, "借款人": Role.BORROWER, "平台": Role.PLATFORM, "担保人": Role.GUARANTOR}
    named = re.finditer(r"^([甲乙丙丁]方)（(出借人|借款人|平台|担保人)）：(.+)$", text, re.M)
    return tuple(Party(roles[match[2]], (match[1],), match[3]) for match in named)


def _facts(text: str) -> Iterable[Fact]:
    read_facts = []
    for kind, role, value, unit, per, needle in FACTS:
        if needle in text:
            span = Span(text.index(needle), text.index(needle) + len(needle))
            payee = "platform" if role == "技术服务费" else ""
            read_facts.append(Fact(kind, role, value, unit, per, payee=payee, span=span))
    yield from read_facts
    if read_facts:
        yield Fact("amount", "received", Decimal("19200.00"), "yuan", derived_from=tuple(read_facts[:1]))


def _chinese(number: int) -> str:
    digits = "零一二三四五六七八九"
    return "".join(digits[int(digit)] for digit in str(number)).replace("零", "十")
