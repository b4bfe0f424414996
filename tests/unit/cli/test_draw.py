"""`fabula draw`: the files it writes, and what it says where it cannot."""

from __future__ import annotations

from pathlib import Path

import pytest

from fabula.cli.main import cli

ROOT = Path(__file__).resolve().parents[3]
WOLF = str(ROOT / "stories" / "wolf")


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def draw(*arguments: str) -> object:
    return cli.main(["draw", *arguments], prog_name="fabula", standalone_mode=False)


def refused(*arguments: str) -> str:
    with pytest.raises(Exception) as caught:  # noqa: PT011 (what it says is looked at)
        draw(*arguments)
    assert type(caught.value).__name__ == "ClickException"
    return str(caught.value)


def test_the_usual_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert draw(WOLF) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "written: wolf-ways.svg\n"
    assert (tmp_path / "wolf-ways.svg").read_text(encoding="utf-8").startswith("<svg ")
    assert [path.name for path in tmp_path.iterdir()] == ["wolf-ways.svg"]


def test_the_file_says_of_what_kind_it_is(tmp_path: Path) -> None:
    draw(WOLF, "-o", "a.png")
    draw(WOLF, "-o", "a.HTML", "--scheme", "dark")
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "a.HTML").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert 'what kind of file is "a.jpg"' in refused(WOLF, "-o", "a.jpg")
    assert "cannot be written" in refused(WOLF, "-o", "nowhere/a.svg")


def test_to_stdout(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draw("--people", "girl", "wolf", WOLF, "-o", "-", "--to", "12")
    out = capsys.readouterr().out
    assert out.startswith("<svg ")
    assert 'data-person="wolf"' in out
    assert 'data-person="mother"' not in out
    assert 'data-event="13"' not in out
    assert list(tmp_path.iterdir()) == []


def test_several_people_behind_the_story(capsys: pytest.CaptureFixture[str]) -> None:
    draw(WOLF, "-o", "-", "--people", "girl", "wolf", "--people", "mother")
    out = capsys.readouterr().out
    assert all(f'data-person="{name}"' in out for name in ("girl", "wolf", "mother"))
    assert 'data-person="hunter"' not in out


def test_what_is_not_there() -> None:
    assert 'nobody and nothing is called "wulf": did you mean wolf?' in refused(
        WOLF, "--people", "wulf"
    )
    assert "is no person" in refused(WOLF, "--people", "axe")
    assert "there is no event 99: the story has 27" in refused(WOLF, "--from", "99")
    assert "there is no event 0" in refused(WOLF, "--to", "0")
    assert 'no event cites "6.1"' in refused(WOLF, "--to", "6.1")
    assert "nothing is between" in refused(WOLF, "--from", "9", "--to", "3")
    assert 'there is no picture "way": did you mean ways?' in refused(WOLF, "--as", "way")


def test_a_story_that_is_not_all_read_is_drawn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "odd.md"
    path.write_text("# Odd\n\nAnna is a woman.\nAnna waits.\nAnna frobnicates.\n", encoding="utf-8")
    assert draw(str(path), "-o", "odd.svg") == 2
    assert "frobnicates" in capsys.readouterr().err
    assert (tmp_path / "odd.svg").is_file()
