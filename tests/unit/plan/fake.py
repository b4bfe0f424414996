"""A planner that knows one answer, so that what stands around the kernel's is tested alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from fabula.engine.formal import Fault, Formal, Grounding
from fabula.model.planning import Progress

PROBLEM = """\
type place;
entity Tom : character;
entity Ann : character;
entity Home : place;
entity Market : place;
property at(c : character) : place;
property coins(c : character) : number;
at(Tom) = Home;
at(Ann) = Market;
coins(Tom) = 1;
action walk(c : character, from : place, to : place) {
	precondition: from != to & at(c) == from;
	effect: at(c) = to;
	consenting: c;
};
action pay(c : character, other : character) {
	precondition: c != other & at(c) == at(other) & coins(c) > 0;
	effect: coins(c) = coins(c) - 1 & coins(other) = coins(other) + 1;
	consenting: c, other;
};
action rain() { };
utility(): coins(Ann);
utility(Tom): if(coins(Tom) == 0) 2 else 1;
utility(Ann): coins(Ann);
"""
STEPS = ("walk(Tom, Home, Market)", "pay(Tom, Ann)")


@dataclass
class FakePlanner:
    """Plans what it is told to, and remembers what it was asked."""

    made: Formal
    plans: int = 1
    stopped: str | None = None
    faults: Sequence[Fault] = ()
    asked: list[tuple[Any, ...]] = field(default_factory=list)

    def plan(
        self,
        goal: float,
        author_limit: int,
        character_limit: int,
        belief_limit: int,
        count: int = 1,
        seconds: float | None = None,
        memory_mb: int | None = None,
        shortest: bool = False,
        progress: Progress | None = None,
    ) -> dict[str, Any]:
        """The plan in which Tom walks and pays."""
        self.asked.append(
            (goal, author_limit, character_limit, belief_limit, count, seconds, memory_mb, shortest)
        )
        if progress is not None:
            progress(1234, 5678, 9.0)
        walk = self.made.grounding("walk(character, place, place)", ("Tom", "Home", "Market"))
        pay = self.made.grounding("pay(character, character)", ("Tom", "Ann"))
        rain = self.made.grounding("rain()", ())
        tom, ann = (self.made.numbers.things[name] for name in ("Tom", "Ann"))
        plan = {
            "utility": 1.0,
            "steps": [walk, rain, pay],
            "explanations": [
                {"step": 0, "character": tom, "steps": [walk, pay], "raises": (1.0, 2.0)},
                {"step": 2, "character": tom, "steps": [pay], "raises": (1.0, 2.0)},
                {"step": 2, "character": ann, "steps": [pay], "raises": (0.0, 1.0)},
            ],
        }
        return {
            "plans": [plan] * self.plans,
            "visited": 12,
            "generated": 345,
            "seconds": 0.5,
            "setup_seconds": 0.1,
            "peak_mb": 6.0,
            "stopped": self.stopped,
        }

    def validate(
        self,
        steps: Sequence[Grounding],
        goal: float,
        author_limit: int,
        character_limit: int,
        belief_limit: int,
    ) -> Sequence[Fault]:
        """The faults that it was given."""
        self.asked.append((list(steps), goal, author_limit, character_limit, belief_limit))
        return self.faults
