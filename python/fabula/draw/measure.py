"""How wide a text is when it is drawn, and how it is broken into lines."""

from __future__ import annotations

_NARROW = frozenset("iIljtfr.,;:'|!()[] -")
_WIDE = frozenset("mwMWGOQCDHN@%—…")


def text_width(text: str, size: float, strong: bool = False) -> float:
    """About how wide a line is, in user units: a little more than in most fonts, so that nothing is cut off."""
    units = sum(0.37 if c in _NARROW else 0.9 if c in _WIDE else 0.62 for c in text)
    return units * size * (1.1 if strong else 1.0)


def shortened(text: str, size: float, most: float, strong: bool = False) -> str:
    """A line that fits, with an ellipsis where something had to go."""
    if text_width(text, size, strong) <= most:
        return text
    while text and text_width(text + "…", size, strong) > most:
        text = text[:-1]
    return text.rstrip(" ,;:-") + "…"


def in_lines(text: str, size: float, most: float, lines: int, strong: bool = False) -> list[str]:
    """A text in at most so many lines, broken between words; what does not go in is cut off."""
    found = [""]
    for word in text.split():
        longer = f"{found[-1]} {word}".strip()
        if len(found) == lines or not found[-1] or text_width(longer, size, strong) <= most:
            found[-1] = longer
        else:
            found.append(word)
    return [shortened(line, size, most, strong) for line in found if line]
