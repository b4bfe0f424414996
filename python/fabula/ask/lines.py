"""The line format of story and question corpora: ``N sentence``, ``N question?<TAB>answer<TAB>supporting lines``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from fabula.problems import TextError
from fabula.problems.not_text import not_text
from fabula.text.files import read_text

_COLUMNS = re.compile(r"\t|(?<=[?\s])\|")
"""Between question, answer and lines there are tabs; some files of the kind are spread with bars."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a story: ``at`` is its line in the file; ``gold`` the answer that stands there, if any."""

    at: int
    text: str
    question: bool
    gold: str | None = None


@dataclass(slots=True)
class LineStory:
    """A story with its questions, in the order in which they stand."""

    file: str
    lines: list[Line] = field(default_factory=list)


def stories_of(path: Path) -> Iterator[LineStory]:
    """The stories of a file; the number 1 begins a new one. Raises TextError for what is no such file."""
    story = LineStory(str(path))
    for at, line in enumerate(read_text(path).splitlines(), 1):
        if not line.strip():
            continue
        number, _, rest = line.strip("\r\n ").partition(" ")
        if not number.isdigit() or not rest:
            raise TextError(
                not_text(str(path), at, 1, 'a line begins with its number, as in "1 Ann is here."')
            )
        if number == "1" and story.lines:
            yield story
            story = LineStory(str(path))
        said, *columns = _COLUMNS.split(rest)
        question = bool(columns) or said.rstrip().endswith("?")
        gold = columns[0].split("|")[0].strip() if columns else None
        story.lines.append(Line(at, said.strip(), question, gold))
    if story.lines:
        yield story
