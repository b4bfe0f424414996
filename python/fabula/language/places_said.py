"""Where somebody or something is said to be: that is so first, and a new place lay there from the start."""

from __future__ import annotations

from fabula.language.state import State
from fabula.language.undoing import Mark
from fabula.model import formula as f
from fabula.model.world import LOCATION, PLACE, PLACE_OF


def is_no_place(fact: f.Formula) -> bool:
    """False of where somebody is: "asleep in the office" is there first, for nobody comes there asleep."""
    return not (
        isinstance(fact, f.Equals)
        and isinstance(fact.left, f.Value)
        and fact.left.fluent in (LOCATION, PLACE_OF)
    ) and not isinstance(fact, f.Within)


def lies_there(state: State, fact: f.Formula, mark: Mark | None) -> bool:
    """Whether a fact says where a place lies that is spoken of for the first time since ``mark``; then it lies there."""
    match fact:
        case f.Equals(f.Value(at, (f.Const(thing),)), f.Const(place)) if at == LOCATION:
            pass
        case f.Within(f.Const(thing), f.Const(place)):
            pass
        case _:
            return False
    if mark is None or not state.events or not state.is_a(thing, PLACE):
        return False
    if thing not in list(state.world.things)[mark.things :] or state.is_a(thing, "vehicle"):
        return False
    if state.world.things[thing].owner is not None:
        return False
    state.world.things[thing].owner = state.where[thing] = place
    return True


def of_one_each(formula: f.Formula) -> list[f.Formula]:
    """The parts of a fact, but for who has the one thing that several are said to have: "Ann and Ben have a key"."""
    parts = f.conjuncts(formula)
    holders: dict[f.Term, set[f.Term]] = {}
    for part in parts:
        if isinstance(part, f.Within):
            holders.setdefault(part.inner, set()).add(part.outer)
    shared = {thing for thing, those in holders.items() if len(those) > 1}
    return [p for p in parts if not (isinstance(p, f.Within) and p.inner in shared)]
