"""Questions that ask for more of what was done: how many times, with what, who besides somebody, and also when or why."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fabula.language import morphology
from fabula.language.lexer import Token, word_like
from fabula.language.state import Unreadable
from fabula.language.words import asking as words_of
from fabula.language.words import closed
from fabula.model import formula as f
from fabula.model.asked import Asked
from fabula.model.world import PERSON, THING

if TYPE_CHECKING:
    from fabula.language.asking import Reading


def _read(reading: Reading, tokens: list[Token]) -> Asked | None:
    """What a part of the question asks by itself."""
    from fabula.language.asking_forms import special

    kept = reading.tokens
    reading.tokens = tokens
    try:
        return special(reading) or reading.general(tokens)
    except Unreadable:
        return None
    finally:
        reading.tokens = kept


def times(reading: Reading) -> Asked | None:
    """ "How many times did Ann leave?", "How often …?": how many events there are."""
    words = [t.lower for t in reading.tokens]
    for start in words_of.HOW_OFTEN:
        if tuple(words[: len(start)]) == start and len(words) > len(start) + 1:
            rest = reading.tokens[len(start) :]
            found = _read(reading, _somebody(reading, rest)) or _read(reading, rest)
            return replace(found, form="times") if found and found.form == "whether" else None
    return None


def _somebody(reading: Reading, tokens: list[Token]) -> list[Token]:
    """ "was the box hidden": whether somebody hid the box, which is an act."""
    if tokens[0].lower not in words_of.BE:
        return tokens
    for at, token in enumerate(tokens):
        for verb, form in token.entry.verbs if at > 1 and token.entry is not None else ():
            if form == "pp" and all(t.lower != "by" for t in tokens[at:]):
                did, who = word_like("did", tokens[0]), word_like("somebody", tokens[0])
                plain = reading.known_as(morphology.base(verb), token)
                return [did, who, plain, *tokens[1:at], *tokens[at + 1 :]]
    return tokens


def instrument(reading: Reading) -> Asked | None:
    """ "What did Ann open the chest with?", "With which key did she open it?": with what it was done."""
    tokens = reading.tokens
    words = [t.lower for t in tokens]
    if words[0] == "with" and len(words) > 3 and words[1] in ("what", "which"):
        start, said = 2, tokens
    elif words[0] in ("what", "which") and words[-1] == "with" and len(words) > 4:
        start, said = 1, tokens[:-1]
    else:
        return None
    helper = next((n for n in range(start, len(said)) if reading.is_auxiliary(said[n])), None)
    if helper is None:
        return None
    kind = reading.kind_named(said[start:helper]) if helper > start else THING
    found = _read(reading, said[helper:]) if kind is not None else None
    if found is None or kind is None or found.form != "whether":
        return None
    return replace(found, form="instrument", kind=kind)


def used(reading: Reading) -> Asked | None:
    """ "Which weapon did Ann use?": with what she did anything."""
    tokens = reading.tokens
    words = [t.lower for t in tokens]
    if words[0] not in ("what", "which") or words[-1] != "use" or "did" not in words:
        return None
    at = words.index("did")
    kind = reading.kind_named(tokens[1:at]) if at > 1 else THING
    who = reading.named(tokens[at + 1 : -1], PERSON)
    if kind is None or who is None:
        return None
    return Asked("instrument", "", term=who, kind=kind)


def besides(reading: Reading) -> Asked | None:
    """ "Who besides Ann knows it?", "Who left except Ann?": all the others."""
    tokens = reading.tokens
    words = [t.lower for t in tokens]
    if words[0] not in ("who", "what", "which"):
        return None
    for at in range(1, len(tokens) - 1):
        for start in words_of.BESIDES:
            if tuple(words[at : at + len(start)]) != start:
                continue
            after = at + len(start)
            for _, end in reading.parser(tokens, wide=True).noun_phrase(after):
                but = reading.named(tokens[after:end])
                rest = [*tokens[:at], *tokens[end:]]
                found = _read(reading, rest) if but is not None and len(rest) > 1 else None
                if found is not None and but is not None and found.form == "which":
                    return replace(found, but=(*found.but, but))
    return None


def according(reading: Reading) -> Asked | None:
    """ "According to Ann, where is the key?", "Where, according to Ann, will Ben look?", "In Ann's opinion, …": in her mind."""
    tokens = reading.tokens
    words = [t.lower for t in tokens]
    for at in range(len(words) - 3):
        for start in words_of.IN_MIND:
            if tuple(words[at : at + len(start)]) == start and "," in words[at:]:
                end = words.index(",", at)
                return _as_to(
                    reading, tokens[at + len(start) : end], tokens[:at], tokens[end + 1 :]
                )
    if words[0] == "in" and "opinion" in words and words[words.index("opinion") + 1 :][:1] == [","]:
        end = words.index("opinion")
        if tokens[end - 1].kind == "own":
            return _as_to(reading, tokens[1 : end - 1], [], tokens[end + 2 :])
    return None


def _as_to(
    reading: Reading, who: list[Token], before: list[Token], behind: list[Token]
) -> Asked | None:
    """What the rest of a question asks for in somebody's mind."""
    if before and before[-1].lower == ",":
        before = before[:-1]
    mind = reading.named(who, PERSON)
    found = _read(reading, [*before, *behind]) if isinstance(mind, f.Const) else None
    if found is None or not isinstance(mind, f.Const):
        return None
    return replace(found, minds=(mind.thing, *found.minds))


def also(reading: Reading) -> Asked | None:
    """ "Whom did she kill, and why?", "Who left, and when?": the one, and of it the other."""
    tokens = reading.tokens
    words = [t.lower for t in tokens]
    if len(words) < 5 or words[0] not in closed.WH:
        return None
    with_what = words[-2:] == ["with", "what"]
    at = len(words) - (3 if with_what else 2)
    if words[at] != "and" or not (with_what or words[-1] in words_of.ALSO_ASKED):
        return None
    end = at - 1 if words[at - 1] == "," else at
    first = _read(reading, tokens[:end])
    if first is None or first.form not in ("which", "where"):
        return None
    form = "instrument" if with_what else words[-1]
    return replace(first, also=form)
