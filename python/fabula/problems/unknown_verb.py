"""A verb that neither the library nor the story knows."""

from __future__ import annotations

from fabula.problems.problem import Problem, ProblemKind
from fabula.problems.wording import did_you_mean
from fabula.text.span import Span

KIND = ProblemKind(
    code="T201",
    name="unknown-verb",
    message='the verb "{verb}" is not known{meant}',
    explanation="""\
What verbs mean stands in the library and in the story, as rules. This verb has no rule. Use one of
those that `fabula words` lists, or give the verb a rule of its own:

    To whistle: X whistles.
    needs: X is a person.
    It is for music without effect.""",
    bad="Anna is a woman.\n\nThe mill is a place.\n\nAnna defenestrates the mill.\n",
    good="Anna is a woman.\n\nThe mill is a place.\n\nAnna goes to the mill.\n",
)


def unknown_verb(span: Span, verb: str, nearest: tuple[str, ...] = ()) -> Problem:
    """Return the problem of a verb without a rule; `nearest` are known verbs like it."""
    meant = did_you_mean(nearest) or ": give it a rule, or use a verb that `fabula words` lists"
    return KIND.at(span, nearest=nearest, verb=verb, meant=meant)
