"""Stories that pictures are drawn of: those that ship with the project, small ones, and generated ones."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

import fabula
from fabula.engine.running import Run

ROOT = Path(__file__).parents[3]
STORIES = ("desperado", "handkerchief", "locked-room", "wolf", "letter", "gifts")
EMPTY = "# Nothing\n\nThe hall is a hall.\n"
ALONE = "# One event\n\nAnn is a woman. The hall is a hall.\n\n# Scene\n\nAnn goes to the hall.\n"
NOBODY = "# Things\n\nThe hall is a hall.\nThe lamp is a lamp in the hall.\n\n# Night\n\nThe lamp goes out.\n"


@cache
def played(name: str) -> Run:
    return fabula.read(ROOT / "stories" / name).run()


@pytest.fixture(params=STORIES)
def story(request: pytest.FixtureRequest) -> Run:
    return played(request.param)


@pytest.fixture
def run_of(tmp_path: Path) -> Callable[[str], Run]:
    def made(text: str) -> Run:
        path = tmp_path / "story.md"
        path.write_text(text, encoding="utf-8")
        return fabula.read(path).run()

    return made


@pytest.fixture(scope="session")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Run:
    sys.path.insert(0, str(ROOT / "benches"))
    try:
        import stories
    finally:
        sys.path.pop(0)
    path = tmp_path_factory.mktemp("generated") / "story.md"
    path.write_text(stories.story(200, kind="scenes"), encoding="utf-8")
    return fabula.read(path).run()
