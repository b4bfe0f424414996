"""What stands around the ways: the title, the scenes with a tick for each event, findings, and the key."""

from __future__ import annotations

from collections.abc import Sequence

from fabula.check.findings import Finding
from fabula.draw.measure import text_width
from fabula.draw.svg import Element, element, group, number, path, words
from fabula.draw.theme import SIZES
from fabula.draw.ways_layout import SCENE, Layout
from fabula.draw.ways_paths import DEATH, WOUND
from fabula.draw.ways_story import Ways

SAID = 13.0
TICKS = -34.0
"""The height of the events' ticks above the uppermost line."""


def header(title: str, found: Ways, left: float) -> tuple[list[Element], float]:
    """The title, and how much is drawn; and where the longer of them ends."""
    people, events = len(found.people), len(found.texts)
    scenes = len({step.scene for step in found.steps})
    said = (
        f"the ways of {_some(people, 'person', 'people')} through {_some(scenes, 'scene', 'scenes')}"
        f" and {_some(events, 'event', 'events')}"
    )
    if found.left_out > 0:
        said += f"; {_some(found.left_out, 'other is', 'others are')} left out"
    end = left + max(text_width(title, SIZES["display"], strong=True), text_width(said, SAID))
    made = [
        words(left, 52, title, "display"),
        words(left, 74, said, "quiet", font_size=SAID),
    ]
    return made, end


def _some(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def ruler(drawn: Layout) -> list[Element]:
    """The scenes' titles, a rule where each begins, and a tick for each event."""
    bottom = drawn.height + 24
    found: list[Element] = []
    for scene in drawn.scenes:
        left = drawn.left[scene.first] - 14
        parts = [path([f"M{number(left)} {number(TICKS - 34)}V{number(bottom)}"], kind="rule")]
        parts += [
            words(
                left + 8,
                TICKS - 36 + (at + 2 - len(scene.title)) * 15,
                line,
                "strong",
                font_size=SCENE,
            )
            for at, line in enumerate(scene.title)
        ]
        first = drawn.ways.steps[scene.first].first
        last = drawn.ways.steps[scene.last].last
        span = f"{first}–{last}" if last > first else f"{first}"
        parts.append(words(left + 8, TICKS - 8, span, "quiet small"))
        parts += [_tick(drawn, n) for n in range(first, last + 1) if n in drawn.ways.texts]
        found.append(group(parts, kind="scene", data_scene=str(scene.n)))
    return found


def _tick(drawn: Layout, n: int) -> Element:
    x = drawn.x(n)
    title = element("title", (), f"{n}. {drawn.ways.texts[n]}")
    return element(
        "path",
        [title],
        d=f"M{number(x)} {number(TICKS)}v6",
        kind="tick",
        data_event=str(n),
    )


def findings(drawn: Layout, given: Sequence[Finding]) -> list[Element]:
    """A mark at the event that each finding is about."""
    found: list[Element] = []
    for index, finding in enumerate(given):
        if not drawn.has(finding.event.n):
            continue
        x = drawn.x(finding.event.n)
        title = element("title", (), f"{finding.message} (event {finding.event.n})")
        mark = element(
            "path", d=f"M{number(x - 5)} {number(TICKS - 2)}h10l-5 9Z", kind="accent-fill"
        )
        line = path([f"M{number(x)} {number(TICKS + 8)}V{number(drawn.height + 24)}"], kind="fault")
        found.append(
            element(
                "g",
                [title, line, mark],
                data_finding=str(index),
                data_event=str(finding.event.n),
            )
        )
    return found


def legend(found: Ways, left: float, y: float) -> tuple[list[Element], float]:
    """What the signs mean, only those that are there; and where that ends."""
    items: list[tuple[float, list[Element], str]] = [
        (34, [path([f"M0 {number(-4)}h28"], kind="p0-line way on")], "a person in the scene"),
        (34, [path([f"M0 {number(-4)}h28"], kind="p0-line way off")], "elsewhere, or on the way"),
    ]
    if any(person.group for person in found.people.values()):
        items.append((34, [path(["M0 -4h28"], kind="other-line way on wide")], "a group"))
    items.append(
        (34, [element("rect", x=0, y=-13, width=28, height=18, rx=6, kind="region")], "a place")
    )
    if found.wounds:
        mark = element("path", d=WOUND, transform="translate(8 -4)", kind="wound")
        items.append((20, [mark], "is wounded"))
    if found.deaths:
        mark = element("path", d=DEATH, transform="translate(8 -4)", kind="death")
        items.append((20, [mark], "dies"))
    drawn: list[Element] = []
    x = left
    for width, sign, said in items:
        drawn.append(
            group(
                [*sign, words(width, 0, said, "quiet")],
                transform=f"translate({number(x)} {number(y)})",
            )
        )
        x += width + text_width(said, 12) + 26
    return drawn, x - 26
