"""The pictures' font within a stylesheet, for files that stand by themselves: with another font, words would lie on lines."""

from __future__ import annotations

import base64
import re
from functools import cache

from fabula.draw.measure import FONTS, known

SLICES = {"latin": "U+0-FF, U+2000-22FF", "more": "U+100-1FFF, U+2300-10FFFF"}
"""The parts that the font is cut into, with the characters each has: a file takes those along that its text needs."""
_RANGE = re.compile(r"U\+([0-9A-F]+)-([0-9A-F]+)")


def within(code: int, name: str) -> bool:
    """Whether a character belongs to a slice."""
    return any(
        int(first, 16) <= code <= int(last, 16) for first, last in _RANGE.findall(SLICES[name])
    )


def faces(text: str) -> str:
    """The rules that bring the font along for a text: 37 kB for Latin letters, 64 kB more where others are in it."""
    codes = {ord(c) for c in set(text)} & known().keys()
    return "\n".join(
        rule for name in SLICES if any(within(c, name) for c in codes) for rule in _rules(name)
    )


@cache
def _rules(name: str) -> tuple[str, ...]:
    made = []
    for weight, style in ((400, "Regular"), (600, "SemiBold")):
        data = (FONTS / f"FabulaSans-{style}-{name}.woff").read_bytes()
        made.append(
            f'@font-face {{ font-family: "Fabula Sans"; font-weight: {weight}; unicode-range: {SLICES[name]}; '
            f"src: url(data:font/woff;base64,{base64.b64encode(data).decode()}) }}"
        )
    return tuple(made)
