"""The most telling problem of a sentence that cannot be read: which word is not known, and what it may stand for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from fabula.language import corrections, morphology
from fabula.language import misspelt as misspelling
from fabula.language.lexer import name_words
from fabula.language.state import SentenceLike, State, Unreadable
from fabula.language.words import closed
from fabula.problems.cannot_read import cannot_read
from fabula.problems.problem import Problem
from fabula.problems.unknown_adjective import unknown_adjective
from fabula.problems.unknown_kind import unknown_kind
from fabula.problems.unknown_verb import unknown_verb
from fabula.problems.wording import near, slips
from fabula.text.span import Span

if TYPE_CHECKING:
    from fabula.language.clauses import Parser
    from fabula.language.lexer import Token
    from fabula.language.lexicon import Frame

_MEANT = (*sorted(closed.UNMEANT), "really", "usually")

SMALL = sorted(
    {
        w
        for w in closed.PREPOSITIONS | closed.CONNECTIVES | closed.MODALS.keys() | closed.WH
        if len(w) > 3
    }
)


Sort = Callable[[Span, str, tuple[str, ...]], Problem]
"""A kind of problem of one word: made of its place, the word, and words like it."""

TIME_WORDS = (
    frozenset(word for phrase in closed.TIMES for word in phrase.split())
    | closed.HOURS
    | {"longer"}
)


def failure_of(state: State, parser: Parser, sentence: SentenceLike) -> Unreadable:
    """What to say of a sentence for which there is no tree."""
    tokens = parser.tokens
    if parser.budget < 0:
        return Unreadable(
            cannot_read(sentence.place(0, 1), sentence.text, expected=("a simpler sentence",))
        )
    beside = next((token for token in tokens if _is_beside_story(token)), None)
    if '"' in sentence.text:
        mark = sentence.place(sentence.text.index('"'))
        return Unreadable(cannot_read(mark, sentence.text, expected=("a quotation that ends",)))
    if beside is not None or sentence.text.endswith("?"):
        return _no_telling(sentence, beside)
    at = min(parser.far, len(tokens) - 1) if tokens else 0
    unknown = [i for i, token in enumerate(tokens) if _is_unknown(state, token)]
    for i in unknown:
        if i <= parser.far + 1 or len(unknown) == 1:
            known = len(unknown) > 1 or parser.rule_text
            return unknown_word(state, sentence, tokens, i, as_written=known)
    for i in () if unknown else _no_adverbs(tokens):
        return unknown_word(state, sentence, tokens, i, as_written=parser.rule_text)
    if not tokens:
        return Unreadable(
            cannot_read(sentence.place(0, 1), sentence.text, expected=("a sentence",))
        )
    if not parser.rule_text and not unknown:
        better = corrections.correction(state, tokens, sentence.text, at)
        if better is not None:
            return _corrected(sentence, tokens, better)
    return Unreadable(
        cannot_read(
            _span(sentence, tokens[at]),
            sentence.text,
            after=_before(sentence, tokens, at),
            expected=_wanted(parser.expected),
            nearest=_frames_near(state, tokens, at),
        )
    )


def _is_beside_story(token: Token) -> bool:
    return token.kind == "word" and token.entry is None and token.lower in closed.FIRST_AND_SECOND


def _no_telling(sentence: SentenceLike, token: Token | None) -> Unreadable:
    """Of "I" and "you", and of questions."""
    if token is not None:
        wanted = "a name or noun (a story is told of others)"
        return Unreadable(cannot_read(_span(sentence, token), sentence.text, expected=(wanted,)))
    place = sentence.place(0, max(1, len(sentence.text)))
    wanted = "what happens or is so (a question asks)"
    return Unreadable(cannot_read(place, sentence.text, expected=(wanted,)))


def _corrected(
    sentence: SentenceLike, tokens: list[Token], better: corrections.Correction
) -> Unreadable:
    return Unreadable(
        cannot_read(
            _span(sentence, tokens[better.at]),
            sentence.text,
            after=_before(sentence, tokens, better.at),
            expected=(better.expected,),
            meant=better.snippet,
        )
    )


def _span(sentence: SentenceLike, token: Token) -> Span:
    return sentence.place(token.at, max(1, token.end - token.at))


def _before(sentence: SentenceLike, tokens: list[Token], at: int) -> str:
    """What stands before a token."""
    first = max(0, at - 4)
    while first and tokens[first].lower == "not":
        first -= 1
    return sentence.text[tokens[first].at : tokens[at - 1].end] if at else ""


def _wanted(expected: set[str]) -> tuple[str, ...]:
    """The most telling of what could have stood there."""
    if "a name or noun" in expected:
        expected = expected - closed.ARTICLES
    general = [words for words in sorted(expected) if " " in words and words[:2] in ("a ", "th")]
    return tuple(dict.fromkeys((*general, *sorted(expected))))[:4]


def _frames_near(state: State, tokens: list[Token], at: int) -> tuple[str, ...]:
    """The frames of the last verb that are most like what stands there."""
    verb = next(
        (
            t.entry.verbs[0][0]
            for t in reversed(tokens[: at + 1])
            if t.entry is not None and t.entry.verbs
        ),
        None,
    )
    frames = state.lexicon.frames.get(verb, ()) if verb else ()
    said = {token.lower for token in tokens}

    def rank(frame: Frame) -> tuple[int, int]:
        strange = sum(s.kind == "word" and said.isdisjoint(s.words) for s in frame.slots)
        return strange, len(frame.slots)

    return tuple(frame.text for frame in sorted(frames, key=rank)[:3])


def misspelt_adverb(sentence: SentenceLike, tokens: list[Token]) -> Unreadable | None:
    """Most adverbs mean nothing and need not be known; a slip in one that does must not go unseen: "realy"."""
    for at, token in enumerate(tokens):
        if token.kind == "word" and token.entry is None and token.lower.endswith("ly"):
            meant = () if token.lower in _MEANT else slips(token.lower, _MEANT)
            if meant:
                return _small_word(sentence, tokens, at, meant[0])
    return None


def misspelt(state: State, sentence: SentenceLike, tokens: list[Token]) -> Unreadable | None:
    """The problem of a word that could be read over, and is likely a slip: "teh kitchen", "strangelly happy"."""
    found = misspelling.amiss(state, tokens)
    if found is None:
        return None
    at, meant = found
    return _small_word(sentence, tokens, at, *meant)


def _is_unknown(state: State, token: Token) -> bool:
    low = token.lower
    if token.kind != "word" or token.entry is not None or state.lexicon.is_closed(low):
        return False
    return not (
        low.endswith("ly") or low in TIME_WORDS or low in closed.UNITS or low in closed.ADVERBS
    )


def _no_adverbs(tokens: list[Token]) -> list[int]:
    """Unknown words that end like adverbs and stand where one says what somebody is: "Anna is zorgly."."""
    return [
        i
        for i, token in enumerate(tokens)
        if token.kind == "word"
        and token.entry is None
        and token.lower.endswith("ly")
        and i
        and closed.AUXILIARIES.get(tokens[i - 1].lower) == "be"
        and (i + 1 == len(tokens) or tokens[i + 1].kind == "punct")
    ]


def unknown_word(
    state: State,
    sentence: SentenceLike,
    tokens: list[Token],
    at: int,
    *,
    as_written: bool = False,
) -> Unreadable:
    """The problem of one word that is not known: a verb, an adjective, a small word or a noun.

    Which it is, and what is near, is seen from the words with which the sentence could be read (not looked for
    with ``as_written``), else from where it stands.
    """
    token = tokens[at]
    low = token.lower
    span = _span(sentence, token)
    lexicon = state.lexicon
    place = _sort_by_place(tokens, at)
    state.corrected += state.corrected >= corrections.MOST
    if state.corrected > 2 * corrections.MOST:
        return Unreadable(
            place(span, low, ())
        )  # who wrote so much that cannot be read wrote no story
    if not as_written and (meant := corrections.meant_by(state, tokens, sentence.text, at)):
        sorts = [_sort_of(state, word) for word in meant]
        sort = place if place in sorts and sorts[0] is not None else sorts[0]
        if sort is None:
            return _small_word(sentence, tokens, at, meant[0])
        return Unreadable(
            sort(span, low, tuple(w for w, s in zip(meant, sorts, strict=True) if s == sort))
        )
    before = tokens[at - 1] if at else None
    small = near(low, SMALL, 1)
    if (
        small
        and not near(low, state.world.kinds, 1)
        and before is not None
        and before.lower not in closed.ARTICLES
    ):
        return _small_word(sentence, tokens, at, small[0])
    if place is unknown_adjective:
        return Unreadable(place(span, low, near(low, (" ".join(k) for k in lexicon.adjectives))))
    if place is unknown_verb:
        return Unreadable(place(span, low, near(low, lexicon.verbs)))
    nouns = [*state.world.kinds, *lexicon.known_words(), *(" ".join(k) for k in lexicon.relations)]
    nearest = near(low, nouns)
    if not nearest and before is not None and before.entry is not None and before.entry.adjectives:
        nearest = near(low, lexicon.verbs)
    return Unreadable(unknown_kind(span, low, nearest))


def _small_word(sentence: SentenceLike, tokens: list[Token], at: int, *words: str) -> Unreadable:
    token = tokens[at]
    return Unreadable(
        cannot_read(
            _span(sentence, token),
            sentence.text,
            after=_before(sentence, tokens, at),
            expected=tuple(f'"{word}" (for "{token.text}")' for word in words),
        )
    )


def _sort_by_place(tokens: list[Token], at: int) -> Sort:
    """What an unknown word is by what stands before it."""
    low = tokens[at].lower
    before = tokens[at - 1] if at else None
    if before is None:
        return unknown_verb if morphology.base_forms(low) else unknown_kind
    if closed.AUXILIARIES.get(before.lower) == "be" and not low.endswith("ing"):
        return unknown_adjective
    named = before.kind in ("proper", "letter") or (
        before.entry is not None and before.entry.name is not None
    )
    if named or before.lower in ("to", "not", *closed.MODALS, "does", "do", "did"):
        return unknown_verb
    noun = before.lower in closed.ARTICLES or before.kind == "own"
    return unknown_verb if not noun and morphology.base_forms(low) else unknown_kind


def _sort_of(state: State, word: str) -> Sort | None:
    """The problem that a slip for ``word`` is; None for a small word."""
    lexicon = state.lexicon
    words = name_words(word)
    low = tuple(part.lower() for part in words)
    if words in lexicon.names or low in lexicon.nouns or low in lexicon.relations:
        return unknown_kind
    if word in lexicon.verbs:
        return unknown_verb
    return unknown_adjective if low in lexicon.adjectives else None
