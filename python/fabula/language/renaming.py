"""Everything said of one thing said of another."""

from __future__ import annotations

from dataclasses import replace

from fabula.language.lexer import Token
from fabula.language.state import State
from fabula.model import formula as f
from fabula.model.story import Happening, Split, Stated, Step, Wanted
from fabula.model.world import PERSON, Thing


def renamed(step: Step, gone: str, kept: str) -> Step:
    """A step of the story about another thing."""
    match step:
        case Stated():
            return replace(
                step,
                formula=rename(step.formula, gone, kept),
                because=rename(step.because, gone, kept) if step.because is not None else None,
                known_to=tuple(kept if p == gone else p for p in step.known_to)
                if step.known_to is not None
                else None,
                unknown_to=tuple(kept if p == gone else p for p in step.unknown_to),
            )
        case Wanted():
            content = step.content
            if content.formula is not None:
                content = replace(content, formula=rename(content.formula, gone, kept))
            return replace(
                step, person=kept if step.person == gone else step.person, content=content
            )
        case Happening():
            return replace(
                step,
                args=tuple(
                    kept
                    if a == gone
                    else tuple(kept if b == gone else b for b in a)
                    if isinstance(a, tuple)
                    else a
                    for a in step.args
                ),
                because=rename(step.because, gone, kept) if step.because is not None else None,
            )
        case Split():
            return replace(
                step,
                part=kept if step.part == gone else step.part,
                whole=kept if step.whole == gone else step.whole,
            )


def stranger(state: State, tokens: list[Token], *others: f.Term | None) -> Thing | None:
    """Somebody of whom a question does not speak, to read it of him and then put whoever it may be in his place."""
    named = {t.entry.name for t in tokens if t.entry is not None}
    for thing in state.world.things.values():
        if thing.proper and thing.id not in named and f.Const(thing.id) not in others:
            if state.is_a(thing.id, PERSON):
                return thing
    return None


def rename(formula: f.Formula, gone: str, kept: str | f.Var) -> f.Formula:
    """The formula about another thing, or about whatever it may be."""
    other = f.Const(kept) if isinstance(kept, str) else kept

    def term(t: f.Term) -> f.Term:
        if isinstance(t, f.Const):
            return other if t.thing == gone else t
        if isinstance(t, f.Value):
            return f.Value(t.fluent, tuple(term(a) for a in t.args))
        return t

    def walk(p: f.Formula) -> f.Formula:
        match p:
            case f.Equals(a, b):
                return f.Equals(term(a), term(b))
            case f.Compare(op, a, b):
                return f.Compare(op, term(a), term(b))
            case f.Within(a, b):
                return f.Within(term(a), term(b))
            case f.Not(b):
                return f.Not(walk(b))
            case f.And(parts):
                return f.And(tuple(walk(q) for q in parts))
            case f.Or(parts):
                return f.Or(tuple(walk(q) for q in parts))
            case f.IsKind(t, k):
                return f.IsKind(term(t), k)
            case f.Exists(v, k, b):
                return f.Exists(v, k, walk(b))
            case f.Forall(v, k, b):
                return f.Forall(v, k, walk(b))
            case f.Believes(w, b, knows):
                return f.Believes(term(w), walk(b), knows)
            case f.Known(t):
                return f.Known(term(t))
        return p

    return walk(formula)
