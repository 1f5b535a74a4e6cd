"""What is recognised as personal, and what is left alone."""

from __future__ import annotations

import pytest

from contract_scan.personal import ACCOUNT, ADDRESS, IDENTITY, MAIL, NAME, TELEPHONE, find_names, find_personal


def found(text: str) -> set[tuple[str, str]]:
    return {(one.kind, one.span.of(text)) for one in find_personal(text)}


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("身份证号码：990101199001014017。", IDENTITY, "990101199001014017"),
        ("公民身份号码９９０１０１１９９００１０１４０１Ｘ，", IDENTITY, "９９０１０１１９９００１０１４０１Ｘ"),
        ("居民身份证号码：990108********4012", IDENTITY, "990108********4012"),
        ("护照号：E12345678", IDENTITY, "E12345678"),
        ("身分證字號 A123456789", IDENTITY, "A123456789"),
        ("联系方式13900001111、", TELEPHONE, "13900001111"),
        ("手机：139 0000 1111", TELEPHONE, "139 0000 1111"),
        ("电话（010）88880000", TELEPHONE, "（010）88880000"),
        ("010-88880000转12", TELEPHONE, "010-88880000转12"),
        ("账号：6222 0000 1111 2222 333", ACCOUNT, "6222 0000 1111 2222 333"),
        ("划入 6222000011112222333 内", ACCOUNT, "6222000011112222333"),
        ("尾号8032的账户", ACCOUNT, "8032"),
        ("邮箱 zhou.mou@example.cn。", MAIL, "zhou.mou@example.cn"),
        ("微信号：zhou_mou88", MAIL, "zhou_mou88"),
        ("住址：砚州市北塘区柳桥街41号（自有）", ADDRESS, "砚州市北塘区柳桥街41号"),
        ("签订于砚州市北塘区柳桥街41号2单元301室。", ADDRESS, "砚州市北塘区柳桥街41号2单元301室"),
        ("通讯地址：柳桥镇三道村", ADDRESS, "柳桥镇三道村"),
        ("乙方（借款人）：周某某", NAME, "周某某"),
        ("姓名 | 端木清 | 性别", NAME, "端木清"),
        ("户名祝清和，借记卡", NAME, "祝清和"),
        ("保证人：季怀瑾、阮文清\n", NAME, "阮文清"),
        ("今借到霍启明人民币伍万元", NAME, "霍启明"),
        ("借款人（签字）：\n薛怀玉\n", NAME, "薛怀玉"),
        ("借款人：阿依古丽·买买提，女", NAME, "阿依古丽·买买提"),
        ("Borrower 借款人：John Smith\n", NAME, "John Smith"),
        ("法定代表人：陶 熠", NAME, "陶 熠"),
        ("证件号码：990101 19900101 4017", IDENTITY, "990101 19900101 4017"),
        ("紧急联系人二：祝清和 13900001111", NAME, "祝清和"),
        ("账号6222 0000 1111 2222 333（薛怀玉）", NAME, "薛怀玉"),
        ("抵押人薛怀玉将坐落于砚州省北塘市柳桥区科创园南区的房产抵押", NAME, "薛怀玉"),
        ("抵押人薛怀玉将坐落于砚州省北塘市柳桥区科创园南区的房产抵押", ADDRESS, "砚州省北塘市柳桥区科创园南区"),
        ("款项转账至霍启明名下账户", NAME, "霍启明"),
        ("保证人：卓玛央金\n", NAME, "卓玛央金"),
        ("住在柳桥镇前王村4组。", ADDRESS, "柳桥镇前王村4组"),
    ],
)
def test_personal_particulars_are_found(text: str, kind: str, words: str) -> None:
    assert (kind, words) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "借款本金人民币1,234,567,890.00元，年利率百分之十五点四。",
        "利率 0.0333333333333333333%",
        "客服电话：400-800-1234；投诉请拨 12378 或 95588。",
        "乙方（借款人）：________　身份证号：________",
        "甲方：星河小额贷款有限公司",
        "依据《民法典》第六百八十条、法释〔2020〕17号第二十五条",
        "市场监督管理总局令2023年第12号",
        "由甲方所在地人民法院管辖。",
        "借款人：任何一方",
        "贷款人有权随时向借款人付款。",
        "甲方授权乙方向授权人申请，利息支付给付款方。",
        "支付方式：银行转账，于每月20日归还。",
        "2026年9月1日至2027年8月31日",
        "第1期 | 2026-10-20 | 1,800.00 | 120.00",
    ],
)
def test_what_is_nobodys_stays(text: str) -> None:
    assert found(text) == set()


def test_a_name_once_introduced_is_found_wherever_it_stands() -> None:
    text = "借款人：季怀瑾\n第二条 季怀瑾应当按月归还。"
    assert [one.span.of(text) for one in find_personal(text)] == ["季怀瑾", "季怀瑾"]


def test_organisations_have_no_personal_name() -> None:
    assert find_names("出借人：江南典当行\n收款人：温岭信用社\n户名：白石五金厂") == frozenset()


@pytest.mark.parametrize("piece", ["市", "身份证号", "1", "保证人：", "路1号", "张", "·", "a@", " ", "(", "签字："])
def test_no_text_makes_the_search_run_away(piece: str) -> None:
    find_personal(piece * 20_000)  # a quadratic expression would not come back
