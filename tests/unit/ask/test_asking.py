"""Questions about two small stories, and what they are answered."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import fabula
from fabula.pipeline import Run
from fabula.problems import TextError

CELLAR = """\
# The cellar

The hall is a room. The cellar is a room. The door is a door in the hall. The door leads to the cellar.
Anna is a woman in the hall. Ben is a man in the hall. Carl is a man in the hall.
The lantern is a lantern in the hall. The knife is a knife in the hall.
Ben wants Anna to live. Anna is tired.

# The evening

Anna takes the lantern. [1.1]
Ben goes to the cellar. [1.2]
Anna gives the lantern to Carl because she is tired. [1.3]
Ben goes to the hall.
Carl takes the knife.
Carl kills Ben with the knife.
"""

FARM = """\
Mice are afraid of cats. Greta is a mouse. Tom is a mouse. Tom is grey.
The mill is a building. The barn is a building. The pond is a lake.
The mill is north of the barn. The pond is east of the mill.
The oak is to the left of the well. The well is above the stone.
Ida is a woman. Ida is not above the well. Jon is a man. Jon is above the pond.
The trunk is bigger than the crate. The tin fits in the crate.

# Morning

Greta goes to the barn.
Greta goes to the mill.
"""

CELLAR_ANSWERS = [
    ("Who has the lantern?", "Carl"),
    ("Where is the lantern?", "with Carl in the hall"),
    ("Where was the lantern at the beginning?", "in the hall"),
    ("Who gave the lantern to Carl?", "Anna"),
    ("What did Anna give to Carl?", "the lantern"),
    ("Who received the lantern?", "Carl"),
    ("To whom did Anna give the lantern?", "Carl"),
    ("Is Anna in the hall?", "yes"),
    ("Is Anna in the cellar?", "no"),
    ("How many things is Carl carrying?", "two"),
    ("What is Anna carrying?", "nothing"),
    ("Where was Ben before he died?", "in the hall"),
    ("Who killed Ben?", "Carl"),
    ("Is Ben dead?", "yes"),
    ("How did Ben die?", "Carl kills Ben with the knife"),
    ("When did Ben die?", "Carl kills Ben with the knife (The evening)"),
    ("Why did Anna give the lantern to Carl?", "Anna is tired"),
    ("What does Ben want?", "that Anna is alive"),
    ("Where does Carl think that Anna is?", "in the hall"),
    ("Does Anna know that Ben is dead?", "yes"),
    ("Did Anna take the knife?", "no"),
]

FARM_ANSWERS = [
    ("What is Greta afraid of?", "cats"),
    ("What colour is Tom?", "grey"),
    ("What color is Greta?", "grey"),
    ("What is north of the barn?", "the mill"),
    ("What is the mill north of?", "the barn"),
    ("Is the barn south of the mill?", "yes"),
    ("Is the mill south of the barn?", "no"),
    ("How does one get from the barn to the pond?", ("north", "east")),
    ("Is the oak to the left of the stone?", "yes"),
    ("Is the stone above the oak?", "no"),
    ("Is Ida above the well?", "no"),
    ("Is Jon above the pond?", "yes"),
    ("Is the trunk bigger than the tin?", "yes"),
    ("Does the trunk fit in the crate?", "no"),
    ("Does the tin fit in the trunk?", "yes"),
    ("Where was Greta before the mill?", "in the barn"),
]


def run_of(text: str, folder: Path) -> Run:
    path = folder / "story.md"
    path.write_text(text, encoding="utf-8")
    story = fabula.read(path)
    assert not story.problems, [str(p) for p in story.problems]
    return story.run()


@pytest.fixture(scope="module")
def cellar(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return run_of(CELLAR, tmp_path_factory.mktemp("cellar"))


@pytest.fixture(scope="module")
def farm(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return run_of(FARM, tmp_path_factory.mktemp("farm"))


@pytest.mark.parametrize(
    ("question", "expected"), CELLAR_ANSWERS, ids=[q for q, _ in CELLAR_ANSWERS]
)
def test_people_and_things(cellar: Run, question: str, expected: object) -> None:
    assert cellar.ask(question).answer == expected


@pytest.mark.parametrize(("question", "expected"), FARM_ANSWERS, ids=[q for q, _ in FARM_ANSWERS])
def test_kinds_and_places(farm: Run, question: str, expected: object) -> None:
    assert farm.ask(question).answer == expected


def test_what_leads_to_what(cellar: Run) -> None:
    assert cellar.ask("What led to Carl killing Ben?").answer == (
        "Ben goes to the cellar",
        "Ben goes to the hall",
        "Carl takes the knife",
    )
    assert cellar.ask("What did Anna taking the lantern lead to?").answer == (
        "Anna gives the lantern to Carl because she is tired"
    )


def test_what_if_it_had_not_been_done(cellar: Run) -> None:
    assert cellar.ask("What if Ben had not gone to the cellar?").text.startswith(
        "all the rest could still happen"
    )
    assert cellar.ask("What if Ben had not come back?", after="1.1").answer == (
        "no such event is told"
    )


def test_a_question_is_put_at_a_moment(cellar: Run) -> None:
    assert cellar.ask("Who has the lantern?", after="1.1").answer == "Anna"
    assert cellar.ask("Where is Ben?", after="1.2").answer == "in the cellar"


def test_an_answer_says_what_it_rests_on(cellar: Run) -> None:
    because = cellar.ask("Who has the lantern?").because
    assert [(g.n, g.text) for g in because] == [
        (3, "Anna gives the lantern to Carl because she is tired.")
    ]


def test_who_did_not_see_it_does_not_know(cellar: Run) -> None:
    assert cellar.ask("Where does Ben think that the lantern is?", after="1.3").text.startswith(
        "with Anna"
    )


@pytest.mark.parametrize("question", ["Who frobs the lantern?", "Where is Zorro?", "", "?", "Who?"])
def test_what_cannot_be_read_is_said(cellar: Run, question: str) -> None:
    with pytest.raises(TextError):
        cellar.ask(question)


WORDS = sorted({w for q, _ in CELLAR_ANSWERS for w in q.rstrip("?").split()} | {",", "and", "not"})


@given(st.lists(st.sampled_from(WORDS), max_size=9))
@example(["is", "not"])
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_question_ends_in_a_traceback(cellar: Run, words: list[str]) -> None:
    with contextlib.suppress(TextError):
        cellar.ask(" ".join(words) + "?")
