"""Something that is not definite enough to become true."""

from __future__ import annotations

from fabula.problems.problem import Problem, ProblemKind
from fabula.text.span import Span

KIND = ProblemKind(
    code="T508",
    name="no-assignment",
    message='"{words}" cannot be made true: {reason}',
    explanation="""\
Effects and the initial state say definitely what becomes so: a property has a value, or somebody
believes that it has. That one of several things is so, that something is not a certain value, or that a
number is greater than another can be asked, and cannot be made true.""",
    bad="""\
type place;
entity Mill : place;
property far(p : place) : number;
far(Mill) > 2;
""",
    good="""\
type place;
entity Mill : place;
property far(p : place) : number;
far(Mill) = 3;
""",
    example="problem",
)


def no_assignment(span: Span, words: str, reason: str) -> Problem:
    """Return the problem of an effect, or initial statement, that assigns nothing."""
    return KIND.at(span, words=words, reason=reason)
