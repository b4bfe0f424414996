"""Two declarations say different things of one word or thing."""

from __future__ import annotations

from fabula.problems.problem import Problem, ProblemKind
from fabula.text.span import Span

KIND = ProblemKind(
    code="T401",
    name="clashing-declarations",
    message='"{word}" is declared as {now} here and as {before} at {place}',
    explanation="""\
A word has one meaning and a thing one nature. The two declarations cannot both be: take one back,
or give one of the two another name.""",
    bad="The mill is a place.\n\nThe mill is a woman.\n",
    good="The mill is a place.\n\nAnna is a woman.\n",
)


def clashing_declarations(span: Span, word: str, now: str, before: str, place: Span) -> Problem:
    """Return the problem of a second declaration that goes against the one at `place`."""
    return KIND.at(span, word=word, now=now, before=before, place=place)
