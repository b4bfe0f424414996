"""When-rules set each other off without end."""

from __future__ import annotations

from fabula.problems.problem import Problem, ProblemKind
from fabula.text.span import Span

KIND = ProblemKind(
    code="T403",
    name="endless-triggers",
    message="these rules set each other off without end: {rules}",
    explanation="""\
A rule that begins with "When" happens by itself as soon as its conditions hold. If what it does
makes another one happen that undoes it, they never come to rest. Add a condition to one of them.""",
    bad=(
        "The lamp is a thing. A thing can be lit. The lamp is lit.\n\n"
        "When the lamp is lit: the lamp is not lit.\n\n"
        "When the lamp is not lit: the lamp is lit.\n"
    ),
    good=(
        "The lamp is a thing. A thing can be lit. A thing can be warm.\n\n"
        "When the lamp is lit: the lamp is warm.\n"
    ),
)


def endless_triggers(span: Span, rules: tuple[str, ...]) -> Problem:
    """Return the problem of rules that never come to rest; `rules` are the first few, in words."""
    return KIND.at(span, rules="; ".join(rules))
