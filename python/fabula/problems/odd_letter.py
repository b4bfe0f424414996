"""A letter, or a mark that nobody sees, by which a word is not the word that it looks like."""

from __future__ import annotations

from fabula.problems.problem import Problem, ProblemKind
from fabula.text.span import Span

KIND = ProblemKind(
    code="T207",
    name="odd-letter",
    message='in "{word}" stands {found}: write "{meant}" with plain letters',
    explanation="""\
Letters of another alphabet may look like those of this one, and some marks are not to be seen at all. A name
with one of them is another name, and would be somebody new. Such letters come in when text is copied. Words
that are of another alphabet as a whole are read as they are.""",
    bad="Anna is a woman.\n\nThe mill is a place.\n\n\u0410nna goes to the mill.\n",
    good="Anna is a woman.\n\nThe mill is a place.\n\nAnna goes to the mill.\n",
)


def odd_letter(span: Span, word: str, found: str, meant: str) -> Problem:
    """Return the problem of a word with a letter that is not what it looks like; `found` says what it is."""
    return KIND.at(span, nearest=(meant,), word=word, found=found, meant=meant)
