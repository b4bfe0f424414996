"""The map that a story declares: which place leads to which."""

from __future__ import annotations

from dataclasses import dataclass

from fabula.check.case import Case
from fabula.check.findings import Reason
from fabula.engine.records import Literal
from fabula.model import formula as f
from fabula.model.story import Stated
from fabula.model.world import LOCATION, PLACE


@dataclass(frozen=True, slots=True)
class Map:
    """Ways between places, both ways; places that no way speaks of are not on it."""

    ways: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, case: Case) -> Map | None:
        """The declared map, or None where there is none."""
        found: dict[str, dict[str, None]] = {}
        for step in case.run.model.steps:
            if not isinstance(step, Stated):
                continue
            for part in f.conjuncts(step.formula):
                match part:
                    case f.Equals(f.Value("lead to", (f.Const(a), f.Const(b))), f.Lit(True)):
                        if case.state.is_a(a, PLACE) and case.state.is_a(b, PLACE):
                            found.setdefault(a, {})[b] = None
                            found.setdefault(b, {})[a] = None
        return cls({a: tuple(bs) for a, bs in found.items()}) if found else None

    def declared(self, case: Case, place: str) -> list[tuple[str, str]]:
        """The ways at a place, in both directions."""
        here = self.covered(case, place, 0) or place
        return [
            pair for other in self.ways.get(here, ()) for pair in ((here, other), (other, here))
        ]

    def covered(self, case: Case, place: str, time: int) -> str | None:
        """The place itself or the nearest around it that is on the map."""
        here: object = place
        for _ in range(10):
            if not isinstance(here, str):
                return None
            if here in self.ways:
                return here
            here = case.value(LOCATION, (here,), time) if here in case.world.things else None
        return None

    def barred(self, case: Case, start: str, end: str, time: int) -> str | None:
        """None where there is a way (or the map does not say); what bars the only way; "" where there is none."""
        a, b = self.covered(case, start, time), self.covered(case, end, time)
        if a is None or b is None or a == b:
            return None
        if self._reaches(case, a, b, time, True):
            return None
        if not self._reaches(case, a, b, time, False):
            return ""
        return next((p for p in self.ways if p not in (a, b) and self.state_of(case, p, time)), "")

    def _reaches(self, case: Case, start: str, end: str, time: int, minding: bool) -> bool:
        seen, todo = {start}, [start]
        while todo:
            here = todo.pop()
            if here == end:
                return True
            if minding and here != start and self.state_of(case, here, time):
                continue
            for other in self.ways[here]:
                if other not in seen:
                    seen.add(other)
                    todo.append(other)
        return False

    def reasons(self, case: Case, place: str, time: int) -> tuple[Reason, ...]:
        """What made a place as it is, where it is barred."""
        state = self.state_of(case, place, time) if place else ""
        if not state:
            return ()
        runner = case.runner
        cause = runner.timeline.cause(time, [], runner.fluent(state), [runner.number(place)])
        found = case.reason(Literal(state, (place,), False, True, cause, ""))
        return (found,) if found is not None else ()

    @staticmethod
    def state_of(case: Case, place: str, time: int) -> str:
        """What bars a place: ``locked``, ``destroyed`` or nothing."""
        return next(
            (s for s in ("locked", "destroyed") if case.value(s, (place,), time) is True), ""
        )
