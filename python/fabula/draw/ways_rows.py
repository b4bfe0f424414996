"""The picture in rows, as music is written: each begins anew at the left, with everybody's name."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

from fabula.draw.ways_layout import Layout, layers_of, layout
from fabula.draw.ways_order import ordered
from fabula.draw.ways_story import Step, Ways

WHOLE = 200
"""Of no more steps than this, the story is laid out in one row first, to see how wide it is and how high."""
USUAL = 70.0
"""How wide a step is, about."""
LEAST, MOST = 1000.0, 2300.0
"""How wide rows are, in pixels."""
SHAPE = 1.5
"""How much wider than high a picture of several rows is, as far as that can be."""
AROUND = 150.0
"""The height of what stands over a row."""
NEAR = 0.3
"""So much of a row's width it may be shorter or longer to end with a scene."""
STRETCH = 1.6
"""A row is made so much wider, at most, to end where the widest does."""


def rows(ways: Ways, titles: dict[int, str], places: dict[str, str]) -> list[Layout]:
    """One layout for each row; ``titles`` of the scenes, ``places`` by id as they are called."""
    orders = ordered(layers_of(ways))
    if len(ways.steps) <= WHOLE:
        whole = layout(ways, titles, places, orders)
        ends, height = whole.right, whole.height
    else:
        whole, height = None, 0.0
        ends = [USUAL * (at + 1) for at in range(len(ways.steps))]
    width, count = ends[-1], 1
    while width / count > LEAST and (
        width / count > MOST or width / count > SHAPE * count * (0.8 * height + AROUND)
    ):
        count += 1
    if count == 1 and whole is not None:
        return [whole]
    found: list[Layout] = []
    seen: set[int] = set()
    for first, last in _cuts(ways.steps, ends, ceil(width / count)):
        part = replace(ways, steps=_on_stage(ways.steps[first : last + 1]))
        kept = [
            tuple([one for one in order if one in step.stays])
            for order, step in zip(orders[first : last + 1], part.steps, strict=True)
        ]
        scenes = {step.scene for step in part.steps}
        named = {n: f"… {titles[n]}" if n in seen else titles[n] for n in scenes if n in titles}
        seen |= scenes
        found.append(layout(part, named, places, kept))
    widest = max(row.right[-1] for row in found)
    for row in found:
        if row.right[-1] * STRETCH > widest:
            row.stretch(widest)
    return found


def _cuts(steps: list[Step], ends: list[float], width: float) -> list[tuple[int, int]]:
    """The first and last steps of rows of about a width: where a scene ends, if one does near it."""
    found: list[tuple[int, int]] = []
    first = 0
    while first < len(steps):
        start = ends[first - 1] if first else 0.0
        if ends[-1] - start <= width * (1 + NEAR):
            found.append((first, len(steps) - 1))
            break
        best, least = first, float("inf")
        for at in range(first, len(steps) - 1):
            off = abs(ends[at] - start - width)
            if off > 2 * width:
                break
            if steps[at].scene == steps[at + 1].scene:
                off += width * NEAR
            if off < least:
                best, least = at, off
        found.append((first, best))
        first = best + 1
    return found


def _on_stage(steps: list[Step]) -> list[Step]:
    """The steps with those only who have a part in the row, from the first to the last time they have."""
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for at, step in enumerate(steps):
        for one, stay in step.stays.items():
            if stay.stage:
                first.setdefault(one, at)
                last[one] = at
    return [
        replace(
            step,
            stays={
                one: stay
                for one, stay in step.stays.items()
                if one in first and first[one] <= at <= last[one]
            },
        )
        for at, step in enumerate(steps)
    ]
