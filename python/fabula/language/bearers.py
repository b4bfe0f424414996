"""Who is meant by a name behind a noun ("a prince called Albert"), and by the title of a name ("the captain"), and by "the bathroom"."""

from __future__ import annotations

from fabula.language import copulas, nouns, referents
from fabula.language import syntax as x
from fabula.language.changing import replace
from fabula.language.state import Context
from fabula.language.words import closed
from fabula.model import formula as f
from fabula.model.world import PERSON, PLACE, SPOT

SHORT = {
    "dr": "doctor", "prof": "professor", "capt": "captain", "sgt": "sergeant", "lt": "lieutenant",
    "col": "colonel", "gen": "general", "rev": "reverend",
}  # fmt: skip


def called(ctx: Context, np: x.Described, at: int) -> referents.Ref:
    """ "a prince called Albert": who bears the name, or somebody new who does."""
    token = ctx.tokens[at]
    known = token.entry.name if token.entry is not None else None
    if known is None and ctx.mode not in ("rule", "query"):
        assert np.noun is not None
        noun = ctx.tokens[np.noun].entry
        relative = noun is not None and noun.relation and not noun.noun
        kind = PERSON if relative else referents.kind_of_noun(ctx, np.noun)
        line = ctx.span(at).line
        known = ctx.state.add_thing(token.text, (kind,), proper=True, line=line).id
    if known is None:
        return nouns.described(ctx, replace(np, called=None))
    entry = ctx.tokens[np.noun].entry if np.noun is not None else None
    if entry is not None and entry.relation and np.owner is not None and ctx.mode != "query":
        bearer = ctx.state.world.things[ctx.state.names.get(known, known)]
        assert np.noun is not None
        bearer.gender = bearer.gender or closed.KIN.get(ctx.tokens[np.noun].lower)
        owner = referents.refer(ctx, np.owner)
        who = referents.Ref((f.Const(known),))
        copulas.remember_relation(ctx, entry.relation, who, owner)
        for term in owner.terms:
            ctx.facts.append(f.truth(entry.relation, f.Const(known), term))
    extra = nouns.narrowing(ctx, np, f.Const(known))
    if extra is not None and ctx.mode != "query":
        ctx.facts.append(extra)
    return referents.Ref((referents.const(ctx, known),))


def titled(ctx: Context, at: int) -> referents.Ref | None:
    """ "The captain", where nobody is said to be one, and one Captain Brand is: he is meant."""
    state = ctx.state
    noun = ctx.tokens[at].lower
    found = []
    for thing in state.world.things.values():
        first, _, rest = thing.label.partition(" ")
        title = first.lower().rstrip(".")
        if (
            rest
            and thing.proper
            and SHORT.get(title, title) == noun
            and state.is_a(thing.id, PERSON)
        ):
            found.append(thing.id)
    if ctx.mode in ("rule", "query") or len(found) != 1:
        return None
    return referents.Ref((referents.const(ctx, found[0]),))


def building(ctx: Context) -> str | None:
    """Where whoever acts is, or else the place in mind, or what that is a room or spot of: where "the bathroom" is."""
    state = ctx.state
    who = next((t for t in state.discourse.clause if state.is_a(t, PERSON)), "")
    place = state.where.get(who, state.discourse.place)
    while place is not None and (state.is_a(place, "room") or state.is_a(place, SPOT)):
        place = state.where.get(place)
    if place is None or not state.is_a(place, PLACE) or state.is_a(place, "open place"):
        return None  # no garden has a bathroom
    if state.world.things[place].implied and not state.where.get(place):
        return None  # of a building that is only spoken of, too, nobody has said what is in it
    return place
