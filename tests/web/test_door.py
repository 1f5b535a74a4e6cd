"""Who may ask, what every answer carries, what a form may hold: no browser, and a child that only pretends."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from datetime import date
from typing import cast

import pytest
from starlette.testclient import TestClient

from contract_scan.errors import ContractScanError
from contract_scan.isolate import Failure, FailureKind, Job, Worker
from contract_scan.model import Options
from contract_scan.web.app import build
from contract_scan.web.desk import MOST_HELD, MOST_WAITING, Busy, Desk, State
from contract_scan.web.guard import HEADERS
from contract_scan.web.server import Settings
from contract_scan.web.task import Request, Task, Upload, request_of
from contract_scan.web.uploads import MOST_BYTES, MOST_FILES

HOST = "127.0.0.1:8800"
TOKEN = "t" * 24
OPTIONS = Options(as_of=date(2026, 11, 26))
SECRET = "第七条 甲方有权随时调整利率 SECRET-0917"


class Pretender:
    """A worker that answers with what it was asked, when it is let go."""

    def __init__(self) -> None:
        self.pid = 2**22 + 1  # nobody's
        self.go = threading.Event()
        self.go.set()
        self.asked: list[Request] = []

    def run(self, job: Job) -> dict[str, str] | Failure:
        assert isinstance(job, Request)
        self.asked.append(job)
        self.go.wait(10)
        names = "、".join(file.name for file in (*job.files, *job.second))
        if "坏" in names:
            return Failure(FailureKind.UNREADABLE, "读不了：请另存后再试。")
        return {"html": f'<html lang="zh-CN"><p>{job.task}：读了</p></html>'}

    def close(self) -> None:
        self.go.set()


@pytest.fixture
def worker() -> Pretender:
    return Pretender()


@pytest.fixture
def client(worker: Pretender) -> Iterator[TestClient]:
    app = build([cast(Worker, worker)], host="127.0.0.1", key="", token=TOKEN)
    with TestClient(app, base_url=f"http://{HOST}", follow_redirects=False) as client:
        yield client
        worker.go.set()


def send(client: TestClient, *names: str, token: str = TOKEN, headers: dict[str, str] | None = None) -> str:
    files = [("file", (name, SECRET.encode())) for name in names]
    return client.post("/read", data={"token": token}, files=files, headers=headers or {}).headers.get("location", "")


@pytest.mark.parametrize("path", ["/", "/compare", "/job/nothing", "/nowhere", "/static/x/page.css", "/job/x/state"])
def test_every_answer_carries_the_security_headers(client: TestClient, path: str) -> None:
    answer = client.get(path)
    for name, value in HEADERS:
        if name != "cache-control" or answer.status_code != 200 or not path.startswith("/static"):
            assert answer.headers[name] == value
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert "server" not in answer.headers


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8800", "127.0.0.1.evil.example", "localhost.evil.example:8800", "", "10.0.0.7"],
)
def test_another_name_for_this_computer_is_refused(client: TestClient, host: str) -> None:
    """DNS rebinding: the browser believes that evil.example is 127.0.0.1, the Host header tells."""
    assert client.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1:1", "localhost:8800", "[::1]:8800", "LOCALHOST"])
def test_the_names_of_loopback_are_welcome(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": f"https://{HOST}"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
    ids=str,
)
def test_a_form_from_elsewhere_is_refused(client: TestClient, worker: Pretender, headers: dict[str, str]) -> None:
    files = [("file", ("a.txt", b"x"))]
    assert client.post("/read", data={"token": TOKEN}, files=files, headers=headers).status_code == 403
    assert worker.asked == []


def test_a_picture_or_script_of_another_site_gets_nothing(client: TestClient) -> None:
    cross = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}
    assert client.get("/", headers=cross).status_code == 403
    assert client.get("/", headers={**cross, "sec-fetch-mode": "navigate"}).status_code == 200


@pytest.mark.parametrize("path", ["/read", "/compare", "/letter.docx", "/job/x/forget"])
@pytest.mark.parametrize("token", ["", "wrong"])
def test_a_form_without_our_token_does_nothing(client: TestClient, worker: Pretender, path: str, token: str) -> None:
    answer = client.post(path, data={"token": token}, files=[("file", ("a.txt", b"x"))])
    assert answer.status_code == 422
    assert "刷新页面" in answer.text
    assert worker.asked == []


def test_our_own_form_is_read_and_leads_to_the_report(client: TestClient) -> None:
    where = send(client, "a.txt", headers={"origin": f"http://{HOST}", "sec-fetch-site": "same-origin"})
    assert client.get(where).text.endswith("<p>report：读了</p></html>")
    assert client.get(f"{where}/save").headers["content-disposition"] == (
        "attachment; filename*=UTF-8''a.%E6%8A%A5%E5%91%8A.html"
    )
    assert client.get(f"{where}/save").text.endswith("<p>file：读了</p></html>")


def test_several_files_are_one_contract(client: TestClient, worker: Pretender) -> None:
    send(client, "1.jpg", "2.jpg", "3.jpg")
    assert [file.name for file in worker.asked[0].files] == ["1.jpg", "2.jpg", "3.jpg"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../../etc/passwd", "passwd"),
        ("C:\\Users\\周某\\合同.pdf", "合同.pdf"),
        ("..", ".."),
        ("a" * 2000 + ".pdf", "a" * 120),
    ],
)
def test_a_name_is_only_ever_a_name(client: TestClient, worker: Pretender, name: str, shown: str) -> None:
    send(client, name)
    assert worker.asked[0].files[0].name == shown


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/x/..%2fapp.py", "/static/%2e%2e/server.py", "/job/..%2f..%2fetc%2fpasswd"]
)
def test_no_path_leads_out_of_our_pages(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "import" not in answer.text


def test_too_many_bytes_are_refused_in_words(client: TestClient, worker: Pretender) -> None:
    big = [("file", ("a.pdf", b"x" * (MOST_BYTES + 500_000)))]
    answer = client.post("/read", data={"token": TOKEN}, files=big)
    assert answer.status_code == 422
    assert "这里最多读 50 MB" in answer.text
    assert worker.asked == []


def test_a_body_without_a_length_is_counted_while_it_comes(client: TestClient, worker: Pretender) -> None:
    def body() -> Iterator[bytes]:
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
        for _ in range(60):
            yield b"x" * 1_000_000

    headers = {"content-type": "multipart/form-data; boundary=b"}
    answer = client.post("/read", content=body(), headers=headers)
    assert answer.status_code == 422
    assert "这里最多读 50 MB" in answer.text
    assert worker.asked == []


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "multipart/form-data; boundary=b"),
        (b"--b\r\nnonsense", "multipart/form-data; boundary=b"),
        (b"x", "multipart/form-data"),
        (b"token=" + b"%ff" * 50, "application/x-www-form-urlencoded"),
        (b"{}", "application/json"),
    ],
)
def test_a_broken_form_is_an_answer_in_words(client: TestClient, body: bytes, kind: str) -> None:
    answer = client.post("/read", content=body, headers={"content-type": kind})
    assert answer.status_code == 422
    assert "再" in answer.text


def test_too_many_files_are_an_answer_in_words(client: TestClient, worker: Pretender) -> None:
    files = [("file", (f"{n}.jpg", b"x")) for n in range(MOST_FILES + 1)]
    assert "文件太多" in client.post("/read", data={"token": TOKEN}, files=files).text
    assert worker.asked == []


def test_what_cannot_be_read_says_what_to_do(client: TestClient) -> None:
    page = client.get(send(client, "坏.pdf")).text
    assert "读不了：请另存后再试。" in page
    assert "没有读成，就没有结论" in page


def test_those_who_wait_are_told_and_too_many_are_turned_away(worker: Pretender) -> None:
    worker.go.clear()
    desk = Desk([cast(Worker, worker)])
    wanted = request_of(Task.REPORT, (Upload("a", b"x"),), options=OPTIONS)
    cases = [desk.take(lambda id: wanted) for _ in range(MOST_WAITING + 1)]
    with pytest.raises(Busy, match="请等前面的读完"):
        desk.take(lambda id: wanted)
    assert desk.ahead(cases[-1]) == MOST_WAITING
    desk.forget(cases[-1])
    assert desk.find(cases[-1].id) is None
    worker.go.set()
    desk.close()


def test_what_nobody_looks_at_is_forgotten(worker: Pretender) -> None:
    desk = Desk([cast(Worker, worker)], keep_seconds=0)
    case = desk.take(lambda id: request_of(Task.REPORT, (Upload("a", b"x"),), options=OPTIONS))
    while case.state is not State.DONE:
        time.sleep(0.01)
    desk.sweep()
    assert desk.find(case.id) is None
    desk.close()


def test_only_so_many_contracts_are_held(worker: Pretender) -> None:
    desk = Desk([cast(Worker, worker)])
    cases = []
    for _ in range(MOST_HELD + 3):
        cases.append(desk.take(lambda id: request_of(Task.REPORT, (Upload("a", b"x"),), options=OPTIONS)))
        while cases[-1].state is not State.DONE:
            time.sleep(0.01)
    assert sum(desk.find(case.id) is not None for case in cases) <= MOST_HELD
    assert desk.find(cases[-1].id) is not None
    desk.close()


def test_forgetting_takes_the_address_away(client: TestClient) -> None:
    where = send(client, "a.txt")
    assert client.post(f"{where}/forget", data={"token": TOKEN}).headers["location"] == "/?gone=1"
    assert client.get(where).status_code == 404
    assert client.get(f"{where}/state").json() == {"state": "gone"}
    assert client.get(f"{where}/save").status_code == 404


def test_nothing_of_a_contract_is_logged(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="contract_scan"):
        client.get(send(client, "周某的合同.txt"))
        client.get(send(client, "坏-周某.txt"))
    assert [record.getMessage() for record in caplog.records if record.name.startswith("contract_scan")] == []


@pytest.mark.parametrize("key", ["", "short"])
def test_another_interface_needs_a_key(key: str) -> None:
    with pytest.raises(ContractScanError, match="--token"):
        Settings(host="0.0.0.0", key=key)
    assert Settings(host="::1").key == ""


def test_with_a_key_only_those_who_show_it_come_in(worker: Pretender) -> None:
    key = "k" * 20
    app = build([cast(Worker, worker)], host="0.0.0.0", key=key, token=TOKEN)
    with TestClient(app, base_url="http://192.168.1.5:8800", follow_redirects=False) as client:
        assert client.get("/").status_code == 403
        assert client.get("/?key=wrong").status_code == 403
        assert client.get("/", headers={"cookie": "contract_scan_key=wrong"}).status_code == 403
        assert client.get("/", headers={"host": "evil.example"}).status_code == 421
        shown = client.get(f"/?key={key}")
        assert shown.headers["location"] == "/"
        assert "HttpOnly; SameSite=Strict" in shown.headers["set-cookie"]
        assert client.get("/").status_code == 200
