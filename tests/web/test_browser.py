"""The page as a borrower uses it, in a real browser: on a phone, on a desktop, by keyboard, without script."""

from __future__ import annotations

from importlib import resources
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import missing

from .conftest import SAMPLES, Heard, pdf

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FilePayload, Page

CONTRACT = (SAMPLES / "platform-three-party/contract.txt").read_text("utf-8")
BANK = SAMPLES / "bank-personal-loan/contract.pdf"
FAIR = SAMPLES / "fair-bank-loan/contract.pdf"
AXE_RUN = """() => axe.run(document, {resultTypes: ['violations']})
  .then(found => found.violations.map(one => [one.id, one.nodes.map(node => node.html.slice(0, 120))]))"""
#: Twelve lines that are photographed four by four.
PHOTOGRAPHED = [
    "个人借款合同",
    "甲方（出借人）：澄渡小额贷款有限公司（虚构）",
    "乙方（借款人）：周某",
    "第一条 甲方借给乙方人民币20,000.00元。",
    "第二条 借款期限12个月，自放款之日起算。",
    "第三条 月利率为0.65%，按月付息，到期还本。",
    "第四条 甲方放款时先扣除服务费800.00元，",
    "借款本金仍按20,000.00元计算。",
    "第五条 逾期的，乙方按借款总额每日千分之一支付违约金。",
    "第六条 甲方有权随时调整利率，无须通知乙方。",
    "第七条 争议由甲方所在地人民法院管辖。",
    "第八条 本合同自双方签字之日起生效。",
]
OVERFLOW = "document.documentElement.scrollWidth - innerWidth"


def payload(name: str, data: bytes, kind: str = "application/octet-stream") -> FilePayload:
    return {"name": name, "mimeType": kind, "buffer": data}


def read(page: Page, *files: FilePayload | Path) -> None:
    """Choose and start; wait for the report or for what went wrong."""
    page.set_input_files("#file", list(files))  # type: ignore[arg-type]
    page.click("#go")
    page.wait_for_selector("#h-list, article.err, form .told")


def photo(lines: list[str]) -> bytes:
    """A picture of some lines of Chinese."""
    from PIL import Image, ImageDraw, ImageFont

    font = ImageFont.truetype(next(Path("/usr/share/fonts").rglob("NotoSansCJK-Regular.ttc")), 34)
    image = Image.new("RGB", (1300, 1500), "white")
    for row, line in enumerate(lines):
        ImageDraw.Draw(image).text((60, 60 + 60 * row), line, font=font, fill="black")
    out = BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()


def violations(page: Page) -> list[object]:
    script = resources.files("axe_playwright_python") / "axe.min.js"
    page.evaluate(script.read_text("utf-8"))  # evaluated, not loaded: the page's policy stays as strict as it is
    found = page.evaluate(AXE_RUN)
    assert isinstance(found, list)
    return found


def test_a_chosen_pdf_becomes_a_report_with_the_letter_one_click_away(page: Page) -> None:
    read(page, payload("借款合同.pdf", pdf(CONTRACT), "application/pdf"))
    assert page.locator("mark").count() > 3
    assert page.locator(".gnav li").count() >= 3
    page.click("text=写信给对方")
    page.click("[data-copy=letter]")
    page.wait_for_selector("text=已复制")
    letter = page.evaluate("navigator.clipboard.readText()")
    assert "还没有签字" in letter
    assert letter.count("\n\n· ") == page.locator("[data-letter]:checked").count() > 2


def test_a_dropped_file_starts_at_once(page: Page) -> None:
    page.evaluate(
        """text => {
          const data = new DataTransfer();
          data.items.add(new File([text], '拖进来的合同.txt', {type: 'text/plain'}));
          const drop = document.getElementById('drop');
          drop.dispatchEvent(new DragEvent('dragover', {dataTransfer: data, bubbles: true}));
          drop.dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true}));
        }""",
        CONTRACT,
    )
    page.wait_for_selector("#h-list")
    assert "拖进来的合同.txt" in page.inner_text(".facts")


def test_three_photos_are_one_contract(browser: Browser, address: str, heard: Heard) -> None:
    if find_spec("rapidocr") is None:
        missing("rapidocr")
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    heard.listen(page)
    page.goto(address)
    pages = [PHOTOGRAPHED[at : at + 4] for at in (0, 4, 8)]
    page.set_input_files("#file", [payload(f"第{n}页.jpg", photo(one), "image/jpeg") for n, one in enumerate(pages, 1)])
    assert "已选 3 个" in page.inner_text("#picked")
    page.click("#go")
    page.wait_for_selector("#h-list", timeout=120_000)
    assert "3\u00a0页全部读出" in page.inner_text(".facts")
    assert "放款时先扣服务费、手续费" in page.inner_text("#list")
    context.close()


def test_pasted_text_is_read(page: Page) -> None:
    page.click("text=没有文件？粘贴文字")
    page.fill("#text", CONTRACT)
    page.click("#go")
    page.wait_for_selector("#h-list")
    assert "粘贴的文字" in page.inner_text(".facts")


def test_sending_nothing_says_so_and_moves_the_focus(page: Page) -> None:
    page.click("#go")
    assert "还没有选文件" in page.inner_text(".told")
    assert page.evaluate("document.activeElement.className") == "told bad"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("程序.exe", b"MZ\x90\x00" + bytes(range(256)) * 20, "编码"),
        ("压缩包.zip", b"Rar!\x1a\x07" + b"x" * 99, "压缩包"),
        ("空.pdf", b"", "空的"),
        ("坏的.pdf", b"%PDF-1.7\n1 0 obj << /Type /Catalog", "PDF"),
        ("太长的名字" * 60 + ".pdf", b"%PDF-", "PDF"),
        ("../../etc/passwd\u202egpj.<img src=x onerror=alert(1)>.pdf", b"\x00\x01\x02", "文件"),
    ],
    ids=["program", "archive", "empty", "damaged", "long name", "hostile name"],
)
def test_what_cannot_be_read_is_said_with_what_to_do(page: Page, name: str, data: bytes, said: str) -> None:
    read(page, payload(name, data))
    assert said in page.inner_text("article.err, .told")
    assert page.locator("img").count() == 0
    assert page.evaluate(OVERFLOW) <= 0


def test_a_file_of_100_mb_is_refused_before_it_is_sent(page: Page, heard: Heard, tmp_path: Path) -> None:
    big = tmp_path / "大.pdf"
    with big.open("wb") as file:
        file.truncate(100_000_000)
    page.set_input_files("#file", big)
    page.click("#go")
    assert "文件有 100 MB，这里最多读 50 MB" in page.inner_text(".told")
    assert not [url for url in heard.requests if url.endswith("/read")]


def test_two_at_once_both_end_with_their_own_report(browser: Browser, address: str, heard: Heard) -> None:
    context = browser.new_context()
    pages = [context.new_page(), context.new_page()]
    for page, sample in zip(pages, (BANK, FAIR), strict=True):
        heard.listen(page)
        page.goto(address)
        page.set_input_files("#file", payload(f"{sample.parent.name}.pdf", sample.read_bytes()))
    for page in pages:
        page.click("#go", no_wait_after=True)
    for page, sample in zip(pages, (BANK, FAIR), strict=True):
        page.wait_for_selector("#h-list")
        assert f"{sample.parent.name}.pdf" in page.inner_text(".facts")
    context.close()


def test_reading_can_be_cancelled_and_leaves_nothing(browser: Browser, address: str, heard: Heard) -> None:
    context = browser.new_context()
    page = context.new_page()
    heard.listen(page)
    page.goto(address)
    slow = ("乙方应当按照甲方的要求支付服务费、管理费、咨询费，甲方有权随时调整。\n" * 12_000).encode()
    page.set_input_files("#file", payload("很长.txt", slow))
    page.click("#go")
    page.wait_for_selector("#wait")
    job = page.url
    assert "正在读" in page.inner_text("h1")
    page.click("text=取消")
    page.wait_for_selector("text=内容已经清掉")
    heard.console.clear()
    assert page.request.get(job).status == 404
    read(page, payload("下一份.txt", CONTRACT.encode()))
    assert page.locator("#h-list").count() == 1
    context.close()


def test_a_report_can_be_forgotten(page: Page, heard: Heard) -> None:
    read(page, BANK)
    job = page.url
    page.click("text=清掉内容")
    page.wait_for_selector("text=内容已经清掉")
    assert page.request.get(job).status == 404


def test_points_come_and_go_but_what_the_reader_wrote_stays(page: Page) -> None:
    read(page, BANK)
    letter, box = page.locator("#letter"), page.locator("[data-letter]").first
    paragraph = box.get_attribute("data-letter") or "?"
    assert paragraph in letter.input_value()
    letter.fill(letter.input_value().replace("谢谢。", "谢谢，我周五前等答复。"))
    box.uncheck()
    assert paragraph not in letter.input_value()
    box.check()
    assert paragraph in letter.input_value()
    assert "我周五前等答复" in letter.input_value()
    page.click("[data-form=chat]")
    assert (box.get_attribute("data-chat") or "?") in page.locator("#chat").input_value()


def test_the_letter_is_saved_for_word_as_it_was_left(page: Page) -> None:
    import docx

    read(page, BANK)
    page.fill("#letter", "第一段\n\n<b>第二段</b> & 结束")
    with page.expect_download() as download:
        page.click("text=存成 Word")
    assert download.value.suggested_filename == "给对方的信.docx"
    paragraphs = docx.Document(str(download.value.path())).paragraphs
    assert [one.text for one in paragraphs] == ["第一段", "", "<b>第二段</b> & 结束"]


def test_ticks_are_remembered_in_the_browser_only(page: Page, heard: Heard) -> None:
    read(page, BANK)
    page.locator(".f .done input").first.check()
    page.locator("#before input").first.check()
    assert "还有 9 项" in page.inner_text("#left")
    before = len(heard.requests)
    page.reload()
    assert page.locator(".f .done input").first.is_checked()
    assert page.locator("#before input").first.is_checked()
    assert not any("tick" in url for url in heard.requests[before:])


def test_income_is_weighed_in_the_browser_and_sent_nowhere(page: Page, heard: Heard) -> None:
    read(page, SAMPLES / "platform-three-party/contract.txt")
    before = len(heard.requests)
    page.fill("#pay", "4000")
    assert "是月收入的" in page.inner_text("#burden")
    assert len(heard.requests) == before


def test_the_saved_file_needs_no_server(page: Page, browser: Browser, tmp_path: Path) -> None:
    read(page, BANK)
    with page.expect_download() as download:
        page.click("text=存成网页")
    kept = tmp_path / "报告.html"
    download.value.save_as(kept)
    html = kept.read_text("utf-8")
    assert "<script" not in html
    assert "<form" not in html
    assert "127.0.0.1" not in html
    alone = browser.new_page(java_script_enabled=False)
    alone.goto(kept.as_uri())
    assert alone.locator("#letter").is_visible()
    alone.close()


def test_two_contracts_are_compared(page: Page) -> None:
    page.click("text=比较两份")
    page.set_input_files("[name=left]", BANK)
    page.set_input_files("[name=second]", FAIR)
    page.click("button:has-text('比较')")
    page.wait_for_selector("#h-only-left, #h-problems")
    assert page.evaluate(OVERFLOW) <= 0


def test_a_report_is_compared_with_another_file(page: Page) -> None:
    read(page, BANK)
    page.set_input_files("#second", BANK)
    page.click("#again button")
    page.wait_for_selector("#h-clauses")
    assert "一字未改" in page.inner_text("#clauses")


def test_promises_are_checked_against_the_contract(page: Page) -> None:
    page.click("text=比较两份")
    page.fill("#advert", "年化利率低至 3.6%，无任何手续费，随借随还，提前还款不收费")
    page.set_input_files("[name=right]", BANK)
    page.click("text=对照")
    page.wait_for_selector("#promises")
    assert page.locator(".pr").count() >= 2


def test_the_whole_way_by_keyboard(page: Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "vh skip"
    page.keyboard.press("Enter")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "file":
            break
    assert page.evaluate("document.activeElement.id") == "file"
    page.set_input_files("#file", BANK)
    page.locator("#go").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#h-list")
    page.locator("[data-copy=letter]").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("text=已复制")
    order = page.evaluate(
        """() => [...document.querySelectorAll('a[href],button,input,select,textarea,summary,[tabindex]')]
          .filter(n => n.tabIndex > 0).length"""
    )
    assert order == 0


def test_everything_works_without_script(browser: Browser, address: str, heard: Heard) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    heard.listen(page)
    page.goto(address)
    page.set_input_files("#file", BANK)
    page.click("#go")
    page.wait_for_selector("#h-list", timeout=30_000)
    assert page.locator("#letter").is_visible()
    assert page.locator("#chat").is_visible()
    page.click("text=清掉内容")
    page.wait_for_selector("text=内容已经清掉")
    context.close()


@pytest.mark.parametrize("width", [320, 390, 640, 1280])
def test_nothing_sticks_out_sideways(browser: Browser, address: str, heard: Heard, width: int) -> None:
    """640 is a desktop of 1280 at a zoom of 200 %."""
    context = browser.new_context(viewport={"width": width, "height": 844})
    page = context.new_page()
    heard.listen(page)
    for path in ("/", "/compare"):
        page.goto(address + path)
        assert page.evaluate(OVERFLOW) <= 0, path
    page.goto(address)
    read(page, SAMPLES / "fraud-app-loan/contract.txt")
    assert page.evaluate(OVERFLOW) <= 0
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(browser: Browser, address: str, heard: Heard, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": 390, "height": 844})  # type: ignore[arg-type]
    page = context.new_page()
    heard.listen(page)
    found: dict[str, list[object]] = {}
    for path in ("/", "/compare", "/?gone=1"):
        page.goto(address + path)
        found[path] = violations(page)
    page.goto(address)
    read(page, SAMPLES / "fraud-app-loan/contract.txt")
    found["report"] = violations(page)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    found["report unfolded"] = violations(page)
    page.set_viewport_size({"width": 1280, "height": 844})
    found["report on a desktop"] = violations(page)
    page.set_input_files("#second", FAIR)
    page.click("#again button")
    page.wait_for_selector("#h-only-left, #h-problems")
    found["comparison"] = violations(page)
    page.goto(address)
    read(page, payload("坏.pdf", b"%PDF-"))
    found["failure"] = violations(page)
    assert {name: some for name, some in found.items() if some} == {}
    context.close()


@pytest.mark.parametrize("name", ["fraud-app-loan", "fair-private-loan", "platform-three-party"])
def test_axe_finds_nothing_in_the_file(browser: Browser, tmp_path: Path, name: str) -> None:
    from datetime import date

    from contract_scan import load_engine, scan
    from contract_scan.model import Options
    from contract_scan.render import render

    report = scan(SAMPLES / name / "contract.txt", load_engine(), Options(as_of=date(2026, 11, 26)))
    kept = tmp_path / "报告.html"
    kept.write_text(render(report, "html"), "utf-8")
    for width in (390, 1280):
        page = browser.new_page(viewport={"width": width, "height": 844})
        page.goto(kept.as_uri())
        assert violations(page) == []
        page.close()


def test_traditional_characters_for_our_words_not_for_the_contract(page: Page) -> None:
    read(page, BANK)
    quote = page.inner_text("blockquote.q p")
    page.click("text=繁")
    page.wait_for_selector("html[lang=zh-Hant]")
    assert "發現的問題" in page.inner_text("#h-list")
    assert page.inner_text("blockquote.q p") == quote
    page.goto(page.url.split("/job/")[0])
    assert "簽之前" in page.inner_text("h1")


def test_motion_is_reduced_for_those_who_ask(browser: Browser, address: str) -> None:
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(address)
    page.evaluate("document.getElementById('main').append(document.createElement('progress'))")
    assert page.evaluate("getComputedStyle(document.querySelector('progress')).animationName") == "none"
    context.close()


def test_the_printed_letter_is_only_the_letter(page: Page) -> None:
    read(page, BANK)
    page.evaluate("window.print = () => window.dispatchEvent(new Event('beforeprint'))")
    page.click("#print-letter")
    page.emulate_media(media="print")
    shown = page.evaluate(
        "[...document.body.children].filter(n => n.tagName != 'svg' && n.offsetHeight).map(n => n.className)"
    )
    assert shown == ["letter-print"]
    assert page.inner_text(".letter-print").startswith(page.locator("#letter").input_value()[:40])
