"""What running a story gives: a record of every event, statement and assumption."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from fabula.model import formula as f
from fabula.model.story import Happening, Source, Stated


@dataclass(slots=True)
class Literal:
    """One part of a need that is not so: ``fluent(args)`` should be ``needed`` and is ``actual``.

    ``cause`` is the time of the step that made it so, 0 for the beginning, None if nobody said.
    ``fluent`` is "" where the need is no plain fact; ``text`` says it in words.
    """

    fluent: str
    args: tuple[str, ...]
    needed: object
    actual: object
    cause: int | None
    text: str
    chain: tuple[str, ...] = ()
    op: str = "=="


@dataclass(slots=True)
class Failure:
    """A need of an event that is known not to hold, with the literals at fault."""

    need: f.Formula
    words: str
    literals: tuple[Literal, ...]
    binding: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Assumption:
    """Something nobody said that an event needs. ``kind``: fact, travel, thing."""

    text: str
    event: int
    time: int
    kind: str = "fact"


@dataclass(slots=True)
class EventRecord:
    """One event as it was run: ``time`` is the kernel's time after it, ``before`` the time it was judged at."""

    happening: Happening
    n: int
    time: int
    before: int
    status: str
    groundings: tuple[tuple[str, tuple[str, ...]], ...]
    failures: tuple[Failure, ...] = ()
    assumptions: list[Assumption] = field(default_factory=list)
    scene_gap: int = 0
    settled: int = 0  # the time after what ends with the event: orders that it fulfils

    @property
    def source(self) -> Source:
        return self.happening.source

    @property
    def ended(self) -> int:
        """The time after all that comes of it."""
        return max(self.time, self.settled)


@dataclass(slots=True)
class ClaimRecord:
    """A statement after the first event: ``status`` is holds, established or contradicted."""

    stated: Stated
    time: int
    before: int
    status: str
    literals: tuple[Literal, ...] = ()
    scene_gap: int = 0

    @property
    def source(self) -> Source:
        return self.stated.source

    @property
    def ended(self) -> int:
        """The time after it."""
        return self.time

    @property
    def n(self) -> int:
        """The number of the last event before it."""
        return self.stated.n


Record = EventRecord | ClaimRecord


def record_at(records: Sequence[Record], time: int | None) -> Record | None:
    """Of all records, the one that a step of the kernel belongs to; None is the beginning, or nobody's word."""
    if time is None or not records or time <= records[0].before:
        return None
    index = bisect_left(records, time, key=lambda record: record.ended)
    return records[index] if index < len(records) else None
