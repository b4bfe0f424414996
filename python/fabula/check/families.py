"""Which rule a need that is not met belongs to, by what it is about."""

from __future__ import annotations

from fabula.check.case import Case
from fabula.engine.records import EventRecord, Failure, Literal
from fabula.model import formula as f
from fabula.model.story import Happening
from fabula.model.world import DERIVED, LOCATION, PLACE

BONDS = frozenset(
    [
        "hold",
        "surround",
        "captive",
        "tied up",
        "stuck",
        "confined in",
        "asleep",
        "unconscious",
        "conscious",
    ]
)
SIGHT = frozenset(["hidden", "cover", "unseen by", "blindfolded", "blinded", "show"])
SEALING = frozenset(["view", "enclosure"])
PLACES = DERIVED | {LOCATION}


def family(case: Case, record: EventRecord, failure: Failure, literal: Literal) -> str:
    """The code of the rule that a failing literal belongs to."""
    if literal.chain or not literal.fluent:
        return "P107"
    fluent, first = literal.fluent, literal.args[0] if literal.args else ""
    if fluent == "alive":
        return "P101" if literal.needed is True else "P107"
    if fluent in BONDS:
        return "P104"
    if fluent in SIGHT or fluent in SEALING:
        return "P105"
    if fluent in ("block", "lead to"):
        return "P106"
    if fluent == "destroyed":
        return "P106" if case.state.is_a(first, PLACE) else "P103"
    if fluent == "locked":
        return _locked(case, record.happening, first)
    if fluent == "wear":
        return "P103"
    if fluent in PLACES and literal.op != "not within":
        return _located(case, failure, literal, record.before)
    return "P107"


def _locked(case: Case, event: Happening, thing: str) -> str:
    """A locked place bars the way; a locked box seals what is in it, and does not open by itself."""
    if case.state.is_a(thing, PLACE) or case.state.is_a(thing, "door"):
        return "P106"
    others = [a for a in event.args if isinstance(a, str) and a in case.world.things and a != thing]
    return "P105" if any(not case.is_person(a) for a in others) else "P107"


def _located(case: Case, failure: Failure, literal: Literal, time: int) -> str:
    first = literal.args[0]
    if literal.op == "within" and not case.is_person(first):
        return "P103" if not case.state.is_a(first, PLACE) else "P102"
    other = counterpart(failure.need, literal)
    for thing in (first, other):
        if thing is not None and not case.is_person(thing) and not case.state.is_a(thing, PLACE):
            if held_by(case, thing, time) not in (None, first, other):
                return "P103"
    return "P102"


def counterpart(need: f.Formula, literal: Literal) -> str | None:
    """Whose place a place is compared with in a need: ``surroundings(x) == surroundings(y)``."""
    match need:
        case f.Equals(f.Value(a, (f.Const(x),)), f.Value(b, (f.Const(y),))) if (
            a == b == literal.fluent
        ):
            return y if x == literal.args[0] else x if y == literal.args[0] else None
        case f.Within(f.Const(x), f.Const(y)) if x == literal.args[0]:
            return y
        case f.And(parts) | f.Or(parts):
            return next(
                (found for p in parts if (found := counterpart(p, literal)) is not None), None
            )
    return None


def held_by(case: Case, thing: str, time: int) -> str | None:
    """Who has a thing at a time."""
    here: object = thing
    for _ in range(20):
        here = case.value(LOCATION, (str(here),), time)
        if not isinstance(here, str) or here not in case.world.things:
            return None
        if case.is_person(here):
            return here
        if case.state.is_a(here, PLACE):
            return None
    return None
