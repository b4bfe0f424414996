"""Dramatic irony along time: who is in danger and does not know it, and how that ends."""

from __future__ import annotations

from fabula.draw.frame import (
    MARGIN,
    SIZES,
    WIDTH,
    Axis,
    axis_of,
    box,
    event_numbers,
    key,
    line,
    name_of,
    scene_rules,
    sentence,
)
from fabula.draw.irony import Irony, ironies
from fabula.draw.knowledge import Minds
from fabula.draw.measure import shortened, text_width
from fabula.draw.minds_cells import BAR, NAMES, hatching
from fabula.draw.picture import Look
from fabula.draw.svg import Element, element, group, words
from fabula.language.say import thing_words

MOST_IRONIES = 8


def irony_panel(known: Minds, look: Look, until: int, y: float) -> tuple[list[Element], float]:
    """What the reader knows, and who is in danger does not, along time; nothing where there is no such thing."""
    found = ironies(known, until, MOST_IRONIES)
    if look.people is not None:
        found = [i for i in found if i.person in look.people]
    found = [i for i in found if look.start is None or i.until_n >= look.start or not i.end]
    if not found:
        return [], y
    run = known.run
    made: list[Element] = [words(MARGIN, y + 6, "Dramatic irony", "heading gold")]
    made.append(
        words(
            MARGIN + text_width("Dramatic irony", 20, True) + 16,
            y + 6,
            "What the reader knows, and who is in danger does not.",
            "lead quiet",
        )
    )
    signs, y = key(MARGIN, y + 30, _irony_key())
    made += signs
    axis = axis_of(run, look, MARGIN + NAMES, WIDTH - MARGIN)
    row = 46.0
    bottom = y + 34 + row * len(found)
    made += scene_rules(run, axis, y + 4, bottom)
    y += 34
    for irony in found:
        made += _irony(known, irony, axis, y)
        y += row
    made += event_numbers(axis, bottom + 16)
    return made, bottom + 20


def _irony_key() -> list[tuple[list[Element], float, str]]:
    texts = {
        "killed": "until it kills",
        "wounded": "until it wounds",
        "finds out": "until it is found out",
        "over": "until the danger is over",
    }
    bar = [*_irony_bar(0, 0, 40)]
    return [
        (bar, 40.0, "in danger, and not knowing it"),
        *(([end_sign(end, 8, 0)], 18.0, text) for end, text in texts.items()),
    ]


def _irony_bar(x1: float, y: float, x2: float) -> list[Element]:
    top = y - BAR / 2
    return [
        box(x1, top, x2 - x1, BAR, "gold-line none", 2),
        *hatching(x1, top, x2 - x1, BAR, "gold-line", 7),
    ]


def end_sign(end: str, x: float, y: float) -> Element:
    """How a danger nobody told him of ended: drawn, so that no font has to have it."""
    match end:
        case "killed":
            return element(
                "g",
                [
                    line(x, y - 9, x, y + 9, "ink-line"),
                    line(x - 5, y - 3, x + 5, y - 3, "ink-line"),
                ],
            )
        case "wounded":
            return element(
                "g",
                [
                    line(x - 5, y - 5, x + 5, y + 5, "ink-line"),
                    line(x - 5, y + 5, x + 5, y - 5, "ink-line"),
                ],
            )
        case "finds out":
            return element(
                "g",
                [
                    element("circle", cx=x, cy=y, r=6, kind="ink-line"),
                    element("circle", cx=x, cy=y, r=2.5, kind="ink-fill"),
                ],
            )
        case "over":
            return box(x - 4, y - 4, 8, 8, "ink-fill")
    return line(x - 5, y, x + 5, y, "ink-line dotted")


def _irony(known: Minds, irony: Irony, axis: Axis, y: float) -> list[Element]:
    run = known.run
    name = name_of(run, irony.person)
    x1, x2 = axis.x(irony.since_n), axis.x(irony.until_n)
    if irony.until_n < axis.first or irony.since_n > axis.last:
        x2 = x1
    x2 = max(x2, x1 + 6)
    middle = y + 30
    who = sentence(thing_words(run.words, irony.person))
    ends = {
        "killed": "is killed",
        "wounded": "is wounded",
        "finds out": "finds out",
        "over": "the danger is over",
        "": "it goes on",
    }
    many = run.model.world.things[irony.person].plural
    says = f"{sentence(irony.words)}, and {thing_words(run.words, irony.person)} {'do' if many else 'does'} not know"
    until = f"; at event {irony.until_n}: {ends[irony.end]}" if irony.end else ""
    text = sentence(irony.words)
    room = axis.right - axis.left
    text = shortened(text, SIZES["fine"], room)
    wide = text_width(text, SIZES["fine"])
    start = min(x1, axis.right - wide)
    numbers = (
        f"{irony.since_n or 'start'} to {irony.until_n}"
        if irony.end
        else f"from {irony.since_n or 'start'}"
    )
    behind = x2 + 18
    anchor, at = (
        ("start", behind) if behind + text_width(numbers, 10) <= axis.right else ("end", x1 - 6)
    )
    if anchor == "end" and at - text_width(numbers, 10) < axis.left:
        numbers = ""
    parts = [
        words(start, y + 16, text, "fine halo"),
        *_irony_bar(x1, middle, x2),
    ]
    if irony.end:
        parts.append(end_sign(irony.end, x2 + 8, middle))
    if numbers:
        parts.append(words(at, middle + 4, numbers, "small halo", text_anchor=anchor))
    return [
        line(MARGIN, y, WIDTH - MARGIN, y, "rule"),
        group(
            [words(MARGIN, middle + 4, shortened(who, 12, NAMES - 14, True), "strong")],
            who,
            data_person=name,
        ),
        group(parts, f"{says}{until}.", data_person=name, data_event=irony.since_n or None),
    ]
