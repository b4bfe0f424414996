"""Two effects that give one property two values."""

from __future__ import annotations

from fabula.problems.problem import Problem, ProblemKind
from fabula.text.span import Span

KIND = ProblemKind(
    code="T507",
    name="clashing-effects",
    message="{what} becomes {second} here, and {first} by the effect in line {line}: only one of them can be",
    explanation="""\
All effects of an action or trigger happen at once, so two of them cannot give one property different
values. Take one back, or put both under conditions that exclude each other.""",
    bad="""\
type place;
entity Mill : place;
property far(p : place) : number;
action flood() {
	effect: far(Mill) = 1 & far(Mill) = 2;
};
""",
    good="""\
type place;
entity Mill : place;
property far(p : place) : number;
action flood() {
	effect: far(Mill) = 2;
};
""",
    example="problem",
)


def clashing_effects(span: Span, what: str, first: str, second: str, line: int) -> Problem:
    """Return the problem of two effects on one property, of which the first stands in `line`."""
    return KIND.at(span, what=what, first=first, second=second, line=line)
