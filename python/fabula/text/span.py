"""A place in a text."""

from __future__ import annotations

from fabula.records import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """Some characters of a file.

    `line` and `column` count from 1, in characters (a tab is one, a byte order mark none).
    `length` counts the characters of the source from there on, a line break as one; it may be 0.
    """

    file: str
    line: int
    column: int
    length: int = 0

    def __str__(self) -> str:
        """Give the place as editors and terminals recognise it."""
        return f"{self.file}:{self.line}:{self.column}"
