"""What the pictures of minds, causes and times share: headings, keys, names, and an axis of events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fabula.draw import theme
from fabula.draw.measure import in_lines, shortened, text_width
from fabula.draw.picture import Look
from fabula.draw.svg import Element, element, path, words
from fabula.engine.running import Run

WIDTH = 1200.0
MARGIN = 40.0
SIZES = {**theme.SIZES, "": theme.USUAL}


def heading(title: str, says: str, width: float = WIDTH) -> tuple[list[Element], float]:
    """The title of a picture with a line on how to read it, and where what follows may begin."""
    room = width - 2 * MARGIN
    made = [words(MARGIN, 62, shortened(title, SIZES["display"], room, True), "display")]
    y = 90.0
    for line in in_lines(says, SIZES["lead"], room, 3):
        made.append(words(MARGIN, y, line, "lead quiet"))
        y += 20
    return made, y + 8


def sentence(text: str) -> str:
    """A clause with a capital letter."""
    return text[:1].upper() + text[1:]


def name_of(run: Run, thing: str) -> str:
    """What somebody or something is called, without an article."""
    return run.model.world.things[thing].label


def scene_of(run: Run, number: int) -> str:
    """The title of a scene, by its number."""
    scenes = run.model.scenes
    return scenes[number - 1] if 0 < number <= len(scenes) else ""


def path_of(*points: tuple[float, float]) -> list[str]:
    """The commands of a line through points."""
    return [f"{'L' if at else 'M'}{x:.1f} {y:.1f}" for at, (x, y) in enumerate(points)]


def line(x1: float, y1: float, x2: float, y2: float, kind: str) -> Element:
    """A straight line."""
    return path(path_of((x1, y1), (x2, y2)), kind)


def box(
    x: float, y: float, width: float, height: float, kind: str, rx: float | None = None
) -> Element:
    """A rectangle."""
    return element("rect", x=x, y=y, width=width, height=height, rx=rx, kind=kind)


@dataclass(frozen=True, slots=True)
class Axis:
    """Events from left to right, as far as a look shows them."""

    first: int
    last: int
    left: float
    right: float

    def x(self, n: float) -> float:
        """Where an event stands; 0 is the beginning."""
        span = max(self.last - self.first + 1, 1)
        at = min(max(n, self.first - 1), self.last) - self.first + 1
        return self.left + (self.right - self.left) * at / span


def axis_of(run: Run, look: Look, left: float, right: float) -> Axis:
    """The axis of the events that a look shows."""
    last = len(run.records)
    first = max(1, look.start or 1)
    return Axis(first, max(min(look.end or last, last), first), left, right)


def scene_starts(run: Run, axis: Axis) -> list[tuple[int, int]]:
    """The scenes that begin on an axis: the number of their first event, and their own."""
    found: list[tuple[int, int]] = []
    seen: set[int] = set()
    for record in run.records:
        scene = record.source.scene
        if scene not in seen:
            seen.add(scene)
            if axis.first <= record.n <= axis.last:
                found.append((record.n, scene))
    return found


def scene_rules(run: Run, axis: Axis, top: float, bottom: float) -> list[Element]:
    """A thin line where each scene begins, with its name where there is room for it."""
    starts = scene_starts(run, axis)
    made: list[Element] = []
    ends = [*(n for n, _ in starts[1:]), axis.last + 1]
    free = axis.left
    for (n, scene), until in zip(starts, ends, strict=True):
        x = axis.x(n - 1)
        title = scene_of(run, scene)
        rule = line(x, top, x, bottom, "rule")
        parts = [element("title", (), title), rule]
        room = axis.x(until - 1) - x - 8
        if room > 30 and x >= free:
            lines = in_lines(title, SIZES["small"], room, 2)
            parts += [
                words(x + 4, top + 10 + 11 * at, text, "small quiet")
                for at, text in enumerate(lines)
            ]
            free = x + 4 + max(text_width(t, SIZES["small"]) for t in lines)
        made.append(element("g", parts, data_scene=scene))
    return made


def event_numbers(axis: Axis, y: float) -> list[Element]:
    """Numbers of events under an axis, in round steps."""
    span = axis.last - axis.first + 1
    step = next((s for s in (1, 2, 5, 10, 20, 25, 50, 100, 200, 500) if span / s <= 16), 1000)
    numbers = [n for n in range(axis.first, axis.last + 1) if n % step == 0]
    return [words(axis.x(n), y, str(n), "small quiet", text_anchor="middle") for n in numbers]


def key(
    x: float,
    y: float,
    entries: Sequence[tuple[Sequence[Element], float, str]],
    right: float = WIDTH - MARGIN,
) -> tuple[list[Element], float]:
    """A key: for each entry its sign (drawn at 0, 0, of some width) and what it means; and the y below it."""
    made: list[Element] = []
    at = x
    for sign, width, text in entries:
        wide = width + 8 + text_width(text, SIZES["fine"]) + 24
        if at > x and at + wide > right:
            at, y = x, y + 26
        made.append(element("g", sign, transform=f"translate({at:.1f} {y:.1f})"))
        made.append(words(at + width + 8, y + 4, text, "fine"))
        at += wide
    return made, y + 22
