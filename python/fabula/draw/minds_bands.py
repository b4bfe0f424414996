"""Minds along time: one fact for each person, and dramatic irony, on an axis of events."""

from __future__ import annotations

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
    scene_rules,
    sentence,
)
from fabula.draw.knowledge import Knows, Minds, Spell
from fabula.draw.measure import shortened, text_width
from fabula.draw.minds_cells import BAR, NAMES, hatching
from fabula.draw.picture import Look, Picture
from fabula.draw.svg import Element, group, words
from fabula.language.questions import statement
from fabula.language.say import fact_words
from fabula.model import formula as f

ROW = 32.0
PEOPLE = 18


def one_fact(known: Minds, look: Look, until: int) -> Picture:
    """For each person a band: not known, known, wrong, with the event that changed it."""
    run = known.run
    assert look.fact is not None
    formula = statement(run.words, look.fact)
    said = sentence(fact_words(run.words, formula))
    title = f"{run.model.title}: {look.fact.strip().rstrip('.')}"
    says = "Who knows it, and since when. The first band is the world itself."
    body, top = heading(title, says)
    signs, top = key(MARGIN, top + 8, _key())
    body += signs
    axis = axis_of(run, look, MARGIN + NAMES, WIDTH - MARGIN)
    rows = _rows(known, look, until)
    bottom = top + 44 + ROW * (len(rows) + 1)
    body += scene_rules(run, axis, top + 6, bottom)
    y = top + 46
    body.append(words(MARGIN, y + ROW / 2 + 4, "What is so", "strong"))
    body += _world(known, formula, axis, y, until, said)
    for person, spells in rows:
        y += ROW
        body += _band(known, person, spells, axis, y, said, until)
    body += event_numbers(axis, bottom + 16)
    return Picture(title, says, WIDTH, bottom + 46, tuple(body))


def _rows(known: Minds, look: Look, until: int) -> list[tuple[str, list[Spell]]]:
    """The people who matter, and everybody who ever knew it or was wrong."""
    assert look.fact is not None
    if look.people is not None:
        chosen = [p for p in look.people if p in known.people]
        return [(p, views(known, p, look.fact, until)) for p in chosen]
    found: list[tuple[str, list[Spell]]] = []
    main = set(known.cast(8))
    for person in known.cast(len(known.people)):
        spells = views(known, person, look.fact, until)
        told = any(s.knows is not Knows.NO for s in spells)
        if person in main or told:
            found.append((person, spells))
    ranked = sorted(found, key=lambda row: row[0] not in main and len(row[1]) < 2)
    return ranked[:PEOPLE]


def views(known: Minds, person: str, fact: str, until: int) -> list[Spell]:
    """How somebody stands to a fact in words; names stand there for whomever he takes them to be."""
    return known.spells(statement(known.run.words, fact, person), (person,), until)


def _world(
    known: Minds, formula: f.Formula, axis: Axis, y: float, until: int, said: str
) -> list[Element]:
    made: list[Element] = []
    so = known.so(formula, until)
    for (time, value), after in zip(so, [*(t for t, _ in so[1:]), until], strict=True):
        x1, x2 = axis.x(known.n_of(time) if time > known.begin else 0), axis.x(known.n_of(after))
        if x2 <= x1 or value is None:
            continue
        kind = "quiet-fill" if value else "quiet-line none"
        text = f"{said}." if value else f"It is not so that {said}."
        made.append(group([box(x1, y + ROW / 2 - 3, x2 - x1, 6, kind)], text))
    return made


def _band(
    known: Minds, person: str, spells: list[Spell], axis: Axis, y: float, said: str, until: int
) -> list[Element]:
    name = name_of(known.run, person)
    middle = y + ROW / 2
    dead = known.deaths.get(person)
    stop = until if dead is None or dead > until else dead
    last = axis.x(known.n_of(stop))
    made = [
        line(MARGIN, y, WIDTH - MARGIN, y, "rule"),
        group(
            [words(MARGIN, middle + 4, shortened(sentence(name), 12, NAMES - 14, True), "strong")],
            sentence(name),
            data_person=name,
        ),
    ]
    free = 0.0
    for at, spell in enumerate(spells):
        x1 = axis.x(spell.n)
        x2 = axis.x(spells[at + 1].n) if at + 1 < len(spells) else last
        if x2 - x1 < 0.5:
            continue
        text = f"{sentence(name)} {spell.knows.value}: {said}"
        since = f" (since event {spell.n})." if spell.n else " (from the beginning)."
        parts = band(spell.knows, x1, middle, x2)
        number = str(spell.n)
        wide = text_width(number, SIZES["small"])
        if spell.n and x1 >= free:
            parts.append(words(x1 + 2, middle - BAR / 2 - 2, number, "small"))
            free = x1 + wide + 6
        made.append(group(parts, text + since, data_event=spell.n or None, data_person=name))
    if stop < until:
        made.append(words(last + 4, middle + 4, "†", "strong"))
    return made


def band(knows: Knows, x1: float, y: float, x2: float) -> list[Element]:
    """How somebody stands to a fact from one event to another: a line, a bar, or a crossed bar."""
    top = y - BAR / 2
    match knows:
        case Knows.NO:
            return [line(x1, y, x2, y, "quiet-line dotted")]
        case Knows.YES:
            return [box(x1, top, x2 - x1, BAR, "ink-fill", 2)]
        case Knows.OPEN:
            return [
                box(x1, top, x2 - x1, BAR, "quiet-line none", 2),
                *hatching(x1, top, x2 - x1, BAR),
            ]
        case Knows.WRONG:
            return [
                box(x1, top, x2 - x1, BAR, "accent-line none", 2),
                *_crosses(x1, top, x2 - x1),
            ]


def _crosses(x: float, top: float, width: float) -> list[Element]:
    """A row of crosses that fills a bar."""
    count = max(1, round(width / 18))
    step = width / count
    made: list[Element] = []
    for at in range(count):
        left = x + at * step
        made.append(line(left, top, left + step, top + BAR, "accent-line"))
        made.append(line(left, top + BAR, left + step, top, "accent-line"))
    return made


def _key() -> list[tuple[list[Element], float, str]]:
    return [
        (band(Knows.YES, 0, 0, 40), 40.0, "knows"),
        (band(Knows.NO, 0, 0, 40), 40.0, "does not know"),
        (band(Knows.WRONG, 0, 0, 40), 40.0, "is wrong"),
        (band(Knows.OPEN, 0, 0, 40), 40.0, "believes something that nobody else says"),
        ([words(4, 4, "†", "strong")], 14.0, "dies"),
    ]
