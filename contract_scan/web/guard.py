"""The door: who may ask, and what every answer carries. Plain ASGI, so that nothing behind it can forget it."""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import TypeAlias
from urllib.parse import parse_qs

Scope: TypeAlias = MutableMapping[str, object]
Message: TypeAlias = MutableMapping[str, object]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
App: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]

LOOPBACK = ("127.0.0.1", "localhost", "::1")
COOKIE = "contract_scan_key"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = (
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=(), browsing-topics=()"),
    ("cache-control", "no-store"),
)


@dataclass(frozen=True, slots=True)
class Guard:
    """Refuses what does not come from our own page: other host names (DNS rebinding), other origins (forgery).

    ``host`` is what the server binds to; anything but loopback needs ``key``, which a visitor shows once in the
    address and then in a cookie.
    """

    app: App
    host: str
    key: str = ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or answer in the place of the application."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = _headers(scope)
        if not self._known_host(headers.get("host", "")):
            await _refuse(send, 421, "这个地址不是本机页面的地址。请用启动时显示的网址打开。")
        elif _forged(str(scope["method"]), headers):
            await _refuse(send, 403, "这个请求不是从本机页面发出的，没有处理。请回到本机页面再试。")
        elif self.key and not self._shown(headers):
            await self._ask_for_key(scope, send)
        else:
            await self.app(scope, receive, _adding(send))

    def _known_host(self, value: str) -> bool:
        """The names of this computer; on other interfaces any IP address (no DNS name can be rebound to it)."""
        name = _host_name(value)
        if self.host in LOOPBACK:
            return name in LOOPBACK
        return name in (*LOOPBACK, self.host) or _is_address(name)

    def _shown(self, headers: dict[str, str]) -> bool:
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
        except CookieError:
            return False
        return cookie is not None and hmac.compare_digest(cookie.value.encode(), self.key.encode())

    async def _ask_for_key(self, scope: Scope, send: Send) -> None:
        query = scope["query_string"]
        given = parse_qs(query.decode("latin-1") if isinstance(query, bytes) else "").get("key", [""])[0]
        if not hmac.compare_digest(given.encode(), self.key.encode()):
            await _refuse(send, 403, "要用带口令的网址打开：网址在启动 contract-scan serve 的窗口里。")
            return
        cookie = f"{COOKIE}={self.key}; Path=/; HttpOnly; SameSite=Strict"
        await _answer(send, 303, "", (("location", "/"), ("set-cookie", cookie)))


def _forged(method: str, headers: dict[str, str]) -> bool:
    """Whether another site may have sent this; a browser always tells, and what does not tell has no form token."""
    site = headers.get("sec-fetch-site", "none")
    if method in ("GET", "HEAD"):
        return site not in ("none", "same-origin") and headers.get("sec-fetch-mode") != "navigate"
    origin = headers.get("origin")
    ours = origin is None or origin == f"http://{headers.get('host', '')}"
    return not ours or site not in ("none", "same-origin")


def _headers(scope: Scope) -> dict[str, str]:
    raw = scope["headers"]
    assert isinstance(raw, list), "ASGI"
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in raw}


def _host_name(value: str) -> str:
    """The name in a Host header, without port and brackets."""
    if value.startswith("["):
        return value[1:].partition("]")[0]
    return value.partition(":")[0].lower()


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _adding(send: Send) -> Send:
    """Every answer gets the headers, unless it has a better one of that name."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            have = message.get("headers", [])
            assert isinstance(have, list), "ASGI"
            names = {name.lower() for name, _ in have}
            extra = [(name.encode(), value.encode()) for name, value in HEADERS if name.encode() not in names]
            message = {**message, "headers": [*have, *extra]}
        await send(message)

    return sending


async def _refuse(send: Send, status: int, sentence: str) -> None:
    await _answer(send, status, sentence, ())


async def _answer(send: Send, status: int, sentence: str, extra: tuple[tuple[str, str], ...]) -> None:
    headers = (("content-type", "text/plain; charset=utf-8"), ("connection", "close"), *HEADERS, *extra)
    encoded = [(name.encode(), value.encode("latin-1")) for name, value in headers]
    await send({"type": "http.response.start", "status": status, "headers": encoded})
    await send({"type": "http.response.body", "body": sentence.encode("utf-8")})
