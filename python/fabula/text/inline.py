"""Reduces a piece of Markdown to its plain words, and keeps where each of them came from."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

_MARKUP = re.compile(
    r"[ \t]{2,}"
    r"|\\([!-/:-@\[-`{-~\n])"  # an escaped character
    r"|`+"
    r"|!?\[(?=[^\[\]]*\]\()|\]\([^()\s]*(?:\s[^()]*)?\)"  # both ends of a link
    r"|\*+|_+"
    r"|</?[A-Za-z][^<>]*>"
    r"|&(?:\#\d{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
)
_LINKED = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]+:[^<>\s]*)>")

Points = list[tuple[int, int]]
"""Pairs of an offset in the plain words and the offset in the text that it came from."""


def plain(
    text: str, start: int, end: int, brackets: Sequence[tuple[int, int]]
) -> tuple[str, Points]:
    """Return the plain words of `text[start:end]`, without `brackets`, and their points."""
    kept = _Kept(text)
    at = start
    for first, last in (*(pair for pair in brackets if pair[1] <= end), (end, end)):
        _reduce(kept, at, first)
        if last > first:
            kept.drop_blanks()
        at = last
    return kept.result()


class _Kept:
    """The words kept so far."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.parts: list[str] = []
        self.points: Points = []
        self.length = 0

    def keep(self, start: int, end: int, words: str | None = None) -> None:
        """Keep a stretch of the text as it is, or as `words`."""
        if words is None:
            words = self.text[start:end]
        if words:
            self.points.append((self.length, start))
            self.parts.append(words)
            self.length += len(words)

    def drop_blanks(self) -> None:
        """Take back the blanks at the end."""
        while self.parts and not (stripped := self.parts[-1].rstrip()):
            self.length -= len(self.parts.pop())
            self.points.pop()
        if self.parts:
            self.length -= len(self.parts[-1]) - len(stripped)
            self.parts[-1] = stripped

    def result(self) -> tuple[str, Points]:
        """Return the words, line breaks as blanks, without blanks around them."""
        words = "".join(self.parts)
        left = len(words) - len(words.lstrip())
        points = [
            (max(offset - left, 0), place + max(left - offset, 0)) for offset, place in self.points
        ]
        # Of several points at the start only the last is left standing.
        first = max((i for i, (offset, _) in enumerate(points) if offset == 0), default=0)
        return words.strip().replace("\n", " "), points[first:]


def _reduce(kept: _Kept, at: int, end: int) -> None:
    """Keep the words of `text[at:end]`."""
    text = kept.text
    while (markup := _MARKUP.search(text, at, end)) is not None:
        start, behind, mark = markup.start(), markup.end(), markup[0]
        kept.keep(at, start)
        at = behind
        if mark[0] in " \t":
            kept.keep(start, start + 1)
        elif markup[1]:
            kept.keep(start + 1, behind)
        elif mark[0] == "`":
            closing = text.find(mark, behind, end)
            if closing < 0:
                kept.keep(start, behind)
            else:
                kept.keep(behind, closing)
                at = closing + len(mark)
        elif mark[0] in "*_":
            if not _is_emphasis(text, start, behind):
                kept.keep(start, behind)
        elif mark[0] == "<":
            if (linked := _LINKED.fullmatch(mark)) is not None:
                kept.keep(start + 1, behind - 1, linked[1])
        elif mark[0] == "&":
            kept.keep(start, behind, html.unescape(mark))
    kept.keep(at, end)


def _is_emphasis(text: str, start: int, behind: int) -> bool:
    """Return whether a run of stars or underscores touches a word as emphasis does."""
    before = text[start - 1] if start else " "
    after = text[behind] if behind < len(text) else " "
    if text[start] == "_":
        return before.isalnum() != after.isalnum()
    return not (before.isspace() and after.isspace())
