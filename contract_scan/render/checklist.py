"""Before signing: what to tick off, and which warning signs of fraud the text shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from contract_scan.model import Report, Verdict
from contract_scan.render import view

#: Warning sign → the rules that look for it.
SIGNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "放款之前先要你交钱",
        ("fee-before-disbursement", "upfront-deposit-withheld", "fraud-unfreeze-or-verification-transfer"),
    ),
    ("钱要转到个人账户", ("fraud-pay-to-private-account",)),
    ("让你签空白的合同、收据", ("blank-filled-by-lender",)),
    ("要验证码、密码，或者要共享屏幕", ("fraud-codes-passwords-screen-share",)),
    ("另有一份内容不同的合同", ("fraud-two-versions-contract",)),
    ("用你的名义替别人借，或者出租、出售账户", ("fraud-borrow-for-someone-else", "fraud-account-rent-or-sell")),
    ("要你做假流水、编造用途", ("fraud-fake-papers-or-purpose",)),
    (
        "冒充机构，包下款、消记录、注销“校园贷”",
        ("fraud-lender-impersonation", "fraud-guaranteed-approval", "fraud-cancel-campus-loan-or-credit-repair"),
    ),
)


@dataclass(frozen=True, slots=True)
class Sign:
    """One warning sign: found (with its findings), clear, undetermined, or not looked for ("")."""

    name: str
    state: str
    items: tuple[view.Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to tick off: ``hint`` is what this contract says about it; ``link`` a section of the report."""

    id: str
    what: str
    hint: str
    link: str = ""


def signs(report: Report, items: Iterable[view.Item]) -> tuple[Sign, ...]:
    """Every warning sign, whether or not the text shows it."""
    found = tuple(items)
    clear = {one.rule for one in report.clear}
    open_ = {one.rule for one in report.undetermined}
    return tuple(_sign(name, rules, found, (clear, open_)) for name, rules in SIGNS)


def _sign(name: str, rules: tuple[str, ...], items: tuple[view.Item, ...], judged: tuple[set[str], set[str]]) -> Sign:
    hit = tuple(item for item in items if item.finding.rule in rules)
    clear, open_ = judged
    if hit:
        return Sign(name, Verdict.HIT.value, hit)
    if any(rule in open_ for rule in rules):
        return Sign(name, Verdict.UNDETERMINED.value)
    return Sign(name, Verdict.CLEAR.value if any(rule in clear for rule in rules) else "")


def checks(report: Report) -> tuple[Check, ...]:
    """What to settle before signing, with what this contract says."""
    lender = view.lender_name(report.contract)
    return (
        Check(
            "name",
            "合同首部、盖章处、放款账户、收你钱的账户，四处是同一个名字",
            f"合同写的出借人：{lender}" if lender else "合同里没有写出借人的登记全称，先要全称",
            "who",
        ),
        Check(
            "licence",
            "在监管部门公布的名单里查到了出借人的全称",
            f"应有的许可：{report.lender.licence or '取决于出借方身份'}；到哪里查，见“出借人资质”",
            "who",
        ),
        Check("first", "没有任何一方要我在放款之前先付钱", "要先付的，先停下来核实"),
        Check("account", "收款账户是我本人的，账号已经填好，没有空白格", "空白格签字以前划掉或者填满"),
        Check("fees", "每一项费用都写明了金额、什么时候收、谁收", _fees(report), "who"),
        Check(
            "table",
            "拿到了《综合融资成本明示表》，合计的年化和合同、和这份报告对得上",
            "放贷机构、平台没有给，就向它要",
            "cost" if report.cost.simple is not None else "",
        ),
        Check("plan", "拿到了还款计划表：每期哪天还、还多少、一共还多少", "有计划表才能核对实际成本"),
        Check("data", "个人信息授权书单独看过：给谁、做什么用、怎么撤回；没有勾选不需要的", "默认勾好的，逐个取消"),
        Check("changes", "口头答应的都写进了合同，改过的地方双方都签了字", "口头的话，签了字以后很难证明"),
        Check("copy", "我手里有一份完整的、双方签好的合同和全部附件", "电子合同下载下来，自己存一份"),
    )


def _fees(report: Report) -> str:
    fees = view.fee_payees(report.contract)
    if not fees:
        return "合同里没有读到列明的费用；请对方书面写明没有其他费用"
    unnamed = [fee for fee, payee in fees if not payee]
    if not unnamed:
        return f"合同列了 {len(fees)} 项费用，都写了付给谁，请核对户名"
    return f"没有写付给谁的：{'、'.join(dict.fromkeys(unnamed[:6]))}"
