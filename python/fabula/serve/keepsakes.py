"""Pictures and reports as files to keep: whole in themselves, and sent so that the browser saves them."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from starlette.responses import Response

from fabula.draw import theme
from fabula.draw.faces import faces
from fabula.draw.page import page_of
from fabula.draw.png import png_of

ENDINGS = ("svg", "png", "html")
# should a browser show one all the same, nothing in it is carried out
SEALED = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; sandbox"
_SIZE = re.compile(r'<svg\b[^>]*? width="([\d.]+)" height="([\d.]+)"')
_DESCRIBED = re.compile(r"</desc>")


def kept(data: str | bytes, kind: str, name: str) -> Response:
    """A file to keep, under a name."""
    plain = re.sub(r"[^\w .-]", "_", name, flags=re.ASCII)
    headers = {
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}",
        "Content-Security-Policy": SEALED,
    }
    return Response(data, media_type=kind, headers=headers)


def picture(found: dict[str, Any], ending: str, name: str) -> Response:
    """A picture message as a file."""
    svg = str(found["svg"])
    if ending == "svg":
        return kept(styled(svg, "auto"), "image/svg+xml", f"{name}.svg")
    if ending == "html":
        return kept(
            page_of(str(found.get("title", name)), styled(svg, "auto"), "auto"),
            "text/html",
            f"{name}.html",
        )
    width, height = _size(svg)
    data = png_of(styled(svg, "light"), width, height)
    return kept(data, "image/png", f"{name}.png")


def styled(svg: str, scheme: str) -> str:
    """An SVG with its stylesheet and its font in it."""
    style = f"{faces(svg)}\n{theme.stylesheet(scheme)}".replace("&", "&amp;").replace("<", "&lt;")
    return _DESCRIBED.sub(lambda found: f"{found[0]}<style>{style}</style>", svg, count=1)


def _size(svg: str) -> tuple[float, float]:
    """The width and height that an SVG says it has."""
    found = _SIZE.search(svg)
    return (float(found[1]), float(found[2])) if found else (1000.0, 1000.0)
