"""What a teller leaves out: that one took what he found, went along when somebody was led away, moved on while nobody looked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from fabula.engine.records import EventRecord, record_at
from fabula.engine.vocabulary import NOTHING
from fabula.model import formula as f
from fabula.model.story import Happening
from fabula.model.world import FURNITURE, LOCATION, PERSON, PLACE

if TYPE_CHECKING:
    from fabula.engine.runner import Runner

FINDING = frozenset({"find", "find in", "uncover", "search for"})
OFF_STAGE = 10
"""Of whom so many events in a row tell nothing, he may be anywhere that he is free to go to."""


def took_what_he_found(runner: Runner, thing: str, person: str) -> bool:
    """Whether somebody has found a thing that nobody has moved since: he may have taken it."""
    state = runner.compiled.state
    if state.is_a(thing, PLACE) or state.is_a(thing, FURNITURE):
        return False
    moved = _moved_by(runner, thing)
    for record in reversed(runner.records):
        if not isinstance(record, EventRecord):
            continue
        if record.happening.action in FINDING and not record.happening.attempt:
            args = record.happening.args
            if args[:1] == (person,) and thing in args[1:]:
                return True
        if record is moved:
            return False
    return False


def _moved_by(runner: Runner, thing: str) -> EventRecord | None:
    """The event by which a thing is where it is."""
    cause = runner.timeline.cause(
        runner.timeline.now, [], runner.fluent(LOCATION), [runner.number(thing)]
    )
    record = record_at(runner.records, cause)
    return record if isinstance(record, EventRecord) else None


def led_away_before_him(runner: Runner, person: str, other: str) -> bool:
    """Whether somebody was brought where he is by people who are not named, out of a place where this one was too."""
    moved = _moved_by(runner, other)
    if moved is None or moved.happening.args[:1] != (NOTHING,):
        return False
    before = moved.before
    place = runner.place_of(other, before)
    return place is not None and place == runner.place_of(person, before)


def off_stage(runner: Runner, person: str) -> bool:
    """Whether the last events tell nothing of somebody, so that he may have gone elsewhere meanwhile."""
    seen = 0
    for record in reversed(runner.records):
        if not isinstance(record, EventRecord):
            continue
        act = runner.compiled.act(runner.variant(record.happening))
        told = [things[at] for _, things in record.groundings for at in runner.pinned(act)]
        if person in told:
            return False
        seen += 1
        if seen >= OFF_STAGE:
            return True
    return False


def turned_up(runner: Runner, event: Happening, thing: str) -> bool:
    """Whether a thing that nobody had, and that is found after a pause, may have been moved in it by anybody."""
    from fabula.engine.travel import holder_of

    state = runner.compiled.state
    return (
        event.action in FINDING
        and runner.placed.get(thing, 0) < runner.gap
        and not state.is_a(thing, PLACE)
        and not state.is_a(thing, FURNITURE)
        and holder_of(runner, thing) is None
    )


def was_last(runner: Runner, person: str) -> bool:
    """Whether the last event was one of this person's: who has just spoken here is not "already there"."""
    events = (r for r in reversed(runner.records) if isinstance(r, EventRecord))
    last = next(events, None)
    return last is not None and any(person in things for _, things in last.groundings)


def led(
    runner: Runner, event: Happening, concerned: list[str], free: Callable[[Runner, str], bool]
) -> list[tuple[str, str]]:
    """Where it is said where something is done to somebody: he may have gone there, with whoever follows him."""
    if event.at is None or event.at not in concerned:
        return []
    others = [
        a for a in event.args[1:] if isinstance(a, str) and runner.compiled.state.is_a(a, PERSON)
    ]
    return [(other, event.at) for other in others if free(runner, other)]


def told_there(runner: Runner, event: Happening, places: list[str]) -> bool:
    """Whether an event is said to happen in one of some places, or around it."""
    at = event.at
    return at is not None and any(
        place == at or runner.evaluate(f.Within(f.Const(place), f.Const(at))) is True
        for place in places
    )
