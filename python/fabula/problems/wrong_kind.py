"""A verb or a property is used with the wrong kind of thing."""

from __future__ import annotations

from fabula.problems.problem import Problem, ProblemKind
from fabula.text.span import Span

KIND = ProblemKind(
    code="T205",
    name="wrong-kind",
    message='"{word}" needs {wanted} here, and "{thing}" is {given}',
    explanation="""\
Every verb says what kinds of things take part in it, and every property what can have it. Either
another word is meant, or the thing was declared as something else than it is.""",
    bad="Anna is a woman. The lamp is a thing. The mill is a place.\n\n"
    "The lamp goes to the mill.\n",
    good="Anna is a woman. The lamp is a thing. The mill is a place.\n\nAnna goes to the mill.\n",
)


def wrong_kind(span: Span, word: str, thing: str, wanted: str, given: str) -> Problem:
    """Return the problem of a thing of the wrong kind; kinds with their article ("a person")."""
    if given.split(" ", 1)[-1] == thing:
        given = "none"  # not: "help" is a help
    return KIND.at(span, expected=(wanted,), word=word, thing=thing, wanted=wanted, given=given)
