"""Technical terms in everyday words: linked where a report first uses one, explained at its end."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from contract_scan.render import safe

if TYPE_CHECKING:
    from markupsafe import Markup

#: id → (the words it goes by, what it means). The first word is its name.
TERMS: Mapping[str, tuple[tuple[str, ...], str]] = MappingProxyType(
    {
        "apr": (
            ("真实年化", "综合年化", "综合融资成本"),
            "把真正到手的钱、每一次要付的钱和付钱的日子都算进去，换成“一年要付百分之几”。利息、服务费、担保费、会员费都算在里面。",
        ),
        "simple": (
            ("单利口径",),
            "利息只按还没还的本金算，不再利上滚利。法院和监管说的年利率上限，按这种口径比。",
        ),
        "compound": (("复利口径", "复利", "利滚利"), "没付的利息也算进本金，再生利息。"),
        "irr": (("IRR", "内部收益率"), "让“到手的钱”和“以后每次付的钱”正好相等的那个利率，是算真实年化的方法。"),
        "principal": (("本金",), "借的那笔钱本身，不含利息和费用。利息按它算，所以它写多少很要紧。"),
        "lpr": (
            ("LPR", "贷款市场报价利率"),
            "每月公布一次的贷款参考利率。“LPR 加 100 个基点”就是在它上面再加 1 个百分点。",
        ),
        "bp": (("基点",), "万分之一。100 个基点就是 1 个百分点。"),
        "level-payment": (("等额本息",), "每期还一样多。前面还的多半是利息，后面才多半是本金。"),
        "level-principal": (("等额本金",), "每期还的本金一样多，利息越来越少，所以一期比一期还得少。"),
        "interest-first": (("先息后本",), "平时只付利息，到最后一期一次还清全部本金。"),
        "penalty-interest": (("罚息",), "逾期以后比平时更高的利息。"),
        "penalty": (("违约金",), "没按合同做时要另外付的钱。定得过高，可以请求法院或者仲裁机构减少。"),
        "acceleration": (("提前到期", "加速到期"), "还没到日子，对方就要求一次还清全部剩下的钱。"),
        "guarantee": (("连带责任", "连带保证"), "担保人和借款人一样要还：对方可以不找借款人，直接找担保人要全部的钱。"),
        "plain-guarantee": (
            ("一般保证",),
            "对方要先对借款人起诉、执行，还是还不上，才能找担保人。",
        ),
        "counter-guarantee": (("反担保",), "担保公司替你担保，又要你或你的家人反过来给它担保。"),
        "mortgage": (("抵押",), "东西还在你手里用，但还不上钱时，对方可以请求卖掉它来还。"),
        "pledge": (("质押",), "把东西或权利证书交给对方，还不上钱时，对方可以请求卖掉它来还。"),
        "standard-terms": (
            ("格式条款",),
            "对方事先印好、签的时候没有和你商量的条款。和你有重大利害关系的，对方应当提示、说明。",
        ),
        "arbitration": (("仲裁",), "不去法院，由双方选定的仲裁委员会裁决。通常一次就定，不能上诉。"),
        "jurisdiction": (("管辖",), "出了争议到哪个地方的法院去打官司。"),
        "notarial": (
            ("强制执行效力", "强制执行公证"),
            "公证过的债权文书写明愿意接受强制执行的，对方可以不打官司，直接申请法院执行。",
        ),
        "limitation": (("诉讼时效",), "过了一定年限再起诉，对方可以拿“过期”来抗辩。"),
        "setoff": (("抵销", "抵消"), "互相欠钱时，两边相减，只付差额。"),
        "assignment": (("债权转让", "转让债权"), "把“向你收钱的权利”卖给别人，以后由别人向你收。"),
        "evidence": (("举证责任",), "谁要拿出证据来证明。拿不出来，就可能输。"),
        "service": (("视为送达",), "不管你看没看到，都当作你已经收到。"),
        "credit-record": (("征信",), "记录你借钱还钱情况的信用报告。查询和上报都要有依据。"),
        "facilitated": (("助贷",), "平台负责拉客、筛选，钱由另一家机构放。两边都可能收费。"),
        "disclosure-table": (
            ("综合融资成本明示表", "明示表"),
            "放贷机构在签约前给你看的一张表：利息和各项费用各是多少、谁收、合起来年化多少。",
        ),
        "power-of-attorney": (("全权委托",), "让对方替你做主、替你签字办手续。"),
    }
)
_WORD: Mapping[str, str] = MappingProxyType({word: id for id, (names, _) in TERMS.items() for word in names})
_ANY = re.compile("|".join(sorted(map(re.escape, _WORD), key=len, reverse=True)))


@dataclass(slots=True)
class Glossary:
    """One report's use of the terms; call it on our own words in the order in which they are read."""

    used: dict[str, str] = field(default_factory=dict)

    def __call__(self, text: str) -> Markup:
        """The text escaped, each term linked where it stands for the first time."""
        from markupsafe import Markup, escape

        text, parts, position = safe.visible(text), [], 0
        for match in _ANY.finditer(text):
            id = _WORD[match.group()]
            if id in self.used:
                continue
            self.used[id] = match.group()
            parts += [escape(text[position : match.start()]), self._link(id, match.group())]
            position = match.end()
        parts.append(escape(text[position:]))
        return Markup("").join(parts)

    def entries(self) -> tuple[tuple[str, str, str], ...]:
        """(id, name, meaning) of every term that was used, in the order of first use."""
        return tuple((id, _named(id, word), TERMS[id][1]) for id, word in self.used.items())

    def _link(self, id: str, word: str) -> Markup:
        from markupsafe import Markup

        return Markup('<a class="g" id="u-{0}" href="#g-{0}">{1}</a>').format(id, word)


def _named(id: str, word: str) -> str:
    """The word as it was used, with the name it is better known by."""
    name = TERMS[id][0][0]
    return word if word == name else f"{word}（{name}）"
