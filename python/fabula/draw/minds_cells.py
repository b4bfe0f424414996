"""The signs of knowing: filled, empty, crossed out, hatched; told apart without any colour."""

from __future__ import annotations

from fabula.draw.frame import box, line
from fabula.draw.knowledge import Knows
from fabula.draw.svg import Element, path, words

HIGH = 24.0
BAR = 14.0
NAMES = 176.0
"""The height of a cell and of a band, and the width of the column with names."""


def cell(width: float, knows: Knows, since: str, corrected: bool = False) -> list[Element]:
    """A sign of a width around its middle line, with the number of an event in it; ``corrected``: was wrong once."""
    top = -HIGH / 2
    match knows:
        case Knows.YES:
            made = [box(0, top, width, HIGH, "ink-fill", 4)]
            if corrected:
                made.append(path([f"M0 {top} h11 l-11 11 z"], "paper"))
                made.append(path([f"M1 {top + 1} h6 l-6 6 z"], "accent-fill"))
            made.append(_number(width, since, "fine strong paper"))
        case Knows.NO:
            made = [box(0, top, width, HIGH, "rule", 4)]
        case Knows.WRONG:
            made = [
                box(0, top, width, HIGH, "accent-line", 4),
                line(3, top + 3, width - 3, -top - 3, "accent-line"),
                line(3, -top - 3, width - 3, top + 3, "accent-line"),
            ]
            if since:
                made.append(box(width / 2 - 14, -7.5, 28, 15, "paper", 3))
                made.append(_number(width, since, "fine strong accent"))
        case Knows.OPEN:
            made = [box(0, top, width, HIGH, "ink-line", 4), *hatching(0, top, width, HIGH)]
            if since:
                made.append(box(width / 2 - 14, -7.5, 28, 15, "paper", 3))
                made.append(_number(width, since, "fine strong"))
    return made


def _number(width: float, since: str, kind: str) -> Element:
    return words(width / 2, 4, since, kind, text_anchor="middle")


def hatching(
    x: float, y: float, width: float, height: float, kind: str = "quiet-line", step: float = 6
) -> list[Element]:
    """Slanting lines across a rectangle, cut off at its edges."""
    commands: list[str] = []
    at = step
    while at < width + height:
        x1, y1 = (x + at, y) if at <= width else (x + width, y + at - width)
        x2, y2 = (x, y + at) if at <= height else (x + at - height, y + height)
        commands.append(f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}")
        at += step
    return [path(commands, kind)] if commands else []
