"""Pictures and reports as files to keep: whole in themselves, and sent so that the browser saves them."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from starlette.responses import PlainTextResponse, Response

from fabula.draw import theme

ENDINGS = ("svg", "png", "html")
# should a browser show one all the same, nothing in it is carried out
SEALED = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
SCALE = 2.0
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
        return kept(page(svg, str(found.get("title", name))), "text/html", f"{name}.html")
    try:
        import resvg_py
    except ImportError:
        return PlainTextResponse("For PNG files resvg_py is needed: pip install resvg_py\n", 501)
    data = resvg_py.svg_to_bytes(svg_string=styled(svg, "light"), zoom=int(SCALE))
    return kept(bytes(data), "image/png", f"{name}.png")


def styled(svg: str, scheme: str) -> str:
    """An SVG with its stylesheet in it."""
    style = theme.stylesheet(scheme).replace("&", "&amp;").replace("<", "&lt;")
    return _DESCRIBED.sub(lambda found: f"{found[0]}<style>{style}</style>", svg, count=1)


def page(svg: str, title: str) -> str:
    """A page with nothing but a picture."""
    from html import escape

    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<style>:root {{ color-scheme: light dark }} body {{ margin: 0 }}\n{theme.stylesheet()}</style></head>\n"
        f"<body>{svg}</body></html>\n"
    )
