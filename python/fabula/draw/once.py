"""What is worked out of a run once, for all pictures of it, and for as long as the run is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from weakref import WeakKeyDictionary

from fabula.engine.running import Run

T = TypeVar("T")


def once(make: Callable[[Run], T]) -> Callable[[Run], T]:
    """A function that gives for a run what ``make`` made of it the first time."""
    made: WeakKeyDictionary[Run, T] = WeakKeyDictionary()

    def found(run: Run) -> T:
        known = made.get(run)
        if known is None:
            known = made[run] = make(run)
        return known

    return found
