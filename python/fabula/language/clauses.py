"""Clauses: tokens to ``syntax.Clause``. Recursive descent with every alternative, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from fabula.language import (
    coordination,
    measures,
    modifiers,
    noun_phrases,
    predicates,
)
from fabula.language import syntax as x
from fabula.language.changing import replace
from fabula.language.fitting import Fitting
from fabula.language.lexer import Token
from fabula.language.lexicon import Frame, Lexicon
from fabula.language.times import time_passes, time_phrases
from fabula.language.words import closed

Clauses = Iterator[tuple[x.Clause, int]]

BUDGET = 20_000
"""How many times a role is filled, at most, in reading one sentence."""


_SHARING = frozenset({"and", "or", "but", "then", ","})
_JOINING = frozenset({"and", "but", "then", "so", "yet", "while", "only"})


class TooManyReadings(Exception):  # noqa: N818
    """A sentence has so many possible readings that none is looked for any longer."""


class Parser:
    """Reads one sentence's tokens. ``far`` is how far any reading came, ``expected`` what it wanted there."""

    def __init__(
        self,
        tokens: list[Token],
        lexicon: Lexicon,
        rule_text: bool = False,
        loose: bool = False,
        fitting: Fitting | None = None,
        any_kind: bool = False,
    ) -> None:
        self.any_kind = any_kind
        self.where = False  # a place is asked for: the gap needs no preposition
        self.unsaid = (
            False  # at the end of a question what a verb takes with a preposition may be left out
        )
        self.fitting = fitting
        self.budget = BUDGET
        self.tokens = tokens
        self.lexicon = lexicon
        self.rule_text = rule_text
        self.loose = loose
        self.memo_np: dict[int, list[tuple[x.NP, int]]] = {}
        self.memo_time: dict[int, list[tuple[str, int]]] = {}
        self.memo_single: dict[int, list[tuple[x.NP, int]]] = {}
        self._prepositions: dict[int, list[tuple[str, int]]] = {}
        self._adverbs: dict[int, tuple[list[str], int]] = {}
        self.far = 0
        self.expected: set[str] = set()
        self.size = len(tokens)
        while (
            self.size
            and tokens[self.size - 1].kind == "punct"
            and tokens[self.size - 1].text[0] in ".!?"
        ):
            self.size -= 1
        while (
            self.size > 2
            and tokens[self.size - 2].text == ","
            and tokens[self.size - 1].lower in closed.AFTERTHOUGHTS
        ):
            self.size -= 2  # "Nina is a clerk, too."

    # tokens
    def token(self, pos: int) -> Token | None:
        return self.tokens[pos] if pos < self.size else None

    def low(self, pos: int) -> str:
        return self.tokens[pos].lower if pos < self.size else ""

    def kind(self, pos: int) -> str:
        return self.tokens[pos].kind if pos < self.size else ""

    def fail(self, pos: int, expected: str) -> None:
        """Remembers what was wanted at the furthest place."""
        if pos > self.far:
            self.far = pos
            self.expected = set()
        if pos == self.far:
            self.expected.add(expected)

    def verbs(self, pos: int) -> tuple[tuple[str, str], ...]:
        """(base, form) readings of a token as a verb."""
        token = self.token(pos)
        if token is None or token.entry is None:
            return ()
        return token.entry.verbs

    def is_verb(self, pos: int) -> bool:
        return (
            bool(self.verbs(pos))
            or self.low(pos) in closed.AUXILIARIES
            or self.low(pos) in closed.MODALS
        )

    def prepositions(self, pos: int) -> list[tuple[str, int]]:
        """(preposition, next position), longest first."""
        known = self._prepositions.get(pos)
        if known is not None:
            return known
        found: list[tuple[str, int]] = []
        first = self.low(pos)
        if first in closed.COMPOUND_FIRST:
            for size in (4, 3, 2):
                words = tuple(self.low(pos + k) for k in range(size))
                if words in closed.COMPOUND:
                    found.append((closed.COMPOUND[words], pos + size))
        # of "in front of" the "front" is nothing to be in
        bound = found and self.low(pos + 1) in closed.BOUND_NOUNS
        if first in closed.PREPOSITIONS and not bound:
            found.append((first, pos + 1))
        self._prepositions[pos] = found
        return found

    def adverbs(self, pos: int) -> tuple[list[str], int]:
        """Adverbs at ``pos``: they are read and mean nothing, but for those of a claim's strength."""
        known = self._adverbs.get(pos)
        if known is None:
            known = self._adverbs[pos] = self._adverbs_at(pos)
        return known

    def _adverbs_at(self, pos: int) -> tuple[list[str], int]:
        found: list[str] = []
        while (token := self.token(pos)) is not None and token.kind == "word":
            low = token.lower
            if low == "no" and self.low(pos + 1) == "longer":
                found.append("no longer")
                pos += 2
                continue
            if low in ("there", "here"):
                break
            if low in ("before", "since", "inside", "outside", "below", "above") and (
                pos + 1 >= self.size or self.kind(pos + 1) == "punct"
            ):
                found.append(low)
                pos += 1
                continue
            if measures.plenty(self, pos) > pos:
                break  # "offers a lot of money", but "laughs a lot"
            if low in closed.ADVERB_FIRST and (size := self.phrase(pos)):
                found.append(low)
                pos += size
                continue
            if (low, self.low(pos + 1)) in closed.ADVERB_PAIRS and (
                not self.prepositions(pos) or pos + 2 >= self.size or self.kind(pos + 2) == "punct"
            ):
                found.append(low)
                pos += 2
                continue
            if low == "half" and self._half(pos + 1):
                found.append(low)
                pos += 1
                continue
            entry = token.entry
            open_reading = entry is not None and (
                entry.name or entry.noun or entry.adjectives or entry.relation
            )
            if (
                low in closed.ADVERBS or (low.endswith("ly") and len(low) > 4)
            ) and not open_reading:
                found.append(low)
                pos += 1
                if self.low(pos) == "and" and self.low(pos + 1).endswith("ly"):
                    pos += 1  # "quietly and steadily"
            else:
                break
        return found, pos

    def _half(self, pos: int) -> bool:
        """Whether "half" stands before how somebody is, and not before what there is half of: "half drowned"."""
        token = self.token(pos)
        entry = token.entry if token is not None else None
        if entry is None or entry.noun or entry.name:
            return False
        return bool(entry.adjectives) or any(form in ("pp", "ing") for _, form in entry.verbs)

    def phrase(self, pos: int) -> int:
        """How many words an adverb of several words has that begins here; 0 where none does."""
        for size in (5, 4, 3, 2):
            end = pos + size
            words = tuple(self.low(at) for at in range(pos, end))
            if words in closed.ADVERB_PHRASES and end <= self.size:
                return (
                    size
                    if end == self.size or self.kind(end) == "punct"
                    else self._open(end) * size
                )
        return 0

    def _open(self, pos: int) -> int:
        """Whether no noun goes on here: "by mistake" is none in front of one."""
        token = self.token(pos)
        return int(token is None or token.entry is None or not token.entry.noun)

    def is_feeling(self, pos: int) -> bool:
        """Whether a token is what somebody feels, such as anger."""
        token = self.token(pos)
        if token is None or token.entry is None or not token.entry.noun or self.fitting is None:
            return False
        return self.fitting.state.kind_is(token.entry.noun, "feeling")

    def is_name(self, pos: int) -> bool:
        """Whether a name stands here, known or new."""
        token = self.token(pos)
        if token is None:
            return False
        return token.kind == "proper" or (token.entry is not None and bool(token.entry.name))

    # noun phrases
    def noun_phrase(self, pos: int) -> list[tuple[x.NP, int]]:
        return noun_phrases.noun_phrase(self, pos)

    def predicates(self, pos: int, subject: x.NP, gap: bool = False) -> Clauses:
        return predicates.finite(self, pos, subject, gap)

    # clauses
    def clause(self, pos: int, gap: bool = False) -> Clauses:
        """A finite clause with its subject."""
        if self.low(pos) == "there" and self.low(pos + 1) in ("is", "are", "was", "were"):
            yield from self._existential(pos)
        if pos > 1:
            yield from self._inverted(pos)
        if self.low(pos) == "that" and self.is_verb(pos + 1):
            yield from self.predicates(pos + 1, x.Pronoun(pos, "that"), gap)
        for subject, end in self.noun_phrase(pos):
            found = False
            for clause, stop in self._after_subject(end, subject, gap):
                found = True
                yield clause, stop
            if not found:
                self.fail(end, "a verb")

    def _after_subject(self, end: int, subject: x.NP, gap: bool) -> Clauses:
        yield from self.predicates(end, subject, gap)
        if self.low(end) == "," and self.low(end + 1) in ("who", "which"):
            # "Carolina, who is angry, leaves"
            for said, stop in self.predicates(end + 2, x.Same()):
                if self.low(stop) == ",":
                    for clause, final in self.predicates(stop + 1, subject, gap):
                        yield modifiers.merge(clause, x.Clause(None, front=said)), final
        if self.low(end) == ",":
            words, stop = self.adverbs(end + 1)
            if words and self.low(stop) == ",":
                yield from self.predicates(stop + 1, subject, gap)  # "Vane, however, leaves"
            # "Carolina, unseen by Bucho, hides him"
            for aside, stop in chain(
                modifiers.asides(self, end + 1),
                modifiers.participles(self, end + 1),
                modifiers.appositions(self, end + 1),
            ):
                last = stop + 1 if self.low(stop) == "," else stop
                for clause, final in self.predicates(last, subject, gap):
                    yield modifiers.merge(clause, aside), final
        else:
            for aside, stop in modifiers.asides(self, end):
                for clause, final in self.predicates(stop, subject, gap):
                    yield modifiers.merge(clause, aside), final

    def _existential(self, pos: int) -> Clauses:
        negated = self.low(pos + 2) in ("not", "no")
        start = pos + 3 if negated else pos + 2
        _, start = self.adverbs(start)
        for subject, end in self.noun_phrase(start):
            if self.low(end) == "left":
                end += 1  # "there was nothing left"
            if self.low(end) == "to":
                for _, stop in predicates.infinitive(self, end + 1, True):
                    yield (
                        x.Clause(
                            subject,
                            None,
                            (),
                            x.Complement(called=x.Amount(pos)),
                            pos + 1,
                            existential=True,
                            negated=negated,
                        ),
                        stop,
                    )
            base = x.Clause(
                subject, None, (), x.Complement(), pos + 1, existential=True, negated=negated
            )
            for phrase, stop in noun_phrases.places_after(self, end):
                yield replace(base, complement=x.Complement(place=phrase)), stop
            yield base, end

    def _inverted(self, pos: int) -> Clauses:
        """What comes behind a place: "On the roof stands a chimney", "on the table is a lamp"."""
        stands = any(
            verb in closed.STANDING and form in ("s", "past", "base")
            for verb, form in self.verbs(pos)
        )
        if not stands and self.low(pos) not in ("is", "are", "was", "were"):
            return
        for subject, end in self.noun_phrase(pos + 1):
            if end == self.size:
                yield x.Clause(subject, None, (), x.Complement(), pos, existential=True), end

    def several(self, pos: int) -> Iterator[tuple[tuple[x.Clause, ...], int]]:
        """Clauses joined by and, but, then, or a semicolon; a later one may leave out its subject."""
        for first, end in self.clause(pos):
            yield from self._more((first,), end)

    def _more(
        self, clauses: tuple[x.Clause, ...], end: int
    ) -> Iterator[tuple[tuple[x.Clause, ...], int]]:
        self.spend()
        after = end
        if self.low(after) in (",", ";", "—", "–", ":"):
            after += 1
        joined = after > end
        subject: x.NP = clauses[-1].causer or (joined and clauses[-1].main) or x.Same()
        before = None
        if joined and self.low(after) in ("who", "which"):
            # "kills Tavo, who …": of the one named last
            before = clauses[-1].subject or before
            last = self.token(end - 1)
            subject = (
                x.Named(end - 1)
                if last is not None and last.entry is not None and last.entry.name
                else subject
            )
        if (
            joined
            and self.low(after) == "which"
            and (last_np := coordination.last_named(clauses[-1]))
        ):
            subject = last_np  # "hits the mirror, which shatters"
        while self.low(after) in _JOINING or (after > end and self.low(after) in ("who", "which")):
            joined = True
            after += 1
            if self.low(after - 1) == "so" and self.low(after) == "that":
                after += 1  # "locks the door, so that Anna is trapped"
            if self.low(after - 1) == "only" and self.low(after) == "to":
                break
        if joined and after < self.size:
            _, start = self.adverbs(after)
            for phrase, stop in time_phrases(self, start):
                if phrase:
                    start = stop + 1 if self.low(stop) == "," else stop
                    break
            if self.low(after) == ",":
                # "drops it and, while he looks away, takes another"
                for aside, stop in modifiers.asides(self, after + 1):
                    if self.low(stop) == ",":
                        for clause, past in self.predicates(stop + 1, subject):
                            merged = modifiers.merge(clause, aside)
                            yield from self._more((*clauses, merged), past)
            if self.low(after - 1) in _SHARING:
                for clause, stop in coordination.shared(self, clauses[-1], after):
                    yield from self._more((*clauses, clause), stop)
            yield from self._there(clauses, after)
            for aside, at in modifiers.fronted_places(self, start):
                for clause, stop in self.clause(at):
                    yield from self._more((*clauses, modifiers.merge(clause, aside)), stop)
            for at in dict.fromkeys((start, after)):
                for clause, stop in self.clause(at):
                    yield from self._more((*clauses, clause), stop)
                for clause, stop in self.predicates(at, subject):
                    going_on = replace(clause, main=before) if before is not None else clause
                    yield from self._more((*clauses, going_on), stop)
        for clause, stop in coordination.conditional(self, end):
            yield from self._more((*clauses, clause), stop)
        if self.low(end) == "," and self.low(end + 1) == "whose" and self.is_name(end - 1):
            # "lives with Eve, whose father is rich": of the one named last
            for owned, start in noun_phrases.owned_by(self, end + 2, x.Named(end - 1)):
                for clause, stop in self.predicates(start, owned):
                    yield from self._more((*clauses, clause), stop)
        if self.kind(end) == "word" and not coordination.of_object(self, clauses[-1], end):
            # "comes disguised as a nun", "escapes wearing her dress"
            for aside, stop in modifiers.participles(self, end):
                said = aside.front
                if said is not None:
                    yield from self._more((*clauses, replace(said, subject=x.Same())), stop)
        if self.low(end) == ",":
            for aside, stop in chain(
                modifiers.participles(self, end + 1), modifiers.qualities(self, end + 1)
            ):
                # "He runs away, leaving the bag behind", ", followed by Anna", ", tired and hungry"
                if aside.front is not None:
                    yield from self._more((*clauses, replace(aside.front, subject=x.Same())), stop)
        yield clauses, end

    def _there(
        self, clauses: tuple[x.Clause, ...], at: int
    ) -> Iterator[tuple[tuple[x.Clause, ...], int]]:
        """ "goes to the archive, where he meets Paul", "a hut, in which a witch lives": and there he meets him."""
        if self.low(at) == "where":
            start = at + 1
        elif self.low(at) in ("in", "at", "on") and self.low(at + 1) == "which":
            start = at + 2
        else:
            return
        for clause, stop in self.clause(start):
            there = x.Phrase("in", x.There(at), at)
            yield from self._more((*clauses, replace(clause, places=(*clause.places, there))), stop)

    def sentence(self) -> x.Tree | None:
        """The first reading of the whole sentence, or None."""
        try:
            return self._sentence()
        except TooManyReadings:
            return None

    def spend(self) -> None:
        """Counts one try; raises where there have been too many."""
        self.budget -= 1
        if self.budget < 0:
            raise TooManyReadings

    def fits(self, frame: Frame, role: str, filler: object, preposition: str = "") -> bool:
        """Whether the kinds of things allow this filler."""
        return (
            self.any_kind
            or self.fitting is None
            or self.fitting.fits(frame, role, filler, preposition)
        )

    def fit_together(
        self, frame: Frame, subject: x.NP | None, roles: tuple[tuple[str, x.Filler], ...]
    ) -> bool:
        """Whether one rule behind the frame takes all that fills its roles."""
        if self.any_kind or self.fitting is None:
            return True
        said = roles if subject is None else ((frame.subject, subject), *roles)
        return self.fitting.together(frame, said)

    def places(self, frame: Frame, role: str) -> bool:
        """Whether a role is where somebody or something is or comes to be."""
        return self.fitting is None or self.fitting.places(frame, role)

    def _sentence(self) -> x.Tree | None:
        for start, gap, time, front in self._fronts(0, False, "", ()):
            for clauses, end in self.several(start):
                if end == self.size:
                    first = clauses[0]
                    for aside in front:
                        first = modifiers.merge(first, aside)
                    if first.existential and first.places and first.complement == x.Complement():
                        # "In the hall there is a lamp": it is said of the lamp where it is
                        first = replace(
                            first,
                            complement=x.Complement(place=first.places[0]),
                            places=first.places[1:],
                        )
                    return x.Tree((first, *clauses[1:]), gap, time)
                self.fail(end, "the end of the sentence")
        return None

    def _fronts(
        self, pos: int, gap: bool, time: str, front: tuple[x.Clause, ...]
    ) -> Iterator[tuple[int, bool, str, tuple[x.Clause, ...]]]:
        """What may stand in front of the first clause: time, reason, place, manner."""
        for phrase, end in time_phrases(self, pos):
            after = end + 1 if self.low(end) == "," else end
            if after < self.size:
                yield from self._fronts(
                    after, gap or time_passes(phrase), f"{time} {phrase}".strip(), front
                )
        words, end = self.adverbs(pos)
        if words and end < self.size:
            after = end + 1 if self.low(end) == "," else end
            strength = x.Clause(
                None,
                strength=next((closed.STRENGTHS[w] for w in words if w in closed.STRENGTHS), ""),
            )
            yield from self._fronts(after, gap, time, (*front, strength))
        if self.low(pos) in ("and", "but", "so", "yet"):
            yield from self._fronts(pos + 1, gap, time, front)
        for aside, end in modifiers.asides(self, pos):
            if self.low(end) == ",":
                yield from self._fronts(end + 1, gap, time, (*front, aside))
            elif end == self.size:
                self.fail(end, '"," and what happens')
        for aside, end in modifiers.participles(self, pos):
            if self.low(end) == ",":
                yield from self._fronts(end + 1, gap, time, (*front, aside))
        yield pos, gap, time, front
        for aside, end in modifiers.fronted_places(self, pos):
            # "In the attic Clara finds a diary", "There he meets Yara"
            yield end, gap, time, (*front, aside)
