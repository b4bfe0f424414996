"""Parts of groups, and everyone, nobody and every …."""

from __future__ import annotations

from fabula.language import departed, nouns, referents
from fabula.language import syntax as x
from fabula.language.state import Context
from fabula.language.words import closed
from fabula.model import formula as f
from fabula.model.story import Everyone
from fabula.model.world import (
    GROUP,
    PERSON,
    THING,
)

_REMAINING = frozenset({"rest", "remainder"})


def portion(ctx: Context, np: x.Portion, wanted: str = THING) -> referents.Ref:
    """A part split off a group is a group (or person) of its own with a stable name."""
    state = ctx.state
    if isinstance(np.of, x.Pronoun) and np.of.form == "these":
        return _most_so(ctx, np.size)
    divided = list(state.parts.values())[-1:]
    if divided and isinstance(np.of, x.Pronoun) and ctx.tokens[np.of.at].lower in _REMAINING:
        # "keeps half of it and gives the rest to Ann": of what was divided last
        whole = referents.Ref((referents.const(ctx, divided[0]),))
    else:
        ctx.portion = True
        whole = referents.refer(ctx, np.of, wanted=wanted)
        ctx.portion = False
    if np.size in ("all", "both"):
        return whole
    things = whole.things()
    if not things:
        return whole
    if len(things) > 1:
        if np.size == "last":
            return referents.Ref((referents.const(ctx, things[-1]),))
        return referents.Ref(tuple(referents.const(ctx, t) for t in things))
    group = state.names.get(things[0], things[0])
    if ctx.mode == "query":
        return _any_part(ctx, group)
    members = state.world.things[group].members
    base = state.world.things[group]
    kinds = base.kinds
    one = np.size in ("one", "last", "another", "1")
    label = f"{'the ' if np.size in ('rest', 'last') else ''}{np.size} of {with_article(base.label, base.proper)}"
    if one:
        kinds = tuple(k for k in kinds if k != GROUP) or (PERSON,)
        if not state.is_a(group, PERSON):
            kinds = (THING,) if kinds == (PERSON,) and not state.is_a(group, PERSON) else kinds
    gone = departed.dead(state) if one and members and not ctx.mind else set()
    if np.size in ("rest", "last", "most", "half", "one") or ctx.mind:
        for member in reversed(members):
            if state.world.things[member].label == label and member not in gone:
                return referents.Ref((referents.const(ctx, member),))
    if any(state.world.things[m].label == label for m in members):
        label = label.replace(np.size, "another", 1) if one else label
    thing = state.add_thing(label, kinds, plural=not one, implied=True, named=False, owner=group)
    base.members = (*base.members, thing.id)
    state.parts[thing.id] = group
    state.where[thing.id] = state.where.get(group, "")
    return referents.Ref((f.Const(thing.id),))


def _most_so(ctx: Context, word: str) -> referents.Ref:
    """ "The youngest": one of the people that were spoken of last as several, the same one each time."""
    state = ctx.state
    several = (
        t
        for mention in reversed(state.discourse.mentions)
        for t in mention.things
        if t in state.world.things and state.world.things[t].plural and state.is_a(t, PERSON)
    )
    group = next(several, None)
    base = state.world.things[group] if group is not None else None
    label = (
        f"the {word}" if base is None else f"the {word} of {with_article(base.label, base.proper)}"
    )
    for thing in state.world.things.values():
        if thing.label == label or (base is not None and label in thing.aliases):
            return referents.Ref((referents.const(ctx, thing.id),))
    if base is None or group is None or ctx.mode in ("rule", "query"):
        made = state.add_thing(label, (PERSON,), implied=True, named=False)
        return referents.Ref((f.Const(made.id),))
    kinds = tuple(k for k in base.kinds if k != GROUP) or (PERSON,)
    made = state.add_thing(label, kinds, implied=True, named=False, owner=group)
    made.gender = base.gender or closed.KIN.get(base.label.split(" ")[-1].removesuffix("s"))
    base.members = (*base.members, made.id)
    state.parts[made.id] = group
    state.where[made.id] = state.where.get(group, "")
    return referents.Ref((f.Const(made.id),))


def _any_part(ctx: Context, group: str) -> referents.Ref:
    """A part asked about is whichever part of the group the story has told of, or all of it."""
    parts = [part for part, whole in ctx.state.parts.items() if whole == group]
    return referents.Ref(tuple(f.Const(t) for t in (group, *parts)), "or")


def with_article(label: str, proper: bool) -> str:
    """A label as it is said inside another: "the rest of the men"."""
    return label if proper or label[:1].isupper() or label.startswith("the ") else f"the {label}"


_ANY = {"anyone", "anybody", "anything", "someone", "somebody", "something"}


def universal(ctx: Context, np: x.Universal, wanted: str) -> referents.Ref:
    """``everyone``, ``nobody``, ``every man in the bar``."""
    word = np.word
    base = closed.UNIVERSAL.get(word)
    kind = (
        referents.kind_of_noun(ctx, np.noun)
        if np.noun is not None
        else (base or (PERSON if wanted == THING else wanted))
    )
    if np.noun is None and base is None:
        kind = PERSON
    if base == THING:
        kind = THING
    negative = word in ("no", "nobody", "nothing", "none")
    some = word in _ANY
    if ctx.mode == "event" and not negative and not some:
        return _everyone(ctx, np, kind)
    var = ctx.fresh()
    restriction = nouns.narrowing(ctx, np, var)
    parts: list[f.Formula] = [restriction] if restriction is not None else []
    if np.but is not None:
        parts.extend([f.Not(f.Equals(var, term)) for term in referents.refer(ctx, np.but).terms])
    return referents.Ref(
        quantifier=referents.Quantifier(
            var.name,
            kind,
            f.conjunction(parts) if parts else None,
            "no" if negative else "some" if some else "every",
        )
    )


def _everyone(ctx: Context, np: x.Universal, kind: str) -> referents.Ref:
    """All who are in a place when the event happens."""
    place: str | None = ctx.state.discourse.place
    for phrase in np.places:
        target = referents.refer(ctx, phrase.np)
        if target.things():
            place = target.things()[0]
    but: tuple[str, ...] = ()
    if np.but is not None:
        but = tuple(ctx.state.names.get(t, t) for t in referents.refer(ctx, np.but).things())
    return referents.Ref(everyone=Everyone(kind, place, but))


def of_quality(ctx: Context, at: int) -> referents.Ref:
    """ "The dead", "the poor": a group of those who are so, the same one each time."""
    state = ctx.state
    word = ctx.tokens[at].lower
    if ctx.mode in ("rule", "query"):
        var = ctx.fresh()
        said = nouns.narrowing(ctx, x.Universal("every", None, adjectives=(at,)), var)
        return referents.Ref(quantifier=referents.Quantifier(var.name, PERSON, said, "every"))
    known = next(
        (t for t in state.world.things.values() if t.label == word and state.is_a(t.id, GROUP)),
        None,
    )
    if known is None:
        kinds = (PERSON, GROUP)
        line = ctx.span(at).line
        known = state.add_thing(word, kinds, plural=True, implied=True, line=line, named=False)
    return referents.Ref((f.Const(known.id),))
