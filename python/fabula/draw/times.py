"""The picture of times: scenes on story time (downwards) against the order in which they are told (to the right)."""

from __future__ import annotations

from itertools import pairwise

from fabula.draw.frame import (
    MARGIN,
    SIZES,
    WIDTH,
    Axis,
    axis_of,
    box,
    event_numbers,
    heading,
    key,
    line,
    name_of,
    sentence,
)
from fabula.draw.knowledge import Minds, minds_of
from fabula.draw.measure import in_lines, shortened, text_width
from fabula.draw.minds_irony import end_sign
from fabula.draw.picture import Look, Picture
from fabula.draw.svg import Element, element, group, path, words
from fabula.draw.threads import Past, Stretch, past, stretches
from fabula.engine.running import Run
from fabula.language.say import thing_words

TIMES = 132.0
"""The width of the column with time words."""
LANE = 54.0
BAR = 14.0
MOST_PAST = 8
LEAST_LABEL = 150.0


def times(run: Run, look: Look) -> Picture:
    """Each scene a bar with its events as ticks; what may be at the same time stands together, what lies back above."""
    known = minds_of(run)
    shown = stretches(known, look)
    title = f"{run.model.title}: when it happens, and when it is told"
    says = "To the right in the order of telling; downwards in the order in which it happens."
    body, top = heading(title, says)
    signs, top = key(MARGIN, top + 8, _key())
    body += signs
    axis = axis_of(run, look, MARGIN + TIMES, WIDTH - MARGIN)
    if look.start is None and look.people is None:
        early, top = _past(past(known), top + 12)
        body += early
    if not shown:
        body.append(words(MARGIN, top + 40, "Nothing happens in this story yet.", "lead"))
        return Picture(title, says, WIDTH, top + 80, tuple(body))
    top += 18
    order = sorted(shown, key=lambda one: (one.rank, one.first))
    lanes = {id(one): top + at * LANE for at, one in enumerate(order)}
    body += _bands(order, lanes)
    body += _links(shown, lanes, axis)
    for one in order:
        body += _lane(known, one, lanes[id(one)], axis)
    bottom = top + LANE * len(order)
    body.append(line(axis.left, bottom + 4, axis.right, bottom + 4, "rule"))
    body += event_numbers(axis, bottom + 20)
    return Picture(title, says, WIDTH, bottom + 50, tuple(body))


def _key() -> list[tuple[list[Element], float, str]]:
    bar = [box(0, -BAR / 2, 40, BAR, "p0-fill", 3)]
    bar += [line(x, -BAR / 2, x, BAR / 2, "paper-line") for x in (8, 16, 24, 32)]
    return [
        (bar, 40.0, "a scene with its events"),
        ([box(0, -9, 40, 18, "region", 3)], 40.0, "may be at the same time: nobody is in both"),
        ([_back(0, 6, 34, -6)], 36.0, "the telling goes back in time"),
        ([end_sign("killed", 6, 0)], 12.0, "somebody dies"),
    ]


def _past(items: list[Past], y: float) -> tuple[list[Element], float]:
    """What was before the story begins, with the events that tell of it."""
    if not items:
        return [], y
    left = MARGIN + TIMES
    made: list[Element] = []
    made += [
        words(MARGIN, y + 18 + 14 * at, text, "fine italic")
        for at, text in enumerate(in_lines("Before the story begins", SIZES["fine"], TIMES - 16, 2))
    ]
    shown = items[:MOST_PAST]
    more = len(items) - len(shown)
    columns = 2 if len(shown) > 3 else 1
    width = (WIDTH - MARGIN - left) / columns
    rows = -(-len(shown) // columns)
    for at, item in enumerate(shown):
        x, row = left + (at // rows) * width, y + 18 + 18 * (at % rows)
        text = sentence(item.text.split(", ", 1)[-1].rstrip("."))
        told = f"told at {', '.join(map(str, item.told[:3]))}" if item.told else ""
        room = width - 30 - (text_width(told, SIZES["small"]) + 10 if told else 0)
        text = shortened(text, SIZES["fine"], room)
        parts = [element("circle", cx=x + 4, cy=row - 4, r=3, kind="quiet-line none")]
        parts.append(words(x + 14, row, text, "fine"))
        if told:
            at_x = x + 14 + text_width(text, SIZES["fine"]) + 10
            parts.append(words(at_x, row, told, "small quiet"))
        made.append(group(parts, item.text, data_event=item.told[0] if item.told else None))
    y += 18 + 18 * rows
    if more:
        made.append(words(left + 14, y, f"and {more} more", "fine quiet"))
        y += 18
    made.append(line(MARGIN, y, WIDTH - MARGIN, y, "rule"))
    return made, y


def _bands(order: list[Stretch], lanes: dict[int, float]) -> list[Element]:
    """Ground under stretches that may be at the same time."""
    made: list[Element] = []
    at = 0
    while at < len(order):
        until = at + 1
        while until < len(order) and order[until].rank == order[at].rank:
            until += 1
        if until - at > 1:
            y = lanes[id(order[at])]
            x = MARGIN + TIMES - 8
            made.append(box(x, y + 2, WIDTH - MARGIN - x + 8, LANE * (until - at) - 4, "region", 6))
        at = until
    return made


def _links(shown: list[Stretch], lanes: dict[int, float], axis: Axis) -> list[Element]:
    """From the end of each stretch to the beginning of the one that is told next."""
    made: list[Element] = []
    for one, after in pairwise(shown):
        x1, x2 = axis.x(one.last), axis.x(after.first - 1)
        y1, y2 = lanes[id(one)] + LANE / 2, lanes[id(after)] + LANE / 2
        if y2 < y1:
            made.append(_back(x1, y1 - BAR / 2, x2, y2 + BAR / 2))
        else:
            made.append(path([f"M{x1:.1f} {y1:.1f}", f"L{x2:.1f} {y2:.1f}"], "quiet-line"))
    return made


def _back(x1: float, y1: float, x2: float, y2: float) -> Element:
    """A line that leads up, with a head at its end."""
    return path(
        [
            f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}",
            f"M{x2 - 5:.1f} {y2 + 7:.1f}L{x2:.1f} {y2:.1f}L{x2 + 5:.1f} {y2 + 7:.1f}",
        ],
        "gold-line dashed",
    )


def _lane(known: Minds, one: Stretch, y: float, axis: Axis) -> list[Element]:
    run = known.run
    middle = y + LANE / 2
    made: list[Element] = []
    if one.phrase:
        made += [
            words(MARGIN, middle + 4 + 14 * at, text, "fine italic")
            for at, text in enumerate(in_lines(one.phrase, SIZES["fine"], TIMES - 20, 2))
        ]
    x1, x2 = axis.x(one.first - 1), axis.x(one.last)
    x2 = max(x2, x1 + 3)
    kind = {0: "p1-fill", -1: "gold-fill"}.get(one.shift if one.shift is not None else 1, "p0-fill")
    said = f"{one.title or 'Events'} (events {one.first} to {one.last})"
    parts = [box(x1, middle - BAR / 2, x2 - x1, BAR, kind, 3)]
    parts += _ticks(known, one, axis, middle)
    made.append(group(parts, said, data_scene=one.scene))
    made += _label(run, one, x1, x2, middle, axis)
    return made


def _ticks(known: Minds, one: Stretch, axis: Axis, middle: float) -> list[Element]:
    """A tick for each event where there is room for them, and a cross for each death."""
    width = axis.x(one.last) - axis.x(one.first - 1)
    each = width / max(len(one.events), 1)
    dying: dict[int, list[str]] = {}
    for person, time in known.deaths.items():
        if time > known.begin:
            dying.setdefault(known.n_of(time), []).append(person)
    made: list[Element] = []
    free = 0.0
    for record in one.events:
        x = axis.x(record.n - 0.5)
        gone = dying.get(record.n, [])
        if gone:
            names = ", ".join(thing_words(known.run.words, p) for p in gone)
            signs = [line(x, middle - BAR / 2, x, middle + BAR / 2, "paper-line")]
            if x >= free:
                signs.append(end_sign("killed", x, middle - BAR / 2 - 8))
                free = x + 11
            text = f"{record.n}. {record.source.text} ({sentence(names)}: dead)"
            made.append(group(signs, text, data_event=record.n))
        elif each >= 2.2:
            tick = line(x, middle - BAR / 2, x, middle + BAR / 2, "paper-line")
            made.append(group([tick], f"{record.n}. {record.source.text}", data_event=record.n))
    return made


def _label(
    run: Run, one: Stretch, x1: float, x2: float, middle: float, axis: Axis
) -> list[Element]:
    """The title, where, and who: beside the bar, where there is more room."""
    right, left = axis.right - x2 - 12, x1 - axis.left - 12
    behind = right >= min(left, 330.0) or right > 420
    room = min(right if behind else left, 420.0)
    x, anchor = (x2 + 12, "start") if behind else (x1 - 12, "end")
    if room < LEAST_LABEL:
        return []
    title = shortened(one.title or f"Events {one.first} to {one.last}", 12, room, True)
    where = ", ".join(name_of(run, p) for p, _ in one.places.most_common(2))
    who = ", ".join(name_of(run, p) for p, _ in one.people.most_common(4))
    more = len(one.people) - 4
    who += f" +{more}" if more > 0 else ""
    return [
        words(x, middle - 10, title, "strong halo", text_anchor=anchor),
        words(
            x,
            middle + 5,
            shortened(where, SIZES["fine"], room),
            "fine italic halo",
            text_anchor=anchor,
        ),
        words(
            x,
            middle + 19,
            shortened(who, SIZES["fine"], room),
            "fine quiet halo",
            text_anchor=anchor,
        ),
    ]
