"""What is known of where something is while nobody knows where: "in the school or the park", "not in the kitchen"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fabula.model import formula as f
from fabula.model.world import LOCATION
from fabula.records import dataclass

if TYPE_CHECKING:
    from fabula.engine.view import View


@dataclass(frozen=True, slots=True)
class Bound:
    """From ``time`` on, until it moves, ``thing`` is in one of ``places``, or (``out``) in none of them."""

    thing: str
    places: tuple[str, ...]
    out: bool
    time: int


def bound_of(formula: f.Formula, time: int) -> Bound | None:
    """The bound that a statement sets; None where it is none of this kind."""
    match formula:
        case f.Not(f.Within(f.Const(thing), f.Const(place))):
            return Bound(thing, (place,), True, time)
        case f.Or(parts) if parts:
            found: dict[str, list[str]] = {}
            for part in parts:
                match part:
                    case f.Within(f.Const(thing), f.Const(place)):
                        found.setdefault(thing, []).append(place)
                    case _:
                        return None
            if len(found) == 1:
                thing, places = next(iter(found.items()))
                return Bound(thing, tuple(places), False, time)
        case f.And(parts) if parts and all(isinstance(p, f.Not) for p in parts):
            bounds = [b for part in parts if (b := bound_of(part, time)) is not None]
            things = {b.thing for b in bounds}
            if len(bounds) == len(parts) and len(things) == 1:
                return Bound(things.pop(), tuple(p for b in bounds for p in b.places), True, time)
    return None


def keep_bound(view: View, formula: f.Formula, anew: bool = False) -> bool:
    """Keeps what is said of where something is while that is not known; ``anew``: it is known no longer."""
    timeline = view.timeline
    found = bound_of(formula, timeline.now)
    if found is None:
        return False
    known = view.thing_at(LOCATION, found.thing, timeline.now) is not None
    if known and (anew or view.truth(formula) is not True):
        timeline.set([([], view.fluent(LOCATION), [view.number(found.thing)], None)])
    else:
        timeline.step([], False)  # it is known from now on
    view.bounds.append(replace(found, time=timeline.now))
    return True


def within_bounds(view: View, bounds: list[Bound], formula: f.Within, time: int) -> bool | None:
    """Whether a thing whose place is not known is somewhere, by what bounds it; None where that leaves it open."""
    match formula:
        case f.Within(f.Const(thing), f.Const(place)):
            pass
        case _:
            return None
    cause = view.cause(LOCATION, (thing,), time)
    holding = [b for b in bounds if b.thing == thing and b.time <= time and (cause or 0) <= b.time]
    # what was said last of where it is holds, with what was said since of where it is not
    last = max((i for i, b in enumerate(holding) if not b.out), default=-1)
    outside = {p for b in holding[last + 1 :] for p in b.places}
    if any(_is_in(view, place, other, time) for other in outside):
        return False
    if last < 0:
        return None
    left = [p for p in holding[last].places if not any(_is_in(view, p, o, time) for o in outside)]
    answers = {_is_in(view, p, place, time) for p in left}
    if answers == {True} and len(set(left)) < len(left):
        return None  # "in the school or the school": which other is meant nobody can tell
    return answers.pop() if len(answers) == 1 else None


def _is_in(view: View, inner: str, outer: str, time: int) -> bool:
    if inner == outer:
        return True
    return view.evaluate(f.Within(f.Const(inner), f.Const(outer)), time) is True
