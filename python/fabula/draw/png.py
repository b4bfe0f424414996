"""A picture as PNG: the same drawing, on paper, at twice its size, in the font that it was measured with."""

from __future__ import annotations

from fabula.draw.measure import FILES

SCALE = 2.0
MOST_PIXELS = 60_000_000
"""More than that nobody can open: larger pictures are made in less detail."""


def png_of(svg: str, width: float, height: float) -> bytes:
    """The PNG of an SVG that stands by itself."""
    import resvg_py

    scale = min(SCALE, (MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            width=max(1, round(width * scale)),
            font_files=[str(file) for file in FILES],
            skip_system_fonts=False,
            font_family="Fabula Sans",
            sans_serif_family="Fabula Sans",
        )
    )
