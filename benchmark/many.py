"""A folder of contracts made from our own samples: varied, in several formats, with duplicates and broken files.

python benchmark/many.py FOLDER [COUNT] [BROKEN]        same numbers in, same bytes out (PDF and DOCX aside)
"""

from __future__ import annotations

import io
import random
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LENDERS = [
    "榆桥小额贷款有限公司",
    "禾渡小额贷款有限公司",
    "青浦湾消费金融有限公司",
    "云麓消费金融有限公司",
    "泽丰汽车金融有限公司",
]
PEOPLE = ["戚晚舟", "闻人朔", "卢守拙", "顾沧澜", "庞立言", "鲁望川", "季苇航", "束砚秋", "莘北辰", "毋忘机"]
SUM = re.compile(r"人民币[壹贰叁肆伍陆柒捌玖拾佰仟万]+元整?（[￥¥]([\d,.]+)元?）")
LENDER = re.compile(r"(?<=[：:])[\u4e00-\u9fff]{2,8}(?:小额贷款|消费金融|汽车金融)(?:有限公司|股份有限公司)")
ENCODINGS = ["utf-8", "utf-8", "utf-8", "gb18030", "utf-16"]


def bases() -> list[str]:
    """The texts to vary: our benchmark contracts, then our samples three times (those become the templates)."""
    own = [path.read_text("utf-8") for path in sorted((ROOT / "benchmark/contracts").glob("*.txt"))]
    samples = [text for path in sorted((ROOT / "samples").glob("*/contract.txt")) if (text := _utf8(path))]
    return own + samples * 8


def _utf8(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return ""


def varied(text: str, rng: random.Random) -> str:
    """The same template with another sum, rate, date, borrower, lender and number."""
    amount = rng.choice([5, 8, 10, 20, 30, 50, 80, 120]) * 1000
    text = SUM.sub(f"人民币{amount:,}.00元", text)
    text = re.sub(r"年利率(\d+(?:\.\d+)?)%", lambda m: f"年利率{float(m[1]) + rng.randrange(-20, 60) / 10:.2f}%", text)
    text = re.sub(r"2026年\d{1,2}月\d{1,2}日", f"2026年{rng.randint(1, 9)}月{rng.randint(1, 28)}日", text)
    text = LENDER.sub(rng.choice(LENDERS), text)
    for name in PEOPLE:
        text = text.replace(name, rng.choice(PEOPLE))
    return f"{text}\n合同编号：CS{rng.randrange(10**8):08d}\n"


def pdf(text: str) -> bytes:
    """The text as a PDF with a text layer."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    canvas = Canvas(out, A4, invariant=True)
    lines = [line[start : start + 40] for line in text.split("\n") for start in range(0, max(len(line), 1), 40)]
    for page in range(0, len(lines), 44):
        canvas.setFont("STSong-Light", 11)
        for number, line in enumerate(lines[page : page + 44]):
            canvas.drawString(60, 790 - 17 * number, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def docx(text: str) -> bytes:
    """The text as a Word file."""
    from docx import Document

    document, out = Document(), io.BytesIO()
    for line in text.split("\n"):
        document.add_paragraph(re.sub("[\x00-\x08\x0b-\x1f]", "", line))
    document.save(out)
    return out.getvalue()


def broken(number: int, rng: random.Random) -> tuple[str, bytes]:
    """A file that is no contract: suffix and bytes."""
    noise = rng.randbytes(2000)
    kinds = [
        (".pdf", b""),
        (".pdf", b"%PDF-1.7\n" + noise),
        (".pdf", pdf("借款合同")[:400]),
        (".docx", docx("借款合同")[:1500]),
        (".docx", b"PK\x03\x04" + noise),
        (".png", b"\x89PNG\r\n\x1a\n" + noise),
        (".txt", noise),
        (".txt", b" \n" * (number + 1)),
    ]
    return kinds[number % len(kinds)]


def make(folder: Path, count: int = 1000, damaged: int = 20) -> None:
    """Write *count* files, *damaged* of them broken, one in fifty a copy of an earlier one."""
    rng, texts = random.Random(20261126), bases()
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count - damaged):
        name = f"{number // 100:02d}/{rng.choice(PEOPLE)}-{number:04d}"
        (folder / name).parent.mkdir(exist_ok=True)
        text = varied(rng.choice(texts), rng)
        copied = sorted(folder.glob("00/*"))[number % 40] if number % 50 == 49 else None
        if copied:
            (folder / f"{name}-副本{copied.suffix}").write_bytes(copied.read_bytes())
        elif number % 12 == 5:
            (folder / f"{name}.pdf").write_bytes(pdf(text))
        elif number % 12 == 8:
            (folder / f"{name}.docx").write_bytes(docx(text))
        else:
            (folder / f"{name}.txt").write_bytes(text.encode(rng.choice(ENCODINGS), "replace"))
    (folder / "坏文件").mkdir(exist_ok=True)
    for number in range(damaged):
        suffix, content = broken(number, rng)
        (folder / "坏文件" / f"{number:03d}{suffix}").write_bytes(content)


if __name__ == "__main__":
    make(Path(sys.argv[1]), *map(int, sys.argv[2:4]))
