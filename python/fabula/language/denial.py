"""``Neither Ben nor Carl``: of both it is denied."""

from __future__ import annotations

from fabula.language import syntax as x
from fabula.language.changing import replace


def denied(clause: x.Clause, subject: x.NP) -> x.Clause:
    """The clause, denied where its subject or what fills one of its roles is "neither … nor"."""
    both = subject
    if isinstance(subject, x.Several) and subject.word == "nor":
        both = replace(subject, word="and")
        clause = replace(clause, subject=both, negated=not clause.negated)
    roles = tuple((letter, both if part is subject else part) for letter, part in clause.roles)
    either = tuple((letter, _either(part)) for letter, part in roles)
    if either != clause.roles:
        flip = either != roles
        return replace(clause, roles=either, negated=clause.negated != flip)
    return clause


def _either(filler: x.Filler) -> x.Filler:
    if isinstance(filler, x.Several) and filler.word == "nor":
        return replace(filler, word="or")
    if isinstance(filler, x.Phrase):
        np = _either(filler.np)
        return filler if np is filler.np else replace(filler, np=np)  # type: ignore[arg-type]
    return filler
