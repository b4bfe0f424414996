"""The server's addresses: the page and its parts, the socket, and pictures and report as files to keep."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator
from importlib import metadata
from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from fabula.draw import theme
from fabula.draw.measure import FILES
from fabula.serve import keepsakes, messages
from fabula.serve.client import Client
from fabula.serve.files import RefusedError
from fabula.serve.guard import NONCE, Guard
from fabula.serve.handling import greet, handle
from fabula.serve.messages import PICTURES, Message, MessageError
from fabula.serve.session import Session
from fabula.serve.worker import WorkerError

PAGE = Path(__file__).parent / "page"
MISSING = "The page is not built: in a checkout, run `npm ci && npm run build` in the folder web.\n"
KINDS = {
    ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".png": "image/png",
    ".ttf": "font/ttf", ".woff2": "font/woff2", ".woff": "font/woff", ".json": "application/json", ".map": "application/json",
    ".ico": "image/vnd.microsoft.icon", ".txt": "text/plain", ".webmanifest": "application/manifest+json",
}  # fmt: skip


FACES = "\n".join(
    f'@font-face {{ font-family: "Fabula Sans"; font-weight: {weight}; src: url({file.name}) }}'
    for weight, file in zip((400, 600), FILES, strict=True)
)  # the font that the pictures are measured with


def application(session: Session, token: str, port: int, page: Path = PAGE) -> Guard:
    """Everything that is served, behind its guard."""

    async def index(request: Request) -> Response:
        try:
            text = (page / "index.html").read_text(encoding="utf-8")
        except OSError:
            return PlainTextResponse(MISSING, 503)
        return HTMLResponse(text.replace("__NONCE__", request.scope["state"][NONCE]))

    async def asset(request: Request) -> Response:
        name = request.path_params["name"]
        if name == "picture.css":
            scheme = request.query_params.get("scheme", "auto")
            return Response(f"{FACES}\n{theme.stylesheet(scheme)}", media_type="text/css")
        # one name within the one folder: whatever else is asked for is not there
        known = {file.name: file for file in (*FILES, *_files(page / "assets"))}
        kind = KINDS.get(Path(name).suffix)
        if name not in known or kind is None:
            return _nothing()
        return Response(known[name].read_bytes(), media_type=kind)

    async def picture(request: Request) -> Response:
        story, ending = request.path_params["story"], request.path_params["ending"]
        kind = request.query_params.get("as", PICTURES[0])
        if ending not in keepsakes.ENDINGS or kind not in PICTURES:
            return PlainTextResponse(
                "A picture is ways, minds, causes or times, as svg, png or html.\n", 404
            )
        try:
            found = await session.room(story).picture(_asked(kind, request.query_params))
            return keepsakes.picture(found, ending, f"{_stem(story)}-{kind}")
        except MessageError as error:
            return PlainTextResponse(f"{error}\n", 400)
        except (RefusedError, WorkerError) as error:
            return PlainTextResponse(f"{error}\n", 404 if isinstance(error, RefusedError) else 500)

    async def report(request: Request) -> Response:
        story = request.path_params["story"]
        try:
            found = await session.room(story).report()
        except (RefusedError, WorkerError) as error:
            return PlainTextResponse(f"{error}\n", 404 if isinstance(error, RefusedError) else 500)
        return keepsakes.kept(found, "text/html", f"{_stem(story)}-report.html")

    async def live(socket: WebSocket) -> None:
        await _talk(session, socket)

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await session.start()
        try:
            yield
        finally:
            await session.close()

    routes = [
        Route("/", index),
        Route("/assets/{name}", asset),
        Route("/picture/{story}.{ending}", picture),
        Route("/report/{story}", report),
        WebSocketRoute("/live", live),
    ]
    return Guard(Starlette(routes=routes, lifespan=lifespan), token, port)


def _asked(kind: str, given: QueryParams) -> Message:
    """What a picture is to show, by its address: as in a message `look`."""
    numbers = {name: given[name] for name in ("start", "end") if name in given}
    wrong = [name for name, said in numbers.items() if not re.fullmatch(r"\d{1,9}", said)]
    if wrong:
        raise MessageError(f"{' and '.join(wrong)}: the number of an event")
    return messages.look(
        {
            "tab": kind,
            "people": given.getlist("people") or None,
            **{name: int(said) for name, said in numbers.items()},
            "fact": given.get("fact"),
            "eyes": given.get("eyes"),
        }
    )


def _files(folder: Path) -> list[Path]:
    try:
        return [file for file in folder.iterdir() if file.is_file() and not file.is_symlink()]
    except OSError:
        return []


def _nothing() -> Response:
    return PlainTextResponse("There is nothing here.\n", 404)


def _stem(story: str) -> str:
    return story.removesuffix(".md")


async def _talk(session: Session, socket: WebSocket) -> None:
    """Read what a page says and send what it is told, until one of both ends."""
    await socket.accept()
    client = Client()
    session.clients.add(client)
    greet(session, client, metadata.version("fabula"))
    sending = asyncio.create_task(_send(client, socket))
    try:
        while True:
            message = await socket.receive()
            if message["type"] != "websocket.receive":
                break
            if message.get("text") is None:
                client.trouble("a message is text, not bytes")
                continue
            handle(session, client, message["text"])
    finally:
        session.clients.discard(client)
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)


async def _send(client: Client, socket: WebSocket) -> None:
    with contextlib.suppress(WebSocketDisconnect, RuntimeError, OSError):
        while (data := await client.next()) is not None:
            await socket.send_text(data)
        await socket.close(1001)
