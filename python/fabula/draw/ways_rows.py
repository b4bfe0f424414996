"""The picture in rows, as music is written: each begins anew at the left, with everybody's name."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

from fabula.draw.ways_layout import Layout, layout
from fabula.draw.ways_story import Step, Ways

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
    whole = layout(ways, titles, places)
    width = whole.right[-1]
    count = 1
    while width / count > LEAST and (
        width / count > MOST or width / count > SHAPE * count * (0.8 * whole.height + AROUND)
    ):
        count += 1
    if count == 1:
        return [whole]
    found: list[Layout] = []
    seen: set[int] = set()
    for first, last in _cuts(whole, ceil(width / count)):
        part = replace(ways, steps=_on_stage(ways.steps[first : last + 1]))
        orders = [
            [one for one in order if one in step.stays]
            for order, step in zip(whole.orders[first : last + 1], part.steps, strict=True)
        ]
        scenes = {step.scene for step in part.steps}
        named = {n: f"… {titles[n]}" if n in seen else titles[n] for n in scenes if n in titles}
        seen |= scenes
        found.append(layout(part, named, places, orders))
    widest = max(row.right[-1] for row in found)
    for row in found:
        if row.right[-1] * STRETCH > widest:
            row.stretch(widest)
    return found


def _cuts(whole: Layout, width: float) -> list[tuple[int, int]]:
    """The first and last steps of rows of about a width: where a scene ends, if one does near it."""
    steps, found, first = whole.ways.steps, [], 0
    while first < len(steps):
        start = whole.left[first]
        if whole.right[-1] - start <= width * (1 + NEAR):
            found.append((first, len(steps) - 1))
            break
        best, least = first, float("inf")
        for at in range(first, len(steps) - 1):
            off = abs(whole.right[at] - start - width)
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
