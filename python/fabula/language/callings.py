"""What people are ("a spy") where somebody may not know it: then it is a property, as being rich is.

A kind says what its things are once and for all, and everybody knows it. "Marta is a spy. Only Bruno knows that." or
"Ada believes that Otto is a spy" need more: such a kind gets a property of the same words, which the story can keep
secret, tell, doubt and find out.
"""

from __future__ import annotations

from dataclasses import replace

from fabula.language.state import Context, State
from fabula.model import formula as f
from fabula.model.story import Source, Stated
from fabula.model.world import GROUP, PERSON, Fluent

PREFIX = "is a "


def can_be_secret(state: State, kind: str) -> bool:
    """Whether a kind says what somebody does or is, and not what anybody sees."""
    return (
        kind != PERSON
        and state.kind_is(kind, PERSON)
        and not state.kind_is(kind, GROUP)
        and not state.kind_is(kind, "animal")
        and not {"man", "woman", "child"}.intersection((kind,))
        and kind not in ("boy", "girl", "baby")
    )


def fluent_of(state: State, kind: str) -> str:
    """The property of the kind's words; made when it is first asked for."""
    from fabula.language.say import article

    ident = f"{PREFIX}{kind}"
    if ident not in state.world.fluents:
        state.add_fluent(
            Fluent(ident, (PERSON,), default=False, public=True, positive=article(kind))
        )
    return ident


def said(ctx: Context, term: f.Term, kind: str) -> f.Formula:
    """That somebody is of a kind: inside a mind, whatever that mind takes him to be."""
    state = ctx.state
    if ctx.mode == "query" and isinstance(term, f.Const) and (term.thing, kind) in state.became:
        return f.truth(fluent_of(state, kind), term)
    if not ctx.mind or ctx.mode == "rule" or not can_be_secret(state, kind):
        return f.IsKind(term, kind)
    if ctx.mode == "query" and f"{PREFIX}{kind}" not in state.world.fluents:
        return f.IsKind(term, kind)
    return f.truth(fluent_of(state, kind), term)


def whose(formula: f.Formula) -> tuple[str, ...]:
    """Who is of a kind, where a formula says so: nobody is a spy without knowing it."""
    match formula:
        case f.Equals(f.Value(fluent, (f.Const(thing),)), _) if fluent.startswith(PREFIX):
            return (thing,)
    return ()


def stated(state: State, thing: str, kind: str, source: Source) -> Stated:
    """The plain fact that somebody is of a kind."""
    fact = f.truth(fluent_of(state, kind), f.Const(thing))
    return Stated(fact, source, "plain", n=state.events, text=source.text)


def remember(state: State, thing: str, kind: str, source: Source) -> None:
    """Keeps that a sentence said what somebody is, in case anybody's mind turns to it."""
    if can_be_secret(state, kind):
        state.callings[(thing, kind)] = source


def settle(state: State) -> None:
    """States for every kind that somebody's mind turned to who is of it."""
    known = {
        (step.formula.left.fluent, step.formula.left.args)
        for step in state.steps
        if isinstance(step, Stated)
        and isinstance(step.formula, f.Equals)
        and isinstance(step.formula.left, f.Value)
    }
    for (thing, kind), source in reversed(state.callings.items()):
        if f"{PREFIX}{kind}" not in state.world.fluents or thing not in state.world.things:
            continue
        step = replace(stated(state, thing, kind, source), n=0)
        assert isinstance(step.formula, f.Equals)
        assert isinstance(step.formula.left, f.Value)
        if (step.formula.left.fluent, step.formula.left.args) not in known:
            state.steps.insert(0, step)
