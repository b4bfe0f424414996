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
from fabula.draw.irony import Irony, ironies
from fabula.draw.knowledge import Knows, Minds, Spell
from fabula.draw.measure import shortened, text_width
from fabula.draw.minds_cells import hatching
from fabula.draw.picture import Look, Picture
from fabula.draw.svg import Element, element, group, words
from fabula.language.questions import statement
from fabula.language.say import fact_words, thing_words
from fabula.model import formula as f

NAMES = 176.0
ROW = 32.0
PEOPLE = 18
MOST_IRONIES = 8
BAR = 14.0


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


# dramatic irony


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
