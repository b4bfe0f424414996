"""Where everything of the ways stands: every line's height at every step, every step's place in width."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import log2

from fabula.draw.measure import in_lines, text_width
from fabula.draw.ways_lines import Stretch, place, stretches
from fabula.draw.ways_order import Layer, Orders, ordered
from fabula.draw.ways_story import COLOURED, Stay, Ways

BUNDLE = 15.0
"""Between the lines of people who are together: a name goes in between."""
ALONE = 12.0
PAD = 9.0
LABEL = 15.0
"""The room above a place's lines for its name."""
BETWEEN = 12.0
TURN = 30.0
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
    lines: list[Stretch]
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

    def band(self, visit: Visit, at: int) -> tuple[float, float]:
        """The top and the bottom of a place at a step."""
        here = [
            self.y[at][one]
            for one, stay in self.ways.steps[at].stays.items()
            if stay.place == visit.place
        ]
        return min(here) - PAD - LABEL + 4, max(here) + PAD


def layout(ways: Ways, titles: dict[int, str], places: dict[str, str]) -> Layout:
    """Everything in its place; ``titles`` of the scenes, ``places`` by id as they are called."""
    layers: list[Layer] = [
        {one: _path(one, stay) for one, stay in step.stays.items()} for step in ways.steps
    ]
    orders = ordered(layers)
    seen = [_in_play(step.stays) for step in ways.steps]

    def straight(one: str, at: int) -> float:
        stage = ways.steps[at].stays[one].stage or ways.steps[at + 1].stays[one].stage
        same = ways.steps[at].stays[one].place == ways.steps[at + 1].stays[one].place
        main = 1.0 / (1 + ways.people[one].rank)
        return (2.0 if stage else 0.6) + (1.0 if same else 0.0) + main

    lines = stretches(orders, straight)

    def together(at: int, a: str, b: str) -> bool:
        stays = ways.steps[at].stays
        return stays[a].place is not None and stays[a].place == stays[b].place

    def gap(at: int, a: str, b: str) -> float:
        if together(at, a, b):
            return BUNDLE
        stays = ways.steps[at].stays
        upper, lower = stays[a].place in seen[at], stays[b].place in seen[at]
        apart = BETWEEN if upper or lower else 0.0
        return ALONE + apart + (PAD - 4 if upper else 0) + (PAD + LABEL - 10 if lower else 0)

    weights = {one: 4.0 / (1 + person.rank) + 1.0 for one, person in ways.people.items()}
    place(orders, lines, gap, together, weights)
    y: list[dict[str, float]] = [{} for _ in orders]
    for line in lines:
        for at in range(line.first, line.last + 1):
            y[at][line.person] = line.y
    names = {one: person.name for one, person in ways.people.items()}
    found = Layout(ways, orders, lines, y, _visits(seen), _scenes(ways, titles), names)
    _spread(found, places)
    return found


def _path(one: str, stay: Stay) -> tuple[str, ...]:
    if stay.place is None or stay.house is None:
        return (f"~{one}",)
    return (stay.house, stay.place)


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

    started: set[str] = set()
    for line in found.lines:
        if line.person not in started:
            started.add(line.person)
            widen(line.first, line.last, name_width(found, line.person) + 22)
    for visit in found.visits:
        width = text_width(places[visit.place], SPOT) + 14
        first, last = _level_run(found, visit, visit.first)
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


def _level_run(found: Layout, visit: Visit, first: int) -> tuple[int, int]:
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
    main = found.ways.people[one].rank < COLOURED
    return text_width(found.names[one], NAME if main else OTHER, strong=main)
