"""What `fabula run` tells of what an event changed."""

from __future__ import annotations

from pathlib import Path

import fabula

WORLD = (
    "The hall is a hall. Anna is a woman in the hall. Ben is a man in the hall. Carl is a man.\n\n"
)


def changes(tmp_path: Path, *sentences: str) -> list[list[str]]:
    path = tmp_path / "story.md"
    path.write_text(WORLD + "\n".join(sentences) + "\n", encoding="utf-8")
    story = fabula.read(path)
    assert not story.problems
    run = story.run()
    return [run.changes(record) for record in run.records]


def test_what_is_announced_is_told(tmp_path: Path) -> None:
    found = changes(
        tmp_path, "Ben tells Anna that he will kill Carl.", "Ben tells Anna that he will leave."
    )
    assert found == [
        ["Anna and Ben believe that Ben will kill Carl"],
        ["Anna and Ben believe that Ben will leave"],
    ]


def test_a_deed_is_told_though_nobody_says_with_what(tmp_path: Path) -> None:
    assert changes(tmp_path, "Ben tells Anna that he killed Carl.") == [
        ["Anna and Ben believe that Carl is dead and Ben killed Carl"]
    ]


def test_that_somebody_does_not_suspect_what_he_never_did_goes_without_saying(
    tmp_path: Path,
) -> None:
    assert changes(tmp_path, "Anna realises that Ben is tired.") == [
        ["Anna believes that Ben is tired"]
    ]


def test_of_two_accounts_of_a_deed_the_fuller_one_is_told(tmp_path: Path) -> None:
    found = changes(tmp_path, "Anna has a lamp.", "Ben tells Carl that Anna gave the lamp to Ben.")
    assert not any("back" in line for lines in found for line in lines)
