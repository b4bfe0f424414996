"""The most telling problem of a sentence that cannot be read: which word is not known, and what it may stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fabula.language import morphology
from fabula.language.state import SentenceLike, State, Unreadable
from fabula.language.words import closed
from fabula.problems.cannot_read import cannot_read
from fabula.problems.unknown_adjective import unknown_adjective
from fabula.problems.unknown_kind import unknown_kind
from fabula.problems.unknown_verb import unknown_verb
from fabula.problems.wording import near

if TYPE_CHECKING:
    from fabula.language.clauses import Parser
    from fabula.language.lexer import Token

SMALL = sorted(
    {
        w
        for w in closed.PREPOSITIONS | closed.CONNECTIVES | closed.MODALS.keys() | closed.WH
        if len(w) > 3
    }
)


TIME_WORDS = frozenset(word for phrase in closed.TIMES for word in phrase.split())


def failure_of(state: State, parser: Parser, sentence: SentenceLike) -> Unreadable:
    """What to say of a sentence for which there is no tree."""
    tokens = parser.tokens
    if parser.budget < 0:
        return Unreadable(
            cannot_read(sentence.place(0, 1), sentence.text, expected=("a simpler sentence",))
        )
    at = min(parser.far, len(tokens) - 1) if tokens else 0
    unknown = [i for i, token in enumerate(tokens) if _is_unknown(state, token)]
    for i in unknown:
        if i <= parser.far + 1 or len(unknown) == 1:
            return unknown_word(state, sentence, tokens, i)
    if not tokens:
        return Unreadable(
            cannot_read(sentence.place(0, 1), sentence.text, expected=("a sentence",))
        )
    after = " ".join(t.text for t in tokens[max(0, at - 4) : at])
    span = sentence.place(tokens[at].at, max(1, tokens[at].end - tokens[at].at))
    verb = next(
        (
            t.entry.verbs[0][0]
            for t in reversed(tokens[: at + 1])
            if t.entry is not None and t.entry.verbs
        ),
        None,
    )
    frames = tuple(fr.text for fr in state.lexicon.frames.get(verb, ())[:3]) if verb else ()
    return Unreadable(
        cannot_read(
            span,
            sentence.text,
            after=after,
            expected=tuple(sorted(parser.expected))[:4],
            nearest=frames,
        )
    )


def _is_unknown(state: State, token: Token) -> bool:
    low = token.lower
    if token.kind != "word" or token.entry is not None or state.lexicon.is_closed(low):
        return False
    return not (
        low.endswith("ly") or low in TIME_WORDS or low in closed.UNITS or low in closed.ADVERBS
    )


def unknown_word(state: State, sentence: SentenceLike, tokens: list[Token], at: int) -> Unreadable:
    """The problem of one word that is not known: a verb, an adjective, a small word or a noun, by where it stands."""
    token = tokens[at]
    low = token.lower
    span = sentence.place(token.at, max(1, token.end - token.at))
    before = tokens[at - 1] if at else None
    lexicon = state.lexicon
    small = near(low, SMALL, 1)
    if (
        small
        and not near(low, state.world.kinds, 1)
        and before is not None
        and before.lower not in closed.ARTICLES
    ):
        after = " ".join(t.text for t in tokens[max(0, at - 4) : at])
        return Unreadable(
            cannot_read(
                span, sentence.text, after=after, expected=(f'"{small[0]}" (for "{token.text}")',)
            )
        )
    if (
        before is not None
        and closed.AUXILIARIES.get(before.lower) == "be"
        and not low.endswith("ing")
    ):
        return Unreadable(
            unknown_adjective(span, low, near(low, (" ".join(k) for k in lexicon.adjectives)))
        )
    named = before is not None and (
        before.kind in ("proper", "letter")
        or (before.entry is not None and before.entry.name is not None)
    )
    if named or (
        before is not None and before.lower in ("to", "not", *closed.MODALS, "does", "do", "did")
    ):
        return Unreadable(unknown_verb(span, low, near(low, lexicon.verbs)))
    nouns = [*state.world.kinds, *lexicon.known_words(), *(" ".join(k) for k in lexicon.relations)]
    article = before is not None and (before.lower in closed.ARTICLES or before.kind == "own")
    if not article and morphology.base_forms(low):
        return Unreadable(unknown_verb(span, low, near(low, lexicon.verbs)))
    nearest = near(low, nouns)
    if not nearest and before is not None and before.entry is not None and before.entry.adjectives:
        nearest = near(low, lexicon.verbs)
    return Unreadable(unknown_kind(span, low, nearest))
