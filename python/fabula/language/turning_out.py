"""What nobody declared turns out to be of some kind by what is said of it: where somebody is, is a place."""

from __future__ import annotations

from fabula.language.state import State
from fabula.model import formula as f
from fabula.model.world import LOCATION, PERSON, PLACE, THING


def turn_out(state: State, fact: f.Formula) -> None:
    """Gives the things of a fact, or of what is asked, the kinds of which alone it can be said."""
    match fact:
        case f.And(parts) | f.Or(parts):
            for part in parts:
                turn_out(state, part)
        case f.Not(body):
            turn_out(state, body)
        case f.Within(f.Const(inner), outer):
            _contain(state, inner, outer)
        case f.Equals(f.Value(fluent, (f.Const(inner),)), f.Const() as outer) if fluent == LOCATION:
            _contain(state, inner, outer)
        case f.Equals(f.Value(fluent, args), f.Lit(bool())):
            info = state.world.fluents.get(fluent)
            for kind, arg in zip(info.params if info is not None else (), args, strict=False):
                _be(state, arg, kind)


def _contain(state: State, inner: str, outer: f.Term) -> None:
    if inner in state.world.things and state.is_a(inner, PERSON):
        _be(state, outer, PLACE)


def _be(state: State, term: f.Term, kind: str) -> None:
    """Makes of a kind what nobody declared, and whatever has only a name where nothing is introduced."""
    thing = state.world.things.get(term.thing) if isinstance(term, f.Const) else None
    if thing is None or kind == THING or state.is_a(thing.id, kind):
        return
    if state.kind_is(kind, PERSON):
        return  # one can love one's garden
    named = thing.proper and thing.implied and thing.kinds == (PERSON,)
    if thing.id in state.vague or (named and state.presuming):
        state.vague.discard(thing.id)
        thing.kinds = (kind,)
