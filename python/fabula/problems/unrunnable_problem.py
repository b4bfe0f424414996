"""A planning problem whose triggers or effects cannot be carried out."""

from __future__ import annotations

from fabula.problems.problem import Problem, ProblemKind
from fabula.text.span import Span

KIND = ProblemKind(
    code="T511",
    name="unrunnable-problem",
    message="{what} cannot be carried out: {reason}",
    explanation="""\
Triggers happen as soon as they can, in the initial state too, until none of them can any more. If what one
does makes another happen that undoes it, they never come to rest; and two effects that happen together
cannot give one property different values. Add a condition to one of them.""",
    bad="""\
property wet() : boolean;
trigger rain() { precondition: !wet(); effect: wet(); };
trigger sun() { precondition: wet(); effect: !wet(); };
""",
    good="""\
property wet() : boolean;
trigger rain() { precondition: !wet(); effect: wet(); };
""",
    example="problem",
)


def unrunnable_problem(span: Span, what: str, reason: str) -> Problem:
    """Return the problem of triggers without end or of effects that clash; the reason is the kernel's."""
    return KIND.at(span, what=what, reason=reason)
