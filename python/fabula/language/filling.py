"""How the places of a verb's frame are filled, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fabula.language import ellipsis, fillers
from fabula.language import syntax as x
from fabula.language.lexicon import Frame, Slot
from fabula.language.times import time_phrases
from fabula.language.words import closed
from fabula.model.world import PLACE

if TYPE_CHECKING:
    from fabula.language.clauses import Parser

Roles = tuple[tuple[str, x.Filler], ...]

FROM = "@from"
AT = "@at"  # where it is, said before what is told
_ASIDE = {"C": frozenset({"that"}), "Q": closed.WH, "A": frozenset({"to"})}


def parted(filled: Roles) -> tuple[Roles, tuple[x.Phrase, ...], tuple[x.Phrase, ...]]:
    """What fills a frame's places; from where, where that stands before where to; and where, before what is told."""
    if all(role not in (FROM, AT) for role, _ in filled):
        return filled, (), ()
    roles = tuple(one for one in filled if one[0] not in (FROM, AT))
    sources, places = (
        tuple(v for role, v in filled if role == wanted and isinstance(v, x.Phrase))
        for wanted in (FROM, AT)
    )
    return roles, sources, places


def _asides(p: Parser, slot: Slot, at: int) -> Iterator[tuple[Roles, int]]:
    """What stands before what is told and is no part of it: "tells him in the hall that …", "through the door whether …"."""
    words = _ASIDE.get(slot.kind)
    if words is None or p.rule_text or p.low(at) in words:
        return
    for preposition, after in p.prepositions(at):
        located = preposition in closed.LOCATIVE or preposition in closed.SPOTS
        for np, end in p.noun_phrase(after):
            if p.low(end) in words:
                where = x.Phrase(preposition, np, at)
                yield (((AT, where),) if located and _is_place(p, np) else ()), end
    for _, end in time_phrases(p, at):
        if p.low(end) in words:
            yield (), end


def _is_place(p: Parser, np: x.NP) -> bool:
    kinds = p.fitting.kinds(np) if p.fitting is not None else []
    return any(PLACE in kind for kind in kinds)


class Filling:
    """How a frame's places are filled: with a gap somewhere, with any preposition of place.

    ``manner``: adverbs in front of the verb, which are words of the frame wherever it has them ("secretly tells").
    """

    __slots__ = ("frame", "gap", "manner", "wide")

    def __init__(self, frame: Frame, gap: bool, wide: bool, manner: tuple[str, ...] = ()) -> None:
        self.frame = frame
        self.gap = gap
        self.wide = wide
        self.manner = manner


def manner(p: Parser, at: int) -> tuple[str, ...]:
    """The adverbs right in front of a verb."""
    start = at
    while start > 0 and p.low(start - 1).endswith("ly"):
        start -= 1
    return tuple(p.low(i) for i in range(start, at))


def slots(
    p: Parser, how: Filling, open_: tuple[Slot, ...], at: int, roles: Roles, by: str
) -> Iterator[tuple[Roles, int]]:
    """Fills a frame's places one after the other. ``by``: the role that ``by …`` fills in a passive."""
    p.spend()
    if by and p.low(at) == "by":
        for np, end in p.noun_phrase(at + 1):
            if p.fits(how.frame, by, np):
                yield from slots(p, how, open_, end, (*roles, (by, np)), "")
    if not open_:
        yield roles, at
        return
    slot, rest = open_[0], open_[1:]
    if (
        slot.kind == "prep"
        and rest
        and rest[0].kind == "C"
        and p.low(at) in closed.CLAUSAL
        and any(preposition in slot.words for preposition, _ in p.prepositions(at + 1))
        and not p.rule_text
    ):
        # "reports it to the captain", where a clause would come last
        yield from slots(p, how, (rest[0], slot, *rest[1:]), at, roles, by)
    if slot.kind == "prep" and "to" in slot.words:
        # "runs from the roof to the hall", "climbs down from it to the ground"
        away = at + 1 if p.low(at) in closed.PARTICLES else at
        leaving = p.low(away) in (
            "from",
            "off",
            "out",
            "across",
            "through",
            "over",
            "along",
            "past",
        )
        for preposition, after in p.prepositions(away) if leaving else ():
            for np, end in p.noun_phrase(after) if preposition not in slot.words else ():
                if p.low(end) in ("to", "into", "onto"):
                    source = (FROM, x.Phrase(preposition, np, at))
                    yield from slots(p, how, open_, end, (*roles, source), by)
    for aside, end in _asides(p, slot, at):
        yield from slots(p, how, open_, end, (*roles, *aside), by)
    if slot.kind == "W" and rest and p.kind(at) != "quote":
        # "says to Carl, 'Go'", where the words would come first
        yield from slots(p, how, (*rest, slot), at, roles, by)
        return
    if how.manner and slot.kind == "word" and slot.words[0] in how.manner:
        yield from slots(p, how, rest, at, roles, by)
    used = any(isinstance(v, x.Gap) for _, v in roles)
    if slot.kind == "Q" and how.frame.action == "@know" and ellipsis.ends(p, at):
        yield from slots(p, how, rest, at, (*roles, (slot.role, x.Pronoun(at, "clause"))), by)
    start = p.adverbs(at)[1] if slot.kind != "word" and p.kind(at) == "word" else at
    for filler, end in fillers.fill(p, slot, start, how.wide and p.places(how.frame, slot.role)):
        if (
            slot.role
            and slot.kind in ("np", "prep")
            and not p.fits(
                how.frame,
                slot.role,
                filler,
                filler.preposition if isinstance(filler, x.Phrase) else "",
            )
        ):
            continue
        yield from slots(
            p, how, rest, end, (*roles, (slot.role, filler)) if slot.role else roles, by
        )
    if slot.kind == "word" and " " in p.low(at):
        yield from _run_together(p, how, open_, at, roles, by)
    told = not how.frame.action.startswith("@")
    if how.gap and not used and slot.kind in "CQW" and told and ellipsis.ends(p, at):
        yield from slots(p, how, rest, at, (*roles, (slot.role, x.Gap())), by)
    if how.gap and not used and slot.kind in ("np", "prep"):
        if slot.kind == "np":
            if not p.where or p.places(how.frame, slot.role):
                yield from slots(p, how, rest, at, (*roles, (slot.role, x.Gap())), by)
        else:
            for preposition, after in p.prepositions(at):
                if preposition in slot.words:
                    yield from slots(p, how, rest, after, (*roles, (slot.role, x.Gap())), by)
            if p.where and slot.placing:
                # "where Ann went": to which place
                yield from slots(p, how, rest, at, (*roles, (slot.role, x.Gap())), by)
    if slot.optional or (p.unsaid and slot.kind == "prep" and roles and ellipsis.ends(p, at)):
        # "whose car did she drive": wherever to
        yield from slots(p, how, rest, at, roles, by)


def _run_together(
    p: Parser, how: Filling, open_: tuple[Slot, ...], at: int, roles: Roles, by: str
) -> Iterator[tuple[Roles, int]]:
    """ "In love with" is one word of the lexicon, and several of the frame "X falls in love with Y"."""
    words = p.low(at).split(" ")
    for k, slot in enumerate(open_):
        told = slot.words[0].split(" ") if slot.kind == "word" else ()
        if told and words[: len(told)] == list(told):
            words = words[len(told) :]
        elif slot.kind == "prep" and len(words) == 1 and words[0] in slot.words:
            for np, end in p.noun_phrase(at + 1):
                if p.fits(how.frame, slot.role, np, words[0]):
                    filled = (*roles, (slot.role, x.Phrase(words[0], np, at)))
                    yield from slots(p, how, open_[k + 1 :], end, filled, by)
            return
        else:
            return
        if not words:
            yield from slots(p, how, open_[k + 1 :], at + 1, roles, by)
            return
