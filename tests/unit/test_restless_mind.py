"""A mind in which sight and belief renew each other: what is seen stands, and the run goes on."""

from __future__ import annotations

from pathlib import Path

import fabula

ASLEEP = """\
The inn is an inn. The mill is a mill. Ben is a man in the inn. Ben is captive.
Anna is a woman in the mill. Anna is captive. Anna believes that Ben is asleep.

Ben grabs Anna.
Anna waits.
"""


def test_who_is_taken_for_asleep_holds_all_the_same(tmp_path: Path) -> None:
    """Who is asleep holds nobody; but whoever is held knows it."""
    (tmp_path / "story.md").write_text(ASLEEP, encoding="utf-8")
    run = fabula.read(tmp_path).run()
    for after in (1, 2):
        assert run.state(after, ("Anna",)).holds("Ben is holding Anna") is True
        assert run.state(after, ("Anna",)).holds("Ben is asleep") is True
        assert run.state(after).holds("Ben is asleep") is False
