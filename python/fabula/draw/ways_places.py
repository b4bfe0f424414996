"""Where people are, event by event, as the ways show it: in places that stand still, or on the way."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from fabula.engine.records import EventRecord
from fabula.engine.running import Run
from fabula.model.world import LOCATION, PERSON, PLACE, SURROUNDINGS

BRIEFLY = 3
"""Who is on the way for no more events than this, within a scene, is drawn as if he left when he arrives."""
REGION, VEHICLE = "region", "vehicle"
"""Kinds of the library."""


def whole(run: Run, person: str) -> str:
    """The group that somebody is a part of, or he himself."""
    while person in run.words.parts:
        person = run.words.parts[person]
    return person


def places_of(
    run: Run, records: Sequence[EventRecord], people: Collection[str]
) -> Iterator[dict[str, str | None]]:
    """Where everybody is after each event: the nearest place that stands still, None on the way."""
    runner = run.runner
    location = runner.compiled.numbers.fluents.get(LOCATION)
    members: dict[str, list[str]] = {}
    for part in run.words.parts:
        members.setdefault(whole(run, part), []).append(part)
    things = run.model.world.things
    persons = {t for t in things if run.words.is_a(t, PERSON)}
    bearing = {t for t in things if t in persons or run.words.is_a(t, PLACE)}
    movable = _movable(run, records)
    now: dict[str, str | None] = {}
    moved_last: dict[str, str] = {}
    holding: set[str] = set()  # people are in them, though they are no places
    carried = False
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
            alone = done >= 0 and not carried and moved <= persons
            fresh = dict(now)
            for one in people:
                if alone and one not in moved and moved.isdisjoint(members.get(one, ())):
                    continue  # whoever moved took nobody along
                who = moved_last.get(one, one)
                for part in members.get(one, ()):
                    if part in moved and runner.held("alive", (part,), record.ended) is not False:
                        who = moved_last[one] = part
                fresh[one] = _standing(run, who, record.ended, movable)
                around = runner.thing_at(LOCATION, who, record.ended)
                carried = carried or around in persons
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


def leave_late(
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


def bare(place: str) -> str:
    """The words for a place as they stand in the picture: with no article."""
    return place.removeprefix("the ").removeprefix("The ")
