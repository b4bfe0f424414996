"""A planner by the letter of the definitions: every plan, one after the other, on the general kernel."""

from __future__ import annotations

import time
from itertools import combinations

from fabula.engine.formal import formal
from fabula.model import formula as f
from fabula.model.planning import PlanningProblem

Act = tuple[int, tuple[int, ...]]


class TooLongError(Exception):
    """It takes too long."""


class Naive:
    """All plans within limits; an explanation is looked for anew wherever it is asked for, and remembered."""

    def __init__(
        self, problem: PlanningProblem, author: int, character: int, belief: int, seconds: float
    ) -> None:
        self.made = formal(problem)
        self.universe = self.made.universe()
        self.author, self.character, self.belief = author, character, belief
        self.end = time.monotonic() + seconds
        self.actions = list(problem.world.actions.values())
        self.known: dict[tuple[int, Act, int, int, int], bool] = {}
        self.listed: dict[int, list[Act]] = {}

    def shortest(self, goal: float) -> int | None:
        """How many steps the shortest solution has; None if there is none."""
        layer = [self.universe.initial()]
        seen = set(layer)
        for length in range(self.author + 1):
            if any(self._utility(state, None) >= goal for state in layer):
                return length
            following = []
            for state in layer:
                for act in self._applicable(state):
                    if self._possible(state, act, True) and self._agreed(
                        state, act, None, self.character, 1
                    ):
                        after = self._after(state, act, None)
                        if after not in seen:
                            seen.add(after)
                            following.append(after)
            layer = following
        return None

    def _agreed(self, state: int, act: Act, but: int | None, left: int, depth: int) -> bool:
        others = [who for who in self._consenting(act) if who != but]
        return all(
            self._explained(self.universe.belief(state, who), act, who, left, depth)
            for who in others
        )

    def _explained(self, mind: int, act: Act, who: int, left: int, depth: int) -> bool:
        key = (mind, act, who, left, depth)
        if key not in self.known:
            most = 1 if depth > self.belief else max(left, 1)
            self.known[key] = self._possible(mind, act, False) and self._extended(
                mind, [act], who, most, left, depth
            )
        return self.known[key]

    def _extended(
        self, mind: int, plan: list[Act], who: int, most: int, left: int, depth: int
    ) -> bool:
        """Whether a plan, or one that goes on from it, is a reason for its first act."""
        if time.monotonic() > self.end:
            raise TooLongError
        end = self._carried_out(mind, plan, plan, who, left, depth)
        if end is None:
            return False
        reached = self._utility(end, who)
        if reached > self._utility(mind, who) and not any(
            self._reaches(self._carried_out(mind, plan, part, who, left, depth), who, reached)
            for count in range(1, len(plan))
            for part in combinations(plan, count)
        ):
            return True
        return len(plan) < most and any(
            self._extended(mind, [*plan, act], who, most, left, depth)
            for act in self._applicable(end)
            if self._consenting(act)
        )

    def _reaches(self, state: int | None, who: int, wanted: float) -> bool:
        return state is not None and self._utility(state, who) >= wanted

    def _carried_out(
        self,
        mind: int,
        plan: list[Act],
        part: list[Act] | tuple[Act, ...],
        who: int,
        left: int,
        depth: int,
    ) -> int | None:
        """Where a part of a plan leads in somebody's mind, if it can be done and the others have their reasons."""
        state = mind
        for done, act in enumerate(part):
            first = done == 0 and act == plan[0]
            if not self._possible(state, act, not first):
                return None
            if not first and not self._agreed(state, act, who, left - done, depth + 1):
                return None
            state = self._after(state, act, who)
        return state

    def _consenting(self, act: Act) -> list[int]:
        action = self.actions[act[0]]
        places = {param.name: i for i, param in enumerate(action.params)}
        found: list[int] = []
        for term in action.agreed:
            if isinstance(term, f.Var):
                who = act[1][places[term.name]]
            else:
                assert isinstance(term, f.Const)
                who = self.made.numbers.things[term.thing]
            if who not in found:
                found.append(who)
        return found

    def _applicable(self, state: int) -> list[Act]:
        if state not in self.listed:
            found = self.universe.applicable(state)
            self.listed[state] = [(action, tuple(args)) for action, args in found]
        return self.listed[state]

    def _possible(self, state: int, act: Act, with_beliefs: bool) -> bool:
        return self.universe.possible(state, act[0], list(act[1]), with_beliefs)

    def _after(self, state: int, act: Act, who: int | None) -> int:
        return self.universe.after(state, act[0], list(act[1]), who)

    def _utility(self, state: int, who: int | None) -> float:
        value = self.universe.utility(state, who)
        return float(value) if isinstance(value, bool | int | float) else 0.0
