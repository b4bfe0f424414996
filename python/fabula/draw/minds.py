"""The picture of minds: who knows what, who does not, who is wrong, and since which event."""

from __future__ import annotations

from fabula.draw import minds_bands
from fabula.draw.frame import (
    MARGIN,
    SIZES,
    WIDTH,
    heading,
    key,
    line,
    name_of,
    sentence,
)
from fabula.draw.knowledge import ALIVE, Knows, Minds, minds_of
from fabula.draw.measure import in_lines, shortened, text_width
from fabula.draw.minds_cells import NAMES, cell
from fabula.draw.minds_irony import irony_panel
from fabula.draw.notable import Fact, notable
from fabula.draw.picture import Look, Picture
from fabula.draw.svg import Element, element, group, words
from fabula.engine.running import Run
from fabula.language.say import thing_words
from fabula.model import formula as f

PEOPLE, FACTS, FEWEST = 14, 13, 9
"""How many people and facts are shown where nobody says which."""
ROW = 34.0


def minds(run: Run, look: Look) -> Picture:
    """People down, facts across; with ``look.fact`` time across for this fact, with ``look.eyes`` as one takes it.

    Raises ValueError where the fact cannot be read.
    """
    known = minds_of(run)
    until = end_of(known, look)
    if look.fact is not None:
        return minds_bands.one_fact(known, look, until)
    if look.eyes is not None:
        return _table(known, look, until, look.eyes)
    return _table(known, look, until, None)


def end_of(known: Minds, look: Look) -> int:
    """The kernel's time at the end of what is shown."""
    if look.end is None:
        return known.runner.timeline.now
    shown = [r.ended for r in known.records if r.n <= look.end]
    return max(shown, default=known.begin)


def people_of(known: Minds, look: Look, most: int = PEOPLE) -> list[str]:
    """Whose minds are shown."""
    if look.people is not None:
        return [p for p in look.people if p in known.people]
    return known.cast(most)


def _table(known: Minds, look: Look, until: int, eyes: str | None) -> Picture:
    run = known.run
    cast = people_of(known, look)
    facts = _that_fit(notable(known, cast, until, FACTS))
    rows = [p for p in cast if p != eyes]
    title = run.model.title
    if eyes is None:
        title = f"{title}: who knows what"
        says = "A number is the event since which it is so; no number, from the beginning."
    else:
        whose = thing_words(run.words, eyes)
        title = f"{title}: what {whose} believes that the others know"
        says = (
            f"The others' minds as {whose} takes them to be; crossed out where they are otherwise."
        )
    body, top = heading(title, says)
    signs, top = key(MARGIN, top + 8, _key(eyes is not None))
    body += signs
    if not rows or not facts:
        body.append(words(MARGIN, top + 40, "There is nothing on which people differ.", "lead"))
        return _picture(title, says, top + 80, body)
    width = (WIDTH - 2 * MARGIN - NAMES) / max(len(facts), 6)
    columns = [in_lines(sentence(fact.words), SIZES["fine"], width - 6, 9) for fact in facts]
    deep = max(len(lines) for lines in columns) * 13.0
    base = top + 14 + deep
    for at, (fact, lines) in enumerate(zip(facts, columns, strict=True)):
        x = MARGIN + NAMES + at * width
        texts = [
            words(
                x + width / 2, base - 13 * (len(lines) - 1 - k), text, "fine", text_anchor="middle"
            )
            for k, text in enumerate(lines)
        ]
        body.append(group(texts, sentence(fact.words) + "."))
    y = base + 14
    for person in rows:
        body += _row(known, person, facts, y, width, until, eyes)
        y += ROW
    y += 6
    if eyes is None:
        panel, y = irony_panel(known, look, until, y + 26)
        body += panel
    return _picture(title, says, y + 30, body)


def _that_fit(ranked: list[Fact]) -> list[Fact]:
    """As many facts as have room for their longest words, in the order in which they were settled."""
    room = WIDTH - 2 * MARGIN - NAMES
    chosen = ranked
    while len(chosen) > FEWEST and room / len(chosen) < 8 + max(
        text_width(word, SIZES["fine"]) for fact in chosen for word in sentence(fact.words).split()
    ):
        chosen = chosen[:-1]
    return sorted(chosen, key=lambda fact: fact.since)


def _row(
    known: Minds,
    person: str,
    facts: list[Fact],
    y: float,
    width: float,
    until: int,
    eyes: str | None,
) -> list[Element]:
    run = known.run
    middle = y + ROW / 2
    name = name_of(run, person)
    dead = known.deaths.get(person)
    died = dead is not None and dead <= until
    mark = f"† {known.n_of(dead) or ''}".rstrip() if died and dead is not None else ""
    room = NAMES - 14 - (text_width(mark, SIZES["fine"]) + 8 if mark else 0)
    made = [
        line(MARGIN, y, WIDTH - MARGIN, y, "rule"),
        group(
            [words(MARGIN, middle + 4, shortened(sentence(name), 12, room, True), "strong")],
            sentence(name),
            data_person=name,
        ),
    ]
    if mark:
        made.append(words(MARGIN + NAMES - 12, middle + 4, mark, "fine quiet", text_anchor="end"))
    for at, fact in enumerate(facts):
        x = MARGIN + NAMES + at * width + 4
        sign, says, n = (
            _plain(known, person, fact, width - 8, until)
            if eyes is None
            else _seen(known, eyes, person, fact, width - 8, until)
        )
        made.append(
            group(
                sign,
                says,
                transform=f"translate({x:.1f} {middle:.1f})",
                data_person=name,
                data_event=n or None,
            )
        )
    return made


def _plain(
    known: Minds, person: str, fact: Fact, width: float, until: int
) -> tuple[list[Element], str, int]:
    """How somebody stands to a fact: its sign, a sentence, and the event since which."""
    spells = known.spells(fact.formula, (person,), until)
    last = spells[-1]
    who = sentence(thing_words(known.run.words, person))
    if person in known.deaths and fact.formula == dying(person):
        end = [words(width / 2, 4, "†", "fine quiet", text_anchor="middle")]
        return end, f"{who} is dead{_since(known.n_of(known.deaths[person]))}.", 0
    if last.knows is Knows.YES and last.holds is False and person in known.deaths:
        return cell(width, Knows.NO, ""), f"{who} died before it was so that {fact.words}.", 0
    before = [s.knows for s in spells[:-1]]
    corrected = last.knows is Knows.YES and Knows.WRONG in before
    says = f"{who} {_verb(known, person, last.knows)} that {fact.words}{_since(last.n)}."
    if corrected:
        says += " Before, that was taken to be otherwise."
    since = str(last.n) if last.n else ""
    return cell(width, last.knows, since, corrected), says, last.n


def dying(person: str) -> f.Formula:
    """That somebody is dead."""
    return f.truth(ALIVE, f.Const(person), value=False)


def _seen(
    known: Minds, eyes: str, person: str, fact: Fact, width: float, until: int
) -> tuple[list[Element], str, int]:
    """What one takes another's mind to hold of a fact; crossed out where it holds something else."""
    inner = known.spells(fact.formula, (eyes, person), until)
    last = inner[-1]
    real = known.spells(fact.formula, (person,), until)[-1]
    one, other = (sentence(thing_words(known.run.words, p)) for p in (eyes, person))
    holds = {True: "knows", False: "thinks it false", None: "knows nothing of it"}
    says = (
        f"{fact.words}: {one} takes it that {other} {holds[last.holds]}{_since(last.n)}; "
        f"in truth {other} {holds[real.holds]}."
    )
    if last.holds is None:
        sign = cell(width, Knows.NO, "")
        if real.holds is not None:
            sign.append(_unseen(width))
    elif last.holds is not real.holds:
        sign = cell(width, Knows.WRONG, str(last.n) if last.n else "")
    else:
        kind = Knows.OPEN if last.knows is Knows.WRONG else last.knows
        sign = cell(width, kind, str(last.n) if last.n else "")
    return sign, sentence(says), last.n


def _unseen(width: float) -> Element:
    """The sign of a view that somebody has, and that one who is asked about him knows nothing of."""
    return element("circle", cx=width / 2, cy=0, r=4, kind="ink-line")


def _verb(known: Minds, person: str, knows: Knows) -> str:
    """How somebody stands to what follows, as a verb in the right number."""
    many = known.run.model.world.things[person].plural
    return {
        Knows.YES: "know" if many else "knows",
        Knows.NO: "do not know" if many else "does not know",
        Knows.WRONG: "do not believe" if many else "does not believe",
        Knows.OPEN: "have a view of whether, and nobody says whether it is so,"
        if many
        else "has a view of whether, and nobody says whether it is so,",
    }[knows]


def _since(n: int) -> str:
    return f" (since event {n})" if n else " (from the beginning)"


def _key(second: bool) -> list[tuple[list[Element], float, str]]:
    if second:
        return [
            (cell(34, Knows.YES, "12"), 34.0, "is taken to know it, since event 12"),
            (cell(34, Knows.OPEN, "12"), 34.0, "is taken to be wrong"),
            (cell(34, Knows.NO, ""), 34.0, "is not taken to know"),
            ([*cell(34, Knows.NO, ""), _unseen(34)], 34.0, "and yet has a view of it"),
            (cell(34, Knows.WRONG, "12"), 34.0, "in truth it is otherwise"),
        ]
    return [
        (cell(34, Knows.YES, "12"), 34.0, "knows, since event 12"),
        (cell(34, Knows.NO, ""), 34.0, "does not know"),
        (cell(34, Knows.WRONG, "12"), 34.0, "is wrong"),
        (cell(34, Knows.YES, "12", True), 34.0, "knows, and was wrong before"),
        ([words(4, 4, "†", "quiet")], 14.0, "dead: what was known until then"),
    ]


def _picture(title: str, says: str, height: float, body: list[Element]) -> Picture:
    return Picture(title, says, WIDTH, height, tuple(body))
