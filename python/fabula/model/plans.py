"""Plans: what happens in them, and why everybody does what they do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from fabula.records import dataclass

Stopped = Literal["time", "memory", "exhausted", "interrupted"]


@dataclass(frozen=True, slots=True)
class PlanStep:
    """An action with its arguments; as a string: ``walk(Tom, Home, Market)``."""

    action: str
    args: tuple[str, ...]

    def __str__(self) -> str:
        """Give the step as it is written in plans."""
        return f"{self.action}({', '.join(self.args)})"


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why ``character`` takes part in a step: the plan he has in mind, which begins with it.

    ``step`` is the place of the step in the plan, from 0; ``raises`` his utility before and after, as he sees it.
    """

    step: int
    character: str
    plan: tuple[PlanStep, ...]
    raises: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Plan:
    """A solution: its steps, the author's utility after them, and everybody's reasons."""

    utility: float
    steps: tuple[PlanStep, ...]
    explanations: tuple[Explanation, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a search is given: the utility to reach, and how far to look.

    ``author``: most actions of a plan; ``character``: most actions of an explanation, counted along the chain;
    ``belief``: most levels of belief.
    """

    goal: float = 1
    author: int = 10
    character: int = 5
    belief: int = 2
    count: int = 1
    seconds: float | None = None
    memory_mb: int | None = None
    shortest: bool = False


@dataclass(frozen=True, slots=True)
class PlanningResult:
    """What a search came to. ``stopped`` is None where it found all that was asked for.

    ``exhausted`` is a proof that there is no other solution within the limits; ``time``, ``memory`` and
    ``interrupted`` say what ended the search before it knew.
    """

    plans: tuple[Plan, ...]
    visited: int
    generated: int
    seconds: float
    setup_seconds: float
    peak_mb: float
    limits: Limits
    stopped: Stopped | None

    @property
    def solved(self) -> bool:
        """Whether there is a plan at all."""
        return bool(self.plans)


class Plans(Iterator[Plan]):
    """The plans of a search, which begins when the first of them, or ``result``, is asked for."""

    def __init__(self, search: Callable[[], PlanningResult]) -> None:
        self._search = search
        self._found: PlanningResult | None = None
        self._next = 0

    @property
    def result(self) -> PlanningResult:
        """Everything that the search came to."""
        if self._found is None:
            self._found = self._search()
        return self._found

    def __next__(self) -> Plan:
        """Return the next plan."""
        plans = self.result.plans
        if self._next >= len(plans):
            raise StopIteration
        self._next += 1
        return plans[self._next - 1]
