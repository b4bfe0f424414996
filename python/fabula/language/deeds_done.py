"""Acts that are told by another: "makes Carl open the chest", "does it"."""

from __future__ import annotations

from dataclasses import replace

from fabula.language import logic
from fabula.language import referents as r
from fabula.language.state import Context, State, Unreadable
from fabula.model import formula as f
from fabula.model.story import Arg, Content, Everyone, Happening
from fabula.problems.pronoun_without_candidate import pronoun_without_candidate


def carried_out(state: State, content: Content, told: Happening) -> list[Happening]:
    """The happenings in which what a content says is done, told by the same sentence as ``told``."""
    found: list[Happening] = []
    if content.formula is None or content.condition is not None:
        return found
    for action_id, args in _deeds(content.formula):
        state.events += 1
        made = replace(
            told,
            n=state.events,
            action=action_id,
            args=args,
            gap=False,
            instrument=None,
            purpose=None,
            because=None,
            together=(),
            prepositions=(),
        )
        found.append(made)
    return found


def _deeds(formula: f.Formula) -> list[tuple[str, tuple[Arg, ...]]]:
    found: list[tuple[str, tuple[Arg, ...]]] = []
    for part in f.conjuncts(formula):
        match part:
            case f.Equals(f.Value(fluent, terms), f.Lit(True)) if fluent.startswith("did:"):
                args = tuple(t.thing for t in terms if isinstance(t, f.Const))
                if len(args) == len(terms):
                    found.append((fluent[4:], args))
    return found


def by(ctx: Context, doer: r.Ref, at: int) -> f.Formula:
    """That somebody did "it": what has happened last, whoever did it."""
    state = ctx.state
    last = next(
        (
            step
            for step in reversed(state.steps)
            if isinstance(step, Happening) and not any(isinstance(a, Everyone) for a in step.args)
        ),
        None,
    )
    if last is None:
        raise Unreadable(pronoun_without_candidate(ctx.span(at + 1), "it"))
    params = state.world.actions[last.action].params
    named = {
        param.name: r.Ref(tuple(f.Const(t) for t in ((arg,) if isinstance(arg, str) else arg)))
        for param, arg in zip(params, last.args, strict=True)
        if not isinstance(arg, Everyone)
    }
    named[params[0].name] = doer
    return logic.deed(ctx, "did", last.action, named)


def asked_of(state: State, doer: tuple[str, ...]) -> Content | None:
    """The act that somebody was asked or told to do last, and now does."""
    told, _ = state.discourse.told
    content = state.world.contents.get(told)
    if content is None or content.mode != "act" or content.agent not in doer:
        return None
    return content
