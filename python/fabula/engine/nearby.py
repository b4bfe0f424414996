"""Where exactly in a building: what "in the house" leaves open, and errands from one room to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fabula.model import formula as f
from fabula.model.world import FURNITURE, LOCATION, PERSON, PLACE

if TYPE_CHECKING:
    from fabula.engine.runner import Runner

MOST_PLACES = 12


def in_there(runner: Runner, thing: str, target: str) -> str | None:
    """Who or what to move so that ``thing`` is in ``target``, where it is only said to be in a place around it.

    None where it is not in such a place, has been in ``target`` in this scene and left it, or ``target`` is shut.
    """
    place = runner.place_of(thing)
    if place is None or target == place:
        return None
    if not runner.compiled.state.is_a(target, PLACE) and not _may_lie_in(runner, thing, target):
        return None
    if place not in _around(runner, target) or _shut(runner, target):
        return None
    return None if _was_in(runner, thing, target) else _carrier(runner, thing, place)


def _may_lie_in(runner: Runner, thing: str, target: str) -> bool:
    """Whether a thing that nobody has put anywhere may have been all the time in or on one that stands where it is."""
    state = runner.compiled.state
    if not any(state.is_a(target, kind) for kind in ("container", FURNITURE)):
        return False
    if state.is_a(thing, PERSON) or runner.model.world.things[target].owner == thing:
        return False
    number = [runner.number(thing)]
    put = runner.timeline.cause(runner.timeline.now, [], runner.fluent(LOCATION), number)
    return put is None or not any(r.before < put <= r.time for r in reversed(runner.records))


def about_one(runner: Runner, thing: str, target: str) -> bool:
    """Whether somebody has a thing, and his is what it could be in or on: his pocket, his bag, his neck."""
    owner = runner.model.world.things[target].owner
    state = runner.compiled.state
    if owner is None or not (state.is_a(target, "container") or state.is_a(target, "part")):
        return False
    held = runner.thing_at(LOCATION, thing, runner.timeline.now)
    return held == owner and not _shut(runner, target)


BESIDE = ("next to", "beside")


def next_door(runner: Runner, person: str, target: str) -> bool:
    """Whether a place is next to where somebody is, or in the same building, with no locked door between, and he did not come from it."""
    place = runner.place_of(person)
    if place is None or place == target or not runner.compiled.state.is_a(target, PLACE):
        return False
    if _shut(runner, target) or _shut(runner, place) or _was_in(runner, person, target):
        return False
    if any(runner.held(side, (target, place), runner.timeline.now) is True for side in BESIDE):
        return True
    here = [place, *_around(runner, place)]
    return any(
        p in here and not runner.compiled.state.is_a(p, "region")
        for p in [target, *_around(runner, target)]
    )


def _around(runner: Runner, place: str) -> list[str]:
    """The places around a place, the nearest first."""
    found: list[str] = []
    here = runner.place_of(place)
    while here is not None and here not in found and len(found) < MOST_PLACES:
        found.append(here)
        here = runner.place_of(here)
    return found


def more_exactly(runner: Runner, place: str, around: str) -> bool:
    """Whether a place or a thing is said to be in a part of that in which it is known to be: on which floor the vault is."""
    outer = runner.thing_at(LOCATION, place, runner.timeline.now)
    if outer is None or not runner.compiled.state.is_a(outer, PLACE):
        return False
    if runner.compiled.state.is_a(around, PERSON) or around == outer:
        return False
    return outer in (found := _around(runner, around)) or not found


def _shut(runner: Runner, place: str) -> bool:
    return "locked" in runner.compiled.numbers.fluents and (
        runner.evaluate(f.truth("locked", f.Const(place))) is True
    )


def _was_in(runner: Runner, thing: str, target: str) -> bool:
    """Whether something has been in a place in this scene."""
    inside = f.Within(f.Const(thing), f.Const(target))
    for record in reversed(runner.records):
        if record.time <= runner.paused:
            break
        if runner.evaluate(inside, record.before) is True:
            return True
    return False


def _carrier(runner: Runner, thing: str, place: str) -> str | None:
    """What carries something and stands in a place itself; nobody is moved for a thing that he has."""
    here = thing
    for _ in range(MOST_PLACES):
        around = runner.timeline.value(
            runner.timeline.now, [], runner.fluent(LOCATION), [runner.number(here)]
        )
        if not isinstance(around, int) or isinstance(around, bool):
            return None
        if runner.name(around) == place:
            return here
        here = runner.name(around)
        if runner.compiled.state.is_a(here, PERSON):
            return None
    return None
