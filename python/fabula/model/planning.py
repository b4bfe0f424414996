"""A planning problem: a world, what is so at first, and a way to its plans."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from fabula.model import hooks
from fabula.model.formula import Effect
from fabula.model.plans import Plans
from fabula.model.story import World
from fabula.text.span import Span

# Kinds that the notation of planning problems has without their being defined.
ENTITY, CHARACTER, BOOLEAN, NUMBER = "entity", "character", "boolean", "number"

Progress = Callable[[int, int, float], None]


@dataclass(slots=True)
class PlanningProblem:
    """A closed world: what nobody says is false, 0 or unknown.

    ``initial`` are assignments to be made in this order; of what somebody believes, what none of them says is
    as it is in the state that those around him believe in. ``places`` say where definitions stand in the text,
    for errors that show only when the problem is put to use.
    """

    world: World
    initial: tuple[Effect, ...] = ()
    file: str = field(default="", compare=False)
    places: dict[str, Span] = field(default_factory=dict, compare=False)

    def plan(
        self,
        *,
        goal: float = 1,
        author_limit: int = 10,
        character_limit: int = 5,
        belief_limit: int = 2,
        count: int = 1,
        seconds: float | None = None,
        memory_mb: int | None = None,
        shortest: bool = False,
        progress: Progress | None = None,
    ) -> Plans:
        """Plans that bring the author's utility to ``goal``, in which everybody acts for a reason of their own.

        ``author_limit``: most actions of a plan; ``character_limit``: most actions of an explanation, counted
        along the chain; ``belief_limit``: most levels of belief; ``count``: how many different plans;
        ``seconds`` and ``memory_mb``: where to stop with the best so far; ``shortest``: search on until no
        shorter plan can be; ``progress``: called with (visited, generated, seconds). Raises a TextError for a
        problem that cannot be run, a ValueError for limits that make no sense.
        """
        return hooks.plans(
            self,
            goal=goal,
            author_limit=author_limit,
            character_limit=character_limit,
            belief_limit=belief_limit,
            count=count,
            seconds=seconds,
            memory_mb=memory_mb,
            shortest=shortest,
            progress=progress,
        )
