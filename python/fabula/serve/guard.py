"""Who may come in: this computer's own browser, at our own address, with the token; and what the page may do.

A page from elsewhere in the same browser could send requests here (and, by a name that it makes point to this computer,
even read the answers): so Host and Origin are checked as well as the token.
"""

from __future__ import annotations

import hmac
import secrets
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BODY = 1_000_000
MOST_FIELDS = 250  # of an address: a picture names the people that it shows
OPEN = "/assets/"  # the bundle: nothing in it is secret
NONCE = "nonce"


class Guard:
    """ASGI middleware; ``port`` is the one that is listened at."""

    def __init__(self, app: ASGIApp, token: str, port: int) -> None:
        self._app = app
        self._token = token.encode()
        names = ("127.0.0.1", "localhost", "[::1]")
        self._hosts = {f"{name}:{port}" for name in names} | (set(names) if port == 80 else set())
        self._origins = {f"http://{host}" for host in self._hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        status, reason = self._refusal(scope, headers)
        if scope["type"] == "websocket":
            if status:
                await receive()  # websocket.connect
                await send({"type": "websocket.close", "code": 1008, "reason": reason})
            else:
                await self._app(scope, receive, send)
            return
        nonce = scope.setdefault("state", {})[NONCE] = secrets.token_urlsafe(18)
        policy = _policy(nonce, headers.get("host", ""))

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                found = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    found[name] = value
                found.setdefault("Content-Security-Policy", policy)
                if status:
                    found["Connection"] = "close"  # what is still to come is not read
            await send(message)

        if status:
            await PlainTextResponse(f"{reason}\n", status)(scope, receive, guarded)
        else:
            await self._app(scope, receive, guarded)

    def _refusal(self, scope: Scope, headers: Headers) -> tuple[int, str]:
        """The status and words with which something is refused; 0: it is not."""
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self._hosts:
            return (
                421,
                "This server answers only at its own address: open the one that the terminal shows.",
            )
        if any(origin.lower() not in self._origins for origin in headers.getlist("origin")):
            return 403, "Another page may not use this server."
        if scope["type"] == "http":
            if scope["method"] not in ("GET", "HEAD"):
                return 405, "Nothing is sent here: the page speaks through its socket."
            length = headers.get("content-length", "0")
            if not length.isdecimal() or len(length) > 12 or int(length) > MOST_BODY:
                return 413, f"A request of more than {MOST_BODY // 1_000_000} MB is not read."
        if not scope["path"].startswith(OPEN) and not self._knows(scope):
            return (
                403,
                "The address needs its token: open the whole address that the terminal shows.",
            )
        return 0, ""

    def _knows(self, scope: Scope) -> bool:
        """Whether the token is there, compared in constant time."""
        try:
            fields = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=MOST_FIELDS)
        except ValueError:
            return False
        given = fields.get("token", [])
        return len(given) == 1 and hmac.compare_digest(given[0].encode(), self._token)


HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), usb=()",
}


def _policy(nonce: str, host: str) -> str:
    """What the page may load and do: only what comes from here; the nonce is for the styles that the editor puts in."""
    socket = f" ws://{host}" if host and all(c.isalnum() or c in ".:[]-" for c in host) else ""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            f"style-src 'self' 'nonce-{nonce}'",
            "img-src 'self' data:",
            "font-src 'self'",
            f"connect-src 'self'{socket}",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
