"""Who is where at which event, and what befalls them: what the ways are drawn from."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from fabula.draw.picture import Look
from fabula.draw.roles import roles_of
from fabula.draw.ways_places import Houses, leave_late, places_of, whole
from fabula.engine.records import EventRecord
from fabula.engine.running import Run
from fabula.model import formula as f
from fabula.model.world import GROUP, PERSON

MOST_PEOPLE = 25
"""So many people are drawn where nobody is chosen."""
COLOURED = 10
WOUNDED = "wounded"
SHORTLY = 20
"""Who does nothing for longer than so many events of a scene is off the stage meanwhile."""


@dataclass(frozen=True, slots=True)
class Stay:
    """Where somebody is: ``place`` by id, None on the way or where nobody knows; ``house``: the place around it.

    ``stage``: whether he has a part in the scene.
    """

    place: str | None
    house: str | None
    stage: bool


@dataclass(slots=True)
class Step:
    """Events, one after the other, during which nobody moves; who is drawn, and where he is."""

    first: int
    last: int
    scene: int
    stays: dict[str, Stay]

    @property
    def events(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is drawn: ``rank`` by the number of events he has a part in, 0 the most.

    ``colour``: of the theme, which the first few single people have.
    """

    id: str
    name: str
    rank: int
    colour: int | None
    group: bool
    parts: int


@dataclass(slots=True)
class Ways:
    """All that is drawn. ``deaths`` and ``wounds``: who, and at which events; ``texts``: the events' sentences."""

    people: dict[str, Person]
    steps: list[Step] = field(default_factory=list)
    deaths: dict[str, int] = field(default_factory=dict)
    losses: list[tuple[str, int]] = field(default_factory=list)
    wounds: list[tuple[str, int]] = field(default_factory=list)
    texts: dict[int, str] = field(default_factory=dict)
    statuses: dict[int, str] = field(default_factory=dict)
    left_out: int = 0


def ways_of(run: Run, look: Look) -> Ways:
    """Who is where, step by step, in what is to be shown."""
    records = [r for r in run.records if look.has(r.n)]
    parts = {r.n: _people_of(run, r) for r in records}
    people, left_out = _cast(run, look, parts)
    found = Ways(people, left_out=left_out)
    found.texts = {r.n: r.source.text for r in records}
    found.statuses = {r.n: r.status for r in records}
    for record in records:
        _fates(run, record, found)
    _put(run, records, parts, found)
    return found


def _people_of(run: Run, record: EventRecord) -> frozenset[str]:
    """Who has a part in an event; part of a group counts as the group."""
    acting = [args for _, args in record.groundings]
    things = run.model.world.things
    return frozenset(
        whole(run, one)
        for args in acting
        for one in args
        if one in things and run.words.is_a(one, PERSON)
    )


def _cast(run: Run, look: Look, parts: dict[int, frozenset[str]]) -> tuple[dict[str, Person], int]:
    """Who is drawn, in the order they come in; and how many have a part and are not."""
    counts = Counter(one for here in parts.values() for one in sorted(here))
    first: dict[str, int] = {}
    for n, here in parts.items():
        for one in sorted(here):
            first.setdefault(one, n)
    things = run.model.world.things
    alive = [one for one in counts if not _dead_before(run, one, first[one])]
    ranked = sorted(alive, key=lambda one: (-counts[one], first[one], one))
    if look.people is not None:
        wanted = {whole(run, one) for one in look.people}
        chosen = [one for one in ranked if one in wanted]
    else:
        chosen = [one for one in ranked if counts[one] > 1 or things[one].proper][:MOST_PEOPLE]
    single = [one for one in chosen if not _is_group(run, one)]
    coloured = {one: at for at, one in enumerate(single[:COLOURED])}
    entering = sorted(chosen, key=lambda one: (first[one], chosen.index(one)))
    return {
        one: Person(
            one,
            _name(run, one),
            chosen.index(one),
            coloured.get(one),
            _is_group(run, one),
            counts[one],
        )
        for one in entering
    }, len(counts) - len(chosen)


def _is_group(run: Run, person: str) -> bool:
    return run.words.is_a(person, GROUP) or run.model.world.things[person].plural


def _name(run: Run, person: str) -> str:
    """What somebody is called in a picture, with no article: "El", where that is the name used."""
    thing = run.model.world.things[person]
    label = thing.label
    return label.removeprefix("the ") if label.startswith("the ") else label


def _dead_before(run: Run, person: str, n: int) -> bool:
    record = next(r for r in run.records if r.n == n)
    return run.runner.held("alive", (person,), record.before) is False


def _fates(run: Run, record: EventRecord, found: Ways) -> None:
    """Notes who dies of an event and who is wounded."""
    runner = run.runner
    numbers = runner.compiled.numbers.fluents
    alive, wounded = numbers.get("alive"), numbers.get(WOUNDED)
    for time in range(record.before + 1, record.ended + 1):
        for fluent, args, _old, new in runner.timeline.changes(time, []):
            if fluent == alive and new is False:
                one = runner.name(args[0])
                if one in found.people:
                    found.deaths.setdefault(one, record.n)
                elif (group := whole(run, one)) in found.people:
                    found.losses.append((group, record.n))
            elif fluent == wounded and new is True:
                _note_wound(run, runner.name(args[0]), record.n, found)
    for thing in _set_true(run, record, WOUNDED):  # also who is wounded already
        _note_wound(run, thing, record.n, found)
    found.losses = [(who, n) for who, n in found.losses if found.deaths.get(who) != n]


def _note_wound(run: Run, thing: str, n: int, found: Ways) -> None:
    """Notes a wound of somebody, or of a part of him."""
    hurt = run.model.world.things.get(thing)
    one = whole(run, (hurt.owner if hurt is not None else None) or thing)
    if one in found.people and (one, n) not in found.wounds:
        found.wounds.append((one, n))


def _set_true(run: Run, record: EventRecord, fluent: str) -> Iterator[str]:
    """Of what an event makes a property so, whether or not it was so before."""
    action = run.model.world.actions.get(record.happening.action)
    if action is None or record.happening.attempt:
        return
    for binding in roles_of(run, record):
        todo = list(action.effects)
        while todo:
            match todo.pop():
                case f.Assign(ident_, (f.Var(role),), f.Lit(True), ()) if ident_ == fluent:
                    term = binding.get(role)
                    if isinstance(term, f.Const):
                        yield term.thing
                case f.If(condition, effects):
                    known = f.substitute(condition, binding)
                    if not f.variables(known) and run.runner.truth(known, record.before) is True:
                        todo += effects


def _put(
    run: Run,
    records: Sequence[EventRecord],
    parts: dict[int, frozenset[str]],
    found: Ways,
) -> None:
    """Makes the steps."""
    scenes = [record.source.scene for record in records]
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    on_stage = {one: bytearray(len(records)) for one in found.people}
    for at, record in enumerate(records):
        start = max(bisect_left(scenes, scenes[at], 0, at), at - SHORTLY)
        end = min(bisect_right(scenes, scenes[at], at), at + SHORTLY + 1)
        for one in parts[record.n]:
            if one in on_stage:
                first.setdefault(one, at)
                last[one] = bisect_right(scenes, scenes[at], at) - 1
                on_stage[one][start:end] = b"\1" * (end - start)
    dies = {record.n: at for at, record in enumerate(records)}
    for one, n in found.deaths.items():
        last[one] = min(last[one], dies[n])
    places = list(places_of(run, records, found.people))
    for one in found.people:
        leave_late(places, scenes, one, first[one], last[one])
    houses = Houses(run)
    begun = 0
    for at in range(len(records)):
        if at + 1 < len(records) and scenes[at + 1] == scenes[at]:
            here, there = places[at], places[at + 1]
            if here is there or not any(
                here[one] != there[one] and first[one] <= at < last[one] for one in found.people
            ):
                continue
        stays: dict[str, Stay] = {}
        for one in found.people:
            if first[one] <= at and last[one] >= begun:
                place = places[max(begun, first[one])][one]
                stage = 1 in on_stage[one][begun : at + 1]
                stays[one] = Stay(place, houses.house(place), stage)
        found.steps.append(Step(records[begun].n, records[at].n, scenes[at], stays))
        begun = at + 1
