"""Verb phrases: auxiliaries, frames, complements of ``be``, and what modifies a clause."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from fabula.language import modifiers
from fabula.language import syntax as x
from fabula.language.changing import replace
from fabula.language.lexicon import Frame, Slot
from fabula.language.times import is_unit
from fabula.language.words import closed

if TYPE_CHECKING:
    from fabula.language.clauses import Parser

from fabula.language import complements, denial, ellipsis, embedding, people
from fabula.language.filling import Filling, Roles, manner, parted, slots

Clauses = Iterator[tuple[x.Clause, int]]


def strength(words: list[str]) -> str:
    """What adverbs say of how firmly a fact holds."""
    if words and words[-1] in closed.ALMOST:
        return "almost"
    for word in words:
        if word in closed.STRENGTHS:
            return closed.STRENGTHS[word]
        if word == "no longer":
            return word
        if word in closed.UNMEANT:
            return "unmeant"
    return ""


def finite(p: Parser, pos: int, subject: x.NP, gap: bool = False) -> Clauses:
    """A finite predicate for a subject: ``has not shot him``, ``is wounded``, ``may leave``."""
    for clause, end in _finite(p, pos, subject, gap):
        yield denial.denied(clause, subject), end


def _finite(p: Parser, pos: int, subject: x.NP, gap: bool) -> Clauses:
    if p.low(pos) in ("all", "both", "each") and _several(p, subject):
        pos += 1  # "they all go", "Anna and Berta each have a key"
    words, at = p.adverbs(pos)
    base = x.Clause(subject, verb_at=at, strength=strength(words))
    low = p.low(at)
    if low in ("have", "has", "had") and p.low(at + 1) == "no" and _is_kin(p, at + 2):
        # "has no son": of somebody who is not there nothing else can be told
        yield replace(base, complement=x.Complement(called=x.Amount(at))), at + 3
    same = ellipsis.left_out(p, at, base)
    if same is not None:
        yield same, at + (2 if same.negated else 1)
    if low in closed.MODALS:
        yield from _modal(p, at, base, gap)
    if low in ("do", "does", "did"):
        yield from _do(p, at, base, gap)
    if low in ("have", "has", "had"):
        yield from _perfect(p, at, base, gap)
    if low in ("have", "has", "had") and p.low(at + 1) == "to":
        for clause, end in infinitive(p, at + 2, gap):
            yield of_subject(clause, subject, modal="must", tense="now"), end
    if low in ("is", "are", "was", "were", "am"):
        tense = "past" if low in ("was", "were") else "now"
        yield from _be(p, at + 1, replace(base, tense=tense), gap)
    if not gap and p.fitting is not None and p.fitting.inanimate(base.subject):
        for verb, form in p.verbs(at):
            if form in ("s", "base", "past"):
                tense = "past" if form == "past" else "now"
                yield from _standing(p, verb, at, replace(base, tense=tense))
    for verb, form in p.verbs(at):
        if form in ("s", "base", "past") and not gap:
            yield from _lying(p, verb, at, replace(base, tense="past" if form == "past" else "now"))
    many = isinstance(subject, x.Several) and subject.word == "and"
    for verb, form in _agreeing(p, at, subject):
        if form in ("past", "base") or (form == "s" and not many):
            yield from _frames(
                p, verb, at, replace(base, tense="past" if form == "past" else "now"), gap
            )
    p.fail(at, "a verb")


def _agreeing(p: Parser, at: int, subject: x.NP) -> list[tuple[str, str]]:
    """The readings of a verb; of one who "saw", "fell" or "found", the past of "see" before the plain "saw"."""
    readings = list(p.verbs(at))
    if len(readings) > 1 and not _several(p, subject):
        done = {verb for verb, form in readings if form == "past"}
        if done:
            readings.sort(key=lambda r: r[1] == "base" and not done <= {r[0]})
    return readings


def _is_kin(p: Parser, at: int) -> bool:
    token = p.token(at)
    entry = token.entry if token is not None else None
    return entry is not None and bool(entry.relation) and not entry.noun


def _standing(p: Parser, verb: str, at: int, base: x.Clause) -> Clauses:
    """``stands by the river`` of a thing, ``is sitting on the roof``: where it is, and not what it does."""
    if verb not in closed.STANDING:
        return
    from fabula.language import noun_phrases

    for phrase, end in noun_phrases.places_after(p, at + 1):
        said = replace(base, complement=x.Complement(place=phrase))
        yield from modifiers.modifiers(p, said, end, False)


def _lying(p: Parser, verb: str, at: int, base: x.Clause) -> Clauses:
    """``lies dead on the floor``, ``stands open``, ``sits tied to a chair``: how somebody or something is."""
    if verb not in closed.STANDING or p.low(at + 1) in closed.WHEREABOUTS:
        return
    for complement, end in complements.adjectives(p, at + 1, ()):
        said = replace(base, complement=complement)
        yield from modifiers.modifiers(p, said, end, False)
    for done, form in p.verbs(at + 1):
        if form == "pp":
            yield from _passive(p, done, at + 1, base, False)


def infinitive(p: Parser, pos: int, gap: bool = False) -> Clauses:
    """A bare infinitive: ``kill Bucho``, ``be free``, ``not move``; its subject is None."""
    negated = p.low(pos) == "not"
    words, at = p.adverbs(pos + 1 if negated else pos)
    base = x.Clause(None, verb_at=at, tense="infinitive", negated=negated, strength=strength(words))
    if p.low(at) == "be":
        yield from _be(p, at + 1, base, gap)
    if p.low(at) == "have":
        yield from _perfect(p, at, base, gap)
    if p.low(at) == "have" and p.low(at + 1) == "to":
        for inner, end in infinitive(p, at + 2, gap):
            yield replace(inner, negated=inner.negated != negated), end
    for verb, form in p.verbs(at):
        if form == "base":
            yield from _frames(p, verb, at, base, gap)


def gerund(p: Parser, pos: int) -> Clauses:
    """``opening the case``; its subject is None."""
    negated = p.low(pos) == "not"
    words, at = p.adverbs(pos + 1 if negated else pos)
    base = x.Clause(None, verb_at=at, tense="infinitive", negated=negated, strength=strength(words))
    if p.low(at) == "being":
        yield from _be(p, at + 1, base, False)
    if p.low(at) == "having":
        yield from _perfect(p, at, base, False)
    for verb, form in p.verbs(at):
        if form == "ing":
            yield from _frames(p, verb, at, base, False)


def of_subject(clause: x.Clause, subject: x.NP | None, **changes: Any) -> x.Clause:
    """An infinitive or participle with its subject; in a passive that is who or what it is done to."""
    if clause.passive and subject is not None:
        changes["roles"] = tuple(
            (letter, subject if isinstance(part, x.Gap) else part) for letter, part in clause.roles
        )
    return replace(clause, subject=subject, **changes)


def _modal(p: Parser, at: int, base: x.Clause, gap: bool) -> Clauses:
    modal = closed.MODALS[p.low(at)]
    nxt = at + 1
    negated = p.low(nxt) == "not"
    if negated:
        nxt += 1
    words, nxt = p.adverbs(nxt)
    p.fail(nxt, "a verb in its plain form")
    for clause, end in infinitive(p, nxt, gap):
        yield (
            of_subject(
                clause,
                base.subject,
                modal=modal,
                negated=negated or clause.negated,
                strength=strength(words) or base.strength or clause.strength,
                tense="now",
            ),
            end,
        )


def _do(p: Parser, at: int, base: x.Clause, gap: bool) -> Clauses:
    tense = "past" if p.low(at) == "did" else "now"
    nxt = at + 1
    negated = p.low(nxt) == "not"
    if negated:
        nxt += 1
    words, nxt = p.adverbs(nxt)
    p.fail(nxt, "a verb in its plain form")
    for verb, form in p.verbs(nxt):
        if form == "base":
            yield from _frames(
                p,
                verb,
                nxt,
                replace(
                    base, tense=tense, negated=negated, strength=strength(words) or base.strength
                ),
                gap,
            )


def _perfect(p: Parser, at: int, base: x.Clause, gap: bool) -> Clauses:
    nxt = at + 1
    negated = p.low(nxt) == "not"
    if negated:
        nxt += 1
    words, nxt = p.adverbs(nxt)
    clause = replace(
        base,
        tense="perfect",
        negated=negated != base.negated,
        strength=strength(words) or base.strength,
    )
    if p.low(nxt) == "been":
        yield from _be(p, nxt + 1, clause, gap)
    yield from participle(p, nxt, clause, gap)


def participle(p: Parser, at: int, base: x.Clause, gap: bool = False) -> Clauses:
    """``fled to the cellar`` behind "has": what the perfect says of its subject."""
    for verb, form in p.verbs(at):
        if form == "pp":
            yield from _frames(p, verb, at, base, gap)


def _be(p: Parser, at: int, base: x.Clause, gap: bool) -> Clauses:
    """After a form of ``be``: complement, passive or progressive."""
    negated = base.negated
    if p.low(at) == "not":
        negated, at = not negated, at + 1
    words, at = p.adverbs(at)
    if p.low(at) == "not":
        negated, at = not negated, at + 1
    habit = "usually" if "usually" in words else ""
    clause = replace(
        base, negated=negated, strength=strength(words) or base.strength, habit=habit, verb_at=at
    )
    if p.low(at) == "being":
        at += 1
    really = "really" in words
    if words and words[-1] in closed.WHEREABOUTS and ellipsis.ends(p, at):
        # "Pruitt was inside"
        yield replace(clause, complement=x.Complement(called=x.Amount(at - 1))), at
    yield from people.cleft(p, at, clause)
    for verb, form in p.verbs(at):
        if form == "pp" and _own_words_follow(p, verb, at + 1):
            yield from _passive(p, verb, at, clause, gap)  # "is held at gunpoint": not at a place
    yield from _what_time(p, at, clause)
    for complement, end in complements.complements(p, at, really):
        if people.put_there(p, complement, clause.subject):
            continue
        yield from modifiers.modifiers(p, replace(clause, complement=complement), end, gap)
    if p.low(at) == "going" and p.low(at + 1) == "to":
        for inner, end in infinitive(p, at + 2, gap):
            # "is going to leave": will
            yield (
                of_subject(inner, clause.subject, modal="will", tense="now", negated=negated),
                end,
            )
    for verb, form in p.verbs(at):
        if form == "ing" and not gap:
            yield from _standing(p, verb, at, clause)
            yield from _lying(p, verb, at, clause)
        if form == "ing":
            tense = "progressive" if clause.tense in ("now", "infinitive") else clause.tense
            yield from _frames(p, verb, at, replace(clause, tense=tense), gap)
    for verb, form in p.verbs(at):
        if form == "pp":
            yield from _passive(p, verb, at, clause, gap)
    if p.low(at) in ("about", "due", "supposed", "bound", "likely") and p.low(at + 1) == "to":
        for inner, end in infinitive(p, at + 2, gap):
            changes = {"modal": "will", "tense": "now", "negated": negated}
            yield of_subject(inner, clause.subject, **changes), end
    if p.low(at) in ("able", "unable", "free") and p.low(at + 1) == "to":
        for inner, end in infinitive(p, at + 2, gap):
            yield (
                of_subject(
                    inner,
                    clause.subject,
                    modal="can",
                    tense=clause.tense,
                    negated=negated != (p.low(at) == "unable"),
                ),
                end,
            )
    if gap:
        for complement, end in complements.stranded(p, at):
            yield from modifiers.modifiers(p, replace(clause, complement=complement), end, False)
        yield from modifiers.modifiers(
            p, replace(clause, complement=x.Complement(np=x.Gap())), at, False
        )


def _own_words_follow(p: Parser, verb: str, at: int) -> bool:
    """Whether behind a participle stand the words that belong to one of the verb's frames: "at gunpoint" of "hold"."""
    for frame in p.lexicon.frames.get(verb, ()):
        own = [slot.words for slot in frame.slots[1:] if not slot.role]
        if (
            len(own) > 1
            and len(own) == len(frame.slots) - 1
            and frame.slots[0].kind == "np"
            and all(p.low(at + i) in words for i, words in enumerate(own))
        ):
            return True
    return False


def _what_time(p: Parser, at: int, clause: x.Clause) -> Clauses:
    """``It is night``, ``it was the autumn of 1944``: when the story is told of, and nothing more."""
    subject = clause.subject
    if not isinstance(subject, x.Pronoun) or p.low(subject.at) != "it" or p.rule_text:
        return
    start = at + 1 if p.low(at) in ("a", "the", "already", "almost") else at
    while start < p.size and (entry := p.tokens[start].entry) is not None and entry.adjectives:
        start += 1  # "a dark and stormy night"
        start += p.low(start) == "and"
    low = p.low(start)
    if low not in closed.TIME_NOUNS and low not in closed.DAYS and not is_unit(low):
        return
    end = start + 1
    if p.low(end) == "of":
        end += 2
    yield replace(clause, subject=None, complement=x.Complement(called=x.Amount(at))), end


def passive(p: Parser, at: int, base: x.Clause | None = None) -> Clauses:
    """``hidden by Anna``: what was done to the subject of the clause that it stands in."""
    base = base or x.Clause(x.Same(), verb_at=at)
    for verb, form in p.verbs(at):
        if form == "pp":
            yield from _passive(p, verb, at, base, False)


def _passive(p: Parser, verb: str, at: int, base: x.Clause, gap: bool) -> Clauses:
    for frame in p.lexicon.frames.get(verb, ()):
        target = next((i for i, s in enumerate(frame.slots) if s.kind == "np"), None)
        if target is None:
            target = next((i for i, s in enumerate(frame.slots) if s.kind == "prep"), None)
            if target is None:
                continue
        slot = frame.slots[target]
        subject = base.subject if base.subject is not None else x.Gap()
        if not p.fits(frame, slot.role, subject):
            continue
        rest = (
            frame.slots[:target]
            + ((Slot("word", "", slot.words),) if slot.kind == "prep" else ())
            + frame.slots[target + 1 :]
        )
        how_done = manner(p, at)
        for wide in (False, True):
            if wide and not any(one.placing for one in rest):
                continue
            how = Filling(frame, gap, wide, how_done)
            said = ((slot.role, subject),)
            for filled, end in slots(p, how, rest, at + 1, said, frame.subject):
                roles, _, places = parted(filled)
                roles = _doer_last(p, frame, roles)
                clause = replace(base, frame=frame, verb_at=at, passive=True, roles=roles)
                if places:
                    clause = replace(clause, places=(*clause.places, *places))
                yield from modifiers.modifiers(p, clause, end, gap)


def _doer_last(p: Parser, frame: Frame, roles: Roles) -> Roles:
    """ "is promised to open the chest by Paul": it is the promise that is Paul's."""
    letter, act = roles[-1]
    if (
        isinstance(act, x.Clause)
        and act.subject is None
        and act.places
        and act.places[-1].preposition == "by"
        and all(role != frame.subject for role, _ in roles)
        and p.fits(frame, frame.subject, act.places[-1].np)
    ):
        rest = replace(act, places=act.places[:-1])
        return (*roles[:-1], (letter, rest), (frame.subject, act.places[-1].np))
    return roles


def _frames(p: Parser, verb: str, at: int, base: x.Clause, gap: bool) -> Clauses:
    """Every frame of an active verb; of those with as many places, first the ones with the very prepositions."""
    frames = [
        frame
        for frame in p.lexicon.frames.get(verb, ())
        if frame.subject and (base.subject is None or p.fits(frame, frame.subject, base.subject))
    ]
    if p.low(at + 1) in ("this", "that"):
        # "overhears this": rather what was said than a thing
        frames.sort(key=_no_clause)
    mutual = _mutually(p, verb) if _several(p, base.subject) else frozenset()
    said = f"{p.low(at + 1)} {p.low(at + 2)}"
    if any(f"{said} ".startswith(f"{words} ".lstrip()) for words in mutual):
        # "Anna and Ben meet", "Anna and Ben fall in love"
        yield from _each_other(p, mutual, verb, at, base, gap)
    yield from embedding.caused(p, verb, at, base)
    yield from embedding.demanded(p, verb, at, base, gap)
    how_done = manner(p, at)
    start = 0
    while start < len(frames):
        size = frames[start].size
        stop = start
        while stop < len(frames) and frames[stop].size == size:
            stop += 1
        for wide in (False, True):
            for frame in frames[start:stop]:
                if wide and not frame.placing:
                    continue
                how = Filling(frame, gap, wide, how_done)
                for filled, end in slots(p, how, frame.slots, at + 1, (), ""):
                    roles, sources, places = parted(filled)
                    if frame.others and not p.fit_together(frame, base.subject, roles):
                        continue
                    used = any(isinstance(v, x.Gap) for _, v in roles)
                    clause = replace(base, frame=frame, verb_at=at, roles=roles, sources=sources)
                    if places:
                        clause = replace(clause, places=(*clause.places, *places))
                    yield from modifiers.modifiers(p, clause, end, gap and not used)
        start = stop
    if verb in ("try", "attempt") and p.low(at + 1) == "to":
        for inner, end in infinitive(p, at + 2, gap):
            yield (
                of_subject(
                    inner,
                    base.subject,
                    attempt=True,
                    tense=base.tense,
                    negated=base.negated,
                    strength=base.strength,
                ),
                end,
            )
    yield from embedding.impersonal(p, verb, at, base, gap)
    if verb in closed.GETTING:
        for done, form in p.verbs(at + 1):
            if form == "pp":
                yield from _passive(p, done, at + 1, base, gap)


def _no_clause(frame: Frame) -> bool:
    return all(slot.kind != "C" for slot in frame.slots)


def _several(p: Parser, subject: x.NP | None) -> bool:
    """Whether a subject is more than one: "Anna and Carl", "they", "the lovers"."""
    match subject:
        case x.Several(_, word):
            return word == "and"
        case x.Pronoun(at, _):
            return closed.PRONOUNS.get(p.low(at), ("", ""))[0] == "p"
        case x.Described(noun=noun, count=count) if noun is not None:
            entry = p.tokens[noun].entry
            return bool(count and count > 1) or (entry is not None and entry.plural)
        case x.Portion():
            return True
    return False


def _mutually(p: Parser, verb: str) -> frozenset[str]:
    """The words behind a verb with which several do it to each other: none for "meet", "in love" for "fall"."""
    told = (one.partition(" ") for one in p.lexicon.mutual)
    return frozenset(rest for first, _, rest in told if first == verb)


def _each_other(
    p: Parser, mutual: frozenset[str], verb: str, at: int, base: x.Clause, gap: bool
) -> Clauses:
    """ "Lise and Jan meet": each the other."""
    for frame in p.lexicon.frames.get(verb, ()):
        if " ".join(s.words[0] for s in frame.slots if s.kind == "word") not in mutual:
            continue
        open_slots = [s for s in frame.slots if not s.optional and s.kind != "word"]
        if (
            not open_slots
            or open_slots[0].kind not in ("np", "prep")
            or (open_slots[0].kind == "prep" and "with" not in open_slots[0].words)
        ):
            continue
        rest = tuple(s for s in frame.slots if s is not open_slots[0])
        roles: Roles = ((open_slots[0].role, x.Pronoun(at, "each other")),)
        how = Filling(frame, gap, frame.placing)
        for filled, end in slots(p, how, rest, at + 1, roles, ""):
            yield from modifiers.modifiers(
                p, replace(base, frame=frame, verb_at=at, roles=filled), end, gap
            )
