"""Quoted words to the place in which the grammar looks for them: behind who says them to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fabula.language.words import closed

if TYPE_CHECKING:
    from fabula.language.lexer import Token


def straightened(tokens: list[Token]) -> list[Token]:
    """``"Stop," says Anna to Carl.`` and ``Anna says to Carl: "Stop."`` as ``Anna says to Carl "Stop"``.

    A quotation that goes on behind who says it (``"Stop," says Anna, "or I shoot."``) is one quotation.
    """
    found = [
        token
        for token, after in zip(tokens, (*tokens[1:], None), strict=True)
        if not (token.text in (",", ":") and after is not None and after.kind == "quote")
    ]
    if found[0].kind != "quote" or len(found) < 3:
        return found
    quote, rest = found[0], found[1:]
    if rest[0].text == ",":
        rest = rest[1:]
    rest = [token for token in rest if token.kind != "quote"]
    stop = len(rest)
    while stop and rest[stop - 1].kind == "punct":
        stop -= 1
    said, end = rest[:stop], rest[stop:]
    return [*_subject_first(said), quote, *end]


def _subject_first(said: list[Token]) -> list[Token]:
    """``says the old man to Carl`` as ``the old man says to Carl``."""
    if not said or said[0].entry is None or said[0].entry.name or not _finite(said[0]):
        return said
    size = 1
    while (
        size < len(said)
        and said[size].kind != "punct"
        and said[size].lower not in closed.PREPOSITIONS
        and said[size].lower not in closed.ADVERBS
        and not said[size].lower.endswith("ly")
    ):
        size += 1
    return [*said[1:size], said[0], *said[size:]]


def _finite(token: Token) -> bool:
    return token.entry is not None and any(form in ("s", "past") for _, form in token.entry.verbs)
