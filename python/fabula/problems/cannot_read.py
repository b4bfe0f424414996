"""The grammar has no reading for a sentence."""

from __future__ import annotations

from fabula.problems.problem import Problem, ProblemKind
from fabula.problems.wording import one_of, shorten
from fabula.text.span import Span

KIND = ProblemKind(
    code="T101",
    name="cannot-read",
    message='cannot read "{words}": {where}{wanted} was expected{meant}',
    explanation="""\
Fabula reads a small, exact English, and it never guesses and never skips a sentence in silence. The
caret stands at the word where reading stopped; the message says what could have stood there, and
the nearest sentence that can be read. `fabula words STORY` lists all words that a story can be told
with.""",
    bad="Anna is a woman.\n\nThe mill is a place.\n\nAnna goes to.\n",
    good="Anna is a woman.\n\nThe mill is a place.\n\nAnna goes to the mill.\n",
)


def cannot_read(
    span: Span,
    words: str,
    *,
    after: str = "",
    expected: tuple[str, ...] = (),
    nearest: tuple[str, ...] = (),
    meant: str = "",
) -> Problem:
    """Return the problem of a sentence without a reading.

    `span` is the word where reading stopped, `words` the piece that could not be read, `after` what
    stands before that word, `expected` what could have followed ("a verb"), `nearest` what the
    nearest readings are, `meant` words with which it could be read.
    """
    return KIND.at(
        span,
        expected=expected,
        nearest=nearest,
        words=shorten(words),
        where=f'after "{shorten(after)}" ' if after else "",
        wanted=one_of(expected) or "something else",
        meant=_offered(nearest, meant),
    )


def _offered(nearest: tuple[str, ...], meant: str) -> str:
    if meant:
        return f'; did you mean "{meant}"?'
    return f"; nearest: {one_of(nearest)}" if nearest else ""
