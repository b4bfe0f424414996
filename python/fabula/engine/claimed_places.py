"""A stated place that comes true by travel which the pause before it allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fabula.engine import unsaid
from fabula.engine.bounds import bound_of, keep_bound
from fabula.engine.nearby import more_exactly
from fabula.engine.travel import free, is_person, located, put
from fabula.model import formula as f
from fabula.model.story import Stated
from fabula.model.world import FURNITURE, LOCATION, PLACE, SPOT, SURROUNDINGS

if TYPE_CHECKING:
    from fabula.engine.runner import Runner


def travel_for_claim(runner: Runner, stated: Stated) -> bool:
    """Whether a stated place comes true by travel that the pause before it allows; then it is so."""
    formula = stated.formula
    match formula:
        case f.Within(f.Const(mover), f.Const(target)) if is_person(runner, mover):
            pass
        case f.Within(f.Const(place), f.Const(around)) if (
            runner.compiled.state.is_a(place, PLACE) and located(runner, place) is None
        ) or more_exactly(runner, place, around):
            # "The mill has a cellar": of a cellar nobody had said where it is, or no more than in which house
            house = runner.place_of(place)
            if house is not None and located(runner, around) is None:
                put(runner, around, house)
            put(runner, place, around)
            return True
        case f.Equals(
            f.Value("place of", (f.Const(mover),)), f.Value("place of", (f.Const(other),))
        ) if is_person(runner, mover):
            found = runner.place_of(other)
            if found is None:
                return False
            target = found
        case _:
            return _leaves_for_claim(runner, formula)
    here = runner.thing_at(LOCATION, mover, runner.timeline.now)
    if here is not None and _is_part_of_room(runner, target):
        put(runner, target, here)  # "lies on the floor": it is the floor there
    elif not _steps_aside(runner, here, target):
        later = stated.strength == "already" and not unsaid.was_last(runner, mover)
        if not free(runner, mover) or (runner.placed.get(mover, 0) >= runner.gap and not later):
            return False
    put(runner, mover, target)
    runner.placed[mover] = runner.gap
    return True


def _leaves_for_claim(runner: Runner, formula: f.Formula) -> bool:
    """ "Ann is not in the hall", "Ann is in the garden or the park": she may have gone, in the pause before it."""
    bound = bound_of(formula, runner.timeline.now)
    if bound is None or not is_person(runner, bound.thing) or not free(runner, bound.thing):
        return False
    if runner.placed.get(bound.thing, 0) >= runner.gap:
        return False
    keep_bound(runner, formula)
    runner.placed[bound.thing] = runner.gap
    return True


def _is_part_of_room(runner: Runner, spot: str) -> bool:
    """Whether something that may be in any room has been spoken of in passing, and nobody knows in which it is."""
    state = runner.compiled.state
    return (
        state.world.things[spot].implied
        and (state.is_a(spot, FURNITURE) or state.is_a(spot, SPOT))
        and runner.thing_at(SURROUNDINGS, spot, runner.timeline.now) is None
    )


def _steps_aside(runner: Runner, here: str | None, spot: str) -> bool:
    """Whether somebody of whom no more is known than the place is said to be at a spot in it: "behind the tree"."""
    if here is None or not runner.compiled.state.is_a(spot, SPOT):
        return False
    return runner.thing_at(SURROUNDINGS, spot, runner.timeline.now) == here
