"""A property is used with things that it is not defined for."""

from __future__ import annotations

from fabula.problems.problem import Problem, ProblemKind
from fabula.problems.wording import one_of
from fabula.text.span import Span

KIND = ProblemKind(
    code="T506",
    name="no-such-property",
    message='"{name}" is defined for {known}, and not for {given}',
    explanation="""\
A property is defined for things of certain types, and the same name may be defined several times, for
different ones. Here it is used with too few, too many, or things of other types.""",
    bad="""\
type place;
entity Mill : place;
property far(c : character) : number;
far(Mill) = 3;
""",
    good="""\
type place;
entity Mill : place;
property far(p : place) : number;
far(Mill) = 3;
""",
    example="problem",
)


def no_such_property(span: Span, name: str, known: tuple[str, ...], given: str) -> Problem:
    """Return the problem of things a property is not defined for; all as lists of types in parentheses."""
    return KIND.at(span, expected=known, name=name, known=one_of(known), given=given)
