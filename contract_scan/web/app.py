"""The application: addresses, the guard before them, the children behind them."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING

from contract_scan.isolate import Worker
from contract_scan.web.desk import KEEP_SECONDS, Desk
from contract_scan.web.guard import App, Guard
from contract_scan.web.pages import Site
from contract_scan.web.routes import Routes

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

SWEEP_SECONDS = 60.0


def build(workers: Sequence[Worker], *, host: str, key: str, token: str, keep_seconds: float = KEEP_SECONDS) -> App:
    """The ASGI application. *key* is what visitors must show where *host* is not loopback; *token* is in every form."""
    from starlette.applications import Starlette
    from starlette.routing import Route

    desk = Desk(workers, keep_seconds=keep_seconds)
    routes = Routes(desk, Site(token))
    inner = Starlette(
        routes=[
            Route("/", routes.start),
            Route("/read", routes.read, methods=["POST"]),
            Route("/compare", routes.choose_two),
            Route("/compare", routes.compare, methods=["POST"]),
            Route("/job/{id}", routes.show),
            Route("/job/{id}/state", routes.state),
            Route("/job/{id}/save", routes.save),
            Route("/job/{id}/forget", routes.forget, methods=["POST"]),
            Route("/letter.docx", routes.letter, methods=["POST"]),
            Route("/static/{digest}/{name}", routes.static),
        ],
        exception_handlers={404: _nothing_here(routes), 405: _nothing_here(routes)},
        lifespan=_living(desk),
    )
    return Guard(inner, host, key)


def _nothing_here(routes: Routes) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def answer(request: Request, error: Exception) -> Response:
        from starlette.responses import Response

        return Response(routes.site.missing(), 404, media_type="text/html; charset=utf-8")

    return answer


def _living(desk: Desk) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    """While the server runs, forget every minute what nobody looks at; at the end, everything."""

    @contextlib.asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        async def sweeping() -> None:
            while True:
                await asyncio.sleep(SWEEP_SECONDS)
                desk.sweep()

        task = asyncio.create_task(sweeping())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.to_thread(desk.close)

    return life
