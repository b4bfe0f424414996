"""The file is not text in UTF-8."""

from __future__ import annotations

from fabula.problems.problem import Problem, ProblemKind
from fabula.text.span import Span

KIND = ProblemKind(
    code="T003",
    name="not-text",
    message="this is not a text: {reason}",
    explanation="""\
Stories are text in UTF-8. This file has bytes in it that no such text has: it is a document of some
other program, a picture, or a text in an old encoding. Save it as plain text in UTF-8.""",
    bad="Anna is a woman.\0\n",
    good="Anna is a woman.\n",
)


def not_text(path: str, line: int, column: int, reason: str) -> Problem:
    """Return the problem of a file with a byte that cannot be text, where that byte stands."""
    return KIND.at(Span(path, line, column, 1), reason=reason)
