"""The library, read once, and a way to read a short story after it."""

from __future__ import annotations

import pickle
from collections.abc import Callable

import pytest

from fabula.language.library import compile_library
from fabula.language.reading import Reader
from fabula.model.story import Happening, Stated, Wanted
from fabula.text.reading import parse_markdown

Read = Callable[..., Reader]

WORLD = """\
Anna is a woman. Berta is a woman. Carl is a man. David is a man.
The town is a town. The mill is a mill in the town. The kitchen is a kitchen in the mill.
The guards are a group of soldiers in the town.
The box is a box. The lamp is a lamp in the box. The counter is a counter in the kitchen.
The pistol is a pistol. Carl has it. The coins are a group of coins. Anna has them.
The stranger in grey is really David. Only Anna knows that.
"""


@pytest.fixture(scope="session")
def compiled() -> bytes:
    state = compile_library()
    assert [str(problem) for problem in state.problems] == []
    return pickle.dumps(state)


@pytest.fixture
def read(compiled: bytes) -> Read:
    def reads(*paragraphs: str, world: str = WORLD) -> Reader:
        reader = Reader(state=pickle.loads(compiled))
        reader.read_source(parse_markdown("\n\n".join((world, *paragraphs)), "story.md"))
        return reader

    return reads


def events(reader: Reader) -> list[tuple[object, ...]]:
    """Return the events as (action, argument, …)."""
    return [(step.action, *step.args) for step in reader.state.steps if isinstance(step, Happening)]


def facts(reader: Reader) -> list[Stated]:
    """Return the plain statements."""
    return [step for step in reader.state.steps if isinstance(step, Stated)]


def wants(reader: Reader) -> list[Wanted]:
    """Return the wants."""
    return [step for step in reader.state.steps if isinstance(step, Wanted)]
