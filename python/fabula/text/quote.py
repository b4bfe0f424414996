"""Quotes a place for a person: its line, and a caret under the words meant."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from fabula.text.span import Span

WIDEST = 160
"""Lines longer than this are cut around the place, with an ellipsis."""


def split_lines(text: str) -> list[str]:
    """Return the lines of `text` as spans count them: only LF, CR LF and CR end a line."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def cut(lines: Sequence[str], span: Span) -> str:
    """Return the characters that `span` covers, lines joined by LF ("" outside the text)."""
    if not 1 <= span.line <= len(lines):
        return ""
    start = span.column - 1
    rest = lines[span.line - 1][start:]
    taken = [rest[: span.length]]
    left, number = span.length - len(rest), span.line
    while left > 0 and number < len(lines):
        taken.append(lines[number][: left - 1])
        left -= 1 + len(lines[number])
        number += 1
    return "\n".join(taken)


def quote_lines(line: str, span: Span) -> tuple[str, str]:
    """Return the line to show and the line of carets that goes below it."""
    start = min(span.column - 1, len(line))
    end = max(start, min(start + span.length, len(line.rstrip())))
    left = ""
    if len(line) > WIDEST:
        first = max(0, min(start - WIDEST // 4, len(line) - WIDEST))
        left = "…" if first else ""
        right = "…" if first + WIDEST < len(line) else ""
        line = line[first : first + WIDEST]
        start, end = start - first, min(end - first, WIDEST)
    else:
        right = ""
    before = "".join(
        "\t" if character == "\t" else " " * _columns(character)
        for character in left + line[:start]
    )
    marked = sum(_columns(character) for character in line[start:end])
    return f"{left}{line}{right}".rstrip(), before + "^" * max(1, marked)


def _columns(character: str) -> int:
    """Return how many columns of a terminal the character takes."""
    if unicodedata.combining(character) or unicodedata.category(character) in {"Cf", "Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
