"""Questions as curious readers put them: clefts, contractions, tags, how often, with what, who else, and when somebody came in."""

from __future__ import annotations

from pathlib import Path

import pytest

import fabula
from fabula.pipeline import Run
from fabula.problems import TextError

COAST = """\
# The coast

The coast is a coast. The lighthouse is a lighthouse on the coast. The lamp room is a room in the lighthouse.
The beach is a beach on the coast. The tavern is a tavern on the coast.
Marta is a woman in the lamp room. Lena is a girl in the lighthouse. Pavel is a man in the tavern. Voss is a man in the tavern.
The smuggler is a man on the beach. Olga is a woman in the tavern.
Lena is Marta's daughter. Olga is Voss's wife. Pavel is Voss's friend. The smuggler is Voss's friend.
The smuggler works for Voss. The crew are a group of men in the tavern.
The iron box is a box on the beach. The ruby is a jewel in the iron box. The iron box is locked.
The rowing boat is a boat on the beach. It is Pavel's. The van is a van on the coast. It is Olga's.
The brass key is a key. Voss has the brass key. The brass key fits the iron box. The pistol is a pistol. Voss has the pistol.
The knife is a knife. Olga has the knife.

# Monday

Lena goes to the beach. [1]
Lena hides the iron box under the rowing boat. [2]
The smuggler grabs Lena. [3]
Lena bites the smuggler. [4]
The smuggler lets Lena go. [5]
Lena goes to the lamp room. [6]
Lena tells Marta that the smuggler grabbed her. [7]
Lena tells Marta that the iron box is under the rowing boat. [8]

# Tuesday

The next day, Marta goes to the beach. [9]
Marta takes the iron box. [10]
Marta goes to the lighthouse. [11]
Marta hides the iron box in the lighthouse. [11]
Voss comes to the lighthouse. [12]
Voss opens the iron box with the brass key. [13]
Voss takes the ruby out of the iron box. [14]
Voss drops the ruby. [15]
Lena comes to the lighthouse. [16]
Lena takes the ruby. [17]
Lena gives the ruby to Marta. [18]

# Wednesday

The next day, Olga drives the van to the beach. [19]
Voss orders the crew to set fire to the tavern if Pavel is in the tavern. [19]
The crew set fire to the tavern. [20]
The tavern burns down. [21]
Voss goes to the beach. [22]
Pavel comes to the beach. [24]
Voss shoots Pavel dead with the pistol. [25]
Olga kills the smuggler with the knife because he is Voss's friend. [26]
Olga breaks Voss's arm. [27]
"""

ANSWERS: list[tuple[str, str | tuple[str, ...]]] = [
    # the same in other words
    ("Who was it that killed Pavel?", "Voss"),
    ("Was it Olga who killed Pavel?", "no"),
    ("Is it true that Pavel is dead?", "yes"),
    ("Pavel is dead, isn't he?", "yes"),
    ("Marta has the ruby, right?", "yes"),
    ("Didn't Voss shoot Pavel?", "yes"),
    ("Who's got the ruby?", "Marta"),
    ("What has Marta got?", "the ruby"),
    ("Where'd Lena go on Monday?", "the lamp room"),
    ("Who'd taken the iron box?", "Marta"),
    ("How come Olga killed the smuggler?", "the smuggler is Voss's friend"),
    ("Where can the ruby be found?", "with Marta in the lighthouse"),
    ("Where did the ruby end up?", "with Marta in the lighthouse"),
    ("What is the location of the van?", "on the beach"),
    ("In which room is Marta?", "in the lighthouse"),
    ("By whom was Pavel shot?", "Voss"),
    ("Where's the ruby at the end of the story?", "with Marta in the lighthouse"),
    # how often, with what, who else
    ("How many times was the iron box hidden?", "twice"),
    ("How often did Voss shoot Pavel?", "once"),
    ("How many times did Marta leave?", "never"),
    ("What did Voss open the iron box with?", "the brass key"),
    ("With which key did Voss open the box?", "the brass key"),
    ("Which weapon did Olga use?", "the knife"),
    ("What weapon did Voss kill Pavel with?", "the pistol"),
    ("Who besides Lena has been in the lamp room?", "Marta"),
    ("Who killed somebody except Voss?", "Olga"),
    ("Who killed Pavel, and with what?", ("Voss", "the pistol")),
    ("Who killed the smuggler and why?", ("Olga", "the smuggler is Voss's friend")),
    # first, last, which of them
    ("Who was the first to have the ruby?", "Marta"),
    ("Who was the last to die?", "the smuggler"),
    ("Which of them died first?", "Pavel"),
    ("Which of Voss's friends died last?", "the smuggler"),
    ("When did Voss first have the ruby?", "Voss takes the ruby out of the iron box (Tuesday)"),
    ("How many people have had the ruby?", "three"),
    ("How many people died?", "two"),
    # whose
    ("Whose van did Olga drive?", "Olga"),
    ("Whose friend did Olga kill?", "Voss"),
    # where and what an act names itself
    ("Where did Lena hide the iron box?", "under the rowing boat"),
    ("What did Olga break?", "Voss's arm"),
    (
        "What did Olga do to the smuggler?",
        "Olga kills the smuggler with the knife because he is Voss's friend",
    ),
    # minds
    (
        "When did Marta learn that the smuggler grabbed Lena?",
        "Lena tells Marta that the smuggler grabbed her (Monday)",
    ),
    ("Who knew that the smuggler grabbed Lena before Marta did?", ("Lena", "the smuggler")),
    ("Did anybody see Olga kill the smuggler?", "yes"),
    ("Did anyone see Lena bite the smuggler?", "no"),
    ("Whom did Voss order to set fire to the tavern?", "the crew"),
    # moments
    ("Who was in the lighthouse when Voss came in?", ("Lena", "Marta", "Voss")),
    ("Where was the iron box before it was in the lighthouse?", "with Marta on the beach"),
    ("Where had the iron box been before the lighthouse?", "with Marta on the beach"),
    # what came of what
    ("Why did the tavern burn down?", "The crew set fire to the tavern"),
]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    path: Path = tmp_path_factory.mktemp("coast") / "coast.md"
    path.write_text(COAST, encoding="utf-8")
    story = fabula.read(path)
    assert story.problems == ()
    return story.run()


@pytest.mark.parametrize(("question", "answer"), ANSWERS, ids=[q for q, _ in ANSWERS])
def test_a_question_is_answered(run: Run, question: str, answer: str | tuple[str, ...]) -> None:
    assert run.ask(question).answer == answer


def test_what_went_before_the_last_time_is_told(run: Run) -> None:
    """Of an act that was done again and again the last time is meant, and who did it before is told beside."""
    found = run.ask("Who hid the iron box?")
    assert found.answer == "Marta"
    assert found.before == ("Lena",)
    assert found.text == "Marta (before: Lena)"


@pytest.mark.parametrize(
    "question",
    ["Who was the first to the beach?", "How many times?", "With what?", "Was it that Lena?"],
)
def test_what_asks_for_nothing_is_refused(run: Run, question: str) -> None:
    with pytest.raises(TextError):
        run.ask(question)
