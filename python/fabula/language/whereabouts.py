"""What is asked by "where Carl has gone" and "where he put the ring": where Carl and the ring are since."""

from __future__ import annotations

from fabula.language import logic
from fabula.language import referents as r
from fabula.language import syntax as x
from fabula.language.state import Context
from fabula.model import formula as f
from fabula.model.story import Content
from fabula.model.world import LOCATION, THING, Action


def gap_of(clause: x.Clause | None) -> str | None:
    """The role that a question leaves open."""
    for letter, filler in clause.roles if clause is not None else ():
        if isinstance(filler, x.Gap) or (
            isinstance(filler, x.Phrase) and isinstance(filler.np, x.Gap)
        ):
            return letter
    return None


def asked(ctx: Context, clause: x.Clause) -> f.Term | None:
    """Where what an act that was done has moved is; None where it moved nothing to what is asked for."""
    gap = gap_of(clause)
    action = ctx.state.world.actions.get(clause.frame.action) if clause.frame else None
    if gap is None or action is None or clause.tense not in ("past", "perfect"):
        return None
    moved = _moved_to(action, gap)
    if not moved:
        return None
    letter = next((one for one in moved if one != action.params[0].name), moved[0])
    assert clause.frame is not None
    if letter == clause.frame.subject and not clause.passive:
        ref = logic.subject_of(ctx, clause)
    else:
        filler = dict(clause.roles).get(letter)
        np = filler.np if isinstance(filler, x.Phrase) else filler
        if np is None:
            return None
        ref = r.refer(ctx, np)
    return f.Value(LOCATION, (ref.terms[0],)) if ref.terms else None


def _moved_to(action: Action, place: str) -> list[str]:
    """The roles of what is in this role's place when an act is done."""
    return [
        part.args[0].name
        for effect in action.effects
        for part in (effect.effects if isinstance(effect, f.If) else (effect,))
        if isinstance(part, f.Assign)
        and part.fluent == LOCATION
        and part.value == f.Var(place)
        and isinstance(part.args[0], f.Var)
    ]


def question(ctx: Context, clause: x.Clause) -> Content:
    """The content that asks for it."""
    from fabula.language.say import content_words, term_words

    term = asked(ctx, clause)
    if term is not None:
        assert isinstance(term, f.Value)
        return Content(
            "", "question", f"where {term_words(ctx.state, term.args[0])} is", None, term
        )
    var = ctx.fresh()
    saved, ctx.gap = ctx.gap, r.Ref((var,))
    formula = logic.clause_formula(ctx, clause)
    ctx.gap = saved
    text = content_words(ctx.state, formula)
    return Content("", "question", f"where {text}", f.Exists(var.name, THING, formula))
