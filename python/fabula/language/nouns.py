"""Noun phrases with a noun to things: the one meant, a new one, or any."""

from __future__ import annotations

from fabula.language import bearers, copulas, departed, groups, misspelt, referents, whose_part
from fabula.language import syntax as x
from fabula.language.changing import replace
from fabula.language.state import Context, State, Unreadable
from fabula.language.words import closed
from fabula.model import formula as f
from fabula.model.story import Stated
from fabula.model.world import (
    CONTAINER,
    GROUP,
    LOCATION,
    OPEN_CONTAINER,
    PERSON,
    PLACE,
    PLACE_OF,
    THING,
    Thing,
)
from fabula.problems.ambiguous_pronoun import ambiguous_pronoun
from fabula.problems.unknown_kind import unknown_kind

LATELY = 8
# What somebody's own is about him, where nobody says otherwise: "puts it in her bag".
CARRIED = frozenset(
    "sleeve pocket notebook bag handbag purse wallet satchel briefcase backpack quiver holster sheath".split()
)


def described(ctx: Context, np: x.Described) -> referents.Ref:
    """The thing that a noun with what narrows it stands for."""
    state = ctx.state
    assert np.noun is not None
    token = ctx.tokens[np.noun]
    entry = token.entry
    owner = np.owner if np.owner is not None else np.of
    if np.called is not None:
        return bearers.called(ctx, np, np.called)
    if (
        np.owner is not None
        and entry is not None
        and entry.name is not None
        and not np.words
        and not entry.noun
        and not entry.relation
    ):
        return referents.Ref((referents.const(ctx, entry.name),))
    if (
        entry is not None
        and entry.noun == PLACE
        and owner is not None
        and not np.words
        and not np.adjectives
    ):
        ref = referents.refer(ctx, owner)
        return referents.Ref(tuple(f.Value(PLACE_OF, (t,)) for t in ref.terms), quantifier=None)
    if entry is not None and entry.relation and owner is not None:
        return _relative_of(ctx, np, entry.relation, referents.refer(ctx, owner))
    if entry is not None and entry.adjectives and not (entry.noun or entry.relation):
        return groups.of_quality(ctx, np.noun)
    if entry is None or not (entry.noun or entry.relation):
        return _unknown_noun(ctx, np)
    kind = entry.noun or PERSON
    plural = entry.plural or (np.count or 1) > 1
    if np.det in closed.INDEFINITE or (np.det == "" and owner is None):
        if np.det == "" and ctx.mode != "rule" and np.count is None and _one(ctx, np, plural):
            found = _search(ctx, np, kind, None)
            if found is not None and _as_much(ctx, kind, found):
                return found
        return _indefinite(ctx, np, kind, plural)
    owner_ref = whose_part.owner_of(ctx, owner, kind) if owner is not None else None
    if owner is None and (lost := whose_part.severed(ctx, kind)) is not None:
        return lost
    if owner is None and isinstance(ctx.part_of, referents.Ref) and state.kind_is(kind, "part"):
        owner_ref = ctx.part_of
    found = _search(ctx, np, kind, owner_ref)
    if found is not None:
        if isinstance(np.relative, x.Clause):
            _earlier(ctx, np.relative, found)
        return found
    return _implied(ctx, np, kind, plural, owner_ref)


def is_relative(ctx: Context, np: object) -> bool:
    """Whether a noun says who somebody is to somebody that is not named with it: "a brother", "two friends"."""
    if (
        not isinstance(np, x.Described)
        or np.noun is None
        or np.owner is not None
        or np.of is not None
    ):
        return False
    entry = ctx.tokens[np.noun].entry
    if entry is None or not entry.relation:
        return False
    fluent = ctx.state.world.fluents.get(entry.relation)
    return fluent is not None and fluent.result == "boolean" and len(fluent.params) == 2


def _one(ctx: Context, np: x.Described, plural: bool) -> bool:
    """Whether a bare noun is about one thing: "rice is in the pot", and "peas is in the pot" as well."""
    assert np.noun is not None
    following = ctx.tokens[np.noun + 1] if np.noun + 1 < len(ctx.tokens) else None
    return not plural or (following is not None and following.lower in ("is", "was", "has"))


def _as_much(ctx: Context, kind: str, found: referents.Ref) -> bool:
    """Whether what is not counted is what was found: money in general is not the one coin that there is."""
    things = ctx.state.world.things
    return kind not in ctx.state.lexicon.uncounted or all(
        kind in things[t].kinds for t in found.things() if t in things
    )


def _unknown_noun(ctx: Context, np: x.Described) -> referents.Ref:
    """A noun that nobody declared: a new thing, of the kind as which it is first used, and a listed assumption.

    A likely slip of the pen for a word that is known is none.
    """
    from fabula.language.slips import unknown_word

    assert np.noun is not None
    state, token = ctx.state, ctx.tokens[np.noun]
    new = np.det in closed.INDEFINITE
    if (
        ctx.mode == "rule"
        or (ctx.mode == "query" and not ctx.presuming)
        or token.kind != "word"
        or not (new or np.det)
        or (not state.presuming and misspelt.is_slip(state, token.lower))
        or misspelt.half_named(ctx, np)
    ):
        raise unknown_word(state, ctx.sentence, ctx.tokens, np.noun)
    owner = referents.refer(ctx, np.owner).things() if np.owner is not None else ()
    label = referents.label(ctx, (*np.words, *np.adjectives, np.noun))
    if owner:
        holder = state.world.things[owner[0]]
        label = f"{groups.with_article(holder.label, holder.proper)}'s {label}"
    plural = token.lower.endswith("s") and not token.lower.endswith("ss")
    thing = state.add_thing(
        label,
        (THING,),
        owner=owner[0] if owner else None,
        plural=plural,
        implied=True,
        line=ctx.span(np.noun).line,
    )
    state.vague.add(thing.id)
    if not new:
        state.assumptions.append((f"there is {'' if owner else 'a '}{label}", ctx.span(np.noun)))
    return referents.Ref((f.Const(thing.id),))


def _earlier(ctx: Context, clause: x.Clause, found: referents.Ref) -> None:
    """A past deed that a relative clause tells of and the story has not: it was done before what is told here."""
    from fabula.language import logic, relatives_matched

    if ctx.mode not in ("event", "fact") or ctx.mind or not isinstance(found.one, f.Const):
        return
    if clause.tense not in ("past", "perfect") or clause.negated or clause.modal:
        return
    if clause.frame is None or not clause.frame.action or clause.frame.action.startswith("@"):
        return
    if relatives_matched.match_relative(ctx, clause, [found.one.thing]) is not None:
        return
    saved = ctx.gap, ctx.mode
    ctx.gap, ctx.mode = found, "content"
    try:
        ctx.earlier.append(logic.clause_formula(ctx, replace(clause, tense="now")))
    finally:
        ctx.gap, ctx.mode = saved


def _indefinite(ctx: Context, np: x.Described, kind: str, plural: bool) -> referents.Ref:
    state = ctx.state
    if ctx.mode in ("rule", "query") or ctx.mind:
        return _some(ctx, np, kind)
    words = tuple(i for i in (*np.words, *np.adjectives))
    assert np.noun is not None
    made = ctx.made.get(np.noun)
    if made is not None and made in state.world.things:
        return referents.Ref((f.Const(made),))
    label = referents.label(ctx, (*words, np.noun))
    kinds: tuple[str, ...] = (kind,)
    if plural and state.kind_is(kind, PERSON) and not state.kind_is(kind, GROUP):
        kinds = (kind, GROUP)
    if np.count and np.count > 1:
        label = f"{np.count} {label}"
    thing = state.add_thing(
        label, kinds, plural=plural, line=ctx.span(np.noun).line, named=bool(words)
    )
    ctx.made[np.noun] = thing.id
    extra = narrowing(ctx, np, f.Const(thing.id))
    if extra is not None:
        ctx.facts.append(extra)
    return referents.Ref((f.Const(thing.id),))


def _some(ctx: Context, np: x.Described, kind: str) -> referents.Ref:
    """Any thing of the kind that the noun phrase describes."""
    var = ctx.fresh()
    return referents.Ref(
        quantifier=referents.Quantifier(var.name, kind, narrowing(ctx, np, var), "some")
    )


def _counted(label: str) -> int | None:
    """The number that a label begins with."""
    first = label.split(" ")[0]
    return int(first) if first.isdigit() else closed.NUMBERS.get(first)


def narrowing(ctx: Context, np: x.Described | x.Universal, term: f.Term) -> f.Formula | None:
    """What adjectives, places and relative clauses say of the noun, about ``term``."""
    from fabula.language import logic

    parts: list[f.Formula] = []
    for at in np.adjectives:
        entry = ctx.tokens[at].entry
        if entry is not None:
            for adjective in entry.adjectives:
                if not adjective.preposition:
                    parts.append(copulas.property_atom(ctx, adjective, term))
                    break
    parts.extend([copulas.placed(ctx, term, phrase) for phrase in np.places])
    if np.relative is not None:
        saved = ctx.gap
        ctx.gap = referents.Ref((term,))
        clauses = np.relative.items if isinstance(np.relative, x.Clauses) else (np.relative,)
        parts.extend([logic.clause_formula(ctx, clause) for clause in clauses])
        ctx.gap = saved
    if isinstance(np, x.Universal) and np.owner is not None:
        owner = referents.refer(ctx, np.owner)
        if owner.one is not None:
            parts.append(f.Within(term, owner.one))
    return f.conjunction(parts) if parts else None


def _said_of(state: State, thing: str, others: set[str]) -> bool:
    """Whether a fact binds a thing to one of others: "The key fits the chest." makes it the key to the chest."""
    return not state.is_a(thing, PERSON) and any(
        isinstance(step, Stated)
        and isinstance(step.formula, f.Equals)
        and step.formula.right == f.Lit(True)
        and isinstance(step.formula.left, f.Value)
        and step.formula.left.args[:1] == (f.Const(thing),)
        and any(f.Const(other) in step.formula.left.args[1:] for other in others)
        for step in state.steps
    )


def _contrasts(state: State, thing: Thing) -> bool:
    """Whether a thing is told from others of its kind by its name: "the blue square" is not "the yellow square"."""
    first = thing.label.lower().split(" ")[0]
    return not state.is_a(thing.id, PERSON) and first in state.lexicon.adjective_words


def _search(
    ctx: Context, np: x.Described, kind: str, owner: referents.Ref | None
) -> referents.Ref | None:
    """The one thing that a definite description can mean, by owner, words, mention and place."""
    state = ctx.state
    if ctx.mode == "rule":
        if owner is not None and owner.one is not None:
            var = ctx.fresh()
            belongs: f.Formula = f.Within(var, owner.one)
            return referents.Ref(quantifier=referents.Quantifier(var.name, kind, belongs, "some"))
        var = ctx.fresh()
        return referents.Ref(
            quantifier=referents.Quantifier(var.name, kind, narrowing(ctx, np, var), "some")
        )
    words = {ctx.tokens[i].lower for i in (*np.words, *np.adjectives)}
    pool = [t for t in state.world.things.values() if any(kind in state.above(k) for k in t.kinds)]
    assert np.noun is not None
    plural = bool(ctx.tokens[np.noun].entry and ctx.tokens[np.noun].entry.plural)  # type: ignore[union-attr]
    pool = [
        t
        for t in pool
        if (t.plural or state.is_a(t.id, GROUP)) == plural or (not plural and not t.plural)
    ]
    if owner is not None and owner.things():
        ids = {
            o if ctx.mind and state.kind_is(kind, "part") else ctx.state.names.get(o, o)
            for o in owner.things()
        }
        owned = [t for t in pool if t.owner in ids or state.where.get(t.id) in ids]
        pool = owned or [t for t in pool if _said_of(state, t.id, ids)]
    elif owner is not None and owner.quantifier is not None:
        # "the box of chocolates", asked for: one that belongs to some of them
        some = owner.quantifier.kind
        pool = [t for t in pool if t.owner is not None and state.is_a(t.owner, some)]
    if words:
        exact = [
            t for t in pool if words <= set(t.label.lower().split()) | state.traits.get(t.id, set())
        ]
        single = len(pool) == 1 and not np.words and not _contrasts(state, pool[0])
        # where nothing is introduced, "the big box" is not "the box"
        pool = exact or (pool if single and not state.presuming else [])
    if isinstance(np.relative, x.Clause) and pool:
        from fabula.language import relatives_matched

        told = relatives_matched.match_relative(ctx, np.relative, [t.id for t in pool])
        if told is not None:
            return referents.Ref((referents.const(ctx, told),))
        pool = [t for t in pool if t.id not in state.discourse.subject] or pool
    if np.places and pool:
        target = referents.refer(ctx, np.places[0].np)
        there = set(target.things())
        if target.one is not None and np.places[0].preposition in closed.SPOTS:
            there |= set(referents.spot(ctx, np.places[0].preposition, target).things())
        placed = [t for t in pool if state.where.get(t.id) in there or t.owner in there]
        if not placed and len(pool) == 1 and ctx.mode == "event" and not ctx.mind:
            ctx.loose.append(np.places[0])  # "gives Ben the ring at the station": there he gives it
        pool = placed or (pool if len(pool) == 1 else [])
    if np.count is not None and np.count > 1:
        # "the two men": those split off or introduced as two
        pool = [t for t in pool if _counted(t.label) == np.count] or pool
    # "the container", where there is one that is called so and a box: not the box
    exact_kind = [t for t in pool if kind in t.kinds]
    if state.presuming and not words and owner is None:
        # where nothing is introduced, another noun is another thing
        noun = ctx.tokens[np.noun].lower
        exact_kind = [t for t in exact_kind if t.label.lower().replace("_", " ") == noun]
        if not exact_kind:
            return None
    pool = exact_kind or pool
    if not pool:
        return None if owner is not None or words else bearers.titled(ctx, np.noun)
    if len(pool) > 1 and (ctx.as_subject or ctx.portion) and not ctx.mind and kind != THING:
        alive = departed.living(state, [t.id for t in pool])
        pool = [t for t in pool if t.id in alive]
    if len(pool) > 1 and not ctx.as_subject and not ctx.mind:
        # nobody is told of as doing to himself what he does to "the man"
        pool = [t for t in pool if t.id not in state.discourse.subject] or pool
    if len(pool) == 1:
        return referents.Ref((referents.const(ctx, pool[0].id),))
    ids_in_pool = {t.id for t in pool}
    for mention in reversed(state.discourse.mentions):
        if state.discourse.sentence - mention.sentence > LATELY:
            break
        hits = [t for t in mention.things if t in ids_in_pool]
        if hits:
            return referents.Ref((referents.const(ctx, hits[0]),))
    here = [
        t for t in pool if state.discourse.place and state.where.get(t.id) == state.discourse.place
    ]
    if len(here) == 1:
        return referents.Ref((referents.const(ctx, here[0].id),))
    noun = ctx.tokens[np.noun].lower
    named = [t for t in pool if t.label.lower().replace("_", " ") == noun]
    if len(named) == 1:
        return referents.Ref((referents.const(ctx, named[0].id),))
    if ctx.mind:
        # "wants to play the guitar": whichever
        return _some(ctx, np, kind)
    labels = tuple(t.label for t in pool[:2])
    ambiguous = ambiguous_pronoun(ctx.span(np.noun), ctx.tokens[np.noun].text, labels)
    if ctx.mode == "query" and not plural:
        # "Who gave him the guitar?", where there are two: either
        ctx.either = ambiguous
        return referents.Ref(tuple(referents.const(ctx, t.id) for t in pool), "or")
    raise Unreadable(ambiguous)


def _implied(
    ctx: Context, np: x.Described, kind: str, plural: bool, owner: referents.Ref | None
) -> referents.Ref:
    """A thing that was not introduced: a part of a body, or something that is simply there (a listed assumption)."""
    state = ctx.state
    assert np.noun is not None
    if ctx.mode == "query" and not ctx.presuming:
        raise Unreadable(unknown_kind(ctx.span(np.noun), ctx.tokens[np.noun].lower, ()))
    label = referents.label(ctx, (*np.words, *np.adjectives, np.noun))
    if np.count and np.count > 1 and np.det != "the":
        label = f"{np.count} {label}"
    owners = owner.things() if owner is not None else ()
    holder = (
        (
            owners[0]
            if ctx.mind and state.kind_is(kind, "part")
            else state.names.get(owners[0], owners[0])
        )
        if owners
        else None
    )
    if holder is not None:
        whose = state.world.things[holder]
        if isinstance(np.of, x.Described) and np.of.det == "" and not whose.proper:
            label = f"{label} of {whose.label}"  # "the box of chocolates"
        else:
            label = f"{groups.with_article(whose.label, whose.proper)}'s {label}"
        # "her grandmother's house", where a house was introduced as "Grandmother's house"
        called = label.casefold().removeprefix("the ")
        for thing in state.world.things.values():
            if thing.label.casefold().removeprefix("the ") == called and state.is_a(thing.id, kind):
                return referents.Ref((referents.const(ctx, thing.id),))
    kinds: tuple[str, ...] = (
        (kind, GROUP)
        if plural and state.kind_is(kind, PERSON) and not state.kind_is(kind, GROUP)
        else (kind,)
    )
    if state.presuming and state.kind_is(kind, CONTAINER) and OPEN_CONTAINER in state.world.kinds:
        kinds = (*kinds, OPEN_CONTAINER)  # nobody has said that it is closed
    thing = state.add_thing(
        label,
        kinds,
        owner=holder,
        plural=plural,
        implied=True,
        line=ctx.span(np.noun).line,
        named=holder is not None or bool(np.words),
    )
    part = state.kind_is(kind, "part") or (
        holder is not None and state.is_a(holder, PERSON) and kind in CARRIED
    )
    if holder is not None and part and holder in state.names:
        pass  # whose it is depends on who that is
    elif holder is not None and part:
        ctx.facts.append(f.Equals(f.Value(LOCATION, (f.Const(thing.id),)), f.Const(holder)))
        state.where[thing.id] = holder
    else:
        extra = narrowing(ctx, np, f.Const(thing.id))
        if extra is not None:
            ctx.facts.append(extra)
        elif holder is None and any(
            one in state.world.kinds and state.kind_is(kind, one)
            for one in ("room", "grounds", "storey", "wing of a building")
        ):
            around = bearers.building(ctx)
            if around is not None:
                thing.owner = state.where[thing.id] = around  # it was there from the start
        state.assumptions.append(
            (f"there is {label if holder else 'a ' + label}", ctx.span(np.noun))
        )
    return referents.Ref((f.Const(thing.id),))


def _relative_of(ctx: Context, np: x.Described, fluent: str, owner: referents.Ref) -> referents.Ref:
    """``El's brother``: whoever stands in the relation, as far as was said; else a new one."""
    state = ctx.state
    if owner.one is None and owner.quantifier is None:
        return referents.Ref()
    if state.world.fluents[fluent].result != "boolean":
        return (
            referents.Ref((f.Value(fluent, (owner.one,)),))
            if owner.one is not None
            else referents.Ref()
        )
    assert np.noun is not None
    params = state.world.fluents[fluent].params
    if ctx.mode in ("rule", "query") or not owner.things():
        var = ctx.fresh()
        assert owner.one is not None
        return referents.Ref(
            quantifier=referents.Quantifier(
                var.name, params[0], f.truth(fluent, var, owner.one), "some"
            )
        )
    who = state.names.get(owner.things()[0], owner.things()[0])
    known = state.related.get((fluent, who), [])
    if known:
        plural = bool(ctx.tokens[np.noun].entry and ctx.tokens[np.noun].entry.plural)  # type: ignore[union-attr]
        chosen = known if plural else known[-1:]
        return referents.Ref(tuple(referents.const(ctx, t) for t in chosen))
    noun = ctx.tokens[np.noun]
    kind = noun.entry.noun if noun.entry is not None and noun.entry.noun else params[0]
    label = f"{state.world.things[who].label}'s {noun.lower}"
    thing = state.add_thing(
        label,
        (kind,),
        owner=who,
        implied=True,
        line=ctx.span(np.noun).line,
        plural=bool(noun.entry and noun.entry.plural),
    )
    thing.gender = thing.gender or closed.KIN.get(noun.lower)
    ctx.facts.append(f.truth(fluent, f.Const(thing.id), f.Const(who)))
    state.related.setdefault((fluent, who), []).append(thing.id)
    return referents.Ref((f.Const(thing.id),))
