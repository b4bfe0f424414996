"""Questions as people ask them: moments named by nouns, what happened to somebody, relatives, witnesses, who died of what."""

from __future__ import annotations

from pathlib import Path

import pytest

import fabula
from fabula.pipeline import Run
from fabula.problems import TextError

MILL = """\
# The mill

The mill is a mill. A mill is a kind of building. The loft is a room in the mill. The barn is a barn. A barn is a kind of building.
The yard is a yard.
Hanna is a woman in the mill. Otto is a man in the mill. Rolf is a man in the barn. Lisa is a girl in the loft. Pavel is a man in the yard.
The riders are a group of men in the yard.
Otto is Hanna's brother. Lisa is Otto's daughter.
The pistol is a pistol. Rolf has the pistol. The rifle is a rifle. Rolf has the rifle. The pistol is loaded. The rifle is loaded.
The lantern is a lantern in the mill. The red scarf is a scarf. Lisa has the red scarf.
Otto wants to have the lantern.

# The quarrel

Otto takes the lantern. [1]
Hanna gives Otto the bread. [2]
Lisa comes to the mill. [3]
Otto tells Lisa that Rolf is dangerous. [4]
Otto tells Lisa that the pistol is in the barn. [5]

# The shooting

Rolf comes to the mill. [6]
Rolf shoots Otto in the arm with the pistol. [7]
Otto faints. [8]
Lisa flees to the yard. [9]
Otto dies. [10]
Rolf goes to the barn. [11]

# The road

Hanna goes to the yard. [12]
Hanna tells Pavel that Otto is dead. [13]
Pavel goes to the barn. [14]
Pavel kills Rolf. [15]
Pavel takes the pistol from Rolf. [16]
Hanna orders Pavel to burn the mill down if Pavel has the pistol. [17]
Pavel goes to the mill. [18]
"""

ANSWERS: list[tuple[str, str | tuple[str, ...]]] = [
    # moments that a noun names: a scene, an act, an act of somebody
    ("Where was Hanna before the quarrel?", "in the mill"),
    ("Where was Rolf after the shooting?", "in the barn"),
    ("Who had the lantern before Otto's death?", "Otto"),
    ("Where was Lisa after the death of Otto?", "in the yard"),
    ("Who died in the shooting?", "Otto"),
    ("Who was in the mill during the shooting?", ("Hanna", "Otto", "Lisa", "Rolf")),
    ("Where was Lisa during the shooting?", "in the mill, then in the yard"),
    ("Was Pavel in the mill during the shooting?", "no"),
    ("Where was Otto before the wedding?", "what the question speaks of has not happened"),
    ("When was Rolf's death?", "Pavel kills Rolf (The road)"),
    ("Where did the murder of Rolf happen?", "in the barn"),
    # what was done after a moment was not done before it
    ("Whom did Pavel kill after the shooting?", "Rolf"),
    ("Whom did Rolf wound after the shooting?", "nobody"),
    ("Is Rolf alive after the shooting?", "yes"),
    # what came over somebody
    (
        "What happened to Otto?",
        (
            "Hanna gives Otto the bread",
            "Rolf shoots Otto in the arm with the pistol",
            "Otto faints",
            "Otto dies",
        ),
    ),
    ("Why did Otto faint?", "Rolf shoots Otto in the arm with the pistol"),
    ("How did Otto die?", ("Rolf shoots Otto in the arm with the pistol", "Otto dies")),
    ("Who killed Otto?", "Rolf"),
    ("Did Rolf kill Otto?", "yes"),
    ("Did Hanna kill Otto?", "no"),
    ("Who wounded Otto?", "Rolf"),
    ("Who died?", ("Otto", "Rolf")),
    ("Why did Hanna kill Rolf?", "nothing says that Hanna killed Rolf"),
    # whom and what one has
    ("How many brothers does Hanna have?", "one"),
    ("Does Hanna have a brother?", "yes"),
    ("Does Otto have a daughter?", "yes"),
    ("Which brothers does Hanna have?", "Otto"),
    ("Who has a daughter?", "Otto"),
    ("How many guns did Rolf have before the quarrel?", "two"),
    ("Which guns does Pavel have?", "the pistol"),
    ("What did Hanna give Otto?", "the bread"),
    ("What colour is the scarf?", "red"),
    ("How many girls are there?", "one"),
    ("How many men are in the yard?", "one (a group counts as one)"),
    # what was told, learned, seen
    ("What did Otto tell Lisa about the pistol?", "that the pistol is in the barn"),
    ("What did Otto tell Lisa about the lantern?", "nothing"),
    ("When did Pavel learn that Otto is dead?", "Hanna tells Pavel that Otto is dead (The road)"),
    ("Did Pavel find out that Otto is dead?", "yes"),
    ("Who knows that Rolf had the pistol?", ("Hanna", "Lisa", "Pavel")),
    ("Does Lisa know that Otto had the lantern?", "yes"),
    ("Does Pavel know that Hanna had the bread?", "no"),
    ("Who saw Rolf shoot Otto?", ("Hanna", "Lisa")),
    ("Did Pavel see Rolf shoot Otto?", "no"),
    ("Who was there when Otto died?", ("Hanna", "Otto", "Rolf")),
    ("Who ordered Pavel to burn the mill down?", "Hanna"),
    ("What did Hanna order Pavel to do?", "to burn the mill down if Pavel has the pistol"),
    # first, last, ever
    ("Who came to the mill first?", "Lisa"),
    ("Who has been in the barn?", ("Rolf", "Pavel")),
    ("Has Hanna ever been in the barn?", "no"),
    ("Where has Pavel been?", ("in the yard", "in the barn", "in the mill")),
    ("Who died first, Rolf or Otto?", "Otto"),
    ("Did Otto die before Rolf?", "yes"),
    ("Did Rolf die before Otto?", "no"),
    ("Is Rolf alive or dead?", "dead"),
    ("Is Hanna in the mill or in the yard?", "in the yard"),
    ("Which of Hanna's brothers are dead?", "Otto"),
    ("Did Otto die?", "yes"),
    ("Was Rolf in the mill?", "yes"),
    ("Is Pavel holding the pistol?", "yes"),
    ("Is Rolf carrying the pistol?", "no"),
    ("Who wants the lantern?", "Otto"),
    ("Where's Hanna?", "in the yard"),
    ("What did Rolf use to shoot Otto?", "the pistol"),
    # the present of stories
    ("Why does Otto faint?", "Rolf shoots Otto in the arm with the pistol"),
    ("Who does Pavel kill?", "Rolf"),
]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    path: Path = tmp_path_factory.mktemp("mill") / "mill.md"
    path.write_text(MILL, encoding="utf-8")
    story = fabula.read(path)
    assert story.problems == ()
    return story.run()


@pytest.mark.parametrize(("question", "answer"), ANSWERS, ids=[q for q, _ in ANSWERS])
def test_a_question_is_answered(run: Run, question: str, answer: str | tuple[str, ...]) -> None:
    assert run.ask(question).answer == answer


@pytest.mark.parametrize(
    "question",
    [
        "Where was Otto before the banana?",
        "Where was Otto during the flimflam?",
        "Who had the lantern after the zebra of Otto?",
    ],
)
def test_a_moment_that_is_none_is_not_passed_over(run: Run, question: str) -> None:
    with pytest.raises(TextError):
        run.ask(question)


def test_a_count_of_groups_is_not_certain(run: Run) -> None:
    assert run.ask("How many men are in the yard?").certain is False
    assert run.ask("How many brothers does Hanna have?").certain is True


CROWN = """\
# The crown

The hall is a room. Anna is a woman in the hall. Ben is a man in the hall. The yard is a yard. Carl is a man in the yard.
A coronation is an event of crowning.
Who is tired may faint of it.

# The day

Anna is tired. Anna crowns Ben. Carl comes to the hall. Anna faints.
"""


def test_a_story_has_nouns_and_causes_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "crown.md"
    path.write_text(CROWN, encoding="utf-8")
    run = fabula.read(path).run()
    assert run.ask("Where was Carl before the coronation?").answer == "in the yard"
    assert run.ask("When was the coronation of Ben?").answer == "Anna crowns Ben (The day)"
    assert run.ask("Why did Anna faint?").answer == "Anna is tired"


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("Why is Carla angry?", "Carla is angry because Ben broke the vase"),
        ("What made Carla angry?", "Carla is angry because Ben broke the vase"),
        ("Why did Anna leave the hall?", "Carla is angry"),
        ("What made Anna leave the hall?", "Carla is angry"),
    ],
)
def test_the_reason_that_stands_beside_a_feeling_is_the_answer(
    tmp_path: Path, asked: str, answer: str
) -> None:
    path = tmp_path / "vase.md"
    path.write_text(
        "# V\n\nThe hall is a hall. Anna and Carla are women in the hall. Ben is a man in the hall.\n"
        "The vase is in the hall.\n\n# One\n\nBen breaks the vase. Carla is angry because Ben broke the vase.\n"
        "Anna leaves the hall because Carla is angry.\n",
        encoding="utf-8",
    )
    assert fabula.read(path).run().ask(asked).text == answer
