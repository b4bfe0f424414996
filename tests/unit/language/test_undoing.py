"""A sentence that cannot be read leaves nothing behind, but for who it says somebody is."""

from __future__ import annotations

from pathlib import Path

import fabula

WORLD = (
    "The inn is an inn. The mill is a mill. Anna is a woman in the inn. Carl is a man in the inn.\n"
)


def _read(tmp_path: Path, text: str) -> fabula.Story:
    path = tmp_path / "story.md"
    path.write_text(text, encoding="utf-8")
    return fabula.read(path)


def test_what_happens_before_the_unknown_word_does_not_happen(tmp_path: Path) -> None:
    story = _read(
        tmp_path, f"{WORLD}\nAnna waits. Anna goes to the mill, hits Xaver and glorbs him.\n"
    )
    run = story.run()
    assert [str(p.span.line) for p in story.problems] == ["3"]
    assert [event.text for event in run.events] == ["Anna waits."]
    assert "Anna is in the inn." in run.state().lines()
    assert "Xaver" not in {thing.label for thing in story.model.world.things.values()}


def test_who_was_spoken_of_is_who_was_before(tmp_path: Path) -> None:
    story = _read(tmp_path, f"{WORLD}\nCarl waits. Anna glorbs Berta. He leaves the inn.\n")
    assert len(story.problems) == 1
    assert "Carl is in the inn." not in story.run().state().lines()


def test_a_name_shadowed_by_an_unread_sentence_is_itself_again(tmp_path: Path) -> None:
    story = _read(
        tmp_path,
        f"{WORLD}The lamp is a lamp in the inn.\n\nAnna takes a lamp and glorbs. Anna takes the lamp.\n",
    )
    assert len(story.problems) == 1
    assert "Anna has the lamp." in story.run().state().lines()


def test_what_somebody_is_said_to_be_stays(tmp_path: Path) -> None:
    story = _read(tmp_path, f"{WORLD}Zora is a woman who glorbs.\n\nZora waits. She leaves.\n")
    assert len(story.problems) == 1
    assert story.model.world.things["Zora"].kinds == ("woman",)
