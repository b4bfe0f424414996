"""The pictures there are, by name; each is imported when it is drawn."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from fabula.problems.wording import did_you_mean, near, one_of

if TYPE_CHECKING:
    from fabula.draw.picture import Look, Picture
    from fabula.engine.running import Run


class Drawing(Protocol):
    """What draws a story that was run."""

    def __call__(self, run: Run, look: Look) -> Picture: ...


PICTURES = {
    "ways": "who goes where, and meets whom",
    "minds": "who knows what, is ignorant of it or wrong about it, and since when",
    "causes": "what made each event possible, what gave it its reason, and what it left behind",
    "times": "scenes on the story's own time against the order of telling",
}
"""Name -> what it shows; the picture `ways` is the function `ways` of the module `fabula.draw.ways`."""


def drawing(name: str) -> Drawing:
    """The function that draws a picture; raises LookupError with the names that there are."""
    if name not in PICTURES:
        known = did_you_mean(near(name, PICTURES)) or f": it is {one_of(list(PICTURES))}"
        raise LookupError(f'there is no picture "{name}"{known}')
    made: Drawing = getattr(import_module(f"fabula.draw.{name}"), name)
    return made
