"""Who is where at which event, and what befalls them: what the ways are drawn from."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from fabula.draw.picture import Look
from fabula.engine.records import EventRecord
from fabula.engine.running import Run
from fabula.language.say import thing_words
from fabula.model.world import GROUP, LOCATION, PERSON, PLACE, SURROUNDINGS

MOST_PEOPLE = 25
"""So many people are drawn where nobody is chosen."""
COLOURED = 10
BRIEFLY = 3
"""Who is on the way for no more events than this, within a scene, is drawn as if he left when he arrives."""
SHORTLY = 20
"""Who does nothing for longer than so many events of a scene is off the stage meanwhile."""
REGION, VEHICLE = "region", "vehicle"
"""Kinds of the library."""


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
        _whole(run, one)
        for args in acting
        for one in args
        if one in things and run.words.is_a(one, PERSON)
    )


def _whole(run: Run, person: str) -> str:
    while person in run.words.parts:
        person = run.words.parts[person]
    return person


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
        wanted = {_whole(run, one) for one in look.people}
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
    alive, wounded = numbers.get("alive"), numbers.get("wounded")
    for time in range(record.before + 1, record.ended + 1):
        for fluent, args, _old, new in runner.timeline.changes(time, []):
            if fluent == alive and new is False:
                one = runner.name(args[0])
                if one in found.people:
                    found.deaths.setdefault(one, record.n)
                elif (whole := _whole(run, one)) in found.people:
                    found.losses.append((whole, record.n))
            elif fluent == wounded and new is True:
                hurt = run.model.world.things.get(runner.name(args[0]))
                owner = hurt.owner if hurt is not None else None
                one = _whole(run, owner or runner.name(args[0]))
                if one in found.people and (one, record.n) not in found.wounds:
                    found.wounds.append((one, record.n))
    found.losses = [(who, n) for who, n in found.losses if found.deaths.get(who) != n]


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
    places = list(_places(run, records, found.people))
    for one in found.people:
        _leave_late(places, scenes, one, first[one], last[one])
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


def _places(
    run: Run, records: Sequence[EventRecord], people: dict[str, Person]
) -> Iterator[dict[str, str | None]]:
    """Where everybody is after each event: the nearest place that stands still, None on the way."""
    runner = run.runner
    location = runner.compiled.numbers.fluents.get(LOCATION)
    members: dict[str, list[str]] = {}
    for part in run.words.parts:
        members.setdefault(_whole(run, part), []).append(part)
    things = run.model.world.things
    bearing = {t for t in things if run.words.is_a(t, PERSON) or run.words.is_a(t, PLACE)}
    movable = _movable(run, records)
    now: dict[str, str | None] = {}
    moved_last: dict[str, str] = {}
    holding: set[str] = set()  # people are in them, though they are no places
    done = -1
    for record in records:
        moved: set[str] = set()
        if done >= 0:
            for time in range(done + 1, record.ended + 1):
                for fluent, args, _old, _new in runner.timeline.changes(time, []):
                    if fluent == location:
                        moved.add(runner.name(args[0]))
        moved &= bearing | holding
        if done < 0 or moved:
            fresh: dict[str, str | None] = {}
            for one in people:
                who = moved_last.get(one, one)
                for part in members.get(one, ()):
                    if part in moved and runner.held("alive", (part,), record.ended) is not False:
                        who = moved_last[one] = part
                fresh[one] = _standing(run, who, record.ended, movable)
                around = runner.thing_at(LOCATION, who, record.ended)
                while around is not None and around not in bearing and around not in holding:
                    holding.add(around)
                    around = runner.thing_at(LOCATION, around, record.ended)
            now = fresh
        done = record.ended
        yield now


def _movable(run: Run, records: Sequence[EventRecord]) -> frozenset[str]:
    """What people travel in: vehicles, and other places that are somewhere else later on."""
    things, runner = run.model.world.things, run.runner
    found = {t for t in things if run.words.is_a(t, PLACE) and run.words.is_a(t, VEHICLE)}
    location = runner.compiled.numbers.fluents.get(LOCATION)
    for record in records:
        for time in range(record.before + 1, record.ended + 1):
            for fluent, args, old, new in runner.timeline.changes(time, []):
                thing = runner.name(args[0]) if fluent == location else ""
                known = old is not None and new is not None
                if known and run.words.is_a(thing, PLACE) and not run.words.is_a(thing, PERSON):
                    found.add(thing)
    return frozenset(found)


def _standing(run: Run, who: str, time: int, movable: frozenset[str]) -> str | None:
    """The place around somebody that stands still; what he travels in, where that is between places."""
    place = run.runner.thing_at(SURROUNDINGS, who, time)
    while place is not None and place in movable:
        around = run.runner.thing_at(SURROUNDINGS, place, time)
        if around is None or run.words.is_a(around, REGION):
            return place
        place = around
    if place is None or run.words.is_a(place, REGION):
        return None
    return place


def _leave_late(
    places: list[dict[str, str | None]],
    scenes: Sequence[int],
    one: str,
    first: int,
    last: int,
) -> None:
    """Fills the short times on the way between two places of a scene."""
    at = first + 1
    while at <= last:
        if places[at][one] is not None or places[at - 1][one] is None:
            at += 1
            continue
        end = at
        while end <= last and places[end][one] is None:
            end += 1
        if end <= last and end - at <= BRIEFLY and scenes[end] == scenes[at]:
            for between in range(at, end):
                # others look at the same: what is changed is a copy
                places[between] = {**places[between], one: places[at - 1][one]}
        at = end


class Houses:
    """The outermost place, that is no region, around a place, at the end of the story."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.known: dict[str, str] = {}

    def house(self, place: str | None) -> str | None:
        """The place itself, where nothing but a region is around it."""
        if place is None:
            return None
        if place not in self.known:
            at, seen = place, {place}
            runner = self.run.runner
            while True:
                around = runner.thing_at(SURROUNDINGS, at, runner.timeline.now)
                if around is None or around in seen or self.run.words.is_a(around, REGION):
                    break
                seen.add(around)
                at = around
            self.known[place] = at
        return self.known[place]


def place_words(run: Run, place: str) -> str:
    """A place as it stands in the picture: with no article."""
    return thing_words(run.words, place).removeprefix("the ").removeprefix("The ")
