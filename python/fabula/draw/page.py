"""A picture as an HTML file of its own, to be opened in a browser."""

from __future__ import annotations

from html import escape

from fabula.draw import theme


def page_of(title: str, svg: str, scheme: str) -> str:
    """The page: the picture in its own size, to be scrolled, on a ground of its own colour."""
    light, dark = theme.LIGHT["paper"], theme.DARK["paper"]
    ground = dark if scheme == "dark" else light
    night = (
        f"@media (prefers-color-scheme: dark) {{ body {{ background: {dark} }} }}"
        if scheme == "auto"
        else ""
    )
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n"
        f"<style>body {{ margin: 0; background: {ground} }} svg {{ display: block; margin: 0 auto }} {night}</style>\n"
        f"</head>\n<body>\n{svg}\n</body>\n</html>\n"
    )
