"""An expression with too many levels."""

from __future__ import annotations

from fabula.problems.problem import Problem, ProblemKind
from fabula.text.span import Span

KIND = ProblemKind(
    code="T510",
    name="too-nested",
    message="this is nested more than {most} levels deep: split it, or say it with a property of its own",
    explanation="""\
No rule that somebody can read is nested so deep. A property that a trigger keeps up to date can stand for
a part of it.""",
    bad=f"utility(): {'(' * 120}1{')' * 120};\n",
    good="""\
type place;
entity Mill : place;
property wet(p : place) : boolean;
utility(): wet(Mill);
""",
    example="problem",
)


def too_nested(span: Span, most: int) -> Problem:
    """Return the problem of an expression with more than `most` levels."""
    return KIND.at(span, most=most)
