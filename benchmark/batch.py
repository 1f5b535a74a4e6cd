"""The adviser's desk, measured: speed and memory, kills and resumes, a dask cluster, a page of 5,000 rows.

python benchmark/batch.py [speed|kills|cluster|page …] [--count 1000] [--json OUT]        needs Linux and the test extra

Every part compares within one run; what it proves (identical results, nothing lost) makes it fail, times do not.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from many import make

from contract_scan.batch import Settings, Store, find_inputs, run_batch, scan_many
from contract_scan.batch.cluster import cluster
from contract_scan.batch.overview import write_overview
from contract_scan.batch.private import private_folder
from contract_scan.batch.records import Case, Desk, read_desk
from contract_scan.batch.run import OUTPUTS
from contract_scan.batch.runner import Runner, local, rules_of
from contract_scan.batch.task import crew
from contract_scan.errors import ContractScanError
from contract_scan.extract import extract_bytes
from contract_scan.model import Options

SETTINGS = Settings(Options(as_of=date(2026, 11, 26)), outputs=OUTPUTS)
COMMAND = [sys.executable, "-m", "contract_scan", "batch", "--as-of", "2026-11-26", "--jobs", "2"]
Figures = dict[str, object]


def speed(folder: Path, work: Path) -> Figures:
    """Two workers against one and against extraction alone; memory of each worker along the way."""
    inputs = find_inputs([str(folder)])
    found: Figures = {"files": len(inputs)}
    began = time.perf_counter()
    for item in inputs:
        with contextlib.suppress(ContractScanError):
            extract_bytes(item.read(), item.base)
    found["extraction alone, one process, s"] = floor = round(time.perf_counter() - began, 2)
    for jobs in (1, 2):
        out = work / f"speed-{jobs}"
        private_folder(out)
        with Store(out, create=True) as store, local(jobs) as hall:
            rss: list[list[int]] = []
            began = loaded = time.perf_counter()
            for progress in run_batch(inputs, store, SETTINGS, hall=hall):
                if progress.done == 1:
                    loaded = time.perf_counter()
                if progress.done % 100 == 0 and (workers := crew(SETTINGS).workers):
                    rss.append([memory(worker.pid, "VmRSS") for worker in workers])
                    peak = [memory(worker.pid, "VmHWM") for worker in workers]
            ended = time.perf_counter()
        found[f"{jobs} worker(s)"] = {
            "until the first result, s": round(loaded - began, 2),
            "s": round(ended - began, 2),
            "contracts a second": round(len(inputs) / (ended - began), 1),
            "contracts a second once loaded": round(len(inputs) / (ended - loaded), 1),
            "times extraction alone": round((ended - began) / floor, 2),
            "peak MB": peak,
            "MB after each 100": rss,
            "main process peak MB": memory(os.getpid(), "VmHWM"),
        }
    same = digest(work / "speed-1") == digest(work / "speed-2")
    assert same, "one and two workers differ"
    return found


def kills(folder: Path, work: Path, times: int = 10) -> Figures:
    """SIGKILL of the main process at random moments, then resume: the end is that of an undisturbed run."""
    undisturbed, out = work / "undisturbed", work / "killed"
    subprocess.run([*COMMAND, str(folder), "-o", str(undisturbed)], stderr=subprocess.DEVNULL, check=False)
    rng, moments, orphans = random.Random(10), [], 0
    for _ in range(times):
        process = subprocess.Popen([*COMMAND, str(folder), "-o", str(out)], stderr=subprocess.DEVNULL)
        time.sleep(rng.uniform(3, 14))
        children = children_of(process.pid)
        process.send_signal(signal.SIGKILL)
        process.wait()
        time.sleep(1)
        orphans += sum(map(running, children))
        with Store(out) as store:
            moments.append(store.rows("SELECT count(*) AS n FROM scan")[0]["n"])
    last = subprocess.run([*COMMAND, str(folder), "-o", str(out)], capture_output=True, text=True, check=False)
    assert last.returncode == 3, last.stderr
    assert digest(out) == digest(undisturbed), "results differ after kills"
    assert (out / "index.html").read_bytes() == (undisturbed / "index.html").read_bytes()
    assert files(out) == files(undisturbed)
    return {"kills": times, "results kept at each": moments, "orphans a second later": orphans, "identical": True}


def over_cluster(folder: Path, work: Path, count: int = 200) -> Figures:
    """The same contracts here, on dask, and on dask with a worker process killed: byte-identical JSON."""
    inputs = find_inputs([str(folder)])[:: max(len(find_inputs([str(folder)])) // count, 1)][:count]
    settings = replace(SETTINGS, outputs=("json",))
    began = time.perf_counter()
    here = {one.name: (one.outputs, one.failure) for one in scan_many(inputs, settings, places=2)}
    found: Figures = {"contracts": len(inputs), "here, s": round(time.perf_counter() - began, 2)}
    for killed in (False, True):
        with dask(2) as (address, workers), cluster(address) as hall:
            mine = replace(settings, batch=f"dask-{killed}")
            runner, there = Runner(hall, mine, rules_of(hall, mine)), {}
            began = time.perf_counter()
            for one in runner.run(inputs):
                there[one.name] = (one.outputs, one.failure)
                if killed and len(there) == len(inputs) // 3:
                    workers[0].send_signal(signal.SIGKILL)
            found["dask, one killed, s" if killed else "dask, two workers, s"] = round(time.perf_counter() - began, 2)
            hall.dismiss(mine)
        assert there == here, "dask differs"
    mine = replace(settings, batch="local-killed")
    with local(2) as hall:
        runner, there = Runner(hall, mine, rules_of(hall, mine)), {}
        for one in runner.run(inputs):
            there[one.name] = (one.outputs, one.failure)
            if len(there) == len(inputs) // 3:
                os.kill(crew(mine).workers[0].pid, signal.SIGKILL)
        hall.dismiss(mine)
    assert there == here, "a killed local worker changes results"
    return found | {"identical": True}


def page(folder: Path, work: Path, rows: int = 5000) -> Figures:
    """The overview with so many rows in headless Chromium: opening, filtering, sorting."""
    from playwright.sync_api import sync_playwright

    out = work / "undisturbed" if (work / "undisturbed").exists() else work / "speed-2"
    if not out.exists():
        subprocess.run([*COMMAND, str(folder), "-o", str(out)], stderr=subprocess.DEVNULL, check=False)
    with Store(out) as store:
        desk = enlarged(read_desk(store), rows)
        began = time.perf_counter()
        html = write_overview(desk, store)
        found: Figures = {"rows": len(desk.cases), "written in s": round(time.perf_counter() - began, 2)}
    (path := work / "large.html").write_text(html, "utf-8")
    found["MB"] = round(path.stat().st_size / 1e6, 2)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        opened, filtered, sorted_ = [], [], []
        for _ in range(5):
            tab = browser.new_page(viewport={"width": 1280, "height": 900})
            began = time.perf_counter()
            tab.goto(path.as_uri())
            tab.evaluate(PAINTED)
            opened.append(round(time.perf_counter() - began, 2))
            filtered += [tab.evaluate(TYPED, word) for word in ("砚", "小额", "张", "")]
            sorted_.append(tab.evaluate(SORTED))
            tab.close()
        phone = browser.new_page(viewport={"width": 390, "height": 844})
        phone.goto(path.as_uri())
        found["phone: page width"] = phone.evaluate("document.documentElement.scrollWidth")
        browser.close()
    return found | {
        "opened and painted, s": opened,
        "filter, longest frame, ms": sorted(filtered)[-1],
        "filter, median frame, ms": sorted(filtered)[len(filtered) // 2],
        "sort to paint, ms": sorted(sorted_)[len(sorted_) // 2],
    }


PAINTED = "() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))"
#: Type a word; the longest time between two frames until half a second later, in ms.
TYPED = """word => new Promise(done => {
  const field = document.querySelector("[name=words]"), began = performance.now(); let last = began, longest = 0;
  field.value = word; field.dispatchEvent(new Event("input", {bubbles: true}));
  const frame = now => { longest = Math.max(longest, now - last); last = now;
    now - began < 700 ? requestAnimationFrame(frame) : done(Math.round(longest)); };
  requestAnimationFrame(frame); })"""
SORTED = """() => new Promise(done => { const began = performance.now();
  document.querySelector("#cases th.y button").click();
  requestAnimationFrame(() => setTimeout(() => done(Math.round(performance.now() - began)))); })"""


def enlarged(desk: Desk, rows: int) -> Desk:
    """The same cases under other names until there are so many."""
    cases: list[Case] = []
    while len(cases) < rows:
        turn = len(cases) // len(desk.cases)
        cases += [
            replace(case, key=f"{turn:x}{case.key[1:]}", names=tuple(f"{turn}-{name}" for name in case.names))
            for case in desk.cases[: rows - len(cases)]
        ]
    return replace(desk, cases=tuple(cases))


def memory(pid: int, line: str) -> int:
    """VmRSS or VmHWM of a process, in MB."""
    found = re.search(rf"{line}:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    return int(found.group(1)) // 1024 if found else 0


def children_of(pid: int) -> set[int]:
    """The processes that a process has started."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return {int(one) for task in tasks for one in (task / "children").read_text().split()}


def running(pid: int) -> bool:
    """Whether a process is there and not only waiting to be buried."""
    status = Path(f"/proc/{pid}/status")
    return status.exists() and "State:\tZ" not in status.read_text()


def digest(out: Path) -> str:
    """One hash over every file and every report of a batch, in order."""
    found = hashlib.sha256()
    with Store(out) as store:
        for query in (
            "SELECT * FROM file ORDER BY path",
            "SELECT * FROM scan ORDER BY key",
            "SELECT * FROM finding ORDER BY key, number",
            "SELECT key, text FROM words ORDER BY key",
        ):
            for row in store.rows(query):
                found.update(repr(tuple(row)).encode("utf-8", "surrogatepass"))
    return found.hexdigest()


def files(out: Path) -> dict[str, str]:
    """Every report file and its hash."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (out / "reports").iterdir()}


@contextlib.contextmanager
def dask(workers: int) -> Iterator[tuple[str, list[subprocess.Popen[str]]]]:
    """A scheduler and so many worker processes, over TCP."""
    from distributed import Client

    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
    scheduler = subprocess.Popen([*command, "--no-dashboard"], stderr=subprocess.PIPE, text=True)
    assert scheduler.stderr is not None
    address = next(found.group(1) for line in scheduler.stderr if (found := re.search(r"(tcp://[\d.:]+)", line)))
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny"]
    started = [
        subprocess.Popen([*worker, "--no-dashboard"], stderr=subprocess.DEVNULL, text=True) for _ in range(workers)
    ]
    try:
        with Client(address, set_as_default=False) as client:
            client.wait_for_workers(workers)
        yield address, started
    finally:
        for process in (*started, scheduler):
            process.kill()
            process.wait()


PARTS = {"speed": speed, "kills": kills, "cluster": over_cluster, "page": page}


def main() -> None:
    """Run the parts that are asked for, print their figures, and keep them where --json says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], default=list(PARTS))
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    work = Path(tempfile.mkdtemp(prefix="contract-scan-batch-"))
    try:
        make(work / "in", given.count, max(given.count // 50, 1))
        figures = {}
        for name in given.parts:
            figures[name] = PARTS[name](work / "in", work)
            print(name, json.dumps(figures[name], ensure_ascii=False, indent=1), flush=True)
        if given.json:
            given.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", "utf-8")
    finally:
        shutil.rmtree(work)


if __name__ == "__main__":
    main()
