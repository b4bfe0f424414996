"""Whom a pronoun stands for."""

from __future__ import annotations

import pytest

from .conftest import Read, events

CASES = [
    (("Anna meets Carl.", "She gives him the coins."), ("give", "Anna", "coins", "Carl")),
    (("Carl meets David.", "He kills him."), ("kill", "Carl", "David", "nothing")),
    (("Anna takes the lamp.", "She gives it to Berta."), ("give", "Anna", "lamp", "Berta")),
    (("Anna opens the box because she is curious.", "She closes it."), ("close", "Anna", "box")),
    (("Anna and Berta go to the mill.", "They leave."), ("go away", ("Anna", "Berta"))),
    (("While Carl sleeps, David takes the lamp.", "He leaves."), ("go away", "David")),
    (("When Carl enters the mill, he sees David.", "He leaves."), ("go away", "Carl")),
]


@pytest.mark.parametrize(("sentences", "last"), CASES)
def test_the_one_that_fits_and_ranks_first(
    read: Read, sentences: tuple[str, ...], last: tuple[object, ...]
) -> None:
    reader = read(*sentences)
    assert reader.state.problems == []
    assert events(reader)[-1] == last


def test_in_what_is_asked_the_one_who_is_to_do_it_is_somebody_else(read: Read) -> None:
    reader = read("Carl asks David to help him.", "Carl promises David to help him.")
    asked, promised = (reader.state.world.contents[str(event[3])] for event in events(reader))
    assert asked.agent == "David"
    assert promised.agent == "Carl"
    assert asked.formula is not None
    assert "Carl" in str(asked.formula)


def test_two_that_rank_alike_are_a_problem_that_names_both(read: Read) -> None:
    reader = read("Carl and David go to the mill. Anna sees Carl and Anna sees David. He leaves.")
    assert [problem.code for problem in reader.state.problems] == ["T301"]
    assert "Carl" in reader.state.problems[0].message
    assert "David" in reader.state.problems[0].message


def test_a_pronoun_is_none_that_is_named_in_the_same_clause(read: Read) -> None:
    reader = read("Carl meets David. He thanks Carl.")
    assert events(reader)[-1][1:3] == ("David", "Carl")


def test_a_woman_goes_before_an_animal(read: Read) -> None:
    reader = read(
        "The frog is a frog.", "Berta meets Anna. The frog asks Anna to leave. She waits."
    )
    assert reader.state.problems == []
    assert events(reader)[-1] == ("wait", "Anna")
