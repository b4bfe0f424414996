"""Where everything of the ways stands: every line's height at every step, every step's place in width."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from math import log2

from fabula.draw.measure import in_lines, text_width
from fabula.draw.ways_lines import Block, heights
from fabula.draw.ways_order import Layer, Orders
from fabula.draw.ways_places import bare
from fabula.draw.ways_story import Stay, Ways

BUNDLE = 15.0
"""Between the lines of people who are together: a name goes in between."""
ALONE = 12.0
PAD = 9.0
LABEL = 19.0
"""The room above a place's lines for its name."""
BETWEEN = 9.0
TURN = 26.0
"""The width of a line's turn from one height to another."""
PAUSE = 22.0
"""More of it between two scenes."""
STEP, SLOWLY = 16.0, 9.0
NAME, OTHER, SPOT, SCENE = 13.0, 11.5, 11.0, 13.0
"""Sizes of letters: a coloured line's name, another's, a place's, a scene's."""
MOST_TITLE = 150.0


@dataclass(slots=True)
class Visit:
    """A place while it is in play: from one step to another, both included; its name stands at ``label``."""

    place: str
    first: int
    last: int
    label: int = 0


@dataclass(slots=True)
class Scene:
    """A scene: its title in lines, its first and last step."""

    n: int
    title: list[str]
    first: int
    last: int


@dataclass(slots=True)
class Layout:
    """``y`` of a person at a step; ``left`` and ``right`` of the level part of a step, in pixels."""

    ways: Ways
    orders: Orders
    y: list[dict[str, float]]
    visits: list[Visit]
    scenes: list[Scene]
    names: dict[str, str]
    left: list[float] = field(default_factory=list)
    right: list[float] = field(default_factory=list)

    @property
    def height(self) -> float:
        """Of all lines, without what stands around them."""
        return max((y for at in self.y for y in at.values()), default=0.0)

    def x(self, n: int) -> float:
        """Where an event is."""
        at = self.step_of(n)
        step = self.ways.steps[at]
        share = (n - step.first + 0.5) / step.events
        return self.left[at] + share * (self.right[at] - self.left[at])

    def step_of(self, n: int) -> int:
        """The step that an event belongs to."""
        from bisect import bisect_left

        return min(
            bisect_left(self.ways.steps, n, key=lambda step: step.last), len(self.ways.steps) - 1
        )

    def straight(self, one: str, at: int) -> int:
        """The last step that somebody's line runs straight to from another."""
        height = self.y[at][one]
        while at + 1 < len(self.y) and abs(self.y[at + 1].get(one, -99) - height) < 0.5:
            at += 1
        return at

    def stretch(self, width: float) -> None:
        """Makes it wider: the level parts are, and not the turns."""
        level = sum(r - x for x, r in zip(self.left, self.right, strict=True))
        more = (width - self.right[-1]) / level
        shift = 0.0
        for at, (left, right) in enumerate(zip(self.left, self.right, strict=True)):
            self.left[at] = left + shift
            shift += (right - left) * more
            self.right[at] = right + shift

    def has(self, n: int) -> bool:
        """Whether an event is in it."""
        return self.ways.steps[0].first <= n <= self.ways.steps[-1].last

    def band(self, visit: Visit, at: int) -> tuple[float, float]:
        """The top and the bottom of a place at a step."""
        here = [
            self.y[at][one]
            for one, stay in self.ways.steps[at].stays.items()
            if stay.place == visit.place
        ]
        return min(here) - PAD - LABEL + 4, max(here) + PAD


def layout(ways: Ways, titles: dict[int, str], places: dict[str, str], orders: Orders) -> Layout:
    """Everything in its place; ``titles`` of the scenes, ``places`` by id as they are called, article and all."""
    layers = layers_of(ways)
    seen = [_in_play(step.stays) for step in ways.steps]
    blocks = [
        [
            Block(path, tuple(people))
            for path, people in groupby(order, key=lambda one, at=at: layers[at][one])  # type: ignore[misc]
        ]
        for at, order in enumerate(orders)
    ]

    def worth(one: str, at: int) -> float:
        here, there = ways.steps[at].stays[one], ways.steps[at + 1].stays[one]
        main = 2.0 / (1 + ways.people[one].rank)
        return (1.5 if here.stage or there.stage else 0.4) + main

    def gap(at: int, a: Block, b: Block) -> float:
        upper, lower = _place(a) in seen[at], _place(b) in seen[at]
        apart = BETWEEN if upper and lower else 0.0
        return ALONE + apart + (PAD if upper else 0) + (PAD + LABEL - 8 if lower else 0)

    def near(a: Block, b: Block) -> float:
        return 0.4 if a.people and b.people and _house(a) == _house(b) else 0.03

    y = heights(blocks, BUNDLE, gap, worth, near).y
    names = {one: ways.people[one].name for one in ways.people if any(one in at for at in y)}
    found = Layout(ways, orders, y, _visits(seen), _scenes(ways, titles), names)
    _spread(found, places)
    return found


def layers_of(ways: Ways) -> list[Layer]:
    """For every step who is there, in which house and place; who is on the way is by himself."""
    return [{one: _path(one, stay) for one, stay in step.stays.items()} for step in ways.steps]


def _path(one: str, stay: Stay) -> tuple[str, ...]:
    if stay.place is None or stay.house is None:
        return (f"~{one}",)
    return (stay.house, stay.place)


def _place(block: Block) -> str | None:
    return block.place[-1] if isinstance(block.place, tuple) else None


def _house(block: Block) -> object:
    return block.place[0] if isinstance(block.place, tuple) else None


def _in_play(stays: dict[str, Stay]) -> frozenset[str | None]:
    """The places where somebody is who has a part in the scene."""
    return frozenset(s.place for s in stays.values() if s.stage and s.place is not None)


def _visits(seen: list[frozenset[str | None]]) -> list[Visit]:
    found: list[Visit] = []
    now: dict[str, Visit] = {}
    for at, places in enumerate(seen):
        now = {name: visit for name, visit in now.items() if name in places}
        for name in sorted(p for p in places if p is not None):
            if name in now:
                now[name].last = at
            else:
                now[name] = Visit(name, at, at, at)
                found.append(now[name])
    return found


def _scenes(ways: Ways, titles: dict[int, str]) -> list[Scene]:
    found: list[Scene] = []
    for at, step in enumerate(ways.steps):
        if found and found[-1].n == step.scene:
            found[-1].last = at
        else:
            title = in_lines(titles.get(step.scene, ""), SCENE, MOST_TITLE, 2, strong=True)
            found.append(Scene(step.scene, title, at, at))
    return found


def _spread(found: Layout, places: dict[str, str]) -> None:
    """Gives every step its width: the more happens the wider, and what is written has room."""
    steps = found.ways.steps
    level = [STEP + SLOWLY * log2(1 + step.events) for step in steps]
    turn = [
        TURN + (PAUSE if at and steps[at - 1].scene != steps[at].scene else 0)
        for at in range(len(steps))
    ]

    def widen(first: int, last: int, width: float) -> None:
        room = sum(level[first : last + 1]) + sum(turn[first + 1 : last + 1])
        level[first] += max(0.0, width - room)

    for one in found.names:
        first = next(at for at, y in enumerate(found.y) if one in y)
        last, place = found.straight(one, first), steps[first].stays[one].place
        while last > first and steps[last].stays[one].place != place:
            last -= 1
        widen(first, last, name_width(found, one) + 28)
    for visit in found.visits:
        width = text_width(bare(places[visit.place]), SPOT) + 14
        first, last = level_run(found, visit, visit.first)
        widen(first, last, width)
    for scene in found.scenes:
        width = max((text_width(t, SCENE, strong=True) for t in scene.title), default=0)
        widen(scene.first, scene.last, width - TURN)
    x = 0.0
    for at in range(len(steps)):
        x += turn[at] / 2 if at else 0
        found.left.append(x)
        x += level[at]
        found.right.append(x)
        x += (turn[at + 1] / 2) if at + 1 < len(steps) else 0


def level_run(found: Layout, visit: Visit, first: int) -> tuple[int, int]:
    """The steps from one on during which a place's top stays and no line comes through it."""
    top = found.band(visit, first)[0]
    last = first
    while last < visit.last and abs(found.band(visit, last + 1)[0] - top) < 0.5:
        before, after = found.y[last], found.y[last + 1]
        if any((before[one] < top) != (after[one] < top) for one in before if one in after):
            break
        last += 1
    return first, last


def name_width(found: Layout, one: str) -> float:
    """How much of somebody's line his name takes."""
    main = found.ways.people[one].colour is not None
    return text_width(found.names[one], NAME if main else OTHER, strong=main)
