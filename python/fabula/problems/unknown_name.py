"""A name that nobody bears, near one that somebody does."""

from __future__ import annotations

from fabula.problems.problem import Problem, ProblemKind
from fabula.problems.wording import did_you_mean
from fabula.text.span import Span

KIND = ProblemKind(
    code="T202",
    name="unknown-name",
    message='nobody and nothing is called "{name}"{meant}',
    explanation="""\
A new name in the world part of a story makes a new person. A name that is one slip away from a
known one is more likely a slip, so it is asked about. If "Carolna" is somebody new, say so first:
"Carolna is a woman.\"""",
    bad="Carolina is a woman.\n\nThe mill is a place.\n\nCarolna goes to the mill.\n",
    good="Carolina is a woman.\n\nThe mill is a place.\n\nCarolina goes to the mill.\n",
)


def unknown_name(span: Span, name: str, nearest: tuple[str, ...] = ()) -> Problem:
    """Return the problem of an unknown name; `nearest` are the names it may be a slip for."""
    return KIND.at(span, nearest=nearest, name=name, meant=did_you_mean(nearest))
