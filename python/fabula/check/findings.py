"""What checking gives: findings with their reasons, assumptions, and how much was checked."""

from __future__ import annotations

from dataclasses import dataclass

from fabula.model.formula import Formula
from fabula.text.span import Span


@dataclass(frozen=True, slots=True)
class Reason:
    """An event (``n``), or a statement (after event ``n``; 0: at the beginning), that a finding comes from."""

    n: int
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Cited:
    """The sentence at fault, with the ids that it cites."""

    n: int
    text: str
    span: Span
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding; ``therefore`` has what follows from the same cause, in sentences.

    ``goal`` is what has to be so before the sentence at fault, where that would mend it.
    """

    code: str
    name: str
    severity: str
    message: str
    event: Cited
    because: tuple[Reason, ...] = ()
    therefore: tuple[str, ...] = ()
    fix: str | None = None
    goal: Formula | None = None


@dataclass(frozen=True, slots=True)
class Assumption:
    """Something unstated that an event (``event``, 0: the story as a whole) needs."""

    text: str
    event: int


@dataclass(frozen=True, slots=True)
class Report:
    """All findings in the order of the story, and how much was checked.

    ``explained``: where the search for reasons was stopped, how many events it had come to; otherwise None.
    """

    events: int
    people: int
    facts: int
    findings: tuple[Finding, ...]
    assumptions: tuple[Assumption, ...]
    explained: int | None = None
