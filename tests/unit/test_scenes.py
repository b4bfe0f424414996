"""Every event belongs to the heading that stands above it."""

from __future__ import annotations

from pathlib import Path

import fabula

FIRST = """\
Anna is a woman in the inn. The inn is an inn.

# Title

## One

Anna waits.

## Two

## Three

Anna waits.
"""


def test_headings_without_sentences_are_counted(tmp_path: Path) -> None:
    (tmp_path / "story.md").write_text(FIRST, encoding="utf-8")
    (tmp_path / "a.md").write_text("Anna waits.\n\n# Four\n\n# Five\n\nAnna waits.\n", "utf-8")
    events = fabula.read(tmp_path).run().events
    assert [event.scene for event in events] == ["One", "Three", "", "Five"]
