"""At which moment a question asks: "before the inn", "after Ann left", "at the beginning", "now"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from fabula.language.lexer import Token
from fabula.language.words import closed

Tokens = list[Token]

BEGINNING = (
    ("at", "the", "beginning"),
    ("at", "the", "start"),
    ("in", "the", "beginning"),
    ("to", "begin", "with"),
    ("at", "first"),
    ("initially",),
    ("originally",),
    ("before", "everything"),
)
END = (
    ("at", "the", "end"),
    ("in", "the", "end"),
    ("at", "last"),
    ("finally",),
    ("right", "now"),
    ("at", "the", "moment"),
    ("now",),
    ("currently",),
    ("really",),
    ("actually",),
    ("in", "reality"),
)
DAYS = tuple(tuple(phrase.split(" ")) for phrase in reversed(closed.DAYS))
MEASURED = frozenset({"before", "after", "when", "while", "until", "since", "between", "during"})
AT_OCCASION = frozenset({"in", "at", "on"})
"""Stand before what happened ("who died in the gunfight"), but mostly before a place."""


@dataclass(slots=True)
class Cut:
    """The words of a question that say when: ``word`` and what it is measured by; ``occasion``: only what happened."""

    word: str
    text: str = ""
    tokens: Tokens = field(default_factory=list)
    other: Cut | None = None
    occasion: bool = False


def cuts(tokens: Tokens) -> Iterator[tuple[Tokens, Cut | None]]:
    """The question without its moment, and the moment: the likeliest cut first, none last."""
    lower = tuple([t.lower for t in tokens])
    for phrases, word in ((BEGINNING, "beginning"), (END, ""), (DAYS, "day")):
        for phrase in phrases:
            size = len(phrase)
            for start in (len(tokens) - size, 0):
                if start < 0 or size >= len(tokens):
                    continue
                if lower[start] == phrase[0] and lower[start : start + size] == phrase:
                    rest = [*tokens[:start], *tokens[start + size :]]
                    if start == 0 and rest and rest[0].lower == ",":
                        rest = rest[1:]
                    yield rest, Cut(word, " ".join(phrase))
    for at in range(len(tokens) - 1, 0, -1):
        low = tokens[at].lower
        if low in MEASURED and at + 1 < len(tokens):
            yield tokens[:at], _measured(low, tokens[at + 1 :])
    if tokens and tokens[0].lower in MEASURED:
        # "After Ann left, where was the key?"
        for at in range(2, len(tokens) - 1):
            if tokens[at].lower == "," and tokens[at + 1].lower in _STARTS:
                yield tokens[at + 1 :], _measured(tokens[0].lower, tokens[1:at])
    for at in range(len(tokens) - 2, 0, -1):
        if tokens[at].lower in AT_OCCASION:
            yield tokens[:at], Cut("during", tokens=tokens[at + 1 :], occasion=True)
    yield tokens, None


def cited_event(tokens: Tokens) -> str:
    """The number of an event, or the id that it cites, which is all that is said: "6.31", "event 12"; "" for other words."""
    number = tokens[1:] if len(tokens) > 1 and tokens[0].lower == "event" else tokens
    said = "".join(t.text for t in number)
    return said if re.fullmatch(r"\d+(?:\.\d+)*", said) else ""


_STARTS = closed.WH | closed.AUXILIARIES.keys() | closed.MODALS.keys()


def _measured(word: str, tokens: Tokens) -> Cut:
    text = " ".join(t.text for t in tokens)
    if word == "between":
        for at in range(1, len(tokens) - 1):
            if tokens[at].lower == "and":
                second = Cut("before", text, tokens[at + 1 :])
                return Cut("between", text, tokens[:at], second)
    return Cut(word, text, tokens)
