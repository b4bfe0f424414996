"""How wide a text is in the pictures' font, without reading the font."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
FILES = (FONTS / "FabulaSans-Regular.ttf", FONTS / "FabulaSans-SemiBold.ttf")
UNKNOWN = 0.75
"""Ems that a character takes which the font does not have: what stands in for it is mostly wider than its own."""
WIDE = 1.05
"""The same, of Chinese, Japanese and Korean, and of signs and faces."""


def text_width(text: str, size: float, strong: bool = False) -> float:
    """The width of a line of text in pixels at a size in pixels; kerning, which mostly narrows it, is left out."""
    wide = _widths("SemiBold" if strong else "Regular")
    return size * sum(wide[ord(c)] if ord(c) in wide else _stand_in(ord(c)) for c in text)


def known() -> Mapping[int, float]:
    """The characters that the font has, by their code."""
    return _widths("Regular")


def measurable(text: str) -> bool:
    """Whether the font has all characters of a text."""
    return all(ord(c) in known() for c in text)


def shortened(text: str, size: float, most: float, strong: bool = False) -> str:
    """The text, cut off with an ellipsis where it would be wider than ``most``."""
    if text_width(text, size, strong) <= most:
        return text
    while text and text_width(text + "…", size, strong) > most:
        text = text[:-1]
    return text.rstrip(" ,;:-") + "…"


def in_lines(text: str, size: float, most: float, lines: int, strong: bool = False) -> list[str]:
    """The text in at most so many lines, broken between words; what does not go in is cut off."""
    found = [""]
    for word in text.split():
        longer = f"{found[-1]} {word}".strip()
        if len(found) == lines or not found[-1] or text_width(longer, size, strong) <= most:
            found[-1] = longer
        else:
            found.append(word)
    return [shortened(line, size, most, strong) for line in found if line]


def _stand_in(code: int) -> float:
    return WIDE if 0x1100 <= code <= 0x115F or code >= 0x2E80 else UNKNOWN


@cache
def _widths(weight: str) -> dict[int, float]:
    read = json.loads((FONTS / "widths.json").read_text(encoding="utf-8"))[weight]
    return {
        first + at: width / read["em"]
        for first, widths in read["runs"]
        for at, width in enumerate(widths)
    }
