"""Questions that ask for events: what happened, to whom, and what somebody did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fabula.language.moments import cuts
from fabula.language.words import asking as words_of
from fabula.model import formula as f
from fabula.model.asked import Asked
from fabula.model.world import PERSON, PLACE

if TYPE_CHECKING:
    from fabula.language.asking import Reading
    from fabula.language.moments import Tokens


def events(reading: Reading) -> Asked | None:
    """ "What happened (to Ann, in the inn)?", "What did Ann do?", with any moment."""
    if reading.tokens[0].lower != "what":
        return None
    for rest, cut in cuts(reading.tokens):
        found = _events(reading, rest)
        if found is not None:
            form, term = found
            return Asked("events", "", kind=form, term=term, moment=reading.moment(cut))
    return None


def _events(reading: Reading, tokens: Tokens) -> tuple[str, f.Term | None] | None:
    words = [t.lower for t in tokens]
    if words[:2] == ["what", "has"] and words[2:3] == ["happened"]:
        tokens, words = [tokens[0], *tokens[2:]], [words[0], *words[2:]]
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
