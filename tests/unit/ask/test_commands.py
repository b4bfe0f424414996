"""`fabula ask` and `fabula quiz` as they are called: what they print, and how they end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fabula.cli.main import main

STORY = """\
The hall is a room. Anna is a woman in the hall. The coin is a coin in the hall.

# One

Anna takes the coin.
"""


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    out, err = capsys.readouterr()
    return int(ended.value.code or 0), out, err


@pytest.fixture
def story(tmp_path: Path) -> str:
    path = tmp_path / "story.md"
    path.write_text(STORY, encoding="utf-8")
    return str(path)


def test_an_answer_with_its_lines(story: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "ask", story, "Who has the coin?", "--why")
    assert code == 0
    assert out.startswith("Anna.\n  Anna takes the coin. (")


def test_json(story: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "ask", story, "Who has the coin?", "--format", "json")
    found = json.loads(out)
    assert code == 0
    assert found["question"] == "Who has the coin?"
    assert found["answer"] == "Anna"
    assert found["certain"] is True
    assert [(g["n"], g["text"]) for g in found["because"]] == [(1, "Anna takes the coin.")]


def test_before_the_first_event(story: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "ask", story, "Who has the coin?", "--after", "0")[1] == "Nobody.\n"


def test_an_unreadable_question(story: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "ask", story, "Who frobs the coin?")
    assert (code, out) == (2, "")
    assert "frobs" in err


def test_no_such_event(story: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "ask", story, "Who has the coin?", "--after", "99")
    assert code == 2
    assert "99" in err


def test_a_quiz(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "quiz.txt"
    path.write_text(
        "1 Anna went to the hall.\n2 Where is Anna?\thall\t1\n3 Is Anna in the attic?\tyes\t1\n",
        encoding="utf-8",
    )
    code, out, _ = run(capsys, "quiz", str(path))
    assert code == 1
    assert "1/2" in out
    assert "Is Anna in the attic? no; yes stands there" in out
    code, out, _ = run(capsys, "quiz", str(path), "--answers")
    assert (code, out) == (0, "2\thall\n3\tno\n")
    code, out, _ = run(capsys, "quiz", str(path), "--format", "json")
    (found,) = json.loads(out)
    assert (found["right"], found["total"]) == (1, 2)


def test_a_missing_quiz(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "quiz", str(tmp_path / "none.txt"))
    assert code == 2
    assert "none.txt" in err
    assert "cannot be opened" in err
    assert "fault of Fabula" not in err
