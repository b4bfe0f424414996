"""What fills the places of a verb frame: noun phrases, clauses, questions, infinitives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from fabula.language import syntax as x
from fabula.language.changing import replace
from fabula.language.lexicon import Slot
from fabula.language.words import closed

if TYPE_CHECKING:
    from fabula.language.clauses import Parser
from fabula.language import complements, conditions, noun_phrases, predicates


def fill(p: Parser, slot: Slot, at: int, wide: bool = False) -> Iterator[tuple[Any, int]]:
    """Every way to fill one place of a frame."""
    if slot.kind == "word":
        if p.low(at) in slot.words:
            yield x.Same(), at + 1
        else:
            words = slot.words[0].split(" ")
            if len(words) > 1 and all(p.low(at + k) == w for k, w in enumerate(words)):
                yield x.Same(), at + len(words)
            p.fail(at, slot.words[0])
    elif slot.kind == "np":
        # "took the key there": nobody takes there to a key
        yield from (one for one in p.noun_phrase(at) if not isinstance(one[0], x.There))
    elif slot.kind == "prep":
        yield from _prepositional(p, slot, at, wide)
    elif slot.kind == "C":
        yield from contents(p, at)
        if not p.rule_text:
            yield from _small_clauses(p, at)
            yield from said_before(p, at)
    elif slot.kind == "Q":
        yield from questions(p, at)
    elif slot.kind == "A" and slot.words:
        doing = slot.words == ("doing",)
        yield from predicates.gerund(p, at) if doing else predicates.infinitive(p, at)
    elif slot.kind == "A":
        if not p.rule_text:
            yield from said_before(p, at)
        if p.rule_text and p.kind(at + 1) == "letter" and p.low(at) == "to":
            yield x.Named(at + 1), at + 2
        elif p.low(at) == "to":
            yield from _joined_infinitives(p, at + 1)
        elif (p.low(at) == "," or conditions.begins(p, at)) and not p.rule_text:
            yield from _conditional_infinitives(p, at)
        elif p.low(at) in ("not", "never") and p.low(at + 1) == "to":
            for clause, end in predicates.infinitive(p, at + 2):
                yield replace(clause, negated=not clause.negated), end
        elif p.rule_text and p.low(at) == "a" and p.kind(at) == "word":
            return
    elif slot.kind == "G":
        for preposition, after in p.prepositions(at):
            if preposition in slot.words:
                yield from predicates.gerund(p, after)
    elif slot.kind == "own":
        for np, end in p.noun_phrase(at):
            if (
                isinstance(np, x.Described)
                and np.owner is not None
                and np.noun is not None
                and p.low(np.noun) in slot.words
            ):
                yield np.owner, end
        token = p.token(at)
        if (
            token is not None
            and token.kind == "word"
            and token.entry is not None
            and token.entry.name
        ):
            thing = token.lower
            for word in slot.words:
                if thing.endswith(f"'s {word}"):
                    yield x.Named(at), at + 1
    elif slot.kind == "N":
        for complement, end in complements.complements(p, at):
            if complement.np is not None and complements.is_calling(p, complement.np):
                yield complement, end
    elif slot.kind in ("ADJ", "J"):
        yield from complements.adjectives(p, at, ())
    elif slot.kind == "W":
        if p.kind(at) == "quote":
            yield x.Quoted(at), at + 1


def _prepositional(p: Parser, slot: Slot, at: int, wide: bool) -> Iterator[tuple[x.Filler, int]]:
    placing = slot.placing
    if p.rule_text and p.low(at) == "to" and p.low(at + 1) == "a" and p.kind(at + 1) == "letter":
        return  # "to A" is an act, and not somebody
    for preposition, after in p.prepositions(at):
        if preposition == "in" and p.is_feeling(after + (p.low(after) in ("a", "an"))):
            continue  # "waits in silence": how, and not where
        if preposition in slot.words or (wide and preposition in placing):
            for np, end in p.noun_phrase(after):
                if p.low(end) == "and" and p.low(end + 1) == p.low(at):
                    for other, stop in p.noun_phrase(end + 2):
                        yield x.Phrase(preposition, x.Several((np, other)), at), stop
                yield x.Phrase(preposition, np, at), end
            for inner, further in p.prepositions(after):
                # "from behind the counter": out of the spot that the second makes
                if inner in closed.SPOTS and preposition in ("from", "out of", "to", "into"):
                    for np, end in p.noun_phrase(further):
                        yield x.Spot(inner, np), end
    if placing and p.low(at) in ("there", "here"):
        yield x.Phrase("in", x.There(at), at), at + 1
    p.fail(at, slot.words[0])


def _joined_infinitives(p: Parser, at: int) -> Iterator[tuple[x.Filler, int]]:
    for clause, end in predicates.infinitive(p, at):
        after = end + 1 if p.low(end) == "," else end
        if p.low(after) == "and":
            nxt = after + 2 if p.low(after + 1) == "to" else after + 1
            for second, stop in predicates.infinitive(p, nxt):
                yield x.Clauses((clause, second)), stop
            for second, stop in _conditional_infinitives(p, after + 1):
                yield x.Clauses((clause, second)), stop
        for condition, stop in conditions.conditions(p, after):
            yield replace(clause, condition=condition), stop
        yield clause, end
    if p.low(at - 1) == "to" and p.low(at) == "":
        p.fail(at, "a verb")


def _conditional_infinitives(p: Parser, at: int) -> Iterator[tuple[x.Clause, int]]:
    """``(,) if David is there(,) to kill him``: an act that waits for its condition."""
    start = at + 1 if p.low(at) == "," else at
    for condition, end in conditions.conditions(p, start):
        nxt = end + 1 if p.low(end) == "," else end
        if p.low(nxt) == "to":
            nxt += 1
        for clause, stop in predicates.infinitive(p, nxt):
            yield replace(clause, condition=condition), stop


def contents(p: Parser, at: int) -> Iterator[tuple[x.Filler, int]]:
    """What is told or believed: ``that …`` (the word may be left out), in rules the letter C."""
    token = p.token(at)
    if token is not None and token.kind == "letter":
        yield x.Named(at), at + 1
    start = at + 1 if p.low(at) == "that" else at
    if p.low(at) == "as" and p.low(at + 1) in ("if", "though"):
        start = at + 2
    if p.kind(start) == "letter" and start > at:
        yield x.Named(start), start + 1
    if start <= at + 1:
        for condition, end in conditions.conditions(p, start):
            if p.low(end) == ",":
                for clause, stop in p.clause(end + 1):
                    yield replace(clause, condition=condition), stop
    for clause, end in p.clause(start):
        nxt = end + 1 if p.low(end) == "," else end
        if p.low(nxt) == "and" and p.low(nxt + 1) == "that":
            for rest, stop in contents(p, nxt + 1):
                if isinstance(rest, x.Clauses):
                    yield x.Clauses((clause, *rest.items)), stop
                elif isinstance(rest, x.Clause):
                    yield x.Clauses((clause, rest)), stop
        for condition, stop in conditions.conditions(p, nxt):
            yield replace(clause, condition=condition), stop
        yield clause, end
    if p.kind(start) == "quote":
        yield x.Quoted(start), start + 1


def said_before(p: Parser, at: int) -> Iterator[tuple[x.Filler, int]]:
    """ "She admits it", "Bianca overhears this": what was said last, or has just happened."""
    if p.low(at) in closed.CLAUSAL and not (at + 1 < p.size and p.kind(at + 1) == "own"):
        yield x.Pronoun(at, "clause"), at + 1


def _small_clauses(p: Parser, at: int) -> Iterator[tuple[x.Filler, int]]:
    """Right behind a verb: ``sees Orlov destroying the radio``, ``finds Harry dead``."""
    if not p.verbs(at - 1) or p.low(at) == "that":
        return
    for np, end in p.noun_phrase(at):
        if any(form == "ing" for _, form in p.verbs(end)):
            for clause, stop in predicates.gerund(p, end):
                yield replace(clause, subject=np, tense="progressive"), stop
        if any(form == "base" for _, form in p.verbs(end)):
            # "saw Daniel leave the house"
            for clause, stop in predicates.infinitive(p, end):
                yield replace(clause, subject=np, tense="now"), stop
        for complement, stop in complements.adjectives(p, end, ()):
            yield x.Clause(np, complement=complement, verb_at=end), stop
        if p.low(end) == "as":
            # "recognises him as the man who robbed her", "regards her as his friend"
            for complement, stop in complements.complements(p, end + 1):
                yield x.Clause(np, complement=complement, verb_at=end), stop
        if any(verb in closed.WISHING for verb, _ in p.verbs(at - 1)):
            yield from _wished(p, np, end)


def _wished(p: Parser, np: x.NP, at: int) -> Iterator[tuple[Any, int]]:
    """ "wants Rosa in prison", "wants the letter burnt"."""
    for phrase, end in noun_phrases.places_after(p, at):
        yield x.Clause(np, complement=x.Complement(place=phrase), verb_at=at), end
    if any(form == "pp" for _, form in p.verbs(at)):
        for clause, end in predicates.passive(p, at, x.Clause(np, verb_at=at)):
            yield clause, end


def _degrees(p: Parser, at: int) -> Iterator[tuple[x.Question, int]]:
    """``how certain she is``, ``how long he stayed``, ``how many coins he has``."""
    if p.low(at) in ("many", "much"):
        for np, end in p.noun_phrase(at + 1):
            for clause, stop in p.clause(end, gap=True):
                yield x.Question("what", clause, np), stop
            for clause, stop in p.predicates(end, x.Gap()):
                yield x.Question("what", clause, np), stop
        for clause, end in p.clause(at + 1, gap=True):
            yield x.Question("what", clause), end
        return
    token = p.token(at)
    if token is not None and token.entry is not None and token.entry.adjectives:
        for np, end in p.noun_phrase(at + 1):
            if p.low(end) in ("is", "are", "was", "were"):
                said = x.Complement(adjectives=((at, None),))
                yield x.Question("whether", x.Clause(np, complement=said, verb_at=end)), end + 1
    if p.low(at) in ("long", "far", "often", "soon", "quickly", "fast", "well", "badly", "late"):
        for clause, end in p.clause(at + 1):
            yield x.Question("how", clause), end


def _with_place_left_out(p: Parser, at: int) -> list[tuple[x.Clause, int]]:
    """ "where Carl has gone": a clause whose place, with its preposition, is what is asked."""
    kept = p.where, p.memo_np, p.memo_single
    p.where, p.memo_np, p.memo_single = True, {}, {}
    found = list(p.clause(at, gap=True))
    p.where, p.memo_np, p.memo_single = kept
    return found


def questions(p: Parser, at: int) -> Iterator[tuple[x.Filler, int]]:
    """An embedded question: ``where X is``, ``who shot Y``, ``whether …``, ``what is in C``."""
    token = p.token(at)
    if token is None:
        return
    if token.kind == "letter":
        yield x.Named(at), at + 1
    low = token.lower
    if low not in closed.WH:
        p.fail(at, "a question such as whether, who or where")
        return
    if p.low(at + 1) == "to":
        # "how to open it", "whom to trust"
        for clause, end in predicates.infinitive(
            p, at + 2, low in ("who", "whom", "what", "which")
        ):
            word = {"who": "who", "whom": "who", "what": "what", "which": "what"}.get(low, "how")
            yield x.Question(word, clause), end
    if low == "how":
        yield from _degrees(p, at + 1)
    if low in ("whether", "if"):
        for clause, end in p.clause(at + 1):
            yield x.Question("whether", clause), end
        return
    if low in ("who", "whom", "what", "which", "whose"):
        word = "who" if low in ("who", "whom") else "what"
        for np, end in p.noun_phrase(at + 1):
            if p.low(end) in ("is", "are", "was", "were"):
                yield x.Question("identity" if word == "who" else "what", None, np), end + 1
        for clause, end in p.predicates(at + 1, x.Gap()):
            yield x.Question(word, clause), end
        if low in ("which", "what") and p.token(at + 1) is not None:
            for np, end in p.noun_phrase(at + 1):
                for clause, stop in p.predicates(end, x.Gap()):
                    yield x.Question(word, clause, np), stop
                for clause, stop in p.clause(end, gap=True):
                    yield x.Question(word, clause, np), stop
        for clause, end in p.clause(at + 1, gap=True):
            yield x.Question(word, clause), end
        return
    if low == "where":
        for np, end in p.noun_phrase(at + 1):
            done = any(form in ("pp", "ing") for _, form in p.verbs(end + 1))
            if p.low(end) in ("is", "are", "was", "were") and not done:
                yield x.Question("where", None, np), end + 1
        for clause, end in _with_place_left_out(p, at + 1):
            yield x.Question("where", clause), end
    for clause, end in p.clause(at + 1):
        yield x.Question(low, clause), end
