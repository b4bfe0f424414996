"""A value of one type where a problem needs another."""

from __future__ import annotations

from fabula.problems.problem import Problem, ProblemKind
from fabula.text.span import Span

KIND = ProblemKind(
    code="T505",
    name="wrong-type",
    message='"{words}" is {given}, and {wanted} was expected{hint}',
    explanation="""\
Truths, numbers and entities are not mixed, and a value that can never be of the type that is asked for
is a slip. Only in a utility does a truth count as a number: 1 where it is true, 0 where it is not.""",
    bad="""\
type place;
entity Mill : place;
property far(p : place) : number;
far(Mill) = True;
""",
    good="""\
type place;
entity Mill : place;
property far(p : place) : number;
far(Mill) = 3;
""",
    example="problem",
)


def wrong_type(span: Span, words: str, given: str, wanted: str, hint: str = "") -> Problem:
    """Return the problem of a value of the wrong type; both types with their article ("a number")."""
    return KIND.at(
        span,
        expected=(wanted,),
        words=words,
        given=given,
        wanted=wanted,
        hint=f"; {hint}" if hint else "",
    )
