"""The pages around a report: the start, the wait, what could not be read, what to compare."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from contract_scan.isolate import Failure, FailureKind
from contract_scan.model import LenderType
from contract_scan.render.html import css, environment
from contract_scan.render.live import Live
from contract_scan.web.desk import Case, State
from contract_scan.web.uploads import MOST_BYTES

if TYPE_CHECKING:
    from jinja2 import Environment

#: Address → (content type, what it is made of).
ASSETS = {
    "page.css": "text/css; charset=utf-8",
    "page.js": "text/javascript; charset=utf-8",
}
ACCEPT = ".pdf,.docx,.doc,.txt,.md,.html,.png,.jpg,.jpeg,.webp,.heic,.tif,.tiff,.bmp"
PICTURE = re.compile(r"\.(png|jpe?g|webp|heic|tiff?|bmp)$", re.I)
#: Kind of failure → what happened, in a heading.
HEADINGS = {
    FailureKind.ENCRYPTED: "这份文件要密码",
    FailureKind.TOO_LARGE: "文件太大，没有读",
    FailureKind.UNREADABLE: "这份文件读不了",
    FailureKind.MISSING_EXTRA: "还缺一个组件",
    FailureKind.RULES: "规则有错",
    FailureKind.TIME: "读得太久，停下了",
    FailureKind.MEMORY: "文件太复杂，停下了",
    FailureKind.CRASH: "没有读成",
    FailureKind.INTERNAL: "程序出错了",
}
#: The lenders a reader can tell apart, in everyday words.
LENDERS = (
    (LenderType.BANK, "银行"),
    (LenderType.CONSUMER_FINANCE, "消费金融公司"),
    (LenderType.MICROLOAN, "小额贷款公司"),
    (LenderType.PRIVATE, "个人，或者没有放贷牌照的公司"),
)


@dataclass(frozen=True, slots=True)
class Site:
    """What every page of one run of the server shares: the token that its forms carry."""

    token: str

    def live(self, id: str = "") -> Live:
        """What a report needs to know about this server; *id* names the case it belongs to."""
        return Live(id, self.token, address("page.css"), address("page.js"), ACCEPT)

    def start(self, *, problem: str = "", gone: bool = False) -> str:
        """The first page; *problem* says what was wrong with what was sent."""
        return self._render("start.html.j2", problem=problem, gone=gone, lenders=LENDERS, most=MOST_BYTES // 1_000_000)

    def compare(self, *, problem: str = "") -> str:
        """Where two files are chosen."""
        return self._render("choose_two.html.j2", problem=problem)

    def reading(self, case: Case, ahead: int) -> str:
        """While a case is read; without script the page reloads itself."""
        return self._render("reading.html.j2", names=_names(case), case=case, ahead=ahead)

    def failed(self, case: Case, failure: Failure) -> str:
        """Why there is no report, and what to do next."""
        return self._render(
            "failed.html.j2",
            heading=HEADINGS[failure.kind],
            failure=failure,
            names=_names(case),
            pictures=any(PICTURE.search(name) for name in _names(case)),
            case=case,
        )

    def missing(self) -> str:
        """An address with nothing behind it (any more)."""
        return self._render("missing.html.j2")

    def _render(self, template: str, **values: object) -> str:
        return _environment().get_template(template).render(live=self.live(), State=State, **values)


@cache
def asset(name: str) -> bytes:
    """A style sheet or script of ours."""
    folder = files("contract_scan.web").joinpath("static")
    if name.endswith(".css"):
        own = folder.joinpath(name).read_text("utf-8")
        return (str(css("report.css", "pages.css", "compare.css")) + own).encode("utf-8")
    return folder.joinpath(name).read_bytes()


@cache
def address(name: str) -> str:
    """Where an asset is; a new content has a new address, so that it can be kept for ever."""
    return f"/static/{hashlib.sha256(asset(name)).hexdigest()[:12]}/{name}"


@cache
def _environment() -> Environment:
    from jinja2 import ChoiceLoader, PackageLoader

    shared = environment()
    assert shared.loader is not None, "made with one"
    return shared.overlay(loader=ChoiceLoader([PackageLoader("contract_scan.web", "templates"), shared.loader]))


def _names(case: Case) -> tuple[str, ...]:
    return tuple(one.name for one in (*case.request.files, *case.request.second))
