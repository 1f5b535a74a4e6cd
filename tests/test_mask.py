"""A masked report is the same report with stars in it, whatever it is rendered to."""

from __future__ import annotations

from datetime import date

import pytest

from contract_scan import Options, Report, load_engine
from contract_scan.mask import mask_report, mask_text
from contract_scan.pipeline import scan_text
from contract_scan.render import RENDERERS, letter

TEXT = """借款合同
甲方（出借人）：澄渡小额贷款有限公司
乙方（借款人）：祝清和　居民身份证号码：990101199001014017
住址：砚州市北塘区柳桥街41号
联系电话：13900001111，邮箱 zhu@example.cn
第一条 甲方借给乙方人民币20,000元，期限12个月，年利率12%，划入户名祝清和、账号6222000011112222
333的账户。
第二条 利息预先从本金中扣除，由祝清和（身份证号990101199001014017）承担，甲方不再另行通知。
第三条 乙方逾期的，每天按借款总额的百分之一支付违约金，并由祝清和在柳桥街41号当面签收催款书，不得投诉。
客服电话：400-800-1234
签订日期：2026年9月1日
"""
SECRETS = ("祝清和", "990101199001014017", "柳桥街41号", "13900001111", "zhu@example.cn", "6222000011112222", "333的")


@pytest.fixture(scope="module")
def report() -> Report:
    return scan_text(TEXT, load_engine(), Options(as_of=date(2026, 9, 1)), name="祝清和13900001111.txt")


def written(report: Report) -> dict[str, str]:
    return {name: render(report) for name, render in RENDERERS.items()} | {"letter": letter(report)}


def test_the_secrets_are_there_before(report: Report) -> None:
    assert all(secret in written(report)["html"] for secret in SECRETS)
    assert "祝清和" in letter(report)


@pytest.mark.parametrize("format_", [*RENDERERS, "letter"])
def test_no_format_tells_a_secret(report: Report, format_: str) -> None:
    text = written(mask_report(report))[format_]
    assert [secret for secret in SECRETS[:-1] if secret in text] == []
    assert "澄渡小额贷款有限公司" in text


def test_every_place_and_every_figure_stays(report: Report) -> None:
    masked = mask_report(report)
    assert len(masked.source.text) == len(report.source.text)
    assert [f.rule for f in masked.findings] == [f.rule for f in report.findings]
    for finding in masked.findings:
        for evidence in finding.evidence:
            assert evidence.quote == evidence.span.of(masked.source.text)
    assert masked.cost == report.cost
    assert "20,000元" in masked.source.text
    assert "400-800-1234" in masked.source.text


def test_hotlines_and_laws_of_the_report_are_untouched(report: Report) -> None:
    masked = mask_report(report)
    assert masked.lender == report.lender
    assert [f.basis for f in masked.findings] == [f.basis for f in report.findings]


def test_a_fingerprint_cannot_be_used_to_guess_the_words(report: Report) -> None:
    masked = mask_report(report)
    pairs = list(zip(report.findings, masked.findings, strict=True))
    assert any(before.evidence != after.evidence for before, after in pairs)
    for before, after in pairs:
        assert (before.fingerprint == after.fingerprint) == (before.evidence == after.evidence)


def test_the_note_counts_and_warns(report: Report) -> None:
    note = mask_report(report).coverage.notes[-1]
    assert "姓名 1 个" in note
    assert "证件号 1 个" in note
    assert "自己再看一遍" in note


def test_masking_is_repeatable(report: Report) -> None:
    once = mask_report(report)
    assert mask_report(report) == once
    assert mask_report(once).contract == once.contract


def test_a_text_keeps_its_length_and_its_line_ends() -> None:
    text = "乙方：周某某\n电话：139 0000 1111"
    assert mask_text(text) == "乙方：＊＊＊\n电话：*** **** ****"
    assert mask_text("与周某某同住", ["周某某"]) == "与＊＊＊同住"
