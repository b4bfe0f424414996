"""Places behind the lines: a soft shape around everybody who is there, and its name."""

from __future__ import annotations

from collections.abc import Iterator

from fabula.draw.measure import text_width
from fabula.draw.svg import Element, group, number, path, words
from fabula.draw.ways_layout import SPOT, Layout, Visit, level_run

REACH = 7.0
"""How far a place reaches beyond the level part of its lines."""
ROUND = 9.0
BENT = ((25.0, 30.0), (12.0, 110.0))
"""A name stands again where the place's edge is so much higher or lower than at the last one, so far behind it."""
AGAIN = 900.0
"""And behind so long a run."""


def region(drawn: Layout, visit: Visit, name: str) -> tuple[Element, Element]:
    """The shape of a place while it is in play, and its name."""
    bands = [drawn.band(visit, at) for at in range(visit.first, visit.last + 1)]
    start, end = drawn.left[visit.first] - REACH, drawn.right[visit.last] + REACH
    round_ = min(ROUND, (end - start) / 2)
    tops, bottoms = [b[0] for b in bands], [b[1] for b in bands]
    points = [
        f"M{_at(start, bottoms[0] - round_)}V{number(tops[0] + round_)}",
        f"Q{_at(start, tops[0])} {_at(start + round_, tops[0])}",
        *_edge(drawn, visit, tops, False),
        f"H{number(end - round_)}Q{_at(end, tops[-1])} {_at(end, tops[-1] + round_)}",
        f"V{number(bottoms[-1] - round_)}Q{_at(end, bottoms[-1])} {_at(end - round_, bottoms[-1])}",
        *_edge(drawn, visit, bottoms, True),
        f"H{number(start + round_)}Q{_at(start, bottoms[0])} {_at(start, bottoms[0] - round_)}Z",
    ]
    labels = [
        words(x, y + 13, name, "place-name", font_size=SPOT)
        for x, y in _labels(drawn, visit, tops, text_width(name, SPOT))
    ]
    return path(points, kind="region", data_place=name), group(labels)


def _labels(
    drawn: Layout, visit: Visit, tops: list[float], width: float
) -> Iterator[tuple[float, float]]:
    """Where a place's name stands: where it begins, and again where it has bent away or run far, if there is room."""
    x, y = drawn.left[visit.first], tops[0]
    yield x, y
    at = level_run(drawn, visit, visit.first)[1] + 1
    while at <= visit.last:
        first, last = level_run(drawn, visit, at)
        here, top = drawn.left[first], tops[first - visit.first]
        bent = any(abs(top - y) > far and here - x > width + apart for far, apart in BENT)
        if (bent or here - x > AGAIN) and drawn.right[last] - here >= width:
            x, y = here, top
            yield x, y
        at = last + 1


def _edge(drawn: Layout, visit: Visit, heights: list[float], back: bool) -> list[str]:
    """The upper edge from left to right, or the lower one ``back`` from right to left."""
    found: list[str] = []
    steps = list(range(visit.first, visit.last))
    for at in reversed(steps) if back else steps:
        here, there = heights[at - visit.first], heights[at + 1 - visit.first]
        if abs(here - there) < 0.5:
            continue
        x1, x2 = drawn.right[at], drawn.left[at + 1]
        if back:
            x1, x2, here, there = x2, x1, there, here
        found.append(f"H{number(x1)}{curve(x1, here, x2, there)}")
    return found


def curve(x1: float, y1: float, x2: float, y2: float) -> str:
    """A smooth turn from one height to another, level at both ends."""
    middle = (x1 + x2) / 2
    return f"C{_at(middle, y1)} {_at(middle, y2)} {_at(x2, y2)}"


def _at(x: float, y: float) -> str:
    return f"{number(x)} {number(y)}"
