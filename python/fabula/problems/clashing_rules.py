"""Two rules give one verb different meanings."""

from __future__ import annotations

from fabula.problems.problem import Problem, ProblemKind
from fabula.text.span import Span

KIND = ProblemKind(
    code="T402",
    name="clashing-rules",
    message='this rule for "{verb}" goes against the one at {place}: {reason}',
    explanation="""\
Two rules may share a verb when their frames differ ("X gives Y to Z", "X gives up"). Here the same
sentence would have two meanings, or one rule's effects go against each other. A rule of the story
replaces a rule of the library that has the same name; within one of them nothing is replaced.""",
    bad=(
        "To whistle: X whistles.\nneeds: X is a person.\nthen: X is asleep.\n"
        "It is for music that makes tired.\n\n"
        "To whistle: X whistles.\nneeds: X is a person.\nthen: X is not asleep.\n"
        "It is for music that wakes.\n"
    ),
    good="To whistle: X whistles.\nneeds: X is a person.\nIt is for music without effect.\n",
)


def clashing_rules(span: Span, verb: str, place: Span, reason: str) -> Problem:
    """Return the problem of a rule that goes against the one at `place`, for the given reason."""
    return KIND.at(span, verb=verb, place=place, reason=reason)
