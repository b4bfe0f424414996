"""A name in a problem that was defined already."""

from __future__ import annotations

from fabula.problems.problem import Problem, ProblemKind
from fabula.text.span import Span

KIND = ProblemKind(
    code="T504",
    name="defined-twice",
    message='"{name}" is defined already, {before}: {advice}',
    explanation="""\
A name is defined once. A property, action or trigger may share its name with another one whose
parameters are of other types; everything else needs a name of its own.""",
    bad="""\
type place;
entity Mill : place;
entity Mill : place;
""",
    good="""\
type place;
entity Mill : place;
entity Inn : place;
""",
    example="problem",
)


def defined_twice(
    span: Span, name: str, before: str, advice: str = "give one of the two another name"
) -> Problem:
    """Return the problem of a second definition; `before` says where or as what the first one is."""
    return KIND.at(span, name=name, before=before, advice=advice)
