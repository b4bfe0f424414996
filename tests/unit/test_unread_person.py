"""Somebody whose introduction could not be read is no reason to stop."""

from __future__ import annotations

from pathlib import Path

import fabula


def test_a_claim_about_the_mind_of_what_could_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "story.md"
    path.write_text(
        "The flat is a room.\n\nDella is a woman  the flat.\n\nJim is a man in the flat.\n\n"
        "Jim waits.\n\nDella does not know that Jim waits.\n",
        encoding="utf-8",
    )
    story = fabula.read(path)
    assert [problem.span.line for problem in story.problems] == [3]
    assert story.run().check().findings == ()
