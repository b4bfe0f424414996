"""What a rule is, and what it returns."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from fabula.check.case import Case
from fabula.check.findings import Reason
from fabula.engine.records import Record
from fabula.model.formula import Formula

Key = tuple[object, ...]
"""What a fault comes from: two faults with the same keys have the same cause."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that a rule found, before faults of one cause are put together.

    ``fix`` is what would mend it, ``goal`` what has to be so for that before the sentence at fault. One key that is known is enough for a fault to follow from an earlier one. ``causes`` are the kernel times
    of the steps that made it so.
    """

    record: Record
    message: str
    because: tuple[Reason, ...] = ()
    keys: frozenset[Key] = frozenset()
    causes: tuple[int, ...] = ()
    severity: str | None = None
    fix: str | None = None
    goal: Formula | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule with its page (Markdown), a small story that breaks it and one that does not.

    ``on_request``: it takes a search, and is looked for only where that is asked for.
    """

    code: str
    name: str
    severity: str
    explanation: str
    bad: str
    good: str
    find: Callable[[Case], Iterable[Fault]]
    on_request: bool = False
