"""Quizzes: the line format, answers as it writes them, and days put in order."""

from __future__ import annotations

from pathlib import Path

import pytest

from fabula.ask.quiz import alike
from fabula.pipeline import quiz
from fabula.problems import TextError

QUIZ = """\
1 Nora went to the attic yesterday.
2 This morning Nora went to the stable.
3 Where was Nora before the stable?\tattic\t1 2
4 This evening Nora went to the yard.
5 This afternoon Nora went to the mill.
6 Where was Nora before the yard?\tmill\t4 5
1 Olaf is either in the barn or the yard.
2 Is Olaf in the barn?\tmaybe\t1
3 Is Olaf in the mill?\tno\t1
4 Olaf is no longer in the yard.
5 Is Olaf in the barn?\tyes\t1 4
6 Olaf picked up the rope there.
7 How many things is Olaf carrying?\tone\t6
8 What is Olaf carrying?\trope\t6
1 The barn is north of the mill.
2 The mill is east of the yard.
3 How do you go from the yard to the barn?\te,n\t2 1
1 Pia is bored.
2 Where will pia go?\tgarden\t1
3 Pia went to the garden.
4 Why did pia go to the garden?\tbored\t1
"""


def test_all_are_right(tmp_path: Path) -> None:
    path = tmp_path / "quiz.txt"
    path.write_text(QUIZ, encoding="utf-8")
    (found,) = quiz([path])
    assert [str(p) for p in found.unread] == []
    assert {o.line.text: o.answer for o in found.outcomes if not o.right} == {}
    assert found.right == found.total == 10


def test_answers_are_given_without_looking(tmp_path: Path) -> None:
    path = tmp_path / "quiz.txt"
    path.write_text("1 Nora went to the attic.\n2 Where is Nora?\t\t\n", encoding="utf-8")
    (found,) = quiz([path])
    assert [(o.line.at, o.answer) for o in found.outcomes] == [(2, "attic")]


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "quiz.txt"
    path.write_text("Nora went to the attic.\n", encoding="utf-8")
    with pytest.raises(TextError):
        list(quiz([path]))


@pytest.mark.parametrize(
    ("answer", "gold", "same"),
    [("apple,milk", "milk,apple", True), ("n,w", "w,n", False), ("The_attic", "attic", True)],
)
def test_answers_that_say_the_same(answer: str, gold: str, same: bool) -> None:
    assert alike(answer, gold) is same
