"""A kind of thing that was never introduced."""

from __future__ import annotations

from fabula.problems.problem import Problem, ProblemKind
from fabula.problems.wording import did_you_mean
from fabula.text.span import Span

KIND = ProblemKind(
    code="T203",
    name="unknown-kind",
    message='there is no kind "{kind}"{meant}',
    explanation="""\
Kinds are introduced before they are used: "A sabre is a kind of weapon." The library has the common
ones (person, place, container, weapon, vehicle and more; `fabula words` lists them).""",
    bad="A sabre is a kind of weapn.\n",
    good="A sabre is a kind of weapon.\n",
)


def unknown_kind(span: Span, kind: str, nearest: tuple[str, ...] = ()) -> Problem:
    """Return the problem of an unknown kind; `nearest` are known kinds like it."""
    return KIND.at(span, nearest=nearest, kind=kind, meant=did_you_mean(nearest))
