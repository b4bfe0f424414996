"""Splits a paragraph into sentences; no Markdown is removed yet.

A stop ends a sentence outside quotation marks and brackets, where a blank or the end follows.
Everything found jumps forward, so the time is linear in the text whatever it holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_TOKEN = re.compile(r"[.!?…]+|[\"“„«(\[]|`+|\\.|</?[A-Za-z][^<>]*>", re.DOTALL)
_CLOSING = {'"': '"', "“": "”", "„": "“”", "«": "»", "(": ")"}
_BRACKET = re.compile(r"\[([^\[\]]*)\](?!\()")
_LINK = re.compile(r"\[[^\[\]]*\]\([^()\s]*(?:\s[^()]*)?\)")
_TRAILING = re.compile(r"\s*(\[[^\[\]]*\])(?!\()(?:\.(?!\S))?")
_CLOSERS = re.compile(r"[*_'’”»)]*")
_LAST_WORD = re.compile(r"(\S*?)(\s*)([^\s\"“(\[*_]+)\Z")
_BLANKS = re.compile(r"\s*")
_DOTTED = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]\Z")

BEFORE_NAMES = frozenset(
    "Mr Mrs Ms Mx Dr St Prof Capt Sgt Lt Col Gen Maj Adm Rev Hon Mt Fr Messrs Mme Mlle Sra "
    "vs e.g i.e cf viz ca".split()
)
"""Abbreviations after which a sentence always goes on."""

AFTER_NAMES = frozenset(
    ["Jr", "Sr", "Inc", "Ltd", "Co", "Corp", "Esq", "Ave", "Rd", "Blvd", "etc", "a.m", "p.m"]
)
"""Abbreviations after which it goes on unless a capital letter follows."""


@dataclass(slots=True)
class Piece:
    """A sentence from `start` to `end` of its paragraph, and the brackets in and after it."""

    start: int
    end: int
    brackets: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class Pieces:
    """A paragraph's sentences, and where it has quotation marks or citations left over."""

    sentences: list[Piece] = field(default_factory=list)
    unfinished: list[int] = field(default_factory=list)
    stray: list[tuple[int, int]] = field(default_factory=list)


def split(text: str) -> Pieces:
    """Return the sentences of a paragraph."""
    found = Pieces()
    absent: set[str] = set()
    piece = Piece(_skip(text, 0), 0)
    at = piece.start
    while (token := _TOKEN.search(text, at)) is not None:
        mark, start, at = token[0], token.start(), token.end()
        ends = False
        if mark == "[":
            if (link := _LINK.match(text, start)) is not None:
                at = link.end()
            elif (bracket := _BRACKET.match(text, start)) is not None:
                at = bracket.end()
                if start == piece.start:
                    found.stray.append(bracket.span())
                    piece.start = at = _skip(text, at)
                else:
                    piece.brackets.append(bracket.span())
            else:
                found.unfinished.append(start)
        elif mark in _CLOSING or mark[0] == "`":
            closed = _closed(text, mark, at, absent)
            if closed:
                at = closed
                ends = _ends_after_closing(text, piece.start, start, closed)
            elif mark not in "(`" and mark[0] != "`":
                found.unfinished.append(start)
        elif mark[0] in ".!?…":
            closers = _CLOSERS.match(text, at)
            after = closers.end() if closers else at
            ends = _ends(text, piece.start, start, mark, after)
            at = after if ends else at
        if ends:
            piece.end = at
            while (trailing := _TRAILING.match(text, at)) is not None:
                piece.brackets.append(trailing.span(1))
                at = trailing.end()
            found.sentences.append(piece)
            piece = Piece(_skip(text, at), 0)
            at = piece.start
    if piece.start < len(text):
        _finish(text, piece, found)
    return found


def _skip(text: str, at: int) -> int:
    """Return where the next word begins."""
    blanks = _BLANKS.match(text, at)
    return blanks.end() if blanks else at


def _closed(text: str, mark: str, at: int, absent: set[str]) -> int:
    """Return the offset behind the partner of an opening mark, or 0; `absent` marks have none."""
    if mark in absent:
        return 0
    partners = _CLOSING.get(mark, "") or (mark,)
    places = [place for place in (text.find(partner, at) for partner in partners) if place >= 0]
    if not places:
        absent.add(mark)
        return 0
    return min(places) + len(partners[0])


def _ends_after_closing(text: str, first: int, opened: int, at: int) -> bool:
    """Return whether a quotation or parenthesis with a stop in it ends the sentence as well."""
    if text[at - 2] not in ".!?…" or text[at - 1] == "`":
        return False
    if text[opened] == "(":
        return opened == first and at == _word_end(text, at)
    return opened != first and at == _word_end(text, at) and _capital_follows(text, at)


def _ends(text: str, first: int, stop: int, mark: str, after: int) -> bool:
    """Return whether the stop at `stop`, closers up to `after`, ends the sentence from `first`."""
    if after != _word_end(text, after):
        return False
    if _skip(text, after) >= len(text):
        return True
    if mark != "." and set(mark) <= {".", "…"}:
        return _capital_follows(text, after)
    if mark != ".":
        return True
    words = _LAST_WORD.search(text, max(first, stop - 40), stop)
    if words is None:
        return True
    before, _, word = words.groups()
    if word in BEFORE_NAMES:
        return False
    if word in AFTER_NAMES or _DOTTED.match(word):
        return _capital_follows(text, after)
    if word in ("No", "Nos"):
        return not text[_skip(text, after)].isdigit()
    if len(word) == 1 and word.isupper() and word.isalpha():
        initial = words.start(3) == first or (len(before) > 1 and before[0].isupper())
        return not (initial and (before[-1:].isalpha() or before[-1:] in (".", "")))
    return True


def _word_end(text: str, at: int) -> int:
    """Return `at` if a blank, a bracket or the end follows there, and -1 if not."""
    return at if at >= len(text) or text[at].isspace() or text[at] == "[" else -1


def _capital_follows(text: str, at: int) -> bool:
    """Return whether the next word begins like a sentence, or nothing follows."""
    while (trailing := _TRAILING.match(text, at)) is not None:
        at = trailing.end()
    at = _skip(text, at)
    return at >= len(text) or text[at].isupper() or text[at] in '"“„«(*_['


def _finish(text: str, piece: Piece, found: Pieces) -> None:
    """Add what is left at the end of a paragraph: a sentence without a stop."""
    piece.end = len(text)
    for start, end in reversed(piece.brackets):
        if text[end : piece.end].strip():
            break
        piece.end = start
    piece.end = piece.start + len(text[piece.start : piece.end].rstrip())
    found.sentences.append(piece)
