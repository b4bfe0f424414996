"""An action in a fence with formal notation, which no sentence can tell of so far."""

from __future__ import annotations

from fabula.problems.problem import Problem, ProblemKind
from fabula.text.span import Span

KIND = ProblemKind(
    code="T206",
    name="unread-notation",
    message='no sentence can tell of the action "{action}": give it a rule in English, "To {action}: …"',
    explanation="""\
A code fence marked `fabula` holds formal notation: types, entities, properties, triggers, utilities and what
is so at first. An action there would need a frame ("X polishes Y") for sentences to tell of it, and those
come from rules in English.""",
    bad="Anna is a woman.\n\n```fabula\naction polish(c : person) { };\n```\n",
    good="Anna is a woman.\n\n```fabula\nproperty happy(c : person) : boolean;\nhappy(Anna);\n```\n",
)


def unread_notation(span: Span, action: str) -> Problem:
    """Return the problem of an action in a fence."""
    return KIND.at(span, action=action)
