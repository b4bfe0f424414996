"""Scenes in story time: which comes after which, which may be at the same time, and what lies further back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from fabula.draw.knowledge import Minds
from fabula.draw.picture import Look
from fabula.engine.records import EventRecord
from fabula.engine.vocabulary import NOTHING
from fabula.language.times import told_of
from fabula.model import formula as f
from fabula.model.story import Stated
from fabula.model.world import OUTSIDE, WHO

MOST = 44
"""How many stretches are drawn; of a longer story neighbours are put together."""


@dataclass(slots=True)
class Stretch:
    """Events of one scene without a break in time between them; ``rank`` is where in story time it begins.

    ``phrase`` are the time words it begins with, ``shift`` where they lead: back (-1), nowhere (0), on (1), None.
    """

    scene: int
    title: str
    events: list[EventRecord]
    phrase: str = ""
    shift: int | None = None
    rank: int = 0
    people: Counter[str] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)

    @property
    def first(self) -> int:
        return self.events[0].n

    @property
    def last(self) -> int:
        return self.events[-1].n


@dataclass(frozen=True, slots=True)
class Past:
    """What is said to have been before the story begins, and the events in which somebody tells of it."""

    text: str
    told: tuple[int, ...]


def stretches(known: Minds, look: Look) -> list[Stretch]:
    """The stretches of what is shown in the order of telling, with their place in story time."""
    found = _cut(known, look)
    for one in found:
        _fill(known, one)
    if look.people is not None:
        chosen = set(look.people)
        found = [one for one in found if chosen & one.people.keys()]
    _rank(found)
    return _few(found)


def _cut(known: Minds, look: Look) -> list[Stretch]:
    found: list[Stretch] = []
    scenes = known.run.model.scenes
    for record in known.run.records:
        if not look.has(record.n):
            continue
        scene = record.source.scene
        told = told_of(record.source.text)
        if not found or found[-1].scene != scene or (told is not None and told != _told(found[-1])):
            title = scenes[scene - 1] if 0 < scene <= len(scenes) else ""
            phrase, shift = told if told is not None else ("", None)
            found.append(Stretch(scene, title, [record], phrase, shift))
        else:
            found[-1].events.append(record)
    return found


def _told(one: Stretch) -> tuple[str, int] | None:
    return (one.phrase, one.shift) if one.shift is not None and len(one.events) == 1 else None


def _fill(known: Minds, one: Stretch) -> None:
    """Who takes part in a stretch, and where."""
    people = set(known.people)
    runner = known.runner
    for record in one.events:
        here = dict.fromkeys(a for _, args in record.groundings for a in args if a in people)
        one.people.update(p for p in here if known.deaths.get(p, record.ended) >= record.before)
        doer = record.groundings[0][1][0] if record.groundings and record.groundings[0][1] else None
        place = runner.place_of(doer, record.ended) if doer in people and doer is not None else None
        if place is not None and place not in (OUTSIDE, NOTHING):
            one.places[place] += 1


def _rank(found: list[Stretch]) -> None:
    """Where each begins in story time: as its words say, else after all that anybody in it did before.

    Two that share nobody, with no word between them that time has passed, may be at the same time.
    """
    latest: dict[str, int] = {}
    floor, top, low = 0, -1, 0
    before: Stretch | None = None
    for one in found:
        after = max((latest[p] + 1 for p in one.people if p in latest), default=floor)
        if one.shift == 1:
            one.rank = floor = top + 1
        elif one.shift == 0 and before is not None:
            one.rank = before.rank
        elif one.shift == -1:
            low -= 1
            one.rank = low
            continue  # what it tells is over when the story goes on
        else:
            one.rank = max(after, floor)
        top = max(top, one.rank)
        for person in one.people:
            latest[person] = max(latest.get(person, one.rank), one.rank)
        before = one


def _few(found: list[Stretch]) -> list[Stretch]:
    """Neighbours put together, until there are few enough to be seen."""
    if len(found) <= MOST:
        return found
    size = -(-len(found) // MOST)
    made: list[Stretch] = []
    for at in range(0, len(found), size):
        group = found[at : at + size]
        first, last = group[0], group[-1]
        title = first.title if first.title == last.title else f"{first.title} … {last.title}"
        joined = Stretch(first.scene, title, [r for one in group for r in one.events])
        joined.phrase, joined.shift, joined.rank = first.phrase, first.shift, at
        for one in group:
            joined.people.update(one.people)
            joined.places.update(one.places)
        made.append(joined)
    return made


def past(known: Minds) -> list[Past]:
    """What was before the story begins, in the order of the text."""
    run = known.run
    told: dict[f.Formula, list[int]] = {}
    for record in run.records:
        for arg in record.happening.args:
            content = run.model.world.contents.get(arg) if isinstance(arg, str) else None
            if content is not None and content.formula is not None and content.mode == "that":
                for part in f.conjuncts(content.formula):
                    told.setdefault(_plain(known, part), []).append(record.n)
    found: dict[str, Past] = {}
    for step in run.model.steps:
        if isinstance(step, Stated) and step.before and not isinstance(step.formula, f.Believes):
            numbers = dict.fromkeys(
                n for part in f.conjuncts(step.formula) for n in told.get(_plain(known, part), ())
            )
            found.setdefault(step.source.text, Past(step.source.text, tuple(numbers)))
    return list(found.values())


def _plain(known: Minds, formula: f.Formula) -> f.Formula:
    """A fact of whoever bears a name, as one of him."""

    def of(term: f.Term) -> f.Term:
        match term:
            case f.Value(fluent, (f.Const(name),)) if fluent == WHO:
                return f.Const(known.run.words.names.get(name, name))
        return term

    match formula:
        case f.Equals(f.Value(fluent, args), right):
            return f.Equals(f.Value(fluent, tuple(of(a) for a in args)), right)
    return formula
