"""Reads the text of a Markdown file into a source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from fabula.problems import Problem, TextError
from fabula.problems.backward_range import backward_range
from fabula.problems.not_text import not_text
from fabula.problems.stray_citation import stray_citation
from fabula.problems.too_deep import too_deep
from fabula.problems.unfinished_quote import unfinished_quote
from fabula.problems.unknown_citation import unknown_citation
from fabula.text.blocks import Block, blocks
from fabula.text.citations import Citations
from fabula.text.inline import plain
from fabula.text.notes import is_front_matter_open, without_notes
from fabula.text.sentences import Piece, split
from fabula.text.source import Fence, Mark, Scene, Sentence, Source
from fabula.text.span import Span

_PLAIN = re.compile(r"((?: ?+[^.!?…\"“„«()\[\]`*_<\\&\s]++)++[.!?]?)(?: \[(\d+(?:\.\d+)*)\])?")
"""The most common paragraph: one sentence without anything special, and a citation."""


def parse_markdown(text: str, file: str) -> Source:
    """Return what `text` holds, places given in `file`; raise a TextError if it is no text."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if (nul := text.find("\0")) >= 0:
        line, column = text.count("\n", 0, nul) + 1, nul - text.rfind("\n", 0, nul)
        raise TextError(not_text(file, line, column, "it has a NUL character"))
    return _Reader(file, text.split("\n")).read(without_notes(text))


class _Reader:
    """Gathers the parts of one file."""

    def __init__(self, file: str, lines: list[str]) -> None:
        self.file = file
        self.lines = lines
        self.scenes: list[Scene] = []
        self.sentences: list[Sentence] = []
        self.fences: list[Fence] = []
        self.problems: list[Problem] = []
        self.paragraph = 0

    def read(self, text: str) -> Source:
        """Read all blocks."""
        if text.startswith("---") and is_front_matter_open(text):
            self.problems.append(unfinished_quote(Span(self.file, 1, 1, 3), "---"))
        for block in blocks(text):
            line, column = block.starts[0]
            span = Span(self.file, line, column, len(block.text))
            if block.kind == "paragraph":
                self.paragraph += 1
                self.read_paragraph(block, span)
            elif block.kind == "heading":
                self.read_heading(block, span)
            elif block.kind == "fence":
                self.fences.append(Fence(block.info, block.text, span))
            elif block.kind == "unclosed":
                self.problems.append(unfinished_quote(span, block.text))
            else:
                self.problems.append(too_deep(span))
        return Source(
            self.file,
            tuple(self.scenes),
            tuple(self.sentences),
            tuple(self.fences),
            tuple(self.problems),
            tuple(self.lines),
        )

    def read_heading(self, block: Block, span: Span) -> None:
        """Begin a scene."""
        found = split(block.text)
        brackets = [pair for piece in found.sentences for pair in piece.brackets] + found.stray
        for start, end in brackets:
            self.problems.append(stray_citation(self.span(block, start, end)))
        title, _ = plain(block.text, 0, len(block.text), sorted(brackets))
        self.scenes.append(Scene(len(self.scenes) + 1, title, block.level, span))

    def read_paragraph(self, block: Block, span: Span) -> None:
        """Add the sentences of a paragraph."""
        if (common := _PLAIN.fullmatch(block.text)) is not None:
            words, cited = common.groups()
            place = Span(self.file, span.line, span.column, len(words))
            citations = (cited,) if cited else ()
            self.sentences.append(
                Sentence(words, place, len(self.scenes), self.paragraph, citations)
            )
            return
        found = split(block.text)
        for at in found.unfinished:
            self.problems.append(unfinished_quote(self.span(block, at, at + 1), block.text[at]))
        for start, end in found.stray:
            self.problems.append(stray_citation(self.span(block, start, end)))
        for piece in found.sentences:
            self.read_sentence(block, piece)

    def read_sentence(self, block: Block, piece: Piece) -> None:
        """Add one sentence, and what its brackets say."""
        said = Citations()
        for start, end in piece.brackets:
            if not said.add(block.text[start + 1 : end - 1]):
                words = block.text[start + 1 : end - 1]
                self.problems.append(unknown_citation(self.span(block, start, end), words))
            if said.backward is not None:
                words = block.text[start + 1 : end - 1]
                span = self.span(block, start, end)
                self.problems.append(backward_range(span, words, *said.backward))
                said.backward = None
        words, points = plain(block.text, piece.start, piece.end, piece.brackets)
        if not words:
            return
        self.sentences.append(
            Sentence(
                words,
                self.span(block, piece.start, piece.end),
                len(self.scenes),
                self.paragraph,
                tuple(said.citations),
                tuple(said.covers),
                tuple(said.allows),
                self.marks(block, points, piece),
            )
        )

    def marks(
        self, block: Block, points: Sequence[tuple[int, int]], piece: Piece
    ) -> tuple[Mark, ...]:
        """Return the points of a sentence as marks, with one more at every line break."""
        if len(block.starts) == len(points) == 1 and points[0][1] == piece.start:
            return ()
        marks: list[Mark] = []
        ends = (len(block.text), piece.end)
        for (offset, at), (until, behind) in pairwise((*points, ends)):
            marks.append(Mark(offset, *block.place(at)))
            newline = block.text.find("\n", at, behind)
            while newline >= 0 and offset + newline + 1 - at < until:
                marks.append(Mark(offset + newline + 1 - at, *block.place(newline + 1)))
                newline = block.text.find("\n", newline + 1, behind)
        return tuple(marks)

    def span(self, block: Block, start: int, end: int) -> Span:
        """Return the place of `block.text[start:end]`, which is not empty."""
        line, column = block.place(start)
        last, behind = block.place(end - 1)
        length = end - start
        if last != line:
            between = sum(len(self.lines[number]) + 1 for number in range(line, last - 1))
            length = len(self.lines[line - 1]) - column + 2 + between + behind
        return Span(self.file, line, column, length)
