"""Acts that reach an end: from what is missing back to what brings it about, each tried on the stage as it comes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from fabula.engine.records import Literal
from fabula.engine.stage import Deed, Stage
from fabula.model import formula as f
from fabula.reasons.repertoire import Repertoire

Plan = tuple[Deed, ...]
Allowed = Callable[[Stage, Deed], bool]

# What keeps an end from being so is taken up one by one; more than so many are out of reach anyway.
MOST_OPEN = 4


@dataclass(slots=True)
class Budget:
    """How long and how much may be tried: processor seconds and acts. ``stop`` may end it from outside."""

    seconds: float
    acts: int = 200_000
    tried: int = 0
    started: float = field(default_factory=time.monotonic)
    tick: Callable[[int, float], None] | None = None

    def over(self) -> bool:
        """Whether the time or the number of acts is used up."""
        return self.tried >= self.acts or time.monotonic() - self.started > self.seconds

    def spend(self) -> None:
        """Counts an act that was tried."""
        self.tried += 1
        if self.tick is not None and self.tried % 64 == 0:
            self.tick(self.tried, time.monotonic() - self.started)


@dataclass(slots=True)
class Means:
    """A search on one stage.

    ``allowed``: whether an act may be done where it is tried; ``actors``: by whom; ``likely``: who and what is tried
    before others; ``guessing``: whether what nobody knows may be supposed.
    """

    repertoire: Repertoire
    budget: Budget
    allowed: Allowed
    actors: tuple[str, ...] = ()
    likely: tuple[str, ...] = ()
    guessing: bool = False
    stack: list[Deed] = field(default_factory=list)

    def plans(self, stage: Stage, goal: f.Formula, most: int) -> Iterator[Plan]:
        """Plans of at most so many acts that make a goal so, the shortest first; the stage is as before after each."""
        seen: set[Plan] = set()
        for length in range(most + 1):
            for plan in self._reach(stage, goal, length):
                if plan not in seen:
                    seen.add(plan)
                    yield plan
            if self.budget.over():
                return

    def _reach(self, stage: Stage, goal: f.Formula, left: int) -> Iterator[Plan]:
        missing = stage.open(goal)
        if not missing:
            if stage.evaluate(goal) is True:
                yield ()
            return
        if left <= 0 or self.budget.over():
            return
        for literal in missing[:MOST_OPEN]:
            for deed in self.repertoire.achieving(stage, literal, self.actors, self.likely):
                for plan in self._enabled(stage, deed, left):
                    here = stage.timeline.now
                    if self._play(stage, plan) and not _still(stage, literal):
                        for rest in self._reach(stage, goal, left - len(plan)):
                            now = stage.timeline.now
                            yield (*plan, *rest)
                            stage.back(now)
                    stage.back(here)
                if self.budget.over():
                    return

    def _enabled(self, stage: Stage, deed: Deed, left: int) -> Iterator[Plan]:
        """An act, behind what makes it possible where it is not."""
        if deed in self.stack or self.budget.over():
            return
        self.budget.spend()
        prospect = stage.foresee(deed)
        if prospect is None:
            return
        if prospect.possible and (self.guessing or not _unmet(prospect.unknown)):
            if self.allowed(stage, deed):
                yield (deed,)
            return
        if left <= 1:
            return
        self.stack.append(deed)
        try:
            for literal in (*prospect.failed, *prospect.unknown)[:MOST_OPEN]:
                for enabling in self.repertoire.achieving(stage, literal, self.actors, self.likely):
                    for plan in self._enabled(stage, enabling, left - 1):
                        here = stage.timeline.now
                        if self._play(stage, plan) and not _still(stage, literal):
                            for rest in self._enabled(stage, deed, left - len(plan)):
                                yield (*plan, *rest)
                        stage.back(here)
        finally:
            self.stack.pop()

    def _play(self, stage: Stage, plan: Plan) -> bool:
        """Does the acts one after the other; on failure the stage has to be taken back by who called."""
        return all(stage.do(deed) for deed in plan)


def _still(stage: Stage, literal: Literal) -> bool:
    """Whether what was missing is missing still."""
    if literal.op == "within":
        formula: f.Formula = f.Within(f.Const(literal.args[0]), f.Const(str(literal.needed)))
        return stage.evaluate(formula) is not True
    value: object = literal.needed
    right: f.Term = f.Const(value) if isinstance(value, str) else f.Lit(value)  # type: ignore[arg-type]
    left = f.Value(literal.fluent, tuple(f.Const(a) for a in literal.args))
    held = stage.evaluate(f.Equals(left, right))
    return held is not (literal.op != "!=")


def _unmet(unknown: tuple[Literal, ...]) -> bool:
    """Whether an act rests on somebody's being somewhere that nobody knows: that has to be told first."""
    return any(
        literal.op in ("within", "==") and isinstance(literal.needed, str) for literal in unknown
    )
