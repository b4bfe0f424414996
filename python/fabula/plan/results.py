"""What a search for plans on a story is asked for, and what it finds."""

from __future__ import annotations

from dataclasses import dataclass, field

from fabula.engine.stage import Deed


@dataclass(frozen=True, slots=True)
class StoryLimits:
    """How far to look: ``author`` acts in a plan, ``character`` acts in a reason, ``seconds`` of time, ``count`` plans."""

    author: int = 4
    character: int = 3
    seconds: float = 20
    count: int = 1


@dataclass(frozen=True, slots=True)
class StoryReason:
    """Why ``person`` does step ``step`` (from 0): what he wants, and what he has in mind to do, in sentences."""

    step: int
    person: str
    want: str
    plan: tuple[str, ...]
    raises: tuple[float, float]
    otherwise: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StoryPlan:
    """A plan in sentences that can be put into the story, and everybody's reasons for what weighs.

    ``accidents``: how many of its acts nobody has to want; ``changes``: what becomes of the world by it; ``idle``: how
    many of its acts serve nothing that whoever does them wants, favours counting double.
    """

    sentences: tuple[str, ...]
    deeds: tuple[Deed, ...]
    reasons: tuple[StoryReason, ...]
    changes: frozenset[tuple[object, ...]] = frozenset()
    accidents: int = 0
    idle: int = 0


@dataclass(slots=True)
class StoryPlans:
    """What a search on a story came to. ``stopped``: time or interrupted, or exhausted; None if all was found."""

    goal: str
    plans: list[StoryPlan] = field(default_factory=list)
    tried: int = 0
    seconds: float = 0
    stopped: str | None = None
    limits: StoryLimits = field(default_factory=StoryLimits)

    @property
    def solved(self) -> bool:
        """Whether there is a plan at all."""
        return bool(self.plans)


__all__ = ["StoryLimits", "StoryPlan", "StoryPlans", "StoryReason"]
