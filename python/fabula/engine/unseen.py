"""Who goes somewhere unseen stays unseen there, until he goes on openly or is noticed."""

from __future__ import annotations

from fabula.model import formula as f
from fabula.model.world import LOCATION, PERSON

UNSEEN, FOLLOW = "unseen by", "follow"
OTHER = "?other"


def kept_unseen(
    effects: tuple[f.Effect, ...], actor: str, unseen_by: tuple[str, ...] | None
) -> tuple[f.Effect, ...]:
    """An act's effects when it is done unseen: of going and following the actor stays out of their sight.

    ``unseen_by`` names who does not see it; () is everybody.
    """
    who = f.Var(actor)
    if unseen_by is None or not any(_goes(effect, who) for effect in effects):
        return effects
    other = f.Var(OTHER)
    if unseen_by:
        blind: f.Formula = f.Or(tuple(f.Equals(other, f.Const(p)) for p in unseen_by))
    else:
        blind = f.Not(f.Equals(other, who))
    kept = tuple(effect for effect in effects if not _shows(effect, who))
    stays = (
        f.If(blind, (f.Assign(UNSEEN, (who, other), f.Lit(True)),)),
        f.If(f.Not(blind), (f.Assign(UNSEEN, (who, other), f.Lit(False)),)),
    )
    return (*kept, f.Each(OTHER, PERSON, stays))


def _goes(effect: f.Effect, who: f.Var) -> bool:
    match effect:
        case f.Assign(fluent, args, value, ()):
            return args[:1] == (who,) and (
                fluent == LOCATION or (fluent == FOLLOW and value == f.Lit(True))
            )
        case f.If(_, inner):
            return any(_goes(e, who) for e in inner)
    return False


def _shows(effect: f.Effect, who: f.Var) -> bool:
    match effect:
        case f.Assign(fluent, args, _, ()):
            return fluent == UNSEEN and args[:1] == (who,)
        case f.If(_, inner) | f.Each(_, _, inner):
            return bool(inner) and all(_shows(e, who) for e in inner)
    return False
