"""The story that `fabula new` writes is read in full, and holds."""

from __future__ import annotations

from pathlib import Path

import pytest

import fabula
from fabula.text.new_story import write_new


def test_it_holds(tmp_path: Path) -> None:
    pytest.importorskip("fabula.pipeline")
    template = Path(fabula.__file__).parent / "text" / "new_story.md"
    path = tmp_path / "story.md"
    write_new(path, template.read_text(encoding="utf-8"))
    story = fabula.read(path)
    assert not story.problems
    assert not story.run().check().findings
