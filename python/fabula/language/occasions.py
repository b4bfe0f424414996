"""Nouns that say what happened: "the gunfight" (a scene), "Ann's death", "the killing of Ben by Carl" (acts)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from fabula.language.lexer import Token
from fabula.language.logic import NOTHING
from fabula.language.state import State
from fabula.language.words import closed
from fabula.model import formula as f
from fabula.model.asked import Occasion
from fabula.model.world import PERSON, PLACE, THING

if TYPE_CHECKING:
    from fabula.language.asking import Reading

Tokens = list[Token]

_ARTICLE = re.compile(r"^(?:the|an?|this|that) ")


def occasion(reading: Reading, tokens: Tokens) -> Occasion | None:
    """What a noun phrase says happened; None where it says nothing of the kind."""
    scenes = _scenes(reading.state, tokens)
    acts = tuple(_acts(reading, tokens))
    return Occasion(scenes, acts) if scenes or acts else None


def formula(found: Occasion) -> f.Formula | None:
    """The acts that may be meant as one formula, for questions about what somebody did."""
    acts = found.acts[0] if found.acts else ()
    return f.Or(acts) if len(acts) > 1 else acts[0] if acts else None


def _scenes(state: State, tokens: Tokens) -> tuple[int, ...]:
    """The numbers of the scenes with this heading."""
    title = _plain(" ".join(t.text for t in tokens)).replace(" 's", "'s")
    return tuple(n for n, one in enumerate(state.scenes, 1) if _plain(one) == title)


def _plain(title: str) -> str:
    return _ARTICLE.sub("", title.casefold().strip())


def _acts(reading: Reading, tokens: Tokens) -> Iterator[tuple[f.Formula, ...]]:
    """The acts that a noun of a verb may mean, with whoever is said to do or to suffer them; the likeliest first."""
    doer: f.Term | None = None
    other: f.Term | None = None
    own = next((at for at, t in enumerate(tokens) if t.kind == "own"), None)
    rest = tokens
    if own is not None:
        doer, rest = reading.named(tokens[:own], PERSON), tokens[own + 1 :]
        if doer is None:
            return
    elif tokens and tokens[0].lower in closed.ARTICLES | {"this", "that"}:
        rest = tokens[1:]
    words = [t.lower for t in rest]
    by: f.Term | None = None
    if "by" in words[1:]:
        at = words.index("by", 1)
        by = reading.named(rest[at + 1 :], PERSON)
        rest, words = rest[:at], words[:at]
        if by is None:
            return
    if "of" in words[1:]:
        at = words.index("of", 1)
        other = reading.named(rest[at + 1 :], THING)
        rest, words = rest[:at], words[:at]
        if other is None:
            return
    if by is not None:
        if doer is not None:
            if other is not None:
                return
            other = doer  # "Ben's murder by Carl"
        doer = by
    verbs = _verbs(reading.state, words, rest)
    if not verbs:
        return
    if doer is not None and other is None:
        pairs = [(doer, None), (None, doer)]
    elif doer is None and other is not None:
        pairs = [(None, other), (other, None)]
    else:
        pairs = [(doer, other)]
    for who, whom in pairs:
        found = tuple(dict.fromkeys(_deeds(reading.state, verbs, who, whom)))
        if found:
            yield found


def _verbs(state: State, words: list[str], tokens: Tokens) -> tuple[str, ...]:
    """The verbs of which a noun is the noun: declared ("death"), in -ing, or the verb itself ("attack")."""
    known = state.lexicon.verbs
    declared = state.lexicon.events.get(" ".join(words))
    if declared is None and len(tokens) == 1 and tokens[0].entry is not None:
        # "the bar" is a place, and no act of barring
        noun = tokens[0].entry.noun
        other = noun is not None and any(state.kind_is(noun, kind) for kind in (PLACE, PERSON))
        said = () if other else tokens[0].entry.verbs
        forms = [verb for verb, form in said if form in ("ing", "base")]
    else:
        forms = [v for word in declared or () for v, form in known.get(word, ()) if form == "ing"]
    return tuple(dict.fromkeys(forms))


def _deeds(
    state: State, verbs: tuple[str, ...], doer: f.Term | None, other: f.Term | None
) -> Iterator[f.Formula]:
    """Every act that one of these verbs may be, of whoever is named as doing or suffering it."""
    actions = state.world.actions
    for verb in verbs:
        for frame in state.lexicon.frames.get(verb, ()):
            for option in (frame, *frame.others):
                action = actions.get(option.action)
                if action is None:
                    continue
                said = {option.subject: doer or NOTHING}
                if other is not None:
                    suffers = next((s.role for s in option.slots if s.kind == "np"), None)
                    if suffers is None:
                        continue
                    said[suffers] = other
                terms = [said.get(p.name, NOTHING) for p in action.params]
                yield f.truth(f"did:{action.id}", *terms)
