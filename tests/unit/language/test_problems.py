"""What cannot be read is told with its place and what is near."""

from __future__ import annotations

import time

import pytest

from .conftest import Read

CASES = [
    ("Anna vanquishes Carl.", "T201", "vanquishes", "vanishes"),
    ("Ana goes to the mill.", "T202", "Ana", "Anna"),
    ("Anna takes the lmap.", "T203", "lmap", "lamp"),
    ("Carl is angri with Anna.", "T204", "angri", "angry"),
    ("Anna tells Carl that David is ded.", "T204", "ded", "dead"),
    ("Anna gives the pistol to the lamp.", "T205", "lamp", "a person"),
    ("The lamp goes to the mill.", "T205", "lamp", "a person"),
    ("Anna opens the box becaus she is curious.", "T101", "becaus", "because"),
    ("Carl admires into a cat.", "T101", "into", "nearest"),
    ("Anna and.", "T101", "and", "a verb"),
]


@pytest.mark.parametrize(("sentence", "code", "word", "told"), CASES)
def test_a_problem_names_the_word_in_its_place(
    read: Read, sentence: str, code: str, word: str, told: str
) -> None:
    reader = read("Berta waits.", sentence)
    assert [problem.code for problem in reader.state.problems] == [code]
    problem = reader.state.problems[0]
    assert told in problem.message
    assert problem.span.column == sentence.rindex(word) + 1


def test_the_rest_is_read(read: Read) -> None:
    reader = read("Anna vanquishes Carl. Anna waits. Carl frobs. Carl waits.")
    assert len(reader.state.problems) == 2
    assert reader.state.events == 2


def test_rules_that_do_the_opposite_clash(read: Read) -> None:
    rule = "To squint: X squints.\nneeds: X is a person.\nthen: X is {}.\nIt is for eyes."
    reader = read(rule.format("asleep"), rule.format("not asleep"))
    assert [problem.code for problem in reader.state.problems] == ["T402"]


def test_declarations_clash(read: Read) -> None:
    assert [p.code for p in read("A person can be alive or sleepy.").state.problems] == ["T401"]


@pytest.mark.parametrize(
    "sentences",
    [
        "The crate is a box in the crate.",
        "The crate is a box. The trunk is a box in the crate. The crate is in the trunk.",
        "The crate is a box. The trunk is a box in the crate. The tin is a box in the trunk. The crate is in the tin.",
    ],
)
def test_nothing_is_in_what_is_in_it(read: Read, sentences: str) -> None:
    reader = read("Berta waits.", world=sentences)
    assert [problem.code for problem in reader.state.problems] == ["T401"]
    assert reader.state.events == 1


TANGLES = [
    "the man in the mill, " * 40 + "and Anna go to the mill.",
    "Anna gives Carl the lamp with the lamp in the mill behind the mill because Anna is in the mill "
    * 8
    + ".",
    "Carl who Anna sees who Berta sees " * 40 + "dies.",
    "Anna tells Carl that " * 60 + "David is dead.",
    "that " * 300,
    "Anna and " * 400 + "Carl go.",
]


@pytest.mark.parametrize("sentence", TANGLES)
def test_a_tangle_ends_soon(read: Read, sentence: str) -> None:
    start = time.process_time()
    read(sentence)
    assert time.process_time() - start < 5


def test_prose_without_end_is_given_up(read: Read) -> None:
    reader = read(
        *(
            f"The evening sun sank glowingly number {n} and nobody had ever seen the like."
            for n in range(2_000)
        )
    )
    assert len(reader.state.problems) == 201
    assert "not tried" in reader.state.problems[-1].message or any(
        "not tried" in p.message for p in reader.state.problems
    )
