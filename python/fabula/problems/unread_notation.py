"""A fence with formal notation, which nothing reads so far."""

from __future__ import annotations

from fabula.problems.problem import Problem, ProblemKind
from fabula.text.span import Span

KIND = ProblemKind(
    code="T206",
    name="unread-notation",
    message="formal notation cannot be read yet: say it in sentences",
    explanation="""\
A code fence marked `fabula` is kept for formal notation, and this version reads none. What stands in it would
be missing from the story, and so it is reported. A fence with another mark, or without one, is a note.""",
    bad="Anna is a woman.\n\n```fabula\nproperty happy(character : person) : boolean;\n```\n",
    good="Anna is a woman. A person can be happy.\n",
)


def unread_notation(span: Span) -> Problem:
    """Return the problem of a fence marked `fabula`."""
    return KIND.at(span)
