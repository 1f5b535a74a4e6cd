"""Who is who: 甲方 is the lender in one contract and the borrower in the next; the contract's own words decide.

Role words are data (``rules/roles.yaml``); this module knows only the ways in which contracts define a party.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from contract_scan.model import Party, Role, RoleWords

_ORGANISATION = (
    r"[\u4e00-\u9fffA-Za-z（）()·【】]{2,40}?"
    r"(?:有限责任公司|股份有限公司|有限公司|公司|银行|分行|支行|信用社|合作社|联社|中心|典当行|合伙企业|当铺)"
)
_NAME = re.compile(rf"(?:{_ORGANISATION})(?:[\u4e00-\u9fff]{{2,12}}(?:分公司|分行|支行|信用卡中心))?")
_DEFINED_AS = r"(?:以下|下文|下)?(?:又|均|合|统)?[简並并]?称(?:为|作)?[：]?"
_NEXT = "[甲乙丙丁戊]方|(?:借款|出借|贷款|保证|担保|抵押|共同借款)人"  # the next party on the same line
HEAD = 6000


def read_parties(text: str, words: RoleWords) -> tuple[Party, ...]:
    """The parties a contract names, with every alias it uses for them and the registered name if given."""
    roles = {symbol: role for symbol in words.symbols if (role := _symbol_role(text, symbol, words))}
    out = [_party(text, symbol, role) for symbol, role in roles.items()]
    defined = {alias for party in out for alias in party.aliases}
    for role, alias in _defined_aliases(text, words):
        if alias not in defined:
            defined.add(alias)
            out.append(Party(role, (alias,), _name_before(text, alias)))
    for party in _plain_parties(text, words, defined):
        _join(out, party)
    for role, fallback in words.fallback.items():
        used = tuple(word for word in fallback if word in text)
        if used and not any(party.role is role for party in out):
            out.append(Party(role, used))
    return tuple(out)


def _join(parties: list[Party], plain: Party) -> None:
    """出借人 and 甲方 are the same party where only one party has that role."""
    same = [index for index, party in enumerate(parties) if party.role is plain.role]
    if len(same) == 1:
        known = parties[same[0]]
        parties[same[0]] = Party(known.role, (*known.aliases, *plain.aliases), known.name or plain.name)
    else:
        parties.append(plain)


def _symbol_role(text: str, symbol: str, words: RoleWords) -> Role | None:
    """甲方's role by the strongest kind of statement that the contract makes about it."""
    if symbol not in text:
        return None
    head = text[:HEAD]
    for statement in (_in_brackets, _named_before, _on_its_line):
        for word in statement(head, symbol):
            if role := words.role_of(word) or _organisation_role(word) or _pronoun_role(word, words):
                return role  # the first statement is the definition; later ones may speak of others
    return _by_self_description(head, symbol) or _by_name(head, symbol) or _by_deeds(text, symbol)


def _pronoun_role(word: str, words: RoleWords) -> Role | None:
    """您（以下简称“甲方”）: whoever is spoken to borrows."""
    return Role.BORROWER if word.strip('（“"') in words.pronouns[Role.BORROWER] else None


def _in_brackets(head: str, symbol: str) -> Iterator[str]:
    """甲方（出借人）, 甲方（即借款人）, 甲方/出借人, 甲方暨出借人."""
    for match in re.finditer(
        rf"{symbol}[：\s]?(?:（([^）\n]{{1,24}})）|[/—-]([\u4e00-\u9fff]{{2,8}})|[即暨]([\u4e00-\u9fff]{{2,8}}))",
        head,
    ):
        inside = next(group for group in match.groups() if group)
        if not re.search("盖章|签[字章名]|公章|捺印|手印", inside) or len(inside) > 10:
            yield inside


def _named_before(head: str, symbol: str) -> Iterator[str]:
    """出借人（以下简称"甲方"）, 借款人（甲方）：, 贷款人某某银行（下称甲方）."""
    for match in re.finditer(
        rf"([^。；\n]{{1,60}}?)[（]?{_DEFINED_AS}(?:[“\"「『《][^”\"」』》\n]{{1,10}}[”\"」』》][、或])?[“\"「『《]?{symbol}",
        head,
    ):
        yield re.split(r"[，）和与向]", match.group(1).rstrip("（，"))[-1][-40:]
    for match in re.finditer(rf"([\u4e00-\u9fff/]{{2,14}})\s?（{symbol}）", head):
        yield match.group(1)


def _on_its_line(head: str, symbol: str) -> Iterator[str]:
    """甲方：出借人张三 or a table cell 甲方 | 贷款人."""
    for match in re.finditer(rf"(?:^|\n) *{symbol}[： |]+([^\n。]{{1,30}})", head):
        word = re.split(r"[，：（ ]", match.group(1))[0]
        if not re.search("地址|名称|姓名|住所|身份|编号|证件", word):
            yield word


_SELF: tuple[tuple[Role, str], ...] = (
    (
        Role.BORROWER,
        r"S(?:为|系|是|因|有|具有)[^。；\n甲乙丙丁]{0,30}(?:借款需求|资金需求|资金需要|融资需求|借款的|自然人[^。；\n甲乙丙丁]{0,12}借款)",
    ),
    (
        Role.PLATFORM,
        r"S(?:为|系|是|作为)[^。；\n甲乙丙丁]{0,40}(?:平台|咨询|信息服务|中介|居间|网站|管理服务|技术服务|审核|运营)",
    ),
    (
        Role.LENDER,
        r"S(?:为|系|是|有|具有|拥有|以)[^。；\n甲乙丙丁]{0,30}(?:出借|闲置资金|自有资金|放贷|发放贷款|贷款业务)",
    ),
    (
        Role.GUARANTOR,
        r"S(?:为|系|是|愿|同意)[^。；\n甲乙丙丁]{0,30}(?:担保公司|担保机构|提供[^。；，\n]{0,8}(?:保证|担保))",
    ),
)


def _by_self_description(head: str, symbol: str) -> Role | None:
    """甲方为从事借款咨询的专业公司; 乙方系具有借款需求的自然人: the earliest such sentence counts."""
    found = [
        (match.start(), role) for role, pattern in _SELF if (match := re.search(pattern.replace("S", symbol), head))
    ]
    return min(found)[1] if found else None


_DEEDS: tuple[tuple[Role, str], ...] = (
    (
        Role.BORROWER,
        r"S(?:因|由于)?[^。；\n]{0,16}(?:需要|急需|申请)?[^。；，\n]{0,8}向.{2,6}(?:申请)?(?:借款|贷款|借到|借入)",
    ),
    (
        Role.LENDER,
        r"S(?:同意|愿意|自愿)?[^。；，\n]{0,6}(?:向|借给|出借给|贷给).{1,6}(?:提供|发放|出借|支付)[^。；，\n]{0,8}(?:借款|贷款|资金|本金)",
    ),
    (Role.LENDER, r"(?:向|给)S(?:支付|偿还|归还|返还)[^。；，\n]{0,12}(?:本金|利息|本息|借款|贷款|罚息)"),
    (
        Role.BORROWER,
        r"(?<![向给])S(?:应|须|需|未|未能|不|必须)?[^。；，\n]{0,8}(?:按期|按时|按约|如期)?[^。；，\n]{0,4}(?:偿还|归还|还款|还本|付息|还清)",
    ),
    (Role.LENDER, r"S有权[^。；\n]{0,14}(?:提前收回|宣布|加收罚息|处置抵押|收回借款|收回贷款)"),
    (Role.GUARANTOR, r"S[^。；，\n]{0,10}(?:提供|承担)[^。；，\n]{0,8}(?:连带责任)?(?:保证|担保)"),
    (
        Role.PLATFORM,
        r"S[^。；，\n]{0,14}(?:提供|作为)[^。；，\n]{0,14}(?:居间|撮合|信息服务|中介服务|咨询服务|平台服务)",
    ),
    (Role.PLATFORM, r"(?:向|给)S支付[^。；，\n]{0,8}(?:服务费|居间费|咨询费|管理费)"),
)


def _by_deeds(text: str, symbol: str) -> Role | None:
    votes: Counter[Role] = Counter()
    for role, pattern in _DEEDS:
        votes[role] += len(re.findall(pattern.replace("S", symbol), text[:60_000]))
    (first, count), *rest = votes.most_common(2)
    rival = rest[0][1] if rest else 0
    return first if count and count > rival and (count >= 2 or not rival) else None


def _by_name(head: str, symbol: str) -> Role | None:
    """Last resort: a bank or a platform company named on the party's own line."""
    match = re.search(rf"{symbol}[：\s|]*({_ORGANISATION})", head)
    if not match:
        return None
    if re.search("银行|小额贷款|消费金融|典当|信托|汽车金融", match.group(1)):
        return Role.LENDER
    if re.search("担保", match.group(1)):
        return Role.GUARANTOR
    return (
        Role.PLATFORM
        if re.search("科技|信息|咨询|网络|服务|数据|投资管理|信用管理|财富|资产管理|企业管理", match.group(1))
        else None
    )


def _party(text: str, symbol: str, role: Role) -> Party:
    return Party(role, (symbol,), _name_before(text, symbol) or _name_after(text, symbol))


def _defined_aliases(text: str, words: RoleWords) -> Iterator[tuple[Role, str]]:
    """某某网络科技有限公司（以下简称"趣还"）: an alias of the contract's own making."""
    for match in re.finditer(
        rf"([^。；\n]{{2,70}}?)（{_DEFINED_AS}[“\"「『《]([^”\"」』》\n]{{1,12}})[”\"」』》]",
        text[: HEAD * 2],
    ):
        before, alias = match.groups()
        role = words.role_of(alias) or words.role_of(before) or _organisation_role(before)
        if role and alias not in words.symbols and alias not in words.words[role] and not _is_thing(alias):
            yield role, alias


def _is_thing(alias: str) -> bool:
    return bool(re.search("合同|协议|贷款$|借款$|费|法|账户|款项|债权|条款|规则|本息|网站$|服务$|系统", alias))


def _organisation_role(before: str) -> Role | None:
    if not re.search(_ORGANISATION, before):
        return None
    if re.search("银行|小额贷款|消费金融|典当|信托|汽车金融", before):
        return Role.LENDER
    return Role.GUARANTOR if "担保" in before else Role.PLATFORM


def _name_after(text: str, symbol: str) -> str:
    """The organisation or person named on the party's own line, or on the 名称 line under it."""
    match = re.search(
        rf"{symbol}\s?(?:（[^）\n]{{1,24}}）)?[）：\s|]*(?:\n?(?:名称|姓名|公司名称|单位名称)[：\s|]*)?([^\n，。；|]{{2,45}})",
        text[:HEAD],
    )
    if not match:
        return ""
    organisation = _NAME.match(match.group(1).strip())
    if organisation:
        return organisation.group()
    person = re.match(rf"(?:(?!{_NEXT})[\u4e00-\u9fff·]){{2,4}}(?=$|\s|（|身份|，|{_NEXT})", match.group(1).strip())
    return (
        person.group()
        if person
        and not re.search("姓名|名称|身份|住所|地址|编号|证件|法定|联系|电话|账户|银行|盖章|签", person.group())
        else ""
    )


def _name_before(text: str, symbol: str) -> str:
    match = re.search(rf"({_NAME.pattern})\s?（{_DEFINED_AS}[“\"]?{symbol}", text[:HEAD])
    return match.group(1) if match else ""


def _plain_parties(text: str, words: RoleWords, defined: set[str]) -> Iterator[Party]:
    """Parties called by a role word or a pronoun throughout (贷款人：某某银行; 您; 贵行)."""
    for group in (words.words, words.pronouns):
        for role, known in group.items():
            used = tuple(word for word in known if word in text and word not in defined)
            if used:
                named = used if group is words.words else ()
                yield Party(role, used, next((name for word in named if (name := _name_after(text, word))), ""))
