"""What be says: adjectives, places, kinds and names."""

from __future__ import annotations

from fabula.language import callings, logic, nouns
from fabula.language import referents as r
from fabula.language import syntax as x
from fabula.language.changing import replace
from fabula.language.lexicon import Adjective
from fabula.language.state import Context, Unreadable
from fabula.language.words import closed
from fabula.model import formula as f
from fabula.model.world import (
    DESCRIPTION,
    GROUP,
    LOCATION,
    PERSON,
    PLACE,
    PLACE_OF,
    THING,
    WHO,
)
from fabula.problems.unknown_kind import unknown_kind
from fabula.problems.wording import near
from fabula.problems.wrong_kind import wrong_kind


# copula
def copula(ctx: Context, subject: r.Ref, complement: x.Complement, clause: x.Clause) -> f.Formula:
    """What ``be`` says of its subject."""
    said = _complement(ctx, subject, complement)
    phrase = complement.place
    if phrase is not None and phrase.preposition in ctx.state.beside:
        _placed_beside(ctx, subject, phrase, clause.negated)
    if phrase is not None and phrase.preposition in ctx.state.adjoining:
        _facing(ctx, subject, phrase, clause.negated)
    if not clause.places or complement.place is not None:
        return said
    if isinstance(complement.np, x.Described) and complement.np.noun is not None:
        kind = r.kind_of_noun(ctx, complement.np.noun)
        if _works_there(ctx, kind, replace(complement.np, places=clause.places)):
            return said
    return f.conjunction([said, *(_placed_all(ctx, subject, phrase) for phrase in clause.places)])


def _placed_beside(ctx: Context, subject: r.Ref, phrase: x.Phrase, negated: bool) -> None:
    """ "Ann is (not) above the bar.": besides how they lie to each other, that is where she is or is not."""
    if ctx.mode != "fact" or ctx.mind:
        return
    standing = [term for term in subject.terms if _stands(ctx, term)]
    ref = r.refer(ctx, phrase.np) if standing else None
    if ref is None or not ref.things():
        return
    for term in standing:
        there = _at_spot(ctx, term, phrase.preposition, ref)
        ctx.facts.append(f.negated(there) if negated else there)


def _facing(ctx: Context, subject: r.Ref, phrase: x.Phrase, negated: bool) -> None:
    """ "The yard is behind the house.": and the house is in front of the yard."""
    if ctx.mode != "fact" or ctx.mind:
        return
    places = [t for t in subject.terms if isinstance(t, f.Const) and ctx.state.is_a(t.thing, PLACE)]
    ref = r.refer(ctx, phrase.np) if places else r.Ref()
    for term in places:
        for other in ref.terms if _places(ctx, term, ref) else ():
            back = f.truth(closed.FACING[phrase.preposition], other, term)
            ctx.facts.append(f.negated(back) if negated else back)


def _complement(ctx: Context, subject: r.Ref, complement: x.Complement) -> f.Formula:
    if complement.adjectives:
        parts = [_adjective(ctx, subject, at, phrase) for at, phrase in complement.adjectives]
        if complement.clause is not None:
            return f.conjunction([*parts, *_about_that(ctx, subject, complement)])
        return (
            f.Or(tuple(parts))
            if complement.word == "or" and len(parts) > 1
            else f.conjunction(parts)
        )
    if complement.place is not None:
        phrase = complement.place
        return logic.distribute([subject], lambda ts: placed(ctx, ts[0], phrase))
    if complement.called is not None:
        return f.TRUE
    if complement.np is not None:
        return _identity(ctx, subject, complement.np)
    return logic.distribute([subject], lambda ts: f.Known(f.Value(LOCATION, (ts[0],))))


def _about_that(ctx: Context, subject: r.Ref, complement: x.Complement) -> list[f.Formula]:
    """ "Glad that she came": who is glad believes it; who is afraid that she comes does not."""
    from fabula.language import attitudes

    words = {ctx.tokens[at].lower for at, _ in complement.adjectives}
    if words & closed.NOT_BELIEVING or not all(ctx.state.is_a(t, PERSON) for t in subject.things()):
        return []
    body = attitudes.inside(ctx, complement.clause)
    return [logic.distribute([subject], lambda ts: f.Believes(ts[0], body))]


def _adjective(ctx: Context, subject: r.Ref, at: int, phrase: x.Phrase | None) -> f.Formula:
    entry = ctx.tokens[at].entry
    assert entry is not None
    if phrase is not None:
        for adjective in entry.adjectives:
            if adjective.preposition == phrase.preposition:
                return _of(ctx, adjective, [subject, r.whereabouts(ctx, phrase)])
        plain = next((a for a in entry.adjectives if not a.preposition), None)
        if plain is not None:
            # "wounded in the arm": of the part, and of its owner
            part = r.whereabouts(ctx, phrase)
            whole = logic.distribute([subject], lambda ts: property_atom(ctx, plain, ts[0]))
            if part.one is not None and any(ctx.state.is_a(t, "part") for t in part.things()):
                return f.conjunction(
                    [logic.distribute([part], lambda ts: property_atom(ctx, plain, ts[0])), whole]
                )
            return f.conjunction(
                [whole, logic.distribute([subject], lambda ts: placed(ctx, ts[0], phrase))]
            )
    for adjective in entry.adjectives:
        if not adjective.preposition:
            for thing in subject.things():
                if adjective.value:
                    ctx.state.traits.setdefault(thing, set()).add(ctx.tokens[at].lower)
            return _of(ctx, adjective, [subject])
    # a relation whose second thing is not said: "El is angry"
    adjective = entry.adjectives[0]
    var = ctx.fresh()
    info = ctx.state.world.fluents.get(adjective.fluent)
    kind = info.params[1] if info is not None else THING
    return logic.distribute(
        [subject], lambda ts: f.Exists(var.name, kind, property_atom(ctx, adjective, ts[0], var))
    )


def _of(ctx: Context, adjective: Adjective, refs: list[r.Ref]) -> f.Formula:
    return logic.distribute(refs, lambda ts: property_atom(ctx, adjective, *ts))


def _of_kind(ctx: Context, subject: r.Ref, kind: str) -> f.Formula:
    return logic.distribute([subject], lambda ts: callings.said(ctx, ts[0], kind))


def _placed_all(ctx: Context, subject: r.Ref, phrase: x.Phrase) -> f.Formula:
    return logic.distribute([subject], lambda ts: placed(ctx, ts[0], phrase))


def property_atom(ctx: Context, adjective: Adjective, *terms: f.Term) -> f.Formula:
    """A property's atom, or the body of a definition."""
    if adjective.fluent in ctx.state.definitions:
        return defined(ctx, adjective.fluent, list(terms))
    info = ctx.state.world.fluents.get(adjective.fluent)
    if info is not None and info.result != "boolean" and len(terms) == 2:
        return f.Equals(f.Value(adjective.fluent, (terms[0],)), terms[1])
    atom = f.truth(adjective.fluent, *terms, value=adjective.value)
    return counting(ctx, adjective.fluent, terms, atom) if adjective.value else atom


def counting(ctx: Context, fluent: str, terms: tuple[f.Term, ...], atom: f.Formula) -> f.Formula:
    """An atom with what counts as it for who asks."""
    counted = ctx.state.counts.get(fluent) if ctx.mode == "query" else None
    return f.Or((atom, *counted.about(terms))) if counted is not None else atom


def defined(ctx: Context, key: str, terms: list[f.Term]) -> f.Formula:
    """A definition's conditions for these terms: any of its bodies."""
    bodies = ctx.state.definitions[key].about(terms)
    return bodies[0] if len(bodies) == 1 else f.Or(tuple(bodies))


def placed(ctx: Context, term: f.Term, phrase: x.Phrase) -> f.Formula:
    """That something is in, at, with or behind something."""
    preposition = phrase.preposition
    ref = r.whereabouts(ctx, phrase)
    if preposition in ("from", "towards") and ctx.mode != "query":
        return f.TRUE  # where somebody comes from, or goes, is not where he is
    if preposition in ("in", "on", "at") and ref.things() and ctx.mode != "query":
        ctx.state.placing.setdefault(ref.things()[0], preposition)
    if (
        ref.things()
        and preposition != "with"
        and ctx.state.is_a(ref.things()[0], "place")
        and not ctx.mind
    ):
        ctx.state.discourse.place = ref.things()[0]
    if preposition in ctx.state.adjoining and ctx.mode != "content" and _places(ctx, term, ref):
        return _beside(ctx, term, preposition, ref)
    if preposition in ("with", "near", "by", "beside", "next to") and not (
        preposition != "with" and ref.things() and ctx.state.is_a(ref.things()[0], "place")
    ):

        def near(ts: list[f.Term]) -> f.Formula:
            here = f.Equals(f.Value(PLACE_OF, (term,)), f.Value(PLACE_OF, (ts[0],)))
            # who was with Ann is not asked of herself
            return here if ctx.mode != "query" else f.And((here, f.Not(f.Equals(term, ts[0]))))

        return logic.distribute([ref], near)
    if preposition == "'s":
        return logic.distribute([ref], lambda ts: f.truth("own", ts[0], term))
    if preposition in ("at", "off") and ctx.mode != "rule":
        _is_place(ctx, phrase, ref)
    if preposition in ("out of", "off", "outside", "away from"):
        return logic.distribute([ref], lambda ts: f.Not(f.Within(term, ts[0])))
    if preposition in ctx.state.beside and ctx.mode != "content":
        return _beside(ctx, term, preposition, ref)
    if preposition in closed.SPOTS and ctx.mode != "rule":
        ref = r.spot(ctx, preposition, ref)
    return logic.distribute([ref], lambda ts: f.Within(term, ts[0]))


def _places(ctx: Context, term: f.Term, ref: r.Ref) -> bool:
    """Whether it is said of two places how they lie: neither is in the other, as somebody would be who stands there."""
    return (
        isinstance(term, f.Const)
        and ctx.state.is_a(term.thing, PLACE)
        and bool(ref.things())
        and all(ctx.state.is_a(thing, PLACE) for thing in ref.things())
    )


def _beside(ctx: Context, term: f.Term, preposition: str, ref: r.Ref) -> f.Formula:
    """ "The lamp is above the table.": the two lie like that to each other."""

    def lying(ts: list[f.Term]) -> f.Formula:
        return counting(ctx, preposition, (term, ts[0]), f.truth(preposition, term, ts[0]))

    lies = logic.distribute([ref], lying)
    if ctx.mode == "query" and _stands(ctx, term) and ref.things():
        return f.Or((_at_spot(ctx, term, preposition, ref), lies))
    return lies


def _stands(ctx: Context, term: f.Term) -> bool:
    """Whether somebody is spoken of, who is where he is said to be, and does not merely lie like that to a thing."""
    return not isinstance(term, f.Const) or ctx.state.is_a(term.thing, PERSON)


def _at_spot(ctx: Context, term: f.Term, preposition: str, ref: r.Ref) -> f.Formula:
    spot = r.spot(ctx, preposition, ref)
    return logic.distribute([spot], lambda ts: f.Within(term, ts[0]))


def _is_place(ctx: Context, phrase: x.Phrase, ref: r.Ref) -> None:
    """Nobody is "at Carl": it may have been meant "with Carl", "at Carl's house", or, in "scared off Carl", "of"."""
    for thing in ref.things():
        if ctx.state.is_a(thing, PERSON) and not ctx.state.is_a(thing, "place"):
            label = ctx.state.world.things[thing].label
            place = ctx.span(phrase.at)
            raise Unreadable(wrong_kind(place, phrase.preposition, label, "a place", "a person"))


def _identity(ctx: Context, subject: r.Ref, np: object) -> f.Formula:
    if isinstance(np, x.Described) and np.noun is not None:
        entry = ctx.tokens[np.noun].entry
        owner = np.owner if np.owner is not None else np.of
        if (
            entry is not None
            and entry.relation
            and owner is not None
            and not (entry.noun and np.owner is None and entry.noun == "place")
        ):
            fluent = entry.relation
            other = _owner(ctx, subject, owner)
            remember_relation(ctx, fluent, subject, other)
            info = ctx.state.world.fluents[fluent]
            if info.result != "boolean":
                return logic.distribute(
                    [subject, other], lambda ts: f.Equals(f.Value(fluent, (ts[1],)), ts[0])
                )
            return logic.distribute([subject, other], lambda ts: f.truth(fluent, *ts))
        if entry is not None and entry.noun and (np.det in closed.INDEFINITE or np.det == ""):
            kind = entry.noun
            members = np.of if ctx.state.kind_is(kind, GROUP) else None
            narrowed = [_of_kind(ctx, subject, kind)]
            if isinstance(members, x.Described | x.Named):
                inner = r.kind_of_noun(
                    ctx, members.noun if isinstance(members, x.Described) else members.at
                )
                # "a group of guns" is guns; "a group of men" are men and a group
                kinds = [inner, kind] if ctx.state.kind_is(inner, PERSON) else [inner]
                narrowed = [_of_kind(ctx, subject, k) for k in kinds]
                for thing in subject.things():
                    if not ctx.mind and ctx.mode != "rule" and thing in ctx.state.world.things:
                        ctx.state.world.things[thing].plural = True

            whom = next((phrase.np for phrase in np.places if phrase.preposition == "for"), None)
            if whom is not None:
                # "a spy for David" works for him
                service = ctx.state.lexicon.service
                narrowed.append(
                    logic.distribute(
                        [subject, r.refer(ctx, whom)], lambda ts: f.truth(service, *ts)
                    )
                )
                np = replace(np, places=tuple(p for p in np.places if p.preposition != "for"))

            if _works_there(ctx, kind, np):
                # "a nurse at the hospital" works there: where she is now, nobody said
                np = replace(np, places=())

            def more(ts: list[f.Term]) -> f.Formula:
                return nouns.narrowing(ctx, np, ts[0]) or f.TRUE

            narrowed.append(logic.distribute([subject], more))
            return f.conjunction([p for p in narrowed if p != f.TRUE])
    if (
        isinstance(np, x.Described)
        and np.noun is not None
        and np.det in closed.INDEFINITE
        and ctx.tokens[np.noun].entry is None
    ):
        # "Otto is a safecracker": what somebody is has to be a kind
        word = ctx.tokens[np.noun].lower
        if ctx.state.presuming and ctx.mode == "fact" and not np.words:
            person = any(ctx.state.is_a(t, PERSON) for t in subject.things())
            ctx.state.add_kind(word, (PERSON if person else THING,))
            return _of_kind(ctx, subject, word)
        raise Unreadable(unknown_kind(ctx.span(np.noun), word, near(word, ctx.state.world.kinds)))
    token = ctx.tokens[np.at] if isinstance(np, x.Named) else None
    if token is not None and token.kind == "proper" and ctx.mode == "fact" and not ctx.mind:
        named = [t for t in subject.things() if not ctx.state.is_a(t, PERSON)]
        if named and len(subject.things()) == 1:
            ctx.state.add_alias(named[0], token.text)  # "Its home port is Nantucket"
            return f.TRUE
    ref = r.refer(ctx, np)
    if isinstance(np, x.Amount) and all(isinstance(term, f.Const) for term in subject.terms):
        return f.TRUE  # "Dora is twelve": how old somebody is makes no difference to anything
    return logic.distribute([subject, ref], lambda ts: _same(ctx, ts[0], ts[1]))


_STAYING = frozenset(
    "prisoner captive hostage guest patient passenger inmate visitor tenant lodger detainee refugee stowaway".split()
)


def _works_there(ctx: Context, kind: str, np: x.Described) -> bool:
    """Whether "a nurse at the hospital" is told of somebody once the story has begun."""
    from fabula.language import callings

    state = ctx.state
    if not np.places or not state.events or ctx.mode == "query" or np.det not in ("a", "an"):
        return False
    if any(state.kind_is(kind, one) for one in _STAYING if one in state.world.kinds):
        return False
    return callings.can_be_secret(state, kind) and all(
        phrase.preposition in ("in", "at") for phrase in np.places
    )


def _owner(ctx: Context, subject: r.Ref, owner: object) -> r.Ref:
    """Whose brother somebody is; not his own."""
    saved = ctx.apart
    bodies = tuple(ctx.state.names.get(t, t) for t in subject.things())
    ctx.apart = frozenset((*subject.things(), *bodies))
    try:
        return r.refer(ctx, owner)
    finally:
        ctx.apart = saved


def _same(ctx: Context, one: f.Term, other: f.Term) -> f.Formula:
    """Two terms are one thing; a description in a rule is compared by whom it stands for."""
    if isinstance(one, f.Var) and ctx.letters.get(one.name) == DESCRIPTION:
        return f.Equals(f.Value(WHO, (one,)), other)
    if isinstance(other, f.Var) and ctx.letters.get(other.name) == DESCRIPTION:
        return f.Equals(f.Value(WHO, (other,)), one)
    if isinstance(other, f.Value) and not isinstance(one, f.Value):
        return f.Equals(other, one)
    return f.Equals(one, other)


def remember_relation(ctx: Context, fluent: str, subject: r.Ref, other: r.Ref) -> None:
    """So that "El's brother" is found later."""
    if ctx.mode in ("rule", "query") or ctx.mind:
        return
    for owner in other.things():
        for thing in subject.things():
            body = ctx.state.names.get(owner, owner)
            known = ctx.state.related.setdefault((fluent, body), [])
            if thing not in known:
                known.append(thing)
            _remember_converse(ctx, fluent, thing, body)


def _remember_converse(ctx: Context, fluent: str, thing: str, body: str) -> None:
    """Whose daughter somebody is, is her father or her mother."""
    from fabula.language import pronouns

    for gender, other in closed.CONVERSE.get(fluent, ()):
        told = pronouns.gender_of(ctx, (body,)) if body in ctx.state.world.things else None
        if told == gender and other in ctx.state.world.fluents:
            back = ctx.state.related.setdefault((other, thing), [])
            if not back:
                back.append(body)
