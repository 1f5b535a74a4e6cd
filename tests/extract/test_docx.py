"""Word files: what the reader of the printed page sees, with the numbers that Word only computes."""

from __future__ import annotations

import pytest

from contract_scan.extract import extract_bytes
from contract_scan.extract.docx_numerals import written
from contract_scan.model import Source
from tests.extract.make import docx, p, run, table


def read(body: str, parts: dict[str, str] | None = None) -> Source:
    return extract_bytes(docx(body, parts), "合同.docx")


def lines(body: str, parts: dict[str, str] | None = None) -> list[str]:
    return read(body, parts).text.split("\n")


def level(index: int, style: str, text: str, extra: str = "") -> str:
    shape = f'<w:start w:val="1"/><w:numFmt w:val="{style}"/>{extra}<w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{index}">{shape}</w:lvl>'


def listed(text: str, depth: int = 0, list_id: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>')


ARTICLES = (
    '<w:abstractNum w:abstractNumId="5">'
    + level(0, "chineseCountingThousand", "第%1条")
    + level(1, "decimal", "%1.%2", "<w:isLgl/>")
    + level(2, "chineseCounting", "（%3）", '<w:suff w:val="nothing"/>')
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>'
)
RESTARTED = (
    '<w:num w:numId="2"><w:abstractNumId w:val="5"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
    "</w:lvlOverride></w:num>"
)


def test_paragraphs_are_lines_and_empty_ones_are_left_out() -> None:
    source = read(p("借款合同") + p("") + p("甲方：某某公司"))
    assert source.text == "借款合同\n甲方：某某公司"
    assert (source.format, source.pages, source.notes, source.furniture) == ("docx", (), (), ())


def test_article_numbers_that_word_computes_are_written_out() -> None:
    body = "".join(
        [
            listed("借款金额"),
            listed("本金五万元", 1),
            listed("一次发放", 1),
            listed("到账为准", 2),
            listed("期限"),
            listed("一年", 1),
        ]
    )
    assert lines(body, {"numbering": ARTICLES}) == [
        "第一条 借款金额", "1.1 本金五万元", "1.2 一次发放", "（一）到账为准", "第二条 期限", "2.1 一年",
    ]  # fmt: skip


def test_a_list_goes_on_after_other_text_and_restarts_where_word_says_so() -> None:
    body = listed("甲") + p("另有约定") + listed("乙") + listed("丙", list_id=2) + listed("丁", list_id=2)
    assert lines(body, {"numbering": ARTICLES + RESTARTED}) == [
        "第一条 甲", "另有约定", "第二条 乙", "第一条 丙", "第二条 丁",
    ]  # fmt: skip


def test_twelve_articles_count_past_ten() -> None:
    found = lines("".join(listed("内容") for _ in range(12)), {"numbering": ARTICLES})
    assert found[9:] == ["第十条 内容", "第十一条 内容", "第十二条 内容"]


def test_numbers_come_from_the_style_and_its_parents() -> None:
    numbering = ARTICLES.replace('w:ilvl="1">', 'w:ilvl="1"><w:pStyle w:val="Clause"/>', 1)
    first = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = (
        f'<w:style w:type="paragraph" w:styleId="Article">{first}</w:style>'
        f'<w:style w:type="paragraph" w:styleId="Clause">{first}</w:style>'
        '<w:style w:type="paragraph" w:styleId="Child"><w:basedOn w:val="Article"/></w:style>'
    )
    body = (
        p("甲", '<w:pStyle w:val="Article"/>')
        + p("乙", '<w:pStyle w:val="Clause"/>')
        + p("丙", '<w:pStyle w:val="Child"/>')
        + p("无号", '<w:pStyle w:val="Child"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    )
    assert lines(body, {"numbering": numbering, "styles": styles}) == ["第一条 甲", "1.1 乙", "第二条 丙", "无号"]


@pytest.mark.parametrize(
    ("number", "style", "text"),
    [
        (1, "chineseCounting", "一"), (10, "chineseCounting", "十"), (15, "japaneseCounting", "十五"),
        (20, "taiwaneseCounting", "二十"), (110, "chineseCountingThousand", "一百一十"),
        (105, "chineseCountingThousand", "一百零五"), (3, "chineseLegalSimplified", "叁"),
        (12, "ideographLegalTraditional", "壹拾貳"), (10, "ideographDigital", "一〇"),
        (3, "ideographTraditional", "丙"),
        (4, "decimalEnclosedCircleChinese", "④"), (25, "decimalEnclosedCircle", "㉕"), (2, "decimalEnclosedParen", "⑵"),
        (7, "decimalZero", "07"), (4, "lowerRoman", "iv"), (28, "upperLetter", "BB"), (12, "decimalFullWidth", "１２"),
        (5, "numberInDash", "- 5 -"), (9, "unheardOf", "9"),
    ],
)  # fmt: skip
def test_number_formats(number: int, style: str, text: str) -> None:
    assert written(number, style) == text


def test_tables_come_row_by_row_in_their_place() -> None:
    body = p("还款计划：") + table([p("期数"), p("本金")], [p("1"), p("4000.00")]) + p("以上。")
    assert lines(body) == ["还款计划：", "期数 | 本金", "1 | 4000.00", "以上。"]


def test_merged_and_empty_cells_keep_their_place() -> None:
    merged = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>'
    body = table(
        [merged + p("费用"), p("手续费"), p("")], ["<w:tcPr><w:vMerge/></w:tcPr>" + p("旧"), p("服务费"), p("2%")]
    )
    assert lines(body) == ["费用 | 手续费 | ", " | 服务费 | 2%"]


def test_running_text_and_tables_inside_a_cell_get_lines_of_their_own() -> None:
    clauses = [
        f"（{n}）乙方应当按照本合同约定的日期足额归还借款本金和利息，不得拖延，否则应当承担相应的违约责任。"
        for n in range(4)
    ]
    body = table([p("义务"), "".join(map(p, clauses))], [p("附表"), table([p("甲"), p("乙")]) + p("")])
    assert lines(body) == ["义务", *clauses, "附表", "甲 | 乙"]


def test_a_text_box_comes_once_after_its_paragraph() -> None:
    inside = f"<w:txbxContent>{p('特别提示：请仔细阅读')}</w:txbxContent>"
    box = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp><wps:txbx>"
        f"{inside}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"{inside}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert lines(f"<w:p>{run('第一条 借款')}{box}</w:p>" + p("第二条")) == [
        "第一条 借款",
        "特别提示：请仔细阅读",
        "第二条",
    ]


def test_an_old_text_box_is_read_too() -> None:
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{p('提示')}</w:txbxContent></v:textbox></w:pict></w:r>"
    assert lines(f"<w:p>{run('正文')}{box}</w:p>") == ["正文", "提示"]


def test_tracked_changes_are_read_as_accepted_and_noted() -> None:
    gone = "<w:del><w:r><w:delText>12</w:delText></w:r></w:del>"
    body = f"<w:p>{run('年利率')}<w:ins>{run('24')}</w:ins>{gone}{run('%')}</w:p>"
    source = read(body)
    assert source.text == "年利率24%"
    assert any("插入 1 处" in note and "删除 1 处" in note for note in source.notes)


def test_moved_text_stands_where_it_was_moved_to() -> None:
    body = f"<w:p><w:moveFrom>{run('甲')}</w:moveFrom>{run('乙')}</w:p><w:p><w:moveTo>{run('甲')}</w:moveTo></w:p>"
    assert lines(body) == ["乙", "甲"]


def test_a_deleted_paragraph_end_joins_two_paragraphs() -> None:
    body = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('乙方应当')}</w:p>" + p("按期还款。")
    assert lines(body) == ["乙方应当按期还款。"]


def test_hidden_text_is_no_clause_and_noted() -> None:
    styles = '<w:style w:type="character" w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style>'
    styled = run("藏", '<w:rStyle w:val="H"/>')
    body = f"<w:p>{run('可见')}{run('暗', '<w:vanish/>')}{styled}</w:p>" + p("第二段")
    source = read(body, {"styles": styles})
    assert source.text == "可见\n第二段\n暗藏"
    assert [span.of(source.text) for span in source.hidden] == ["暗藏"]
    assert any("2 处隐藏文字" in note for note in source.notes)


def test_type_that_is_too_small_to_see_is_hidden_text() -> None:
    small, usual = ('<w:sz w:val="2"/>', '<w:sz w:val="21"/>')
    source = read(f"<w:p>{run('可见')}{run('小字', small)}{run('也可见', usual)}</w:p>")
    assert source.text.split("\n") == ["可见也可见", "小字"]
    assert [span.of(source.text) for span in source.hidden] == ["小字"]


WHITE = '<w:color w:val="FFFFFF"/>'
STYLED = '<w:tblPr><w:tblStyle w:val="S"/></w:tblPr>'
DARK = '<w:shd w:val="clear" w:fill="1F3864"/>'


@pytest.mark.parametrize(
    ("body", "hidden"),
    [
        (f"<w:p>{run('可见')}{run('白字', WHITE)}</w:p>", ["白字"]),
        (f"<w:p>{run('可见')}{run('近白', WHITE.replace('FFFFFF', 'FEFDFC'))}</w:p>", ["近白"]),
        (f"<w:p>{run('灰字', WHITE.replace('FFFFFF', '808080'))}</w:p>", []),
        (f"<w:p>{run('白字黑底', WHITE + DARK)}</w:p>", []),
        (f"<w:p><w:pPr>{DARK}</w:pPr>{run('深色一段', WHITE)}</w:p>", []),
        (f"<w:tbl><w:tr><w:tc><w:tcPr>{DARK}</w:tcPr><w:p>{run('表头', WHITE)}</w:p></w:tc></w:tr></w:tbl>", []),
        (f"<w:tbl><w:tr><w:tc><w:p>{run('可见')}{run('格里白字', WHITE)}</w:p></w:tc></w:tr></w:tbl>", ["格里白字"]),
        (f"<w:tbl>{STYLED}<w:tr><w:tc><w:p>{run('表头', WHITE)}</w:p></w:tc></w:tr></w:tbl>", []),
    ],
)  # fmt: skip
def test_white_type_on_white_is_hidden_text(body: str, hidden: list[str]) -> None:
    source = read(body)
    assert [span.of(source.text) for span in source.hidden] == hidden


def test_comments_are_noted_not_read() -> None:
    source = read(p("正文"), {"comments": f'<w:comment w:id="0">{p("改成百分之十")}</w:comment>'})
    assert source.text == "正文"
    assert any("1 条批注" in note for note in source.notes)


def test_notes_stand_at_the_end_and_only_those_referred_to() -> None:
    body = f'<w:p>{run("利率")}<w:r><w:footnoteReference w:id="2"/></w:r>{run("如下")}</w:p>' + p("第二段")
    notes = f'<w:footnote w:id="-1">{p("分隔线")}</w:footnote><w:footnote w:id="2">{p("不含服务费")}</w:footnote>'
    assert lines(body, {"footnotes": notes}) == ["利率如下", "第二段", "脚注1：不含服务费"]


def test_headers_and_footers_stand_last_as_furniture_unless_the_body_says_the_same() -> None:
    section = '<w:sectPr><w:headerReference r:id="r-header1"/><w:footerReference r:id="r-footer1"/></w:sectPr>'
    source = read(p("借款合同") + section, {"header1": p("借款 合同") + p("编号：A-1"), "footer1": p("内部使用")})
    assert source.text == "借款合同\n编号：A-1\n内部使用"
    assert [span.of(source.text) for span in source.furniture] == ["编号：A-1\n内部使用"]


def test_unused_headers_are_not_read() -> None:
    assert read(p("正文"), {"header1": p("别处的页眉")}).text == "正文"


def test_underlined_spaces_are_a_blank_to_fill_in() -> None:
    underlined = '<w:u w:val="single"/>'
    body = f"<w:p>{run('金额')}{run('      ', underlined)}{run('元')}</w:p>"
    assert lines(body) == ["金额______元"]
    assert lines(
        f"<w:p>{run('甲')}{run('     ', '<w:u w:val=' + chr(34) + 'none' + chr(34) + '/>')}{run('乙')}</w:p>"
    ) == ["甲     乙"]


def test_fields_show_their_result_and_not_their_instruction() -> None:
    def char(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    inner = char("begin") + "<w:r><w:instrText>X</w:instrText></w:r>" + char("separate") + run("比较值") + char("end")
    field = (
        char("begin") + "<w:r><w:instrText>IF</w:instrText></w:r>" + inner + char("separate") + run("12") + char("end")
    )
    assert lines(f"<w:p>{run('第')}{field}{run('期')}</w:p>") == ["第12期"]


def test_a_field_without_an_end_swallows_nothing() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert lines(f"<w:p>{begin}{begin}</w:p>" + p("第一条")) == ["第一条"]


def test_check_boxes_and_special_characters_are_shown() -> None:
    def box(state: str) -> str:
        data = f"<w:ffData><w:checkBox><w:checked{state}/></w:checkBox></w:ffData>"
        return f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar><w:fldChar w:fldCharType="end"/></w:r>'

    symbol = '<w:r><w:sym w:font="Wingdings 2" w:char="F052"/></w:r>'
    signs = "<w:r><w:t>甲</w:t><w:noBreakHyphen/><w:tab/><w:t>乙</w:t></w:r>"
    body = "<w:p>" + box("") + run("是") + box(' w:val="0"') + run("否") + symbol + signs + "</w:p>"
    assert lines(body) == ["☑是□否☑甲-\t乙"]


def test_a_line_break_in_a_paragraph_is_a_line_end() -> None:
    assert lines("<w:p><w:r><w:t>甲方：</w:t><w:br/><w:t>乙方：</w:t></w:r></w:p>") == ["甲方：", "乙方："]


def test_content_controls_links_and_smart_tags_are_transparent() -> None:
    body = (
        f"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{p('甲')}</w:sdtContent></w:sdt>"
        f"<w:p><w:hyperlink>{run('乙')}</w:hyperlink><w:smartTag><w:smartTag>{run('丙')}</w:smartTag></w:smartTag></w:p>"
    )
    assert lines(body) == ["甲", "乙丙"]


def test_pictures_are_noted() -> None:
    source = read(f"<w:p>{run('正文')}<w:r><w:drawing><a:blip/></w:drawing></w:r></w:p>")
    assert any("1 张图片" in note for note in source.notes)


def test_the_strict_dialect_reads_the_same() -> None:
    usual, strict = (
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    from tests.extract.make import NAMESPACES, R, zipped

    body = f"<w:document {NAMESPACES}><w:body>{p('正文')}</w:body></w:document>".encode().replace(usual, strict)
    link = f'<Relationship Id="r1" Type="{R}/officeDocument" Target="/word/main.xml"/>'
    data = zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f"<Relationships>{link}</Relationships>",
            "word/main.xml": body,
        }
    )
    assert extract_bytes(data, "x").text == "正文"


def test_files_of_python_docx_are_read() -> None:
    import io

    import docx as library

    document = library.Document()
    document.add_paragraph("借款合同")
    grid = document.add_table(rows=1, cols=2)
    grid.cell(0, 0).text, grid.cell(0, 1).text = "利率", "12%"
    document.add_paragraph("第一步", style="List Number")
    document.add_paragraph("第二步", style="List Number")
    out = io.BytesIO()
    document.save(out)
    assert extract_bytes(out.getvalue(), "x").text == "借款合同\n利率 | 12%\n1. 第一步\n2. 第二步"
