"""Pronouns to those they stand for."""

from __future__ import annotations

from collections.abc import Callable

from fabula.language import departed, referents, short_names
from fabula.language.state import Context, Unreadable
from fabula.language.words import closed
from fabula.model import formula as f
from fabula.model.world import (
    DESCRIPTION,
    FURNITURE,
    GROUP,
    PERSON,
    PLACE,
    PLACE_OF,
    SPOT,
    THING,
)
from fabula.problems.ambiguous_pronoun import ambiguous_pronoun
from fabula.problems.pronoun_without_candidate import pronoun_without_candidate

_PLURAL = frozenset({"these", "those", "others", "both", "all"})


def fits_gender(ctx: Context, things: tuple[str, ...], gender: str) -> bool:
    """Whether a pronoun of this gender can stand for these things."""
    state = ctx.state
    if gender == "p":
        return len(things) > 1 or (
            things[0] in state.world.things
            and (state.world.things[things[0]].plural or state.is_a(things[0], GROUP))
        )
    if len(things) != 1 or things[0] not in state.world.things:
        return False
    thing = state.world.things[state.names.get(things[0], things[0])]
    person = state.is_a(thing.id, PERSON) or DESCRIPTION in thing.kinds
    if gender == "n":
        return not thing.plural and (
            not person or state.is_a(thing.id, "animal") or state.is_a(thing.id, GROUP)
        )
    if not person or thing.plural or state.is_a(thing.id, GROUP):
        return False
    own = gender_of(ctx, things)
    return own is None or own == gender


def gender_of(ctx: Context, things: tuple[str, ...]) -> str | None:
    """``m`` or ``f``, as told by what somebody is or is called; None where nothing tells."""
    state = ctx.state
    return short_names.gender(state, state.world.things[state.names.get(things[0], things[0])])


def pronoun(ctx: Context, at: int, form: str, subject: bool, wanted: str) -> referents.Ref:
    """Whom or what a pronoun stands for."""
    discourse = ctx.state.discourse
    token = ctx.tokens[at]
    low = token.lower
    if form == "reflexive":
        himself = ctx.inner if ctx.mind and ctx.inner else discourse.subject
        _learn_sex(ctx, himself, closed.PRONOUNS.get(low, ("", ""))[0])
        return referents.Ref(tuple(referents.const(ctx, t) for t in himself))
    if form == "this":
        return referents.Ref()  # what was told before, and nothing that could be named
    if form == "each other":
        return referents.Ref(
            tuple(referents.const(ctx, t) for t in discourse.subject), "each other"
        )
    gender = closed.PRONOUNS.get(
        low, ("p" if low in _PLURAL or low in closed.NUMBERS else "n", "")
    )[0]
    owner = "owner" in form and form != "object/owner"
    bound = (
        ctx.named_beside
        if subject
        else ctx.apart
        if owner
        else frozenset(ctx.inner if ctx.mind else discourse.subject)
    )
    if gender == "n" and not (subject or owner or ctx.mind) and ctx.mode in ("event", "fact"):
        # "finds the letter in it": what the same clause names beside the pronoun it is not
        bound |= frozenset(discourse.clause)

    # those who have died act with nobody who has not
    gone = departed.dead(ctx.state) if gender == "p" and ctx.mode == "event" else set()

    def fits(things: tuple[str, ...]) -> bool:
        if not fits_gender(ctx, things, gender):
            return False
        if len(things) > 1 and not gone.isdisjoint(things) and not gone.issuperset(things):
            return False
        return (
            wanted in (THING, "")
            or gender in "mf"
            or all(ctx.state.is_a(t, wanted) for t in things)
        )

    found = discourse.candidates(fits, bound)
    if gender in "mf" and found and any(gender_of(ctx, things) is None for things in found):
        # who is known to be a "she" comes before one whose sex nobody told
        sure = discourse.candidates(
            lambda ts: len(ts) == 1 and fits(ts) and gender_of(ctx, ts) == gender, bound
        )
        goes_on = gender == "m" and subject and found[0] == discourse.subject and not ctx.mind
        if sure and not goes_on and discourse.since(sure[0]) <= discourse.since(found[0]):
            found = sure
    if gender == "f" and found and all(_is_beast(ctx, things) for things in found):
        found = _lately(ctx, lambda ts: fits(ts) and not _is_beast(ctx, ts), bound) or found
    if gender == "p" and not (found and _people(ctx, found[0])):
        # "Oskar tells Nate … They dig": rather the people of the sentence before than things of long ago
        two = discourse.people(lambda t: _people(ctx, (t,)) and t not in gone)
        if len(two) > 1 and not bound.intersection(two):
            if not found or discourse.since(found[0]) > 1:
                found = [two]
    if gender == "p" and subject and ctx.mode == "event" and found and not _people(ctx, found[0]):
        # "takes his guns. They leave": people leave, whoever spoke of things
        found = _those_who_act(ctx, bound, gone) or found
    if not found and gender == "p":
        here = discourse.people(lambda t: _people(ctx, (t,)), ago=0)
        if len(here) > 1 and not bound.intersection(here):
            found = [here]  # "Tom suggests to Ann that they leave"
    if not found and gender == "p":
        together = tuple(t for t in discourse.acted_together if t not in gone)
        if len(together) > 1 and (subject or owner or not bound.intersection(together)):
            found = [together]
        else:
            found = discourse.candidates(lambda ts: fits_gender(ctx, ts, "p"), frozenset())
            spoken = discourse.people(lambda t: _people(ctx, (t,)), told=True)
            if not found and len(spoken) > 1 and not bound.intersection(spoken):
                found = [spoken]  # those of the sentence before, be it that one speaks of the other
    if len(found) != 1 and ctx.state.presuming and owner and discourse.subject:
        found = [discourse.subject]  # "Vera lost his keys": others are not asked what they meant
    if not found:
        raise Unreadable(pronoun_without_candidate(ctx.span(at), token.text))
    if len(found) > 1:
        found = _part_or_whole(ctx, found)
    if len(found) > 1 and gender == "n":
        found = _likelier(ctx, found)
    if len(found) > 1 and subject and discourse.subject in found:
        found = [discourse.subject]  # whose deed was told last
    if len(found) > 1:
        found = _owners(ctx, found)
    if len(found) > 1 and ctx.state.presuming:
        found = found[:1]
    if len(found) > 1:
        labels = tuple(" and ".join(ctx.state.world.things[t].label for t in ts) for ts in found)
        raise Unreadable(ambiguous_pronoun(ctx.span(at), token.text, labels))
    _learn_sex(ctx, found[0], gender)
    return referents.Ref(tuple(referents.const(ctx, t) for t in found[0]))


def _learn_sex(ctx: Context, things: tuple[str, ...], gender: str) -> None:
    """Who was once a "he" stays one: "Pixel brings her laptop" tells what the name does not."""
    state = ctx.state
    if len(things) != 1 or gender not in ("m", "f") or ctx.mode not in ("event", "fact"):
        return
    thing = state.world.things.get(state.names.get(things[0], things[0]))
    if thing is None or state.presuming or gender_of(ctx, things) is not None:
        return
    thing.gender = gender
    state.sexes.append(thing.id)


def _those_who_act(ctx: Context, bound: frozenset[str], gone: set[str]) -> list[tuple[str, ...]]:
    """Who acted together last, where one of them was just told of; else the people of the sentence before."""
    discourse = ctx.state.discourse
    together = tuple(t for t in discourse.acted_together if t not in gone)
    if len(together) > 1 and set(discourse.subject) & set(together) and bound.isdisjoint(together):
        return [together]
    two = discourse.people(lambda t: _people(ctx, (t,)) and t not in gone)
    return [two] if len(two) > 1 and bound.isdisjoint(two) else []


def _people(ctx: Context, things: tuple[str, ...]) -> bool:
    """Whether these are people, each with a name or a description of his own."""
    return all(t in ctx.state.world.things and ctx.state.is_a(t, PERSON) for t in things)


def _is_beast(ctx: Context, things: tuple[str, ...]) -> bool:
    """Whether these are animals whose sex nobody told."""
    return all(
        ctx.state.is_a(t, "animal") and ctx.state.world.things[t].gender is None
        for t in (ctx.state.names.get(t, t) for t in things)
    )


def _lately(
    ctx: Context, fits: Callable[[tuple[str, ...]], bool], apart: frozenset[str]
) -> list[tuple[str, ...]]:
    """Those that fit and were spoken of in this sentence or the one before."""
    discourse = ctx.state.discourse
    recent = {
        t
        for mention in discourse.mentions
        if mention.sentence >= discourse.sentence - 1
        for t in mention.things
    }
    return discourse.candidates(lambda ts: recent.issuperset(ts) and fits(ts), apart)


def _owners(ctx: Context, found: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Of "her" and "her mother", the one whose mother that is."""
    things = ctx.state.world.things
    whose = {things[ts[0]].owner for ts in found if len(ts) == 1 and ts[0] in things}
    kept: list[tuple[str, ...]] = [ts for ts in found if len(ts) == 1 and ts[0] in whose]
    return kept if len(kept) == 1 else found


def _likelier(ctx: Context, found: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Of things and what they are in, on or taken to, the things: "She hides the key in the bag. Tom does not see it."."""
    state = ctx.state
    behind = {
        state.world.things[t].owner
        for mention in state.discourse.mentions
        for t in mention.things
        if mention.sentence >= state.discourse.sentence - 1 and t in state.world.things
        if state.is_a(t, SPOT)
    } | {
        t.owner for t in state.world.things.values() if SPOT in t.kinds or "hiding place" in t.kinds
    }
    behind |= {
        state.where.get(ts[0]) for ts in found
    }  # "hides it in a book and tells nobody of it"
    found = [
        ts for ts in found if ts[0] not in behind
    ] or found  # "behind the clock he finds a canvas"
    for kinds in ((PLACE,), (FURNITURE,), ("container",), ("substance",)):
        kept = [ts for ts in found if not any(state.is_a(t, kind) for t in ts for kind in kinds)]
        found = kept or found
        if len(found) == 1:
            break
    return found


def _part_or_whole(ctx: Context, found: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Of a group and a part of it: the whole where a part is taken ("the last of them"), else the part."""
    parts = ctx.state.parts
    wholes = [
        ts for ts in found if any(parts.get(other[0]) == ts[0] for other in found if other != ts)
    ]
    rest = [ts for ts in found if ts not in wholes]
    return (wholes if ctx.portion else rest) or found


def there(ctx: Context, at: int) -> f.Term:
    """The place in mind."""
    if ctx.mode == "rule":
        return f.Value(PLACE_OF, (f.Var(next(iter(ctx.letters), "X")),))
    place = ctx.state.discourse.place
    if place is None and ctx.mode == "event" and ctx.state.discourse.subject:
        # nobody has said where: where who does it is
        return f.Value(PLACE_OF, (f.Const(ctx.state.discourse.subject[0]),))
    if place is None:
        raise Unreadable(pronoun_without_candidate(ctx.span(at), ctx.tokens[at].text))
    return referents.const(ctx, place)
