"""A type that would be above itself."""

from __future__ import annotations

from fabula.problems.problem import Problem, ProblemKind
from fabula.text.span import Span

KIND = ProblemKind(
    code="T509",
    name="circular-type",
    message='"{name}" would stand above itself: {chain}',
    explanation="""\
A type's parents are wider than itself. Built-in types can be given parents, but not one that has them as
a parent already.""",
    bad="""\
type location : character;
type character : location;
""",
    good="""\
type location;
type character : location;
""",
    example="problem",
)


def circular_type(span: Span, name: str, chain: tuple[str, ...]) -> Problem:
    """Return the problem of a type among its own parents; `chain` are the types from it back to it."""
    return KIND.at(span, name=name, chain=" under ".join(chain))
