"""An adjective that was never introduced."""

from __future__ import annotations

from fabula.problems.problem import Problem, ProblemKind
from fabula.problems.wording import did_you_mean
from fabula.text.span import Span

KIND = ProblemKind(
    code="T204",
    name="unknown-adjective",
    message='nothing says what "{adjective}" means{meant}',
    explanation="""\
Properties are introduced before they are used: "A person can be asleep.", "A person can be calm,
worried or desperate." `fabula words` lists those that the library and the story have.""",
    bad="Anna is a woman. Anna is quixotic.\n",
    good="A person can be quixotic.\n\nAnna is a woman. Anna is quixotic.\n",
)


def unknown_adjective(span: Span, adjective: str, nearest: tuple[str, ...] = ()) -> Problem:
    """Return the problem of an unknown adjective; `nearest` are known ones like it."""
    return KIND.at(span, nearest=nearest, adjective=adjective, meant=did_you_mean(nearest))
