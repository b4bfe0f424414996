"""Two candidates of equal rank for a pronoun."""

from __future__ import annotations

from fabula.problems.problem import Problem, ProblemKind
from fabula.problems.wording import one_of
from fabula.text.span import Span

KIND = ProblemKind(
    code="T301",
    name="ambiguous-pronoun",
    message='"{pronoun}" may be {candidates}: write the name',
    explanation="""\
A pronoun goes to the candidate that fits in kind, gender and number and ranks first: the subject of
the sentence before, then its other people, then further back. Here two rank alike.""",
    bad="Anna and Eva are women. The mill is a place.\n\n"
    "Anna and Eva sleep. She goes to the mill.\n",
    good="Anna and Eva are women. The mill is a place.\n\n"
    "Anna and Eva sleep. Eva goes to the mill.\n",
)


def ambiguous_pronoun(span: Span, pronoun: str, candidates: tuple[str, ...]) -> Problem:
    """Return the problem of a pronoun with several candidates, all of which are named."""
    return KIND.at(span, nearest=candidates, pronoun=pronoun, candidates=one_of(candidates))
