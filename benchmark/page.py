"""How long a borrower waits: python -m benchmark.page (needs the test extra and chromium).

Both sides of the ratio in one run, alternating: the pipeline in this process with everything loaded (file → report
as HTML), and the browser from sending the form until the report is painted (upload, child process, page), by the
browser's own clock.
First paint is that of the start page in a browser that has seen nothing yet.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from benchmark.speed import make_pdf
from contract_scan import load_engine, scan
from contract_scan.model import Options
from contract_scan.render import render

PAINT = """() => new Promise(done => new PerformanceObserver(list => done(list.getEntries()[0].startTime))
  .observe({type: 'paint', buffered: true}))"""
NOTE_SUBMIT = """() => document.getElementById('start')
  .addEventListener('submit', () => sessionStorage.setItem('sent', Date.now()), true)"""
#: When the form was sent, when the report was first painted, when its page was complete (milliseconds).
SHOWN = """() => new Promise(done => {
  const paint = list => setTimeout(() => done([
    Number(sessionStorage.getItem('sent')),
    performance.timeOrigin + list.getEntries()[0].startTime,
    performance.timeOrigin + performance.getEntriesByType('navigation')[0].domComplete]), 200);
  new PerformanceObserver(paint).observe({type: 'paint', buffered: true});
})"""
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


@contextmanager
def serving() -> Iterator[str]:
    """The server, with a child that has read something already."""
    command = [sys.executable, "-u", "-m", "contract_scan", "serve", "--no-browser"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    assert process.stdout is not None
    try:
        yield process.stdout.readline().split("：", 1)[1].strip()
    finally:
        process.terminate()
        process.wait()


def measure(pdf: Path, rounds: int) -> Iterator[tuple[str, float]]:
    """(what, seconds) of each round."""
    from playwright.sync_api import sync_playwright

    engine, options = load_engine(), Options(as_of=date(2026, 11, 26))
    with serving() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for round in range(rounds + 4):
            started = time.perf_counter()
            render(scan(pdf, engine, options), "html")
            pipeline = time.perf_counter() - started
            context = browser.new_context()
            page = context.new_page()
            page.goto(address)
            paint = page.evaluate(PAINT) / 1000
            page.set_input_files("#file", pdf)
            page.evaluate(NOTE_SUBMIT)
            page.click("#go", no_wait_after=True)
            page.wait_for_selector("#h-list")
            begun, first, last = page.evaluate(SHOWN)
            context.close()
            if round >= 4:  # both children and this process are warm
                yield "warm pipeline, 10-page PDF → HTML", pipeline
                yield "page, 10-page PDF: sent → report painted", (first - begun) / 1000
                yield "page, 10-page PDF: sent → report complete", (last - begun) / 1000
                yield "first paint of the start page, empty cache", paint
        browser.close()


def main() -> int:
    """Print the medians."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    found: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        pdf = Path(folder) / "合同.pdf"
        make_pdf(pdf, 10)
        for name, seconds in measure(pdf, rounds):
            found.setdefault(name, []).append(seconds)
    for name, times in found.items():
        print(f"{name:50s} median {statistics.median(times) * 1000:8.1f} ms   max {max(times) * 1000:8.1f} ms")
    pipeline, page, *_ = (statistics.median(times) for times in found.values())
    print(f"ratio page : pipeline = {page / pipeline:.2f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
