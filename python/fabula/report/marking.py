"""The text of a story, in pieces: which events and findings each stretch of it belongs to, and how each line is laid out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from fabula.text.span import Span

_HEADING = re.compile(r"(#{1,6})\s+")
_FENCE = re.compile(r"\s*(?:```|~~~)")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text of one line; ``events`` are told here, ``begins`` those of them that begin here; ``findings`` by index."""

    text: str
    events: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()
    findings: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line: ``kind`` is heading, note, comment, code, item, text or empty; ``level`` of a heading."""

    number: int
    kind: str
    pieces: tuple[Piece, ...]
    level: int = 0


@dataclass(slots=True)
class _Marks:
    events: list[tuple[int, int, int]] = field(default_factory=list)  # start, end, number
    findings: list[tuple[int, int, int]] = field(default_factory=list)


def lines_of(
    text: str,
    file: str,
    events: Iterable[tuple[int, Span]],
    findings: Iterable[tuple[int, Span]],
) -> list[Line]:
    """The lines of a file; the spans of other files are left out."""
    rows = text.split("\n")
    starts = [0]
    for row in rows:
        starts.append(starts[-1] + len(row) + 1)
    marks = _Marks()
    for found, spans in ((marks.events, events), (marks.findings, findings)):
        for number, span in spans:
            if span.file == file and 0 < span.line <= len(rows):
                start = starts[span.line - 1] + span.column - 1
                found.append((start, start + max(span.length, 1), number))
    made: list[Line] = []
    fenced = commented = False
    for at, row in enumerate(rows):
        heading = _HEADING.match(row)
        fence = _FENCE.match(row) is not None
        kind, level, skip = "text", 0, 0
        if fenced or fence:
            kind = "code"
            fenced ^= fence
        elif commented or row.lstrip().startswith("<!--"):
            kind = "comment"
            commented = "-->" not in row
        elif heading:
            kind, level, skip = "heading", len(heading[1]), heading.end()
        elif row.lstrip().startswith(">"):
            kind, skip = "note", len(row) - len(row.lstrip(" >"))
        elif not row.strip():
            kind = "empty"
        made.append(Line(at + 1, kind, _pieces(row, starts[at], skip, marks), level))
    return made


def _pieces(row: str, start: int, skip: int, marks: _Marks) -> tuple[Piece, ...]:
    """A line, cut wherever something begins or ends."""
    end = start + len(row)
    events = [mark for mark in marks.events if mark[0] < end and mark[1] > start]
    findings = [mark for mark in marks.findings if mark[0] < end and mark[1] > start]
    cuts = {start + skip, end}
    for mark in (*events, *findings):
        cuts.update(cut for cut in mark[:2] if start + skip < cut < end)
    return tuple(
        Piece(
            row[one - start : other - start],
            _numbers(events, one),
            tuple(n for first, _, n in events if first == one),
            _numbers(findings, one),
        )
        for one, other in pairwise(sorted(cuts))
    )


def _numbers(marks: Sequence[tuple[int, int, int]], at: int) -> tuple[int, ...]:
    return tuple(dict.fromkeys(n for start, end, n in marks if start <= at < end))
