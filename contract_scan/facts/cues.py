"""The words around a number that say what it is: names of charges, rates, amounts and terms, and events.

One regular expression finds them all. It is only run on sentences that hold a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from contract_scan.facts.numerals import HAN

#: What cannot stand in the name of a charge: particles, verbs, conjunctions, the words for parties.
_NOT_IN_NAMES = (
    "的、，之及与與和或应應向给給为為元按照付收取纳納缴繳每该該其此则則将將可须須需并以由从從在方是有等且但若至到无人"
)
_NOT_NAMES = (
    r"当日|即|贵[行司]|[本我]行|我司|不(?![良如动可])|承担(?!费)|计算|作为|约定|产生|扣除|抵扣|免除|减免|退还|包括|导致|引起|加计|偿付"
    r"|赔偿(?!金)|交[存清回]|清(?<=[付缴还]清)|本次|全部|上述|前述|所有|一切|各项|相应|另行|追加|一次性|剩余|部分|任何|共计|合计|标准|规定|发生|实际"
    r"|当[月期]|首[期月]|若干|[各一多几]种|损失|金额|扣|另|各|减去|抵减|直接|中(?!介)"
)
_KEPT_WHOLE = r"垫付|代[付收扣缴]|预付|催收|滞纳|滯納|支付宝|收车|其他"
_NAME_CHAR = rf"(?:{_KEPT_WHOLE}|(?!{_NOT_NAMES})[\u4e00-\u9fff](?<![{_NOT_IN_NAMES}]))"
_HEAD = (
    r"(?:(?<![消免浪花话学退])[费費]用?|[违違][约約]金|滞纳金|滯納金|[罚罰]金|补偿[金款]|赔偿金|保证金|准备金|保障金|互助金|履行金|服务金|占用金"
    r"|押金|诚意金|意向金|保证款|认购款|设备款|报酬|酬金|佣金)率?"
)
#: 购买“优先卡”一张，计199元: what must be bought with the loan.
_BOUGHT = (
    r"(?:购买|开通|加购|订购)[“\"「『]?[\u4e00-\u9fffA-Za-z]{1,8}?(?:卡|包|券|权益)[”\"」』]?"
    r"(?![\u4e00-\u9fff]{0,4}[费金率])(?:[一1][张份个]，?(?:共?计|价格?为?|收费)?)?"
)
_BUYING = re.compile('^(?:购买|开通|加购|订购)|[“”"「」『』]|[一1][张份个].*$')
_PENALTY = re.compile(
    r"(?:[违違][约約]金|滞纳[金费]|滯納金|[罚罰]金|履行金|占用[费金]|(?:逾期|延期|迟延|延迟)(?:费|手续费|赔偿金|补偿金))\Z"
)
_PREFIX_NOISE = re.compile(
    r"^(?:第[零一二三四五六七八九十百]{1,4}[条章节款项]|[计算后时外再又均都率项次笔缴生]|收(?!车)|日均|期间|[年月日](?=综合|服务|担保|管理|手续|咨询|平台)|交(?![易通割]))+(?=[\u4e00-\u9fff]{2})"
)

_LOAN = r"(?:借款|贷款|借贷|融资|出借|借用)"
_NOT_THE_WHOLE = (
    r"(?:剩余|其中|首期|末期|每期|未[偿归]?还|未付|未清偿|逾期|尚欠|余欠|应[还付]|当期|到期|已还|归还|偿还|支付|提前)"
)
_SUM_FOLLOWS = rf"(?=人民|¥|￥|RMB|（大写|\s?[0-9]|[{HAN}]{{1,6}}[元万萬])"

#: Kind of cue → its words. The order matters: the first that matches at a position wins.
CUES = {
    "compound": r"(?<!不计)(?<!不计收)(?:复利|複利)",
    "disclosed": (
        r"IRR|APR|内部收益率|综合(?:年化)?(?:融资|资金|借款)?成本|综合年化(?:利率|费率)|(?:总费用|總費用)?年百分率"
        r"|年化(?:综合|总)?成本"
    ),
    "misuse": (
        r"挪[用作]|挤占|(?:改变|变更|擅自)[^，。；\n]{0,8}用途|[未不][按依][^，。；\n]{0,10}(?:用途|使用)|违[约规]使用"
    ),
    "overdue": (
        r"(?:逾期|迟延|延迟|延期)?[罚罰]息(?:年|日|月)?(?:利率|费率|率)?"
        r"|(?:逾期|迟延|延迟|遲延)(?:履行)?(?:期间|贷款)?的?[年月日]?利[息率]"
    ),
    "bought": _BOUGHT,
    "charge": rf"(?<![扣产承作约抵减退导引偿全所]){_NAME_CHAR}{{0,10}}?{_HEAD}",
    "prepay": r"提前(?:全部|部分|一次性)?(?:还款|偿还|清偿|结清|归还|还本|还清|还贷|还|赎)",
    "received": (
        r"净得|(?<!如)(?<!属)实际?(?:到账|入账|转账|到手|付给|转给|收到|收|放款|发放|领|得|付当金)(?:金额|款项|借款|本金)?"
        r"|到账金额|放款金额|到手金额"
    ),
    "share": (
        rf"[每按](?:(?:[0-9{HAN}]{{1,3}}|半)\s?[个個]?)?(?:[月期周季旬年]|星期|次)(?:(?:应还|应?归还|应?偿还|应?支付|还|付)(?:借款|贷款)?"
        rf"(?:本金|本)|本金)(?=\s?(?:为|：|人民币|¥|￥){{0,2}}\s?[0-9{HAN}])"
    ),
    "part": rf"{_NOT_THE_WHOLE}(?:(?!利息|按)[^，。；\n]){{0,4}}?{_LOAN}?本金(?!和|及|与|、|利息)",
    "instalment": (
        rf"(?:等额|本息|偿还|还款|平均)[^。\n]{{0,16}}?每期(?=\s?(?:人民币|¥|￥)?\s?[0-9])|每[月期]应还[^，。；\n]{{1,6}}?本息"
        rf"|每[月季期](?:的?第?[0-9{HAN}]{{1,4}}[日号])(?:应还|应?还款|应?偿还|应?归还|还)(?!本金)(?:本息)?"
        rf"|每(?:(?:[0-9{HAN}]{{1,3}}|半)\s?[个個]?)?(?:[月期周季旬年]|星期|[天日])(?:应还|应?还款|应?偿还|应?归还|月?供|还)(?:本息|金额|款项|款)?"
        rf"|每次(?:应还|应?还款|应?偿还|归还|还)(?=\s?(?:人民币|¥|￥)?\s?[0-9{HAN}])|月供|月还款额?"
        rf"|第\s?(?:[0-9]{{1,3}}|[{HAN}]{{1,4}})\s?期(?:应还|应?还款|应?偿还|应?归还|还)(?:本息|金额|款项|款)?(?=\s?(?:为|：|人民币|¥|￥)?\s?[0-9])"
        r"|(?:最后[一1]期|末期|首期)(?:应还|应?还款|应?偿还|应?归还|还)(?:本息|金额|款项|款)?(?=\s?(?:为|：|人民币|¥|￥)?\s?[0-9])"
        r"|每期(?:应还)?(?:金额|款项)|期还款金?额"
    ),
    "total": (
        r"(?:还款|偿还|应还|本息|还本付息)(?:总额|合计|总计|总金额|共计)"
        r"|(?:合计|共计|总计|总共|一共|共)应?(?:还款?|偿还|归还|应还)(?:借款)?(?:本息|金额|款)?"
        r"|到期应?还款?总?(?:金额|额)|总还款额|总计还款|本息合计"
    ),
    "balance": rf"{_NOT_THE_WHOLE}(?:(?!利息|按)[^，。；\n]){{0,4}}?{_LOAN}?(?:本金|本息|款额)",
    "limit": r"(?:最高)?(?:授信|借款|贷款|信用|可用|最高|融资|循环)(?:授信|借款|贷款)?总?额度|额度(?=最高)",
    "guaranteed": r"(?:最高)?债权额|担保的?(?:主债权)?(?:金额|数额)|保证金额",
    "principal": (
        rf"{_LOAN}(?:本金)?总?(?:金[额額]|数额|總額|总额|额|款额|本金)(?:数额)?|本金(?:金额|数额|总额)?"
        rf"|当[款金]|融资额|今?借[到入给与了](?:(?!人民|现金)[\u4e00-\u9fff]{{1,6}}?(?=人民|现金|¥|￥|[{HAN}]{{1,9}}元))?|{_LOAN}{_SUM_FOLLOWS}|(?<![每出转挪续])借(?=\s?(?:人民|¥|￥|[0-9][0-9,]{{2,12}}\s?元))|周转[款金](?=\s?[0-9{HAN}人¥￥])"
    ),
    "sum": r"合计|共计|总计|总额|一共|合共|共(?=\s?[0-9¥])",
    "grace": r"[宽寬]限期?限?",
    "guarantee-term": r"(?:保[证證]|担保|擔保)(?:责任)?(?:期[间間]|期限|期)(?!限?[内届])",
    "no-term": (
        r"(?:保密|授权|保存|有效|劳动|合同|诉讼|查询|质保|合作|委托|试用|服务|通知|抵押|质押|申请|答复|保管|异议|代理|公示|犹豫|冷静"
        r"|保险|租|使用|协议)(?:权利|义务)?的?(?:期限|期间|时效|期)|展期|延期|续[期约]"
    ),
    "lease-term": r"(?:租赁|租用)(?:期限|期间|期)|(?<![\u4e00-\u9fff])租期",
    "loan-term": (
        rf"(?:{_LOAN}|用款|授信|分期|还款|占用|当)的?(?:期限|期[间間]|周期|期数|年限)"
        r"|还款期限?定?(?=[为是：:])|(?<![\u4e00-\u9fff])期限|(?<=[的供定])期限|(?<![\u4e00-\u9fff])当期(?=[为：:0-9一二三四五六])|(?<![\u4e00-\u9fff])[借贷]款?期(?=[为：:0-9一二两三四五六半])"
        r"|分期期数|分(?=\s?[0-9]{1,3}期)"
    ),
    "interest": (
        r"(?:合同|执行|借款|贷款|固定|浮动|约定|名义|实际)?(?:[年月日]|年化)?(?:利率|利息|费率)"
        r"|年化(?:收益)?率?|[年月日]息|[年月日]率|利息率|(?:资金)?(?:使用|占用)价格"
    ),
    "default": (
        r"(?<![未不])逾期|违约|迟延|遲延|延[迟期](?:还|支付|履行|付)|拖欠|未能?(?:按|如期|及时|足额|依|于|在|履行|归还|偿还|支付|还)"
        r"|不能?(?:按期|按时|及时|履行|按)|催收|超期|到期不还|擅自|违反"
    ),
    "start": r"(?:借款|贷款|放款|起息|起始|起租|计息起始|发放|开始)(?:起始|起息)?日期?|起息日",
    "end": r"(?:借款|贷款|还款|最终|合同)?(?:到期|届满|终止|期满|截止)日期?",
    "due": r"(?:首期|每期|末期|最后|约定)?(?:还款|付息|结息|扣款|还息|还本)日期?",
    "signed": r"签[订署约](?:日期|时间|日|于)?|订立(?:日期|时间|于)|签于|合同日期|(?<![\u4e00-\u9fff])日期(?=[：:])",
}
#: Cues that say what a sentence is about rather than name a number.
EVENTS = frozenset({"prepay", "default", "misuse"})
_CUE = re.compile("|".join(f"(?P<{kind.replace('-', '_')}>{words})" for kind, words in CUES.items()))


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that gives numbers a meaning, and where it stands. ``kind`` is a key of :data:`CUES`, or *penalty*."""

    kind: str
    word: str
    start: int
    end: int


def find_cues(text: str, start: int, end: int) -> Iterator[Cue]:
    """The cues between two positions, in order."""
    for match in _CUE.finditer(text, start, end):
        kind = (match.lastgroup or "").replace("_", "-")
        word = match.group()
        if kind == "bought":
            kind, word = "charge", _BUYING.sub("", word)
        elif kind == "charge":
            after_each = text[match.start() - 1 : match.start()] == "每" and word[0] in "日月年期次"
            word = charge_name(word[1:] if after_each else word)
            kind = "penalty" if _PENALTY.search(word) else "charge"
            if len(word) < 2 or word == "费用":
                continue
        yield Cue(kind, word, match.start(), match.end())


def charge_name(words: str) -> str:
    """The bare name of a charge: "计服务费率" → "服务费"."""
    return _PREFIX_NOISE.sub("", words).removesuffix("率")
