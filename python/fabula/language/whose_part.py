"""Whose hand, neck or head is meant: "his hand", "takes the key from her neck", "puts the head into a sack"."""

from __future__ import annotations

from fabula.language import pronouns, referents
from fabula.language import syntax as x
from fabula.language.state import Context, Unreadable
from fabula.language.words import closed
from fabula.model.world import PERSON


def owner_of(ctx: Context, owner: object, kind: str) -> referents.Ref:
    """Whose thing it is; "his hand" is a hand of whoever moves it, where that fits."""
    if isinstance(owner, x.Pronoun) and ctx.state.kind_is(kind, "part") and ctx.mode != "rule":
        gender = closed.PRONOUNS.get(ctx.tokens[owner.at].lower, ("", ""))[0]
        nearest = ctx.inner if ctx.mind else ctx.state.discourse.subject
        wearer = _where_it_is(ctx, kind)
        if wearer is not None and pronouns.fits_gender(ctx, (wearer,), gender):
            return referents.Ref((referents.const(ctx, wearer),))
        if ctx.not_own and (other := _another(ctx, owner, nearest)) is not None:
            return other
        if nearest and pronouns.fits_gender(ctx, nearest, gender):
            return referents.Ref(tuple(referents.const(ctx, t) for t in nearest))
        return referents.refer(ctx, owner, wanted=PERSON)  # "its beak" is no ring's
    return referents.refer(ctx, owner)


def _another(ctx: Context, owner: x.Pronoun, nearest: tuple[str, ...]) -> referents.Ref | None:
    """Whom "his" means besides whoever does something; None where there is nobody, or several."""
    saved, ctx.apart = ctx.apart, frozenset(nearest)
    try:
        return referents.refer(ctx, owner, wanted=PERSON)
    except Unreadable:
        return None
    finally:
        ctx.apart = saved


def severed(ctx: Context, kind: str) -> referents.Ref | None:
    """ "Puts the head into a sack": the one that was struck off."""
    state = ctx.state
    if not state.kind_is(kind, "part") or ctx.mode == "rule":
        return None
    lost = next((part for part in reversed(state.severed) if state.is_a(part, kind)), None)
    return referents.Ref((referents.const(ctx, lost),)) if lost is not None else None


def _where_it_is(ctx: Context, kind: str) -> str | None:
    """Whose part a thing of the same clause is at: "takes the key from her neck", which hangs around the witch's."""
    state = ctx.state
    for thing in state.discourse.clause:
        spot = state.world.things.get(state.where.get(thing, ""))
        part = state.world.things.get(spot.owner or "") if spot is not None else None
        if part is not None and part.owner is not None and state.is_a(part.id, kind):
            return part.owner
    return None
