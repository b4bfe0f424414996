"""Stories you can run: read a story in plain English, play it, and see what cannot be.

>>> import fabula
>>> story = fabula.read("stories/desperado")
>>> run = story.run()
>>> run.state(after="6.64").believes("Bucho", "Navajas is dead")
True
>>> run.check().findings
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from fabula.model import hooks

if TYPE_CHECKING:
    from fabula.model.planning import PlanningProblem
    from fabula.model.plans import Plans
    from fabula.pipeline import Run, Story

__all__ = ["Run", "Story", "read"]


def __getattr__(name: str) -> object:
    """Give the types of a story and a run when they are asked for: `fabula --help` needs none of it."""
    if name in ("Run", "Story"):
        from fabula import pipeline

        return getattr(pipeline, name)
    raise AttributeError(name)


def read(path: str | Path) -> Story:
    """Return the story at `path`, a Markdown file or a folder with a story.md.

    What of it could not be read is in its `problems`. Raises a `fabula.problems.TextError` if there
    is nothing to read at all.
    """
    from fabula import pipeline  # imported late: `fabula --help` needs none of it

    return pipeline.read(path)


def _plan(problem: PlanningProblem, **wanted: Any) -> Plans:
    """The plans of a problem: what `problem.plan(…)` calls."""
    from fabula.plan import plans  # imported late: reading and writing problems needs none of it

    return plans(problem, **wanted)


hooks.plan = _plan
