"""What stands close behind a noun or a name and tells which is meant: ``room 414``, ``his brothers Wade and Luke``, ``he himself``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fabula.language import syntax as x
from fabula.language.changing import replace
from fabula.language.times import is_unit
from fabula.language.words import closed
from fabula.model.world import PERSON

if TYPE_CHECKING:
    from fabula.language.clauses import Parser

Found = list[tuple[x.NP, int]]


def is_place_called(p: Parser, base: x.Described, at: int) -> bool:
    """Whether "of" is followed by what the place itself is called: "the city of Paris"."""
    entry = p.tokens[base.noun].entry if base.noun is not None else None
    if entry is None or not entry.noun or p.fitting is None or p.kind(at) != "proper":
        return False
    return base.det == "the" and any(
        p.fitting.state.kind_is(entry.noun, kind) for kind in ("region", "village", "river", "lake")
    )


def names(p: Parser, at: int) -> bool:
    """Whether a name stands here, a new one or one that is known."""
    token = p.token(at)
    if token is None:
        return False
    return token.kind == "proper" or bool(
        token.entry is not None and token.entry.name and token.text[:1].isupper()
    )


def brothers(p: Parser, base: x.Described, end: int) -> Found:
    """``his brothers Wade and Luke``, ``her daughters, Ann and Eve``: those who bear the names are that."""
    entry = p.tokens[base.noun].entry if base.noun is not None else None
    if base.owner is None or entry is None or not entry.relation or not entry.plural:
        return []
    at = end + 1 if p.low(end) == "," else end
    called: list[x.NP] = []
    while names(p, at):
        called.append(replace(base, called=at))
        if p.low(at + 1) not in (",", "and") or not names(p, at + 2):
            break
        at += 2
    if len(called) < 2:
        return []
    stop = at + 2 if p.low(end) == "," and p.low(at + 1) == "," else at + 1
    return [(x.Several(tuple(called)), stop)]


def numbered(p: Parser, base: x.Described, end: int) -> Found:
    """``room 414``, ``deck nine``: a thing that is told by its number."""
    if base.det or base.owner is not None or base.count is not None or base.noun is None:
        return []
    entry = p.tokens[base.noun].entry
    if entry is None or not entry.noun or entry.plural or not is_number(p, end):
        return []
    if p.fitting is not None and p.fitting.state.kind_is(entry.noun, PERSON):
        return []  # "Agent 8" is a name, and has to be introduced as one
    following = p.token(end + 1)
    if is_unit(p.low(end + 1)) or (
        following is not None and following.entry is not None and following.entry.noun
    ):
        return []
    return [(replace(base, det="the", words=(*base.words, end)), end + 1)]


def kinless(p: Parser, base: x.Described, at: int) -> bool:
    """Whether "whose father" stands behind what has no father: "shares a room with Eve, whose father is rich"."""
    at += p.low(at) == ","
    owned = p.token(at + 1)
    if p.low(at) != "whose" or p.fitting is None or owned is None or owned.entry is None:
        return False
    kinds = p.fitting.kinds(base)
    return bool(owned.entry.relation and kinds) and not any(PERSON in kind for kind in kinds)


def is_number(p: Parser, at: int) -> bool:
    """Whether a number stands here, in figures or in words."""
    return p.kind(at) == "number" or p.low(at) in closed.NUMBERS


def himself(p: Parser, found: Found) -> Found:
    """``he himself``, ``Ben himself``: the same."""
    return [
        (np, end + 1)
        if p.low(end) in ("himself", "herself", "themselves")
        and isinstance(np, x.Pronoun | x.Named)
        and p.is_verb(end + 1)
        else (np, end)
        for np, end in found
    ]
