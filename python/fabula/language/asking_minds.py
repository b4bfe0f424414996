"""Questions that compare minds with the world and with each other, and of how long and how one has known something."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fabula.language import renaming
from fabula.language.lexer import Token, tokenize, word_like
from fabula.language.state import Unreadable
from fabula.language.words import asking as words_of
from fabula.model import formula as f
from fabula.model.asked import Asked
from fabula.model.world import PERSON

if TYPE_CHECKING:
    from fabula.language.asking import Reading


def since(reading: Reading) -> Asked | None:
    """ "Since when does Ann know that …?", "Until when was Ann in the inn?"."""
    for form, starts in (("since", words_of.SINCE), ("until", words_of.UNTIL)):
        for start in starts:
            rest = reading.tokens[len(start) :]
            if _begins(reading.tokens, start) and rest and reading.is_auxiliary(rest[0]):
                found = reading.general(rest)
                return replace(found, form=form) if found.form == "whether" else None
    return None


def found_out(reading: Reading) -> Asked | None:
    """ "How did Ann find out that …?", "From whom does Ann know that …?": how it comes that she knows it."""
    tokens = reading.tokens
    form = "how"
    if _begins(tokens, ("from", "whom")) or _begins(tokens, ("from", "who")):
        form, tokens = "from whom", [word_like("how", tokens[0]), *tokens[2:]]
    if len(tokens) < 4 or tokens[0].lower != "how" or tokens[1].lower not in words_of.DO:
        return None
    for at in range(3, len(tokens)):
        for verb in (*words_of.FINDING_OUT, ("know",)) if form != "how" else words_of.FINDING_OUT:
            if _begins(tokens[at:], verb):
                knows = reading.known_as("know", tokens[at])
                rest = [tokens[0], *tokens[1:at], knows, *tokens[at + len(verb) :]]
                return replace(reading.general(rest), form=form)
    return None


def learned(reading: Reading) -> Asked | None:
    """ "When did Ann learn that …?", "Who found out that …?": where no such act is told, when she came to know it."""
    tokens = reading.tokens
    if tokens[0].lower not in words_of.LEARNING and not reading.is_auxiliary(tokens[0]):
        return None
    for at in range(1, len(tokens) - 1):
        for base, *more in words_of.FINDING_OUT:
            end = at + 1 + len(more)
            entry = tokens[at].entry
            forms = {form for verb, form in entry.verbs if verb == base} if entry else set()
            if not forms or [t.lower for t in tokens[at + 1 : end]] != more or end >= len(tokens):
                continue
            if tokens[end].lower not in words_of.CLAUSES:
                continue
            knows = "know" if "base" in forms else "knows" if "s" in forms else "knew"
            known = [*tokens[:at], reading.known_as(knows, tokens[at]), *tokens[end:]]
            return _either(reading, tokens, known)
    return None


def _either(reading: Reading, tokens: list[Token], known: list[Token]) -> Asked | None:
    """What one question asks, and what another where the first has no answer; None where the second cannot be read."""
    try:
        instead = reading.general(known)
    except Unreadable:
        return None
    try:
        return replace(reading.general(tokens), instead=instead)
    except Unreadable:
        return instead


def wrong(reading: Reading) -> Asked | None:
    """ "Who is wrong about the key?", "Who is deceived about what?", "What is Ann wrong about?"."""
    words = [t.lower for t in reading.tokens]
    if len(words) > 3 and words[0] in words_of.TOPIC and words[1] == "what":
        # "About what is Ann wrong?"
        return _wrong_of(reading, words[2:], 2)
    if len(words) < 3 or words[1] not in words_of.BE:
        return None
    if words[0] == "who" and words[2] in words_of.WRONG:
        topic = reading.tokens[4:] if len(words) > 4 and words[3] in words_of.TOPIC else []
        if len(words) > 3 and not topic:
            return None
        if not topic:
            return Asked("wrong", "", kind=_sort(words[2]))
        if [t.lower for t in topic] == ["what"]:
            return Asked("wrong of", "", kind=_sort(words[2]))
        term = reading.named(topic)
        return None if term is None else Asked("wrong", "", kind=_sort(words[2]), term=term)
    if words[0] == "what" and words[-1] in words_of.TOPIC:
        return _wrong_of(reading, words[1:-1], 1)
    return None


def _wrong_of(reading: Reading, words: list[str], start: int) -> Asked | None:
    """What somebody is wrong about: ``words`` are "is Ann wrong", from the place ``start`` on."""
    if words[0] not in words_of.BE or words[-1] not in words_of.WRONG:
        return None
    who = reading.named(reading.tokens[start + 1 : start + len(words) - 1], PERSON)
    if not isinstance(who, f.Const):
        return None
    return Asked("wrong of", "", kind=_sort(words[-1]), minds=(who.thing,))


def _sort(word: str) -> str:
    return "deceived" if word in words_of.DECEIVED else "wrong"


def difference(reading: Reading) -> Asked | None:
    """ "What does Ann know that Ben does not (know)?"."""
    tokens = reading.tokens
    words = [t.lower for t in tokens]
    if words[-1] in ("know", "believe") and len(words) > 2 and words[-2] == "not":
        words = words[:-1]
    if words[0] != "what" or words[1:2] == [] or words[1] not in words_of.DO or words[-1] != "not":
        return None
    if "that" not in words or words[-2] not in words_of.DO:
        return None
    at = words.index("that")
    if words[at - 1] != "know":
        return None
    who = reading.named(tokens[2 : at - 1], PERSON)
    other = reading.named(tokens[at + 1 : len(words) - 2], PERSON)
    if not isinstance(who, f.Const) or other is None:
        return None
    return Asked("difference", "", minds=(who.thing,), other=other)


def only(reading: Reading) -> Asked | None:
    """ "What does only Ann know?", "What does nobody but Ann know?": what she knows and nobody else does."""
    tokens = reading.tokens
    if len(tokens) < 5 or tokens[0].lower != "what" or tokens[1].lower not in words_of.DO:
        return None
    for start in words_of.ALONE:
        if _begins(tokens[2:], start) and tokens[-1].lower == "know":
            who = reading.named(tokens[2 + len(start) : -1], PERSON)
            if isinstance(who, f.Const):
                return Asked("difference", "", minds=(who.thing,))
    return None


def whose(reading: Reading) -> Asked | None:
    """ "Whose brother is Ben?", "Whose key is in the chest?"."""
    tokens = reading.tokens
    if tokens[0].lower != "whose":
        return None
    related = _related(reading)
    if related is not None:
        return related
    entry = tokens[1].entry if len(tokens) > 2 else None
    if entry is not None and entry.relation:
        # "Whose wife did Ann see?"
        who = reading.general([word_like("who", tokens[0]), *tokens[2:]])
        return replace(who, form="whose", sort=entry.relation) if who.form == "which" else None
    found = reading.general([word_like("which", tokens[0]), *tokens[1:]])
    return replace(found, form="whose") if found.form == "which" else None


def _related(reading: Reading) -> Asked | None:
    """Whose brother somebody is: read of a stranger first, who then makes way for whoever it is."""
    tokens = reading.tokens
    at = next((n for n, t in enumerate(tokens) if t.lower in words_of.BE), None)
    if at is None or at < 2 or at + 1 == len(tokens):
        return None
    if not any(t.entry is not None and t.entry.relation for t in tokens[1:at]):
        return None
    state = reading.state
    stranger = renaming.stranger(state, tokens)
    if stranger is None:
        return None
    said = " ".join(t.text for t in (*tokens[at + 1 :], tokens[at]))
    noun = " ".join(t.text for t in tokens[1:at])
    told = tokenize(f"{said} {stranger.label}'s {noun}", state.lexicon)
    var = f.Var("_whose")
    formula = renaming.rename(reading.clause(told), stranger.id, var)
    return Asked("which", "", formula, var.name, PERSON)


def _begins(tokens: list[Token], words: tuple[str, ...]) -> bool:
    return tuple(t.lower for t in tokens[: len(words)]) == words
