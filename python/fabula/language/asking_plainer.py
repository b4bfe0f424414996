"""The same asked in words that are read: "Who was it that left?" is who left, "How come she left?" why she did."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from fabula.language import morphology
from fabula.language.lexer import Token, word_like
from fabula.language.words import asking as words_of
from fabula.language.words import closed

if TYPE_CHECKING:
    from fabula.language.state import State

Tokens = list[Token]

_SHORT = re.compile(r"\b(who|what|where|when|why|how)['’](d|ll|ve|re)\b(?=\s+(\w+))", re.IGNORECASE)
_MARKED = re.compile(r"['’,]| of th")
_LONG = {"ll": "will", "ve": "have", "re": "are"}
_TAG = re.compile(
    r",\s*(?:right|correct|true|no|yes|(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would)n['’]t \w+)$",
    re.IGNORECASE,
)
_OF_STORY = re.compile(
    r"\b(beginning|start|end) of (?:the|this) (?:story|tale|film|movie|book|plot)\b", re.IGNORECASE
)


def spelt_out(state: State, text: str) -> str:
    """The text without contractions that are cut into no words, and without a tag at its end: "…, isn't he"."""
    if not _MARKED.search(text):
        return text
    text = _OF_STORY.sub(r"\1", _TAG.sub("", text))
    return _SHORT.sub(lambda m: f"{m[1]} {_LONG.get(m[2].lower()) or _had(state, m)}", text)


def _had(state: State, match: re.Match[str]) -> str:
    """What "'d" stands for: "who'd seen it" had, "who'd want it" would, "where'd he go" did."""
    forms = {form for _, form in state.lexicon.verbs.get(match[3].lower(), ())}
    if match[3].lower() == "been" or ("pp" in forms and "base" not in forms):
        return "had"
    return "would" if "base" in forms else "did"


def plainer(state: State, tokens: Tokens) -> Tokens:
    """A question in the plainest words that ask the same."""
    if _TELLING.isdisjoint(_lower(tokens)):
        return tokens
    for change in _CHANGES:
        if tokens:
            tokens = change(tokens)
    for told in (_got, _quality, _by_whom, _expected):
        tokens = told(state, tokens) if tokens else tokens
    return tokens


def _expected(state: State, tokens: Tokens) -> Tokens:
    """ "Where does Ann expect Ben to look?": where she thinks that he will look."""
    words = _lower(tokens)
    at = next((n for n, word in enumerate(words) if word in ("expect", "expects")), 0)
    if not at or "to" not in words[at + 2 :] or words[0] not in closed.WH:
        return tokens
    to = words.index("to", at + 2)
    entry = tokens[to + 1].entry if to + 1 < len(tokens) else None
    verbs = entry.verbs if entry is not None else ()
    if not any(form == "base" for _, form in verbs):
        return tokens
    verb = "think" if words[at] == "expect" else "thinks"
    think = replace(word_like(verb, tokens[at]), entry=state.lexicon.entry((verb,)))
    will = word_like("will", tokens[to])
    return [*tokens[:at], think, *tokens[at + 1 : to], will, *tokens[to + 1 :]]


def _by_whom(state: State, tokens: Tokens) -> Tokens:
    """ "By whom was the key given to Ben?": who gave it to him."""
    words = _lower(tokens)
    if words[0] == "by" and len(words) > 4 and words[1] in ("whom", "who"):
        said = tokens[2:]
    elif words[0] in ("who", "whom") and words[-1] == "by" and len(words) > 4:
        said = tokens[1:-1]
    else:
        return tokens
    if said[0].lower not in words_of.BE:
        return tokens
    for at, token in enumerate(said):
        for verb, form in token.entry.verbs if at > 1 and token.entry is not None else ():
            if form == "pp":
                past = morphology.past(verb)
                did = replace(word_like(past, token), entry=state.lexicon.entry((past,)))
                return [word_like("who", tokens[0]), did, *said[1:at], *said[at + 1 :]]
    return tokens


_TELLING = frozenset(
    "'s name use it come reason for found find end whereabouts location position number kind sort type of"
    " first last not got by have be go really actually truly expect expects".split()
)
"""One of these words is in every question that can be asked more plainly."""


def _quality(state: State, tokens: Tokens) -> Tokens:
    """ "What is the colour of the door?", "What colour does the door have?": what colour the door is."""
    words = _lower(tokens)
    if words[0] not in ("what", "which") or len(words) < 5:
        return tokens

    def named(token: Token) -> bool:
        return token.entry is not None and token.entry.noun in state.qualities

    if words[1] in words_of.BE and words[2] == "the" and named(tokens[3]) and words[4] == "of":
        return [tokens[0], tokens[3], tokens[1], *tokens[5:]]
    if words[1] in words_of.BE and tokens[-2].kind == "own" and named(tokens[-1]):
        return [tokens[0], tokens[-1], tokens[1], *tokens[2:-2]]
    if named(tokens[1]) and words[2] in words_of.DO and words[-1] == "have":
        return [*tokens[:2], word_like("is", tokens[2]), *tokens[3:-1]]
    return tokens


def _lower(tokens: Tokens) -> list[str]:
    return [t.lower for t in tokens]


def _starts(words: list[str], start: tuple[str, ...]) -> bool:
    return tuple(words[: len(start)]) == start


def _own(tokens: Tokens) -> Tokens:
    """ "Where's Ann?": where is Ann."""
    if tokens[0].lower in closed.WH and len(tokens) > 2 and tokens[1].kind == "own":
        return [tokens[0], word_like(_is_or_has(tokens), tokens[1]), *tokens[2:]]
    return tokens


def _is_or_has(tokens: Tokens) -> str:
    """What "'s" behind a question word stands for: "who's got it", "who's taken the key" has."""
    verbs = tokens[2].entry.verbs if tokens[2].entry is not None else ()
    if tokens[2].lower in ("got", "been"):
        return "has"
    done = any(form == "pp" for _, form in verbs) and not any(form == "base" for _, form in verbs)
    after = tokens[3] if len(tokens) > 3 else None
    named = after is not None and (
        after.lower in closed.ARTICLES or (after.entry is not None and bool(after.entry.name))
    )
    return "has" if done and named else "is"


def _name_of(tokens: Tokens) -> Tokens:
    """ "What is the man's name?": who the man is."""
    words = _lower(tokens)
    if words[0] == "what" and len(words) > 4 and words[1] in words_of.BE and words[-1] == "name":
        if tokens[-2].kind == "own":
            return [word_like("who", tokens[0]), *tokens[1:-2]]
    return tokens


def _used(tokens: Tokens) -> Tokens:
    """ "What did he use to open it?": with what he opened it."""
    words = _lower(tokens)
    if words[0] in ("what", "which") and "use" in words:
        at = words.index("use")
        if words[at + 1 : at + 2] == ["to"] and at + 2 < len(words):
            return [*tokens[:at], *tokens[at + 2 :], word_like("with", tokens[at])]
    return tokens


def _cleft(tokens: Tokens) -> Tokens:
    """ "Who was it that left?" is who left, "Was it Ann who left?" and "Is it true that Ann left?" whether Ann left."""
    words = _lower(tokens)
    if words[0] in closed.WH and len(words) > 4 and words[1] in words_of.BE and words[2] == "it":
        if words[3] in ("that", "who", "whom"):
            return [tokens[0], *tokens[4:]]
    if words[0] not in words_of.BE or len(words) < 5 or words[1] != "it":
        return tokens
    for start in words_of.TRUE_THAT:
        if _starts(words[2:], start) and len(words) > len(start) + 2:
            return tokens[2 + len(start) :]
    for at in range(3, len(tokens) - 1):
        if words[at] in ("that", "who", "which"):
            return [*tokens[2:at], *tokens[at + 1 :]]
    return tokens


def _reason(tokens: Tokens) -> Tokens:
    """ "How come she left?", "For what reason did she leave?": why."""
    words = _lower(tokens)
    for start in words_of.WHY:
        if _starts(words, start) and len(words) > len(start) + 1:
            return [word_like("why", tokens[0]), *tokens[len(start) :]]
    return tokens


def _found(tokens: Tokens) -> Tokens:
    """ "Where can one find it?", "Where did it end up?", "What is its whereabouts?": where it is."""
    words = _lower(tokens)
    if words[0] == "where" and len(words) > 3:
        if words[1] in closed.MODALS and words[-2:] == ["be", "found"]:
            return [tokens[0], word_like("is", tokens[1]), *tokens[2:-2]]
        if words[1] in closed.MODALS and words[2] in words_of.ANYBODY and words[3] == "find":
            return [tokens[0], word_like("is", tokens[1]), *tokens[4:]]
        if words[1] in words_of.DO and words[-2:] == ["end", "up"]:
            return [tokens[0], word_like("is", tokens[1]), *tokens[2:-2]]
    if words[0] in closed.MODALS and len(words) > 4:
        if "be" in words and words[words.index("be") + 1 : words.index("be") + 2] == ["found"]:
            at = words.index("be")
            return [word_like("is", tokens[0]), *tokens[1:at], *tokens[at + 2 :]]
        if words[1] in words_of.ANYBODY and words[2] == "find":
            return [word_like("is", tokens[0]), *tokens[3:]]
    if words[0] == "what" and len(words) > 5 and words[1] in words_of.BE and words[2] == "the":
        if words[3] in words_of.WHEREABOUTS and words[4] == "of":
            return [word_like("where", tokens[0]), tokens[1], *tokens[5:]]
    return tokens


def _got(state: State, tokens: Tokens) -> Tokens:
    """ "What has Ann got?", "Has Ann got the key?": what she has."""
    words = _lower(tokens)
    if "got" not in words or "from" in words:
        return tokens
    at = words.index("got")
    helper = next((n for n in range(at) if words[n] in ("has", "have")), None)
    if helper is None:
        return tokens
    after = words[at + 1] if at + 1 < len(words) else ""
    said = tokens[at + 1].entry if after else None
    if after in ("to", "in", "into", "out", "away", "up", "back") or (
        said is not None and not said.noun and not said.name and said.verbs
    ):
        return tokens
    if helper == at - 1 and helper > 0 and words[0] in ("who", "which"):
        # "Who has got the key?"
        has = replace(tokens[helper], entry=state.lexicon.entry(("has",)))
        return [*tokens[:helper], has, *tokens[at + 1 :]]
    do = word_like("does" if words[helper] == "has" else "do", tokens[helper])
    have = replace(word_like("have", tokens[at]), entry=state.lexicon.entry(("have",)))
    return [*tokens[:helper], do, *tokens[helper + 1 : at], have, *tokens[at + 1 :]]


def _number(tokens: Tokens) -> Tokens:
    """ "What number of guns …", "How many of the guns …" are how many guns."""
    words = _lower(tokens)
    for start in (("what", "number", "of"), ("which", "number", "of")):
        if _starts(words, start):
            many = [word_like("how", tokens[0]), word_like("many", tokens[1])]
            return [*many, *tokens[3:]]
    return tokens


def _kind(tokens: Tokens) -> Tokens:
    """ "What kind of animal …?", "What sort of …?": which animal."""
    words = _lower(tokens)
    if words[0] in ("what", "which") and len(words) > 4 and words[1] in words_of.KIND:
        if words[2] == "of" and words[3] not in closed.ARTICLES and words[3] not in closed.PRONOUNS:
            return [word_like("which", tokens[0]), *tokens[3:]]
    return tokens


def _of_them(tokens: Tokens) -> Tokens:
    """ "Which of them left?": who left."""
    words = _lower(tokens)
    if words[0] in ("which", "who") and _starts(words[1:], ("of", "them")) and len(words) > 4:
        return [word_like("who", tokens[0]), *tokens[3:]]
    return tokens


def _first_to(tokens: Tokens) -> Tokens:
    """ "Who was the first to leave?": who left first."""
    words = _lower(tokens)
    start = 1
    if words[0] not in ("who", "what") or len(words) < 6 or words[1] not in words_of.BE:
        return tokens
    if words[2] == "the" and words[3] in ("first", "last"):
        start = 4
        if words[4] in ("one", "person", "of") and words[5] == "to":
            start = 5
        if words[start] == "to" and len(words) > start + 1:
            did = word_like("did", tokens[1])
            return [tokens[0], did, *tokens[start + 1 :], tokens[3]]
    return tokens


def _not(tokens: Tokens) -> Tokens:
    """ "Didn't Ann leave?": whether she did; who asks so expects it."""
    words = _lower(tokens)
    if (words[0] in closed.AUXILIARIES or words[0] in closed.MODALS) and len(words) > 3:
        if (words[1] == "not" and words[0] not in ("is", "are")) or words[1:2] == ["not"]:
            return [tokens[0], *tokens[2:]]
    return tokens


def _believed(tokens: Tokens) -> Tokens:
    """ "Where does Ann believe the key to be?": where she believes it is; "expects Ben to look", thinks that he will."""
    words = _lower(tokens)
    if words[0] != "where":
        return tokens
    if words[1:2] and words[1] in words_of.TRULY:
        tokens, words = [tokens[0], *tokens[2:]], [words[0], *words[2:]]
    if words[-2:] == ["to", "be"] and len(words) > 5:
        return [*tokens[:-2], word_like("is", tokens[-1])]
    for at in range(1, len(words) - 1):
        if words[at : at + 2] == ["go", "to"] and at + 2 < len(words):
            return [*tokens[:at], *tokens[at + 2 :]]  # "will go to look for it"
    return tokens


_CHANGES: tuple[Callable[[Tokens], Tokens], ...] = (
    _own,
    _name_of,
    _used,
    _cleft,
    _reason,
    _found,
    _number,
    _kind,
    _of_them,
    _first_to,
    _not,
    _believed,
)
