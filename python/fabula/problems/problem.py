"""One problem of a text, and the kind of problem that it is."""

from __future__ import annotations

from typing import Any, Literal

from fabula.records import dataclass
from fabula.text.span import Span

Example = Literal["story", "command", "problem"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a text that keeps it from being read.

    `expected` and `nearest` are in the message already; they are kept apart for programs.
    """

    code: str
    message: str
    span: Span
    expected: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Give the problem in one line, with its place."""
        return f"{self.span}: {self.message} [{self.code}]"

    def as_dict(self) -> dict[str, Any]:
        """Return the problem in the form of the "unread" list of `fabula check --format json`."""
        return {
            "file": self.span.file,
            "line": self.span.line,
            "column": self.span.column,
            "message": self.message,
            "code": self.code,
            "length": self.span.length,
            "expected": list(self.expected),
            "nearest": list(self.nearest),
        }


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """A kind of problem: its message, its page for `fabula explain`, and two examples.

    `bad` gives this problem and `good` does not; they are stories, commands where the story's
    words are not at fault, or planning problems in their own notation.
    """

    code: str
    name: str
    message: str
    explanation: str
    bad: str
    good: str
    example: Example = "story"

    def at(
        self,
        span: Span,
        *,
        expected: tuple[str, ...] = (),
        nearest: tuple[str, ...] = (),
        **words: object,
    ) -> Problem:
        """Return a problem of this kind, its message filled in with `words`."""
        return Problem(self.code, self.message.format(**words), span, expected, nearest)


class TextError(Exception):
    """Nothing can be read any further; `problems` (one or more) say why."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems

    @property
    def problem(self) -> Problem:
        """Return the first problem."""
        return self.problems[0]
