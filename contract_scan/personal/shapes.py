"""What personal particulars look like, as expressions; the first group of each is what is personal.

They are matched against text in half-width figures, letters and signs. Every repetition is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from types import MappingProxyType

from contract_scan.personal import words

IDENTITY, TELEPHONE, ACCOUNT, MAIL, NAME, ADDRESS = "证件号", "电话", "账号", "邮箱或网络账号", "姓名", "地址"
CJK = "[\u3400-\u9fff]"


def _any(options: Iterable[str]) -> str:
    return "(?:" + "|".join(sorted(options, key=len, reverse=True)) + ")"


_IS = "[ :|为是]{0,6}"
_BRACKET = r"(?:\([^()\n]{0,24}\))?"
_NUMBER_OF = "(?:统一)?(?:编?号码?|字?[號号][碼码]?)?"
_NO_WORD_BEFORE, _NO_WORD_AFTER = "(?<![0-9A-Za-z])", "(?![0-9A-Za-z])"
#: A telephone that many people answer.
_PUBLIC = r"(?!400|800|95\d{3}\b|12\d{3}\b|96\d{3}\b)"
_NOT_SERVICE = "".join(f"(?<!{word})" for word in ("客服", "服务", "服務", "举报", "投诉", "监督", "热线"))
_STREET = "(?:路|街|大道|道|巷|胡同|弄|里|村|庄|镇|乡|苑|园|小区|花园|區|鎮|鄉)"
_HERE = f"(?:(?![于在至位]){CJK})"
_DIGIT = "[0-9一二三四五六七八九十百]"
_HOUSE = "(?:号楼|号|號|栋|幢|室|弄|单元|楼|樓|层|座|组)"
_AFTER_ADDRESS = r"(?=\s*(?:$|[,;。|(]|邮编|邮政|电话|联系|手机|身份|法定|传真|電話|電子|电子))"

PARTICULARS: MappingProxyType[str, tuple[re.Pattern[str], ...]] = MappingProxyType(
    {
        kind: tuple(re.compile(shape) for shape in shapes)
        for kind, shapes in {
            IDENTITY: (
                rf"{_NO_WORD_BEFORE}(\d{{17}}[0-9Xx]){_NO_WORD_AFTER}",
                rf"{_NO_WORD_BEFORE}(\d{{5,10}}\*{{4,15}}[0-9]{{0,6}}[Xx]?){_NO_WORD_AFTER}",
                rf"{_NO_WORD_BEFORE}(\d{{6}}[ -](?:19|20)\d{{6}}[ -]\d{{3}}[0-9Xx]){_NO_WORD_AFTER}",
                rf"{_NO_WORD_BEFORE}([A-Z][1289]\d{{8}}){_NO_WORD_AFTER}",  # Taiwan
                rf"{_any(words.IDENTITIES)}{_NUMBER_OF}{_IS}([A-Za-z]{{0,2}}[0-9*][0-9A-Za-z*]{{4,22}}(?:\([0-9A]\))?)",
            ),
            TELEPHONE: (
                rf"{_NO_WORD_BEFORE}((?:\+?86[- ]?)?1[3-9]\d[- ]?[0-9*]{{4}}[- ]?\d{{4}}){_NO_WORD_AFTER}",
                rf"{_NO_WORD_BEFORE}(?<!-)(\(?0\d{{2,3}}\)?[- ]\d{{7,8}}(?:[-转]\d{{1,6}})?){_NO_WORD_AFTER}",
                rf"{_NOT_SERVICE}{_any(words.TELEPHONES)}{_NUMBER_OF}{_IS}({_PUBLIC}[+(]?[0-9][0-9() *-]{{5,20}}[0-9])",
            ),
            ACCOUNT: (
                rf"{_any(words.ACCOUNTS)}{_NUMBER_OF}{_IS}([0-9][0-9 *-]{{5,30}}[0-9])",
                rf"{_any(words.TAILS)}{_IS}(\d{{3,6}}){_NO_WORD_AFTER}",
                rf"{_NO_WORD_BEFORE}(?<![.,*-])(\d{{15,22}})(?![.,%]){_NO_WORD_AFTER}",
                rf"{_NO_WORD_BEFORE}(?<![.,-])([3-69]\d{{3}}(?:[ -]\d{{4}}){{3}}(?:[ -]?\d{{1,3}})?)(?![.,%0-9])",
            ),
            MAIL: (
                r"(?<![A-Za-z0-9._%+-])([A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4})",
                r"(?:微信号?|QQ号?码?|支付宝(?:账号|账户)?|LINE ?ID)[ :|为是]{1,6}([A-Za-z0-9][A-Za-z0-9_.-]{4,40})",
            ),
            ADDRESS: (
                rf"{_any(words.ADDRESSES)}{_BRACKET}[ :|为]{{1,6}}([^\n,;。|()]{{3,60}}?){_AFTER_ADDRESS}",
                rf"(?:^|[\s:,。;、()|]|位于|在|至|于|住)((?:{_HERE}{{1,9}}[省市区县州盟旗]){{0,3}}{_HERE}{{1,12}}?{_STREET}"
                rf"[^\s第令字年编释函,;。:()|〔\[]{{0,24}}?{_DIGIT}{{1,6}}(?:[-之][0-9]{{1,4}})?{_HOUSE}"
                rf"(?:[0-9A-Za-z一二三四五六七八九十-]{{0,6}}{_HOUSE}){{0,5}}(?:\d{{2,5}}(?![0-9元年月日%])室?)?)",
                rf"(?:坐落[于在]|位于|住)((?:{_HERE}{{1,9}}[省市区县州盟旗]){{2,4}}[^\s,;。:()|的]{{2,40}})",
            ),
        }.items()
    }
)
#: What a labelled address has at least one of.
PLACE = re.compile("[省市区县州旗镇乡村路街道巷弄号室栋幢楼區縣鎮鄉號樓]")

#: What a name of a person looks like where something else says that there is one.
PERSON = (
    rf"(?:{_any(words.DOUBLE_SURNAMES)}{CJK}{{1,2}}|{_any(words.OTHER_NAMES)}{CJK}{{0,3}}"
    rf"|[{words.SURNAMES}](?: {{0,3}}{CJK}{{1,2}}|某{{1,2}})"
    rf"|{CJK}{{1,8}}(?:·{CJK}{{1,10}}){{1,4}}|[A-Z][a-z]{{1,20}}(?: [A-Z][a-z]{{1,20}}){{1,3}})"
)
_AND = "[、,和及与]"
_PERSONS = rf"({PERSON}(?:{_AND} *{PERSON}){{0,6}})"
_ENDS = (
    r"(?=$|[\s,.;:。、()|/\]】〕》”\"]|先生|女士|小姐|(?:公民|居民)?身[份分]|证件|性别|男|女|电话|手机"
    r"|住[址所]|地址|联系|签|于|的|与|和|及)"
)
_PARTY = f"(?:(?:共同|连带|连带责任|反)?{_any(words.PARTIES)}人|{_any(words.OTHER_PARTIES)})"
_SIGNS = "(?:签[字名章]|盖章|捺印|按指印|签署|簽[名章])?"
_NO_PERSON = (
    f"(?!{CJK}{{0,3}}(?:公司|银行|人|方|款|合同|证|号|见|详|按|或|等|为|住|地|性|签|盖|电|的|无|同上|如下|应|须|不|有|可"
    f"|权|义务|信息|资料|账|企业|中心|机构|平台|填|略|上述|以下|日|名称|姓名|条|将|在|于|向|经))"
)
NAMES = tuple(
    re.compile(shape, re.MULTILINE)
    for shape in (
        rf"{_any(words.PERSONS)}[一二三四五1-5]?{_BRACKET}{_SIGNS}{_BRACKET} *[:|]? *{_PERSONS}{_ENDS}",
        rf"{_any(words.PERSONS)}[一二三四五1-5]?{_BRACKET} *[:|]+ *({_NO_PERSON}{CJK}{{2,4}})(?=$|[\s,;。|(])",
        rf"{_PARTY}{_BRACKET} *{_SIGNS}{_BRACKET} *[:|]+[ |]*(?:{_PARTY}|姓名)? *:? *{_PERSONS}{_ENDS}",
        rf"(?:签[字名章]|捺印|指印|簽[名章])\)?{_BRACKET} *:[ \n]{{0,4}}({PERSON}){_ENDS}",
        rf"{_PARTY}({PERSON})(?=将(?:坐落|其|名下|自有)|自愿|以其)",
        rf"[给向与和及]{_PARTY}({PERSON})(?=[,。;(])",
        rf"(?:转账?|汇款?|打款|付款|支付|还款)(?:给|至|到)({PERSON})(?=尾号|名下|的?(?:个人)?账[户号]|[,。;(])",
        rf"[0-9*]{{3}} ?\(({PERSON})\)",
        rf"(?:Name|NAME|name) *: *({PERSON}|{CJK}{{2,4}})(?=$|[\s,;。|(])",
        rf"(?:今|兹|现)(?:借到|收到|欠到?|向|借给){_BRACKET}({PERSON})(?=人民币|现金|借|\(|先生|女士|的|共)",
        rf"(?:^|[^\u3400-\u9fff]|[人方与向由和及])(?:本人)?({PERSON})(?= *\((?:身份证|公民身份|居民身份|证件|男|女"
        r"|以下简称|下称)|, *(?:男|女)[,。]|先生|女士| *,? *(?:公民|居民)?身份证号)",
    )
)
AND = re.compile(rf"{_AND}(?= *[A-Z\u3400-\u9fff]{{2}})")
ORGANISATION = re.compile(
    "公司|银行|銀行|支行|中心|合作社|联社|信用社|典当|当铺|法院|委员会|基金|机构|平台|[厂店所部局]$"
)
#: How no name ends.
NO_END = tuple("的等人均应须")
