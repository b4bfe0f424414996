"""One person's line: thick on the stage, thin off it, with the name, wounds, losses and the death."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from fabula.draw.svg import Element, element, group, number, path, words
from fabula.draw.ways_layout import NAME, OTHER, Layout, name_width
from fabula.draw.ways_regions import curve

AGAIN = 900.0
"""A name is written again where the line has run so far without it."""
ROOM = 40.0
GAP = 5.0
CLEAR = 12.0
"""Between the middles of two marks on a line."""


def way(drawn: Layout, one: str, places: dict[str, str]) -> Element:
    """Somebody's line from where it begins to where it ends."""
    person = drawn.ways.people[one]
    steps = [at for at, y in enumerate(drawn.y) if one in y]
    end = drawn.ways.deaths.get(one)
    dies_here = end is not None and drawn.has(end)
    end_x = drawn.x(end) if end is not None and dies_here else drawn.right[steps[-1]]
    names = list(_names(drawn, one, steps, end_x))
    if dies_here:
        end_x = _beside(drawn, one, end_x, names)
    main = person.colour is not None
    colour = f"p{person.colour}" if main else "other"
    wide = " wide" if person.group else ""
    parts = [
        path(points, kind=f"{colour}-line way {'on' if stage else 'off'}{wide}")
        for stage, points in _pieces(drawn, one, steps, end_x, names)
    ]
    parts += _moves(drawn, one, steps, places)
    size = NAME if main else OTHER
    strong = " strong" if main else ""
    parts += [
        words(x, y + size * 0.34, person.name, f"{colour}-fill name{strong}", font_size=size)
        for x, y in names
    ]
    parts += _fates(drawn, one, colour, names)
    return group(
        parts, f"{person.name}: {person.parts} events", kind="way-of", data_person=person.name
    )


def _names(
    drawn: Layout, one: str, steps: list[int], end_x: float
) -> Iterator[tuple[float, float]]:
    """Where the name is written: at the beginning, and again where the line has run far."""
    width = name_width(drawn, one)
    x, y = drawn.left[steps[0]], drawn.y[steps[0]][one]
    yield x, y
    last = x + width
    at = drawn.straight(one, steps[0]) + 1
    while at <= steps[-1]:
        end = drawn.straight(one, at)
        left, right = drawn.left[at], min(drawn.right[end], end_x)
        stage = drawn.ways.steps[at].stays[one].stage
        start = max(left, last + AGAIN) + 8
        if stage and right - start > width + ROOM:
            yield start, drawn.y[at][one]
            last = start + width
        at = end + 1


def _pieces(
    drawn: Layout,
    one: str,
    steps: list[int],
    end_x: float,
    names: list[tuple[float, float]],
) -> Iterator[tuple[bool, list[str]]]:
    """The line in pieces: whether on the stage, and the commands of its path."""
    width = name_width(drawn, one)
    breaks = [(x - GAP, x + width + GAP) for x, _ in names]
    stays = drawn.ways.steps
    points: list[str] = []
    state: bool | None = None
    for index, at in enumerate(steps):
        stay = stays[at].stays[one]
        on = stay.stage and stay.place is not None
        y = drawn.y[at][one]
        left, right = drawn.left[at], min(drawn.right[at], end_x)
        if index and steps[index - 1] == at - 1:
            before = stays[at - 1].stays[one]
            both = on and before.stage and before.place is not None
            y0, x0 = drawn.y[at - 1][one], drawn.right[at - 1]
            if state != both:
                if points:
                    yield bool(state), points
                points, state = [f"M{number(x0)} {number(y0)}"], both
            points += _level(x0, left, y, breaks) if y == y0 else [curve(x0, y0, left, y)]
        elif points:
            yield bool(state), points
            points, state = [], None
        if state != on or not points:
            if points:
                yield bool(state), points
            points, state = [f"M{number(left)} {number(y)}"], on
        points += _level(left, right, y, breaks)
    if points:
        yield bool(state), points


def _level(left: float, right: float, y: float, breaks: list[tuple[float, float]]) -> list[str]:
    """A level part, left out where the name stands."""
    found: list[str] = []
    for start, end in breaks:
        if end <= left or start >= right:
            continue
        if start > left:
            found.append(f"H{number(start)}")
        left = min(end, right)
        found.append(f"M{number(left)} {number(y)}")
    return [*found, f"H{number(right)}"] if right > left else found


def _moves(drawn: Layout, one: str, steps: list[int], places: dict[str, str]) -> list[Element]:
    """What the pointer finds where somebody goes from one place to another."""
    found: list[Element] = []
    for a, b in itertools.pairwise(steps):
        here, there = drawn.ways.steps[a].stays[one], drawn.ways.steps[b].stays[one]
        if here.place == there.place:
            continue
        x0, x1 = drawn.right[a], drawn.left[b]
        y0, y1 = drawn.y[a][one], drawn.y[b][one]
        n = drawn.ways.steps[b].first
        goes = (
            f"goes to {places[there.place]}"
            if there.place is not None
            else f"leaves {places[here.place or '']}"
        )
        title = element("title", (), f"{drawn.names[one]} {goes} (event {n})")
        d = f"M{number(x0)} {number(y0)}{curve(x0, y0, x1, y1)}"
        found.append(element("path", [title], d=d, kind="touch", data_event=str(n)))
    return found


def _beside(drawn: Layout, one: str, x: float, names: list[tuple[float, float]]) -> float:
    """Where a mark stands: where its event is, or behind the name that stands there."""
    width = name_width(drawn, one)
    for start, _ in names:
        if start - 6 < x < start + width + 10:
            return start + width + 14
    return x


def _fates(drawn: Layout, one: str, colour: str, names: list[tuple[float, float]]) -> list[Element]:
    """Wounds, losses of a group, and the death."""
    found: list[Element] = []
    taken = (
        drawn.right[-1] + CLEAR
    )  # marks are made from right to left, each clear of the one behind it

    def mark(n: int, what: str, shape: str, kind: str) -> None:
        nonlocal taken
        y = drawn.y[drawn.step_of(n)].get(one) if drawn.has(n) else None
        if y is None:
            return
        x = min(_beside(drawn, one, drawn.x(n), names), taken - CLEAR)
        taken = x
        title = element("title", (), f"{drawn.names[one]} {what} (event {n})")
        where = f"translate({number(x)} {number(y)})"
        found.append(
            element("path", [title], d=shape, transform=where, kind=kind, data_event=str(n))
        )

    end = drawn.ways.deaths.get(one)
    if end is not None:
        mark(end, "dies", DEATH, "death")
    marks = [(n, "is wounded", WOUND, f"wound {colour}-edge") for who, n in drawn.ways.wounds
             if who == one and not 0 <= (n + 9 if end is None else end) - n < 2]  # fmt: skip
    marks += [(n, "lose some of them", LOSS, "loss") for who, n in drawn.ways.losses if who == one]
    for found_mark in sorted(marks, reverse=True):
        mark(*found_mark)
    return found[::-1]


WOUND = "M0 -6L5 0L0 6L-5 0Z"
DEATH = "M-5.5 -5.5L5.5 5.5M-5.5 5.5L5.5 -5.5"
LOSS = "M-3.5 -3.5L3.5 3.5M-3.5 3.5L3.5 -3.5"
