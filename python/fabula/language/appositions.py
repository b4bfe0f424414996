"""What is said of somebody behind his name, wherever that stands: "meets Silas, a clerk", "by her brother, Silas, a clerk"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fabula.language import complements, copulas, people, referents
from fabula.language import syntax as x
from fabula.language.changing import replace
from fabula.language.state import Context
from fabula.model import formula as f
from fabula.model.world import PERSON

if TYPE_CHECKING:
    from fabula.language.clauses import Parser

Found = list[tuple[x.NP, int]]


def calling(p: Parser, np: x.NP) -> x.Described | None:
    """What somebody is called behind his name: "a clerk", "the owner", "the ship's engineer", "her brother"."""
    if not isinstance(np, x.Described) or np.noun is None or np.called is not None:
        return None
    if complements.is_calling(p, np):
        return np
    entry = p.tokens[np.noun].entry
    if entry is None or not entry.noun or np.count is not None or np.det not in ("a", "an", "the"):
        return None
    if p.fitting is not None and not p.fitting.state.kind_is(entry.noun, PERSON):
        return None
    # "the captain of the guard" is a captain: of what he is it, no kind says
    return replace(np, det="a", owner=None, of=None)


def behind_names(p: Parser, found: Found) -> Found:
    """Adds ``Silas, a clerk,`` and ``Lottie Vane, the owner, who loved him`` for every name with that behind it."""
    from fabula.language import noun_phrases

    result: Found = []
    for np, end in found:
        if isinstance(np, x.Named) and p.low(end) == "of" and _is_thing(p, np.at):
            # "the front door of the museum", where it was already "the front door"
            result.extend((np, stop) for _, stop in noun_phrases.single(p, end + 1))
        if isinstance(np, x.Described) and np.called is None and p.low(end) == ",":
            # "the butler, a nervous man named Pym,"
            if (np.det == "the" or np.owner is not None) and p.low(end + 1) in ("a", "an"):
                for said, stop in noun_phrases.single(p, end + 1):
                    if isinstance(said, x.Described) and said.called is not None:
                        last = stop + 1 if p.low(stop) == "," else stop
                        result.append((replace(np, called=said.called), last))
        named = isinstance(np, x.Named) or (isinstance(np, x.Described) and np.called is not None)
        if not named or p.rule_text:
            continue
        at = end if p.kind(end) == "punct" else end - 1
        if p.low(at) == "," and p.low(at + 1) == "the" and p.low(at + 3) == ",":
            if people.is_superlative(p, p.low(at + 2)):
                result.append((np, at + 4))  # "Ezekiel, the eldest, runs the town"
        if p.low(at) == "," and p.low(at + 1) in _FIRST:
            for said, stop in noun_phrases.single(p, at + 1):
                called = calling(p, said)
                if called is None or p.low(stop) in ("and", "or"):
                    continue
                if p.low(stop) == ",":
                    result.append((x.Apposition(np, called), stop + 1))
                elif stop >= p.size or p.low(stop) == ".":
                    result.append((x.Apposition(np, called), stop))
        elif isinstance(np, x.Named) and p.low(end) == "the":
            # "Carl the cook"
            for said, stop in noun_phrases.single(p, end):
                called = calling(p, said)
                if called is not None and not called.places and called.relative is None:
                    result.append((x.Apposition(np, called), stop))
        elif isinstance(np, x.Named) and p.low(end) == "of" and end == 1:
            # "Inspector Doyle of the London police is …"
            for _, stop in noun_phrases.single(p, end + 1):
                if p.is_verb(stop) or p.low(stop) == ",":
                    result.append((np, stop))
    return result


def _is_thing(p: Parser, at: int) -> bool:
    """Whether a name is no more than the words for a thing that was spoken of."""
    entry = p.tokens[at].entry
    if p.fitting is None or entry is None or entry.name is None:
        return False
    thing = p.fitting.state.world.things.get(entry.name)
    return thing is not None and not thing.proper and thing.implied


_FIRST = frozenset({"a", "an", "the", "his", "her", "their"})


def refer(ctx: Context, np: x.Apposition, subject: bool, wanted: str) -> referents.Ref:
    """Who is named, of whom it is stated by the way what he is."""
    ref = referents.refer(ctx, np.named, subject, wanted)
    if ctx.mode in ("rule", "query"):
        return ref
    for term in ref.terms:
        said = _said(ctx, np.said, term)
        if said is not None and said not in ctx.facts:
            ctx.facts.append(said)
    return ref


def _said(ctx: Context, np: x.Described, term: f.Term) -> f.Formula | None:
    assert np.noun is not None
    entry = ctx.tokens[np.noun].entry
    if entry is None:
        return None
    owner = np.owner if np.owner is not None else np.of
    if entry.relation and owner is not None:
        whose = referents.refer(ctx, owner)
        if whose.one is None:
            return None
        copulas.remember_relation(ctx, entry.relation, referents.Ref((term,)), whose)
        return f.truth(entry.relation, term, whose.one)
    if not entry.noun:
        return None
    if isinstance(term, f.Const):
        # what follows in the same sentence can already mean him by it
        thing = ctx.state.world.things[term.thing]
        if thing.kinds == (PERSON,):
            thing.kinds = (entry.noun,)
    return f.IsKind(term, entry.noun)
