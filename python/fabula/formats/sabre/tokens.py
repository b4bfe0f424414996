"""The text of a problem as tokens with their places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from fabula.problems import Problem
from fabula.problems.stray_character import stray_character
from fabula.text.span import Span

Kind = Literal["name", "number", "symbol", "end"]

_TOKEN = re.compile(
    r"""(?P<space>[^\S\n]+|\n)
    |(?P<comment>//[^\n]*|/\*.*?\*/)
    |(?P<open>/\*)
    |(?P<name>[^\W\d]\w*)
    |(?P<number>\d+(?:\.\d+)?(?![\w.]))
    |(?P<symbol>[=!<>]=|[=<>!&|(){},;:+*/?-])
    |(?P<stray>\w+|.)""",
    re.VERBOSE | re.DOTALL,
)
_ADVICE = {
    '"': "names are written without quotation marks",
    "'": "names are written without quotation marks",
    "[": "groups are made with parentheses",
    "]": "groups are made with parentheses",
    "#": "comments begin with //",
    "^": "powers are written as products",
    "%": "there is no remainder; only + - * /",
    ".": "numbers are written as 3 or 3.5, and definitions end with a semicolon",
}


@dataclass(frozen=True, slots=True)
class Token:
    """A name, a number, a symbol, or the end of the text."""

    kind: Kind
    text: str
    span: Span
    start: int = 0  # characters before it

    @property
    def shown(self) -> str:
        """The token as messages show it."""
        return "the end of the text" if self.kind == "end" else f'"{self.text}"'


def tokens(
    text: str, file: str, line: int = 1, column: int = 1
) -> tuple[list[Token], list[Problem]]:
    """The tokens of `text`, whose first character stands at this line and column, and what is none."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found: list[Token] = []
    problems: list[Problem] = []
    line_start = 1 - column
    first = line
    for match in _TOKEN.finditer(text):
        at, words, kind = match.start(), match.group(), match.lastgroup
        place = Span(file, line, at - line_start + 1, len(words))
        if kind in ("name", "number", "symbol"):
            found.append(Token(kind, words, place, at))  # type: ignore[arg-type]
        elif kind == "open":
            problems.append(stray_character(place, "a comment without an end", "end it with */"))
            break
        elif kind == "stray":
            problems.append(_stray(place, words))
        breaks = words.count("\n")
        if breaks:
            line += breaks
            line_start = at + words.rindex("\n") + 1
    rest = text.rsplit("\n", 1)[-1]
    end = Span(file, first + text.count("\n"), len(rest) + (column if rest == text else 1), 0)
    found.append(Token("end", "", end, len(text)))
    return found, problems


def _stray(place: Span, words: str) -> Problem:
    if words[0].isdigit():
        return stray_character(place, f'"{words}"', "names begin with a letter")
    shown = f'"{words}"' if words.isprintable() else f"the character U+{ord(words[0]):04X}"
    advice = _ADVICE.get(words, "names are letters, digits and underscores")
    return stray_character(place, shown, advice)
