"""What each address answers. Nothing here opens a contract; pages about one come from a child process."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import quote

from contract_scan.errors import ContractScanError
from contract_scan.isolate import Failure
from contract_scan.model import Options
from contract_scan.render import encode, safe
from contract_scan.render.letter_docx import letter_docx
from contract_scan.render.traditional import traditional
from contract_scan.web.desk import Case, Desk, State
from contract_scan.web.pages import ASSETS, Site, address, asset
from contract_scan.web.task import Request as Wanted
from contract_scan.web.task import Task, Upload, request_of, to_keep
from contract_scan.web.uploads import MOST_TEXT, Form, options_of, pasted, read_form

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

#: Seconds that a form waits for its answer before it leads to the waiting page, and how long that page asks at once.
FORM_WAITS, SCRIPT_WAITS = 2.0, 25.0
NOTHING = "还没有选文件，也没有粘贴文字。"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TASKS = {"offers": Task.OFFERS, "versions": Task.VERSIONS}


@dataclass(frozen=True, slots=True)
class Routes:
    """The handlers of one running server."""

    desk: Desk
    site: Site
    today: Callable[[], date] = date.today

    async def start(self, request: Request) -> Response:
        """The first page."""
        return await _html(request, self.site.start(gone="gone" in request.query_params))

    async def choose_two(self, request: Request) -> Response:
        """Where two files are chosen."""
        return await _html(request, self.site.compare())

    async def read(self, request: Request) -> Response:
        """One contract: files or pasted text."""
        try:
            form = await read_form(request, self.site.token)
            files = form.uploads("file", "photo") or pasted(form.text("text"))
            if not files:
                return await self._refused(request, NOTHING, self.site.start)
            options = options_of(form, self.today())
            return await self._begin(request, lambda id: self._wanted(Task.REPORT, files, options, id))
        except ContractScanError as error:
            return await self._refused(request, str(error), self.site.start)

    async def compare(self, request: Request) -> Response:
        """Two contracts, or a contract and what was promised."""
        try:
            form = await read_form(request, self.site.token)
            first, second = self._pair(form)
            if not first or not second:
                return await self._refused(request, "要选两份：现在还差一份。", self.site.compare)
            options, task = options_of(form, self.today()), _task(form)
            return await self._begin(request, lambda id: self._wanted(task, first, options, id, second=second))
        except ContractScanError as error:
            return await self._refused(request, str(error), self.site.compare)

    async def show(self, request: Request) -> Response:
        """The report, the comparison, the wait, or why there is nothing."""
        case = self._case(request)
        if case is None:
            return await _html(request, self.site.missing(), status=404)
        if case.state in (State.WAITING, State.READING):
            return await _html(request, self.site.reading(case, self.desk.ahead(case)))
        outcome = case.outcome
        if isinstance(outcome, Failure):
            return await _html(request, self.site.failed(case, outcome))
        return await _html(request, outcome["html"])

    async def state(self, request: Request) -> Response:
        """For the script: how far a case is; waits for the end if asked to."""
        from starlette.responses import JSONResponse

        case = self._case(request)
        if case is None:
            return JSONResponse({"state": "gone"}, 404)
        if "wait" in request.query_params:
            await self.desk.wait(case, SCRIPT_WAITS)
        return JSONResponse({"state": case.state, "ahead": self.desk.ahead(case)})

    async def save(self, request: Request) -> Response:
        """The report as a file that needs no server."""
        from starlette.responses import Response

        case = self._case(request)
        if case is None or case.state is not State.DONE or case.request.task is not Task.REPORT:
            return await _html(request, self.site.missing(), status=404)
        if not case.kept:
            outcome = await asyncio.to_thread(self.desk.ask, to_keep(case.request))
            if isinstance(outcome, Failure):
                return await _html(request, self.site.failed(case, outcome))
            case.kept = outcome["html"]
        name = f"{_stem(case.request.files[0].name)}.报告.html"
        return Response(encode(case.kept), media_type="text/html; charset=utf-8", headers=_attached(name))

    async def forget(self, request: Request) -> Response:
        """Cancel what is read, drop what was read; the same for both."""
        from starlette.responses import RedirectResponse

        try:
            await read_form(request, self.site.token)
        except ContractScanError as error:
            return await self._refused(request, str(error), self.site.start)
        case = self._case(request)
        if case is not None:
            self.desk.forget(case)
        return RedirectResponse("/?gone=1", 303)

    async def letter(self, request: Request) -> Response:
        """The letter as the reader left it, as a Word file."""
        from starlette.responses import Response

        try:
            form = await read_form(request, self.site.token)
        except ContractScanError as error:
            return await self._refused(request, str(error), self.site.start)
        text = form.fields.get("text", "")[:MOST_TEXT]
        return Response(letter_docx(text), media_type=DOCX, headers=_attached("给对方的信.docx"))

    async def static(self, request: Request) -> Response:
        """Style sheet and script."""
        from starlette.responses import Response

        name = request.path_params["name"]
        if name not in ASSETS or request.url.path != address(name):
            return Response("", 404)
        kept = {"cache-control": "public, max-age=31536000, immutable"}
        return Response(asset(name), media_type=ASSETS[name], headers=kept)

    def _case(self, request: Request) -> Case | None:
        return self.desk.find(request.path_params["id"])

    def _pair(self, form: Form) -> tuple[tuple[Upload, ...], tuple[Upload, ...]]:
        """What to compare; the first may be a contract that is already here."""
        here = self.desk.find(form.text("first"))
        first = here.request.files if here else form.uploads("left")
        advert = pasted(form.text("advert"))
        if form.text("kind") == "advert":
            return advert or form.uploads("advert-file"), form.uploads("right")
        return first, form.uploads("second")

    def _wanted(
        self, task: Task, files: tuple[Upload, ...], options: Options, id: str, *, second: tuple[Upload, ...] = ()
    ) -> Wanted:
        return request_of(task, files, options=options, second=second, live=self.site.live(id))

    async def _begin(self, request: Request, make: Callable[[str], Wanted]) -> Response:
        """Start, wait a moment (most are read by then), and send the reader to the report or the waiting page."""
        from starlette.responses import JSONResponse, RedirectResponse

        case = self.desk.take(make)
        await self.desk.wait(case, FORM_WAITS)
        if _by_script(request):
            return JSONResponse({"job": f"/job/{case.id}"})
        return RedirectResponse(f"/job/{case.id}", 303)

    async def _refused(self, request: Request, problem: str, page: Callable[..., str]) -> Response:
        from starlette.responses import JSONResponse

        status = 503 if problem.startswith("正在读的文件太多") else 422
        if _by_script(request):
            return JSONResponse({"problem": problem})
        return await _html(request, page(problem=problem), status=status)


def _task(form: Form) -> Task:
    return Task.ADVERT if form.text("kind") == "advert" else TASKS.get(form.text("kind"), Task.LIKELIER)


def _by_script(request: Request) -> bool:
    return request.headers.get("accept", "").startswith("application/json")


def _stem(name: str) -> str:
    return safe.plain(name).rsplit(".", 1)[0][:80] or "合同"


def _attached(name: str) -> dict[str, str]:
    """To be saved under a name, whatever characters it has."""
    return {"content-disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}


async def _html(request: Request, page: str, *, status: int = 200) -> Response:
    """The page, in Traditional characters for whoever once asked for them."""
    from starlette.responses import Response

    asked = request.query_params.get("hant", request.cookies.get("hant", ""))
    if asked == "1":
        page = await asyncio.to_thread(traditional, page)
    response = Response(encode(page), status, media_type="text/html; charset=utf-8")
    if "hant" in request.query_params:
        response.set_cookie("hant", "1" if asked == "1" else "0", httponly=True, samesite="strict")
    return response
