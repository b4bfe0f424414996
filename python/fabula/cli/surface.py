"""What the verbs need of `fabula.pipeline`, in types: a change there that breaks them shows here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from fabula.problems import Problem
from fabula.text.span import Span


class Place(Protocol):
    """An event, fact or other sentence, with its place."""

    @property
    def text(self) -> str: ...
    @property
    def span(self) -> Span: ...
    @property
    def sources(self) -> Sequence[str]: ...


class Event(Place, Protocol):
    """An event that was run; `status` is happens, assumes or impossible."""

    @property
    def n(self) -> int: ...
    @property
    def scene(self) -> str: ...
    @property
    def action(self) -> str: ...
    @property
    def arguments(self) -> Mapping[str, str]: ...
    @property
    def status(self) -> str: ...
    @property
    def changes(self) -> Sequence[str]: ...


class Reason(Protocol):
    """An event (or, with n = 0, an initial fact) that a finding comes from."""

    @property
    def n(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def span(self) -> Span: ...


class Cited(Reason, Protocol):
    """The sentence at fault."""

    @property
    def sources(self) -> Sequence[str]: ...


class Finding(Protocol):
    """One finding; `therefore` has what follows from it, in sentences."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def severity(self) -> str: ...
    @property
    def message(self) -> str: ...
    @property
    def event(self) -> Cited: ...
    @property
    def because(self) -> Sequence[Reason]: ...
    @property
    def therefore(self) -> Sequence[str]: ...
    @property
    def fix(self) -> str | None: ...


class Assumption(Protocol):
    """Something unstated that an event needs."""

    @property
    def text(self) -> str: ...
    @property
    def event(self) -> int: ...


class Report(Protocol):
    """What checking found, and how much was checked."""

    @property
    def events(self) -> int: ...
    @property
    def people(self) -> int: ...
    @property
    def facts(self) -> int: ...
    @property
    def findings(self) -> Sequence[Finding]: ...
    @property
    def assumptions(self) -> Sequence[Assumption]: ...


class State(Protocol):
    """The world at some point, as it is or as somebody takes it to be."""

    def lines(self, about: str | None = None) -> list[str]: ...


class Run(Protocol):
    """A story that was run; `state` raises a LookupError for a name or point that is not in it."""

    @property
    def events(self) -> Sequence[Event]: ...
    @property
    def facts(self) -> Sequence[Place]: ...
    def check(self) -> Report: ...
    def state(self, *, after: str | None = None, eyes: tuple[str, ...] = ()) -> State: ...


class WordGroup(Protocol):
    """Words of one sort ("verbs", "kinds", …): each with its forms or meaning."""

    @property
    def name(self) -> str: ...
    @property
    def entries(self) -> Sequence[tuple[str, str]]: ...


class Story(Protocol):
    """A story that was read; `problems` say what of it was not."""

    @property
    def title(self) -> str: ...
    @property
    def problems(self) -> tuple[Problem, ...]: ...
    def run(self) -> Run: ...
    def words(self) -> Sequence[WordGroup]: ...
    def formal(self) -> str: ...


class Rule(Protocol):
    """A continuity rule with its page."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def severity(self) -> str: ...
    @property
    def explanation(self) -> str: ...
    @property
    def bad(self) -> str: ...
    @property
    def good(self) -> str: ...
