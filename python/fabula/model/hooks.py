"""What higher folders give to the model's own objects, so that imports still go one way."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fabula.model.plans import Plans

plan: Callable[..., Plans] | None = None  # set by the package itself: `problem.plan(…)`


def plans(problem: Any, **wanted: Any) -> Plans:
    """The plans of a problem."""
    if plan is None:
        raise RuntimeError("planning begins with `import fabula`")
    return plan(problem, **wanted)
