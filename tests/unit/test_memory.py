"""A process that reads story after story does not keep them all."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

import fabula
from fabula.pipeline import MOST_HELD_OFF

STORY = "The hall is a room. Anna is a woman in the hall.\n\n# One\n\nAnna dances.\n"


def test_stories_are_let_go_of(tmp_path: Path) -> None:
    assert gc.isenabled()
    path = tmp_path / "story.md"
    path.write_text(STORY, encoding="utf-8")
    seen = []
    for _ in range(MOST_HELD_OFF + 1):
        run = fabula.read(path).run()
        seen.append(weakref.ref(run))
        del run
    assert seen[0]() is None
