"""Questions that ask for events: what happened, to whom, and what somebody did."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fabula.language import occasions
from fabula.language.state import Unreadable
from fabula.language.words import asking as words_of
from fabula.model import formula as f
from fabula.model.asked import Asked, Moment
from fabula.model.world import PERSON, PLACE

if TYPE_CHECKING:
    from fabula.language.asking import Reading
    from fabula.language.lexer import Token
    from fabula.language.moments import Tokens


def events(reading: Reading) -> Asked | None:
    """ "What happened (to Ann, in the inn)?", "What did Ann do?", with any moment."""
    if reading.tokens[0].lower != "what":
        return None
    for rest, cut in reading.cuts(reading.tokens):
        found = _events(reading, rest)
        if found is not None:
            form, term = found
            return Asked("events", "", kind=form, term=term, moment=reading.moment(cut))
        whom = _to_whom(reading, rest)
        if whom is not None:
            return replace(whom, moment=reading.moment(cut))
    return None


def _to_whom(reading: Reading, tokens: Tokens) -> Asked | None:
    """ "What did Ann do to Ben?", "What has she done with the key?"."""
    words = [t.lower for t in tokens]
    at = next((n for n in range(3, len(words) - 1) if words[n] in ("do", "done")), None)
    if at is None or words[1] not in (*words_of.DO, "has", "have"):
        return None
    if words[at + 1] not in ("to", "with", "for"):
        return None
    doer, whom = reading.named(tokens[2:at], PERSON), reading.named(tokens[at + 2 :])
    if doer is None or whom is None:
        return None
    return Asked("events", "", kind="by", term=doer, other=whom)


def told(reading: Reading) -> Asked | None:
    """ "What did Ann tell Ben?", "What did Ann promise?": what was said, and not a thing that is given."""
    words = [t.lower for t in reading.tokens]
    if words[0] != "what" or len(words) < 4 or words[1] not in words_of.DO:
        return None
    for rest, cut in reading.cuts(reading.tokens):
        if len(rest) > 5 and [t.lower for t in rest[-2:]] == ["to", "do"]:
            rest = rest[:-2]  # "What did Ann order Ben to do?"
        at = next((n for n in range(3, len(rest)) if _says(reading, rest[n])), None)
        if at is None:
            continue
        topic: f.Term | None = None
        about = next((n for n in range(at + 1, len(rest)) if rest[n].lower == "about"), None)
        if about is not None:
            # "What did Ann tell Ben about the key?"
            topic, rest = reading.named(rest[about + 1 :]), rest[:about]
            if topic is None:
                continue
        who = reading.named(rest[2:at], PERSON)
        start = at + 2 if len(rest) > at + 1 and rest[at + 1].lower == "to" else at + 1
        if start == len(rest) - 1 and rest[start].lower in words_of.ALL_THERE:
            rest = rest[:start]
        whom = reading.named(rest[start:], PERSON) if start < len(rest) else None
        if who is None or (whom is None and start < len(rest)):
            continue
        verb = _says(reading, rest[at])
        moment = reading.moment(cut)
        said = Asked("told", "", kind=verb, term=who, other=whom, moment=moment, topic=topic)
        if topic is not None:
            return said
        try:
            thing = reading.general(reading.tokens)
        except Unreadable:
            return said
        # "What did Ann order?": a beer, or that the door be closed
        if _does(thing.formula, thing.var):
            return said
        if not _tells(reading, verb):
            return replace(thing, instead=said)  # "What did Ann find?": a thing rather than that …
        return replace(said, instead=thing)
    return None


def teller(reading: Reading) -> Asked | None:
    """ "Who told Ann about the key?": by whom something was said to her that speaks of it."""
    words = [t.lower for t in reading.tokens]
    if words[0] != "who" or "about" not in words or len(words) < 5:
        return None
    for rest, cut in reading.cuts(reading.tokens):
        at = next((n for n, t in enumerate(rest) if t.lower == "about"), None)
        if at is None or at < 3:
            continue
        verbs = rest[1].entry.verbs if rest[1].entry is not None else ()
        verb = next((v for v, form in verbs if form in ("past", "s") and _tells(reading, v)), None)
        whom, topic = reading.named(rest[2:at], PERSON), reading.named(rest[at + 1 :])
        if verb is None or whom is None or topic is None:
            continue
        said = Asked("teller", "", kind=verb, other=whom, topic=topic, moment=reading.moment(cut))
        try:
            return replace(reading.general(reading.tokens), instead=said)
        except Unreadable:
            return said
    return None


def occurred(reading: Reading) -> Asked | None:
    """ "When was the gunfight?", "Where did Ann's death happen?": when and where something was done that a noun names."""
    tokens = reading.tokens
    words = [t.lower for t in tokens]
    if words[0] not in ("when", "where") or len(words) < 3:
        return None
    if words[1] in words_of.BE:
        named = tokens[2:]
    elif words[1] in words_of.DO and words[-1] in words_of.HAPPEN:
        named = tokens[2:-1]
    elif words[1] in words_of.DO and words[-2:] == ["take", "place"]:
        named = tokens[2:-2]
    else:
        return None
    found = occasions.occasion(reading, named) if reading.named(named) is None else None
    if found is None:
        return None
    return Asked(words[0], "", var="_where", moment=Moment("occasion", occasion=found))


def _does(formula: f.Formula, var: str) -> bool:
    """Whether what is asked for does something itself."""
    match formula:
        case f.And(parts) | f.Or(parts):
            return any(_does(part, var) for part in parts)
        case f.Equals(f.Value(fluent, (f.Var(name), *_)), _):
            return fluent.startswith("did:") and name == var
    return False


def _says(reading: Reading, token: Token) -> str:
    """The verb that a word is, where one may say something with it that a clause says."""
    actions = reading.state.world.actions
    for verb, form in token.entry.verbs if token.entry is not None else ():
        frames = reading.state.lexicon.frames.get(verb, ())
        said = (actions[x.action].contents for x in frames if x.action in actions)
        if form == "base" and not reading.is_auxiliary(token) and any(said):
            return verb
    return ""


def _tells(reading: Reading, verb: str) -> bool:
    """Whether somebody says something to somebody with a verb, or asks or orders him something."""
    actions = reading.state.world.actions
    frames = reading.state.lexicon.frames.get(verb, ())
    told = (actions[one.action] for one in frames if one.action in actions)
    return any(isinstance(e, f.Tell) for action in told if action.contents for e in action.effects)


def _events(reading: Reading, tokens: Tokens) -> tuple[str, f.Term | None] | None:
    words = [t.lower for t in tokens]
    if words[:2] == ["what", "has"] and words[2:3] == ["happened"]:
        tokens, words = [tokens[0], *tokens[2:]], [words[0], *words[2:]]
    if words[1:3] == ["became", "of"] and len(words) > 3:
        whom = reading.named(tokens[3:])
        return None if whom is None else ("to", whom)
    if len(words) > 1 and words[1] in words_of.HAPPENED:
        if len(words) == 2:
            return "", None
        if words[2] == "next" and len(words) == 3:
            return "", None
        wanted = {"to": "to", "in": "at", "at": "at", "on": "at"}.get(words[2])
        term = reading.named(tokens[3:], PLACE) if wanted == "at" else reading.named(tokens[3:])
        return None if wanted is None or term is None else (wanted, term)
    if len(words) > 3 and words[1] in (*words_of.DO, "has", "have") and words[-1] in ("do", "done"):
        doer = reading.named(tokens[2:-1], PERSON)
        return None if doer is None else ("by", doer)
    return None
