"""What reading a Markdown file gives: scenes, sentences and fences, with their places."""

from __future__ import annotations

from bisect import bisect_right

from fabula.problems import Problem
from fabula.records import dataclass
from fabula.text.span import Span


@dataclass(frozen=True, slots=True)
class Allow:
    """A finding that a sentence silences, by its code, and the reason given for it."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Mark:
    """From character `offset` of a sentence on, the source stands at this line and column."""

    offset: int
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as plain text: without Markdown, citations or line breaks.

    `span` covers it in the source, from its first character to its full stop. `scene` is the number
    of the heading above it (0 before the first), `paragraph` that of its paragraph or list item in
    the file: the parts of one rule share it. `citations` are single ids ("6.24"), `covers` single
    ids or stretches ("6.20-6.30"). `marks` are empty where text and source run side by side.
    """

    text: str
    span: Span
    scene: int
    paragraph: int
    citations: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    allows: tuple[Allow, ...] = ()
    marks: tuple[Mark, ...] = ()

    def place(self, offset: int, length: int = 1) -> Span:
        """Return where the characters from `offset` of `text` on stand in the source."""
        if not self.marks:
            return Span(self.span.file, self.span.line, self.span.column + offset, length)
        index = bisect_right(self.marks, offset, key=lambda mark: mark.offset) - 1
        mark = self.marks[max(index, 0)]
        return Span(self.span.file, mark.line, mark.column + offset - mark.offset, length)


@dataclass(frozen=True, slots=True)
class Scene:
    """A heading: `n` counts from 1 in its file, `level` is the number of its hash signs."""

    n: int
    title: str
    level: int
    span: Span


@dataclass(frozen=True, slots=True)
class Fence:
    """A code fence: the word after its opening marks, and its text, which `span` covers."""

    info: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Source:
    """One file, read. `problems` are those of its text alone; what they touch is left out."""

    file: str
    scenes: tuple[Scene, ...]
    sentences: tuple[Sentence, ...]
    fences: tuple[Fence, ...]
    problems: tuple[Problem, ...]
    lines: tuple[str, ...]
