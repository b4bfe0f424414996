"""What a hearer believes although he held otherwise: news of a change, and what somebody says to have himself."""

from __future__ import annotations

from fabula.engine.same_words import asked_about
from fabula.language.state import State
from fabula.model import formula as f
from fabula.model.story import Stated
from fabula.model.world import LOCATION


def overrides(state: State, part: f.Formula, hearer: f.Term, speaker: f.Term) -> f.Formula | None:
    """When a hearer believes what he is told although he last saw it otherwise; None where that is never so.

    Things change: that the book was whole yesterday is no reason not to believe that it is burnt, where one cannot
    look and is not said to know; and of what the speaker has himself nobody knows more than he.
    """
    thing = _thing_put(part)
    if thing is not None:
        return f.conjunction(
            [f.Equals(speaker, _outer(part)), f.negated(can_see(state, hearer, thing))]
        )
    if not _is_news(state, part):
        return None
    assert isinstance(part, f.Equals)
    assert isinstance(part.left, f.Value)
    knows_better = [f.Not(f.Equals(hearer, who)) for who in _said_to_know(state, part)]
    return f.conjunction([*knows_better, f.negated(can_see(state, hearer, part.left.args[0]))])


def _is_news(state: State, part: f.Formula) -> bool:
    """Whether it says that something is otherwise than such things usually are."""
    match part:
        case f.Equals(f.Value(fluent, args), f.Lit(bool() as value)) if args and ":" not in fluent:
            info = state.world.fluents.get(fluent)
            usual = {d.value for d in state.defaults if d.fluent == fluent}
            return (
                info is not None
                and info.form == "adjective"
                and info.default is (not value)
                and value not in usual
                and all(isinstance(a, f.Const) for a in args)
            )
    return False


def _thing_put(part: f.Formula) -> f.Const | None:
    """What a content says the place of."""
    match part:
        case f.Within(f.Const() as thing, f.Const()):
            return thing
        case f.Equals(f.Value(fluent, (f.Const() as thing,)), f.Const()) if fluent == LOCATION:
            return thing
    return None


def _outer(part: f.Formula) -> f.Term:
    """Where a content says that something is."""
    assert isinstance(part, f.Within | f.Equals)
    return part.outer if isinstance(part, f.Within) else part.right


def _said_to_know(state: State, part: f.Formula) -> list[f.Term]:
    """Of whom the story says in so many words what they take to be so of this."""
    about = list(asked_about(part))
    return [
        step.formula.who
        for step in state.steps
        if isinstance(step, Stated)
        and isinstance(step.formula, f.Believes)
        and any(list(asked_about(one)) == about for one in f.conjuncts(step.formula.body))
    ]


def can_see(state: State, who: f.Term, what: f.Term) -> f.Formula:
    """That somebody can see something, as the library defines it; false where it defines nothing."""
    seeing = state.definitions.get("can see")
    return f.Or(tuple(seeing.about([who, what]))) if seeing is not None else f.FALSE
