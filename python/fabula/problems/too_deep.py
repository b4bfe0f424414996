"""Lists or quotes stand in each other so deeply that their text is not reached."""

from __future__ import annotations

from fabula.problems.problem import Problem, ProblemKind
from fabula.text.span import Span

KIND = ProblemKind(
    code="T005",
    name="too-deep",
    message="this stands in too many lists or quotes, one inside the other, to be read",
    explanation="""\
Lists may stand inside lists, up to a limit far beyond what anybody writes by hand. Text below that
limit is not read, and so it is reported.""",
    bad=" ".join(["-"] * 60) + " Anna is a woman.\n",
    good="- - - Anna is a woman.\n",
)


def too_deep(span: Span) -> Problem:
    """Return the problem of a line that lies deeper than reading goes."""
    return KIND.at(span)
