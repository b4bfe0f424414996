"""The blocks of a Markdown file that are read: headings, paragraphs (of lists too) and fences.

CommonMark, but for what would skip or swallow sentences in silence: indented code, setext headings,
link definitions and HTML blocks are ordinary paragraphs here. Notes are blanked beforehand.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

_NEWLINE = re.compile(r"\n")

DEEPEST = 100
"""Levels of nesting below which nothing is read; a list and its item are two."""

_TOO_DEEP = re.compile(r"^(?:[ \t]*+(?:[-*+]|\d{1,9}[.)])(?=[ \t])|[ \t]*+>){48,}+.*", re.MULTILINE)


@dataclass(slots=True)
class Block:
    """One block: its text without the marks of lists and headings, and where its lines begin.

    `starts` has, for every line of `text`, the line and column of its first character, from 1.
    "unclosed" is the mark of a fence that takes in all that follows; "unreached" is a line that lies too deep to be read.
    """

    kind: Literal["heading", "paragraph", "fence", "unclosed", "unreached"]
    text: str
    starts: list[tuple[int, int]]
    level: int = 0
    info: str = ""
    offsets: list[int] = field(default_factory=list)
    """Where in `text` its lines begin; filled when first asked for."""

    def place(self, offset: int) -> tuple[int, int]:
        """Return the line and column in the file of a character of `text`."""
        if len(self.starts) == 1:
            line, column = self.starts[0]
            return line, column + offset
        if not self.offsets:
            self.offsets = [0, *(found.end() for found in _NEWLINE.finditer(self.text))]
        index = bisect_right(self.offsets, offset) - 1
        line, column = self.starts[index]
        return line, column + offset - self.offsets[index]


def blocks(text: str) -> Iterator[Block]:
    """Return the blocks of a text without notes (`fabula.text.notes`), whose lines end in LF."""
    lines = text.split("\n")
    # Where reading meets such a line it gives up all that follows, so it is kept from meeting it.
    text = _TOO_DEEP.sub("", text)
    reached = bytearray(len(lines) + 1)
    quoted = level = 0
    for token in _markdown().parse(text):
        kind = token.type
        if kind == "heading_open":
            level = int(token.tag[1:])
        elif kind == "heading_close":
            level = 0
        elif kind == "blockquote_open":
            quoted += 1
        elif kind == "blockquote_close":
            quoted -= 1
        elif kind not in ("inline", "fence", "hr"):
            continue
        if token.map is None or kind == "heading_open":
            continue
        first, last = token.map
        reached[first:last] = b"\1" * (last - first)
        if quoted:
            continue
        if kind == "inline":
            yield _inline(token, lines, level)
        elif kind == "fence":
            if not _ends(token, lines[last - 1] if last - 1 > first else ""):
                start = len(lines[first]) - len(lines[first].lstrip())
                yield Block("unclosed", token.markup, [(first + 1, start + 1)])
            yield Block("fence", token.content, [(first + 2, 1)], info=token.info.strip())
    for number, line in enumerate(lines):
        if not reached[number] and line.lstrip()[:1] != ">" and any(map(str.isalpha, line)):
            start = len(line) - len(line.lstrip())
            yield Block("unreached", line.strip(), [(number + 1, start + 1)])


def _ends(fence: Token, line: str) -> bool:
    """Whether the last line of a fence closes it."""
    mark = line.strip().lstrip(">").strip()
    return len(mark) >= len(fence.markup) and set(mark) == set(fence.markup)


@cache
def _markdown() -> MarkdownIt:
    """Return the block parser; it keeps nothing from one text to the next."""
    parser = MarkdownIt("commonmark", {"maxNesting": DEEPEST})
    parser.core.ruler.enableOnly(["normalize", "block"])
    parser.block.ruler.disable(["code", "lheading", "reference", "html_block"])
    return parser


def _inline(token: Token, lines: Sequence[str], level: int) -> Block:
    """Return a heading (`level` above 0) or paragraph; what is left of a line is its end."""
    first = token.map[0] if token.map else 0
    parts = [part.strip() for part in token.content.split("\n")]
    starts = [
        (number, _column(lines[number - 1], part)) for number, part in enumerate(parts, first + 1)
    ]
    return Block("heading" if level else "paragraph", "\n".join(parts), starts, level)


def _column(line: str, part: str) -> int:
    """Return the column at which the last part of a line begins."""
    return max(line.rfind(part), 0) + 1
