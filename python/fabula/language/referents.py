"""Noun phrases to the things they stand for: names, pronouns, descriptions, groups, parts and spots."""

from __future__ import annotations

from fabula.language import appositions, groups, nouns, pronouns, short_names
from fabula.language import syntax as x
from fabula.language.lexer import name_words
from fabula.language.say import thing_words
from fabula.language.state import Context, State, Unreadable
from fabula.language.words import closed, given_names
from fabula.language.words.mixed_up import MIXED_UP
from fabula.model import formula as f
from fabula.model.story import Everyone
from fabula.model.world import (
    GROUP,
    PERSON,
    PLACE,
    PLACE_OF,
    SPOT,
    THING,
    WHO,
)
from fabula.problems.ambiguous_pronoun import ambiguous_pronoun
from fabula.problems.cannot_read import cannot_read
from fabula.problems.unknown_name import unknown_name
from fabula.problems.wording import slips
from fabula.records import dataclass


@dataclass(frozen=True, slots=True)
class Quantifier:
    """Any or every thing of a kind; ``restriction`` is about ``Var(var)``."""

    var: str
    kind: str
    restriction: f.Formula | None
    word: str  # every, some, no


@dataclass(frozen=True, slots=True)
class Ref:
    """What a noun phrase stands for: terms joined by ``word``, or a quantifier, or all who are there."""

    terms: tuple[f.Term, ...] = ()
    word: str = "and"
    quantifier: Quantifier | None = None
    everyone: Everyone | None = None

    @property
    def one(self) -> f.Term | None:
        """The only term, if there is exactly one."""
        return self.terms[0] if len(self.terms) == 1 else None

    def things(self) -> tuple[str, ...]:
        """The ids among the terms."""
        if len(self.terms) == 1 and isinstance(self.terms[0], f.Const):
            return (self.terms[0].thing,)  # nearly always
        found: list[str] = []
        for term in self.terms:
            if isinstance(term, f.Const):
                found.append(term.thing)
            elif (
                isinstance(term, f.Value)
                and term.fluent == WHO
                and isinstance(term.args[0], f.Const)
            ):
                found.append(term.args[0].thing)
        return tuple(found)


"""How many sentences ago something was spoken of that "the …" in what is told or wanted can mean."""


def const(ctx: Context, thing: str) -> f.Term:
    """A thing as a term: inside a mind, a name with a secret bearer is whomever that mind takes it to be."""
    body = ctx.state.names.get(thing)
    if body is None:
        return f.Const(thing)
    return f.Value(WHO, (f.Const(thing),)) if ctx.mind else f.Const(body)


def refer(ctx: Context, np: object, subject: bool = False, wanted: str = THING) -> Ref:
    """Resolves a noun phrase. ``wanted`` is the kind that its role asks for."""
    saved, ctx.as_subject = ctx.as_subject, subject
    ref = _refer(ctx, np, subject, wanted)
    ctx.as_subject = saved
    if ctx.mode != "rule":
        things = tuple(ctx.state.names.get(t, t) if not ctx.mind else t for t in ref.things())
        if things:
            ctx.state.discourse.mention(things, subject, ctx.mind)
    return ref


def _refer(ctx: Context, np: object, subject: bool, wanted: str) -> Ref:
    match np:
        case x.Named(at):
            return _named(ctx, at, wanted)
        case x.Gap():
            if not isinstance(ctx.gap, Ref) and isinstance(ctx.controller, Ref):
                return ctx.controller  # "wants to be freed"
            if not isinstance(ctx.gap, Ref):
                raise Unreadable(
                    cannot_read(
                        ctx.span(0), ctx.sentence.text, expected=("somebody who does this",)
                    )
                )
            return ctx.gap
        case x.Phrase(_, inner, _):
            return _refer(ctx, inner, subject, wanted)
        case x.Same():
            if isinstance(ctx.same, Ref):
                return ctx.same
            return Ref(tuple(const(ctx, t) for t in ctx.state.discourse.subject))
        case x.Pronoun(at, form):
            return pronouns.pronoun(ctx, at, form, subject, wanted)
        case x.There(at):
            return Ref((pronouns.there(ctx, at),))
        case x.Quoted(at):
            return Ref((f.Const(_quote(ctx, at)),))
        case x.Amount(at):
            return Ref((f.Lit(_number(ctx, at)),))
        case x.Several(items, word):
            terms: list[f.Term] = []
            everyone: Everyone | None = None
            quantifier: Quantifier | None = None
            for item in items:
                ref = _refer(ctx, item, subject, wanted)
                terms.extend(ref.terms)
                everyone = everyone or ref.everyone
                quantifier = quantifier or ref.quantifier
            return Ref(tuple(terms), word, quantifier if not terms else None, everyone)
        case x.Spot(preposition, thing):
            return spot(ctx, preposition, refer(ctx, thing))
        case x.Portion():
            return groups.portion(ctx, np, wanted)
        case x.Universal():
            return groups.universal(ctx, np, wanted)
        case x.Described():
            return nouns.described(ctx, np)
        case x.Apposition():
            return appositions.refer(ctx, np, subject, wanted)
    raise AssertionError(np)


def _number(ctx: Context, at: int) -> float:
    text = ctx.tokens[at].lower
    if text in closed.NUMBERS:
        return float(closed.NUMBERS[text])
    try:
        return float(text.replace(",", "").replace(":", "."))
    except ValueError:
        return 0.0


def _quote(ctx: Context, at: int) -> str:
    from fabula.model.story import Content

    return ctx.state.content(Content("", "words", ctx.tokens[at].text, None)).id


def _named(ctx: Context, at: int, wanted: str) -> Ref:
    token = ctx.tokens[at]
    if token.kind == "letter":
        ctx.letters.setdefault(token.text, THING)
        return Ref((f.Var(token.text),))
    if token.entry is not None and token.entry.name is not None:
        if token.text in ctx.state.short:
            ctx.state.short_used.add(token.text)
        return Ref((const(ctx, token.entry.name),))
    return Ref((const(ctx, _proper(ctx, at, wanted)),))


def _proper(ctx: Context, at: int, wanted: str) -> str:
    """A proper noun that nobody introduced: a new person, unless it is a slip for a known name."""
    token = ctx.tokens[at]
    state = ctx.state
    introduced = state.lexicon.names.get(name_words(token.text))
    if introduced is not None:
        return introduced  # by this sentence itself, since it was cut into words
    bearers = short_names.bearers(state, token.text)
    if bearers:
        raise Unreadable(ambiguous_pronoun(ctx.span(at), token.text, bearers))
    known = short_names.titled(state, token.text)
    if known is not None:
        return known
    nearest = _no_name(ctx, at) or slips(
        token.text,
        [
            n
            for n in state.lexicon.known_words()
            if n[:1].isupper() and not short_names.other_title(token.text, n)
        ],
    )
    if (
        (nearest and not state.presuming)
        or (len(token.text) == 1 and not state.presuming)
        or ctx.mode == "rule"
        or (ctx.mode == "query" and not ctx.presuming)
    ):
        raise Unreadable(unknown_name(ctx.span(at), token.text, nearest))
    kind = (
        wanted
        if wanted not in (THING, GROUP)
        and state.kind_is(wanted, THING)
        and wanted in state.world.kinds
        else PERSON
    )
    kind = _place_named(state, token.text) or kind if kind == PERSON else kind
    thing = state.add_thing(token.text, (kind,), proper=True, implied=True, line=ctx.span(at).line)
    first = token.text.lower().split(" ")[0].rstrip(".")
    if kind == PERSON and wanted == THING and state.presuming:
        if first not in given_names.KNOWN and first not in closed.TITLES:
            ctx.nameless.add(thing.id)
    return thing.id


def _place_named(state: State, name: str) -> str | None:
    """What place a name is of that ends in a word for one: "Marlow Hall", "Birch Lane"; not "Grace Field"."""
    words = name.lower().split(" ")
    noun = state.lexicon.nouns.get((words[-1],))
    first = words[0].rstrip(".")
    if len(words) < 2 or noun is None or first in closed.TITLES or first in given_names.KNOWN:
        return None
    return noun[0] if state.kind_is(noun[0], PLACE) else None


def _no_name(ctx: Context, at: int) -> tuple[str, ...]:
    """What was meant by a word with a capital that is no new name: "Rourkes map", "Noone"."""
    text = ctx.tokens[at].text
    names = ctx.state.lexicon.names
    whole = at and ctx.tokens[at - 1].lower == "the"
    if text.endswith("s") and not whole and names.get((text[:-1],)) in ctx.state.world.things:
        return (f"{text[:-1]}'s",)
    if at:
        return ()
    small = MIXED_UP.get(text.lower()) or slips(text, _NO_NAMES)
    return tuple(word.capitalize() for word in small)


_NO_NAMES = [word for word in (*closed.UNIVERSAL, *closed.PRONOUNS) if len(word) > 3]


def whereabouts(ctx: Context, phrase: x.Phrase) -> Ref:
    """Where somebody or something is said to be: of which no more than a name is told, is a place."""
    new = isinstance(phrase.np, x.Named) and ctx.tokens[phrase.np.at].kind == "proper"
    named = new and phrase.preposition in closed.OF_PLACES
    return refer(ctx, phrase.np, wanted=PLACE if named else THING)


def spot(ctx: Context, preposition: str, ref: Ref) -> Ref:
    """The place that a preposition makes of a thing: behind the counter."""
    if ref.one is None:
        return ref
    term = ref.one
    if not isinstance(term, f.Const):
        return Ref((f.Value(PLACE_OF, (term,)),)) if not isinstance(term, f.Value) else Ref((term,))
    state = ctx.state
    label = f"{preposition} {thing_words(state, term.thing)}"
    for thing in state.world.things.values():
        if thing.label == label and SPOT in state.world.ancestors(thing.kinds[0]):
            return Ref((f.Const(thing.id),))
    hiding = (
        "hiding place"
        if preposition in ("behind", "under", "below", "beneath")
        and "hiding place" in state.world.kinds
        else SPOT
    )
    made = state.add_thing(label, (hiding,), implied=True, named=False, owner=term.thing)
    return Ref((f.Const(made.id),))


def kind_of_noun(ctx: Context, at: int | None) -> str:
    """The kind that a noun token names."""
    if at is None:
        return THING
    entry = ctx.tokens[at].entry
    return entry.noun if entry is not None and entry.noun else THING


def label(ctx: Context, indexes: tuple[int, ...]) -> str:
    """The words of some tokens."""
    return " ".join(ctx.tokens[i].text for i in sorted(indexes))
