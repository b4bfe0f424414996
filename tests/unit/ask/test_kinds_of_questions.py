"""Every kind of question about two stories, and what they are answered."""

from __future__ import annotations

from pathlib import Path

import pytest

import fabula
from fabula.pipeline import Run

INN = """\
# The inn

The hall is a room. The kitchen is a room. The loft is a room. The hall is next to the kitchen. The kitchen is next to the loft.
Ida is a woman in the hall. Jon is a man in the hall. Max is a man in the kitchen. Eva is a woman in the loft.
Jon is Max's brother. Eva is Max's mother.
The trunk is a chest in the hall. The trunk is open. The purse is a purse in the trunk. The lamp is a lamp. Ida has the lamp.
The trunk is bigger than the purse. The purse is bigger than the ring. The ring is a ring. Max has the ring.
Ida wants to have the purse.
Jon trusts Ida. Eva trusts Jon.

# Evening

Ida takes the purse out of the trunk. [1]
Jon goes to the kitchen. [2]
Jon tells Max that Ida has the purse. [3]
Max goes to the loft. [4]
Max tells Eva that Ida has the purse. [5]
Ida goes to the kitchen. [6]
Ida gives the purse to Jon because she is afraid of Max. [7]
Jon goes to the loft. [8]
Jon lies to Eva that the purse is in the trunk. [9]
"""

SHIP = """\
# The ship

The deck is a place. The cabin is a room. The hold is a room. The deck is north of the cabin. The hold is east of the cabin.
Captain Holt is a woman on the deck. Pete is a sailor in the hold. A sailor is a kind of man. Nell is a girl in the cabin. Ruth is a woman on the deck.
Nell is Ruth's daughter.
The map is a map. The captain's desk is a desk in the cabin. The key is a key in the desk. The desk is closed. The rum is a bottle in the hold. The rope is a rope in the hold.
Pete wants to have the map. Holt has the map.
Nell wants Pete to live.

# Morning

Pete takes the rum. [1]
Pete takes the rope. [2]
Pete goes to the cabin. [3]
Holt goes to the cabin. [4]
Pete steals the map from Holt. [5]
Pete goes to the hold. [6]
Nell tells Holt that Pete has the map. [7]
Holt goes to the hold. [8]
Holt kills Pete. [9]
Holt takes the map from Pete. [10]
"""

Asked = list[tuple[str, str | tuple[str, ...]]]
KINDS: dict[str, tuple[Asked, Asked]] = {
    "where": (
        [
            ("Where is the purse?", "with Jon in the loft"),
            ("Where was the purse before Ida took it?", "in the trunk in the hall"),
            ("Where was Jon between going to the kitchen and going to the loft?", "in the kitchen"),
        ],
        [
            ("Where is the map?", "with Captain Holt in the hold"),
            ("Where was the map before Pete stole it?", "with Captain Holt in the cabin"),
            ("Where was Holt at the beginning?", "on the deck"),
            ("Where was Pete between taking the rope and stealing the map?", "in the cabin"),
        ],
    ),
    "who": (
        [
            ("Who has the ring?", "Max"),
            ("Who gave the purse to Jon?", "Ida"),
            ("Who lied to Eva?", "Jon"),
            ("Who was with Max when he told Eva that Ida has the purse?", "Eva"),
        ],
        [
            ("Who has the rope?", "Pete"),
            ("Who stole the map?", "Pete"),
            ("Who did Holt kill?", "Pete"),
            ("Who was killed?", "Pete"),
        ],
    ),
    "what": (
        [
            ("What does Jon have?", "the purse"),
            ("What did Ida give to Jon?", "the purse"),
        ],
        [
            ("What does Pete carry?", ("the rum", "the rope")),
            ("What did Pete steal from Holt?", "the map"),
        ],
    ),
    "told": (
        [
            ("What did Jon tell Max?", "that Ida has the purse"),
            ("What did Jon tell Eva?", "that the purse is in the trunk"),
        ],
        [("What did Nell tell Holt?", "that Pete has the map")],
    ),
    "who somebody is": (
        [("Who is Eva?", "a woman, Max's mother"), ("What is the trunk?", "a chest")],
        [("Who is Nell?", "a girl, Ruth's daughter"), ("What is the key?", "a key")],
    ),
    "whom": (
        [
            ("To whom did Ida give the purse?", "Jon"),
        ],
        [
            ("From whom did Pete steal the map?", "Captain Holt"),
        ],
    ),
    "which": (
        [
            ("Which room is Eva in?", "the loft"),
        ],
        [
            ("Which place is Ruth in?", "the deck"),
        ],
    ),
    "when": (
        [
            (
                "When did Jon get the purse?",
                "Ida gives the purse to Jon because she is afraid of Max (Evening)",
            ),
        ],
        [
            ("When did Pete die?", "Holt kills Pete (Morning)"),
        ],
    ),
    "how many": (
        [
            ("How many people are in the loft?", "three"),
            ("How many things does Jon have?", "one"),
        ],
        [
            ("How many people are in the hold?", "two"),
            ("How many things does Holt have?", "one"),
        ],
    ),
    "yes, no, maybe": (
        [
            ("Is Ida in the kitchen?", "yes"),
            ("Is the ring in the loft?", "yes"),
            ("Is Jon in the hall?", "no"),
            ("Is Max hungry?", "maybe"),
        ],
        [
            ("Is Nell in the cabin?", "yes"),
            ("Did Pete take the rum or the map?", "the rum"),
            ("Is Ruth dead?", "no"),
            ("Is Ruth tired?", "maybe"),
            ("Has anyone killed Pete?", "yes"),
        ],
    ),
    "who knows": (
        [
            ("Does Eva know where the purse is?", "yes"),
            ("Who knows that Jon has the purse?", ("Ida", "Jon", "Max", "Eva")),
        ],
        [
            ("Who knows that Pete stole the map?", "Nell"),
            ("Who does not know that Pete is dead?", ("Ruth", "Nell")),
            ("Does Ruth know where the map is?", "no"),
        ],
    ),
    "believes about": (
        [
            ("What does Eva believe about Ida?", "nothing"),
        ],
        [
            (
                "What does Nell believe about the map?",
                ("Pete has the map", "Pete stole the map from Captain Holt"),
            ),
        ],
    ),
    "will look": (
        [
            ("Where will Eva look for the purse?", "with Jon in the loft"),
        ],
        [
            ("Where will Nell look for Pete?", "in the hold"),
        ],
    ),
    "thinks that thinks": (
        [
            ("Where does Max think that the purse is?", "with Jon in the loft"),
            ("Where does Jon think that Eva thinks that the purse is?", "with Jon in the loft"),
        ],
        [
            ("Where does Nell think that Pete is?", "in the hold"),
            ("Where does Nell think that Holt thinks that the map is?", "with Pete in the hold"),
        ],
    ),
    "since when": (
        [
            ("Since when is Jon in the loft?", "Jon goes to the loft (Evening)"),
            (
                "Since when has Jon the purse?",
                "Ida gives the purse to Jon because she is afraid of Max (Evening)",
            ),
        ],
        [
            ("Since when is Pete dead?", "Holt kills Pete (Morning)"),
            ("Since when does Holt have the map?", "Holt takes the map from Pete (Morning)"),
        ],
    ),
    "until when": (
        [
            ("Until when was Max in the kitchen?", "Max goes to the loft"),
        ],
        [
            ("Until when was Pete in the cabin?", "Pete goes to the hold"),
        ],
    ),
    "how known": (
        [
            (
                "How does Eva know that Ida has the purse?",
                (
                    "Ida takes the purse out of the trunk, and Jon sees it",
                    "Jon tells Max that Ida has the purse",
                    "Max tells Eva that Ida has the purse",
                ),
            ),
            (
                "How did Max find out that Ida has the purse?",
                (
                    "Ida takes the purse out of the trunk, and Jon sees it",
                    "Jon tells Max that Ida has the purse",
                ),
            ),
        ],
        [
            (
                "How does Holt know that Pete is in the hold?",
                "Pete goes to the hold, and Captain Holt sees it",
            ),
            (
                "How does Nell know that Pete has the map?",
                "Pete steals the map from Holt, and Nell sees it",
            ),
        ],
    ),
    "from whom": (
        [
            ("From whom does Max know that Ida has the purse?", "Jon"),
        ],
        [
            ("From whom does Holt know that Pete has the map?", "nobody"),
        ],
    ),
    "wrong": (
        [
            ("Who is wrong about Ida?", "nobody"),
            ("Who is deceived?", "nobody"),
        ],
        [
            ("Who is wrong about Pete?", "Nell"),
            ("What is Ruth wrong about?", "Ruth believes that Captain Holt is in the cabin"),
        ],
    ),
    "difference": (
        [
            (
                "What does Ida know that Max does not?",
                (
                    "Ida is in the kitchen",
                    "Ida has the lamp",
                    "Ida wants to have the purse",
                    "the trunk is open",
                    "Jon trusts Ida",
                    "Ida went to the kitchen",
                    "Ida took the purse out of the trunk",
                    "Ida gave the purse to Jon",
                ),
            ),
        ],
        [
            (
                "What does Nell know that Ruth does not know?",
                (
                    "Captain Holt is in the hold",
                    "Pete is in the hold",
                    "Nell is in the cabin",
                    "the captain's desk is in the cabin",
                    "the key is on the captain's desk",
                    "Pete has the rum",
                    "Pete has the rope",
                    "Nell wants Pete to be alive",
                    "Pete stole the map from Captain Holt",
                    "Captain Holt went to the hold",
                    "Pete went to the cabin",
                    "Pete went to the hold",
                    "Nell told Captain Holt that Pete has the map",
                ),
            ),
        ],
    ),
    "why": (
        [
            ("Why did Ida give the purse to Jon?", "Ida fears Max"),
            ("Why did Ida take the purse?", "Ida wants to have the purse"),
        ],
        [
            ("Why did Pete steal the map?", "Pete wants to have the map"),
            ("Why is Pete dead?", "Holt kills Pete"),
        ],
    ),
    "led to": (
        [
            (
                "What led to Ida giving the purse to Jon?",
                (
                    "Ida takes the purse out of the trunk",
                    "Jon goes to the kitchen",
                    "Ida goes to the kitchen",
                ),
            ),
            (
                "What did Ida taking the purse lead to?",
                "Ida gives the purse to Jon because she is afraid of Max",
            ),
        ],
        [
            (
                "What led to Holt killing Pete?",
                ("Pete goes to the cabin", "Pete goes to the hold", "Holt goes to the hold"),
            ),
            ("What did Pete stealing the map lead to?", "Holt takes the map from Pete"),
        ],
    ),
    "what if": (
        [
            (
                "What if Ida had not taken the purse?",
                (
                    "no longer: Ida gives the purse to Jon because she is afraid of Max",
                    "no longer: Jon lies to Eva that the purse is in the trunk",
                    "6 later events could still happen",
                ),
            ),
        ],
        [
            (
                "What if Pete had not stolen the map?",
                ("no longer: Holt takes the map from Pete", "4 later events could still happen"),
            ),
        ],
    ),
    "relations": (
        [
            ("Is the trunk bigger than the ring?", "yes"),
            ("What is smaller than the trunk?", ("the purse", "the ring")),
            ("Who is Max's brother?", "Jon"),
            ("Is Max Jon's brother?", "yes"),
        ],
        [
            ("Is the cabin south of the deck?", "yes"),
            ("Is the cabin west of the hold?", "yes"),
            ("Who is Ruth's daughter?", "Nell"),
        ],
    ),
    "way": (
        [
            ("What is the way from the hall to the loft?", ("to the kitchen", "to the loft")),
        ],
        [
            ("What is the way from the deck to the hold?", ("south", "east")),
            ("How does one get from the hold to the deck?", ("west", "north")),
        ],
    ),
    "whose": (
        [
            ("Whose brother is Jon?", "Max"),
            ("Whose mother is Eva?", "Max"),
            ("Whose purse is in the loft?", "Jon"),
        ],
        [
            ("Whose daughter is Nell?", "Ruth"),
            ("Whose map is in the hold?", "Captain Holt"),
        ],
    ),
    "together and not": (
        [
            ("Who is in the loft and has the purse?", "Jon"),
            ("Who is not in the loft?", "Ida"),
        ],
        [
            ("Who is in the hold and is not dead?", "Captain Holt"),
            ("Who is not in the hold?", ("Nell", "Ruth")),
        ],
    ),
    "neither nor": (
        [
            ("Who is neither in the loft nor in the hall?", "Ida"),
            ("Who has neither the ring nor the purse?", ("Ida", "Eva")),
        ],
        [
            ("Who is neither dead nor in the hold?", ("Nell", "Ruth")),
            ("Is Nell neither dead nor in the hold?", "yes"),
            ("Is Pete neither dead nor in the deck?", "no"),
        ],
    ),
    "which of": (
        [
            ("Which of the men are in the loft?", ("Max", "Jon")),
            ("How many of the people are in the loft?", "three"),
        ],
        [
            ("Which of the women are in the hold?", "Captain Holt"),
            ("How many of the people are dead?", "one"),
        ],
    ),
    "more and most": (
        [
            ("Who has more things than Eva?", ("Ida", "Jon", "Max")),
            ("Who has fewer things than Max?", "Eva"),
        ],
        [
            ("Who has the most things?", "Pete"),
            ("Who had the most things before Pete stole the map?", "Pete"),
            ("Who has more things than Holt?", "Pete"),
            ("Who killed the most people?", "Captain Holt"),
        ],
    ),
    "what only one knows": (
        [("What does nobody but Eva know?", "nothing")],
        [("What does only Ruth know?", "nothing")],
    ),
    "where it was done": (
        [("Where did Max tell Eva that Ida has the purse?", "in the loft")],
        [("Where did Pete die?", "in the hold")],
    ),
    "why not": (
        [("Why did Ida not go to the loft?", "nobody says why")],
        [("Why did Pete not go to the deck?", "Pete is dead")],
    ),
    "anybody": (
        [
            ("Does anyone know where the purse is?", "yes"),
            ("Has anyone been killed?", "no"),
            ("Who else knows that Jon has the purse?", ("Ida", "Jon", "Max", "Eva")),
        ],
        [
            ("Does anyone know that Pete is dead?", "yes"),
            ("Has Nell ever killed anyone?", "no"),
        ],
    ),
    "in what": (
        [
            ("In which room is Eva?", "the loft"),
            ("In what was the purse at the beginning?", "the trunk"),
        ],
        [("In what is the key?", "the captain's desk"), ("In which room is Nell?", "the cabin")],
    ),
    "events": (
        [
            ("What happened to Jon?", "Ida gives the purse to Jon because she is afraid of Max"),
            ("What did Max do?", ("Max goes to the loft", "Max tells Eva that Ida has the purse")),
            (
                "What did Max do before Ida went to the kitchen?",
                ("Max goes to the loft", "Max tells Eva that Ida has the purse"),
            ),
            (
                "What happened in the loft?",
                (
                    "Max goes to the loft",
                    "Max tells Eva that Ida has the purse",
                    "Jon goes to the loft",
                    "Jon lies to Eva that the purse is in the trunk",
                ),
            ),
        ],
        [
            ("What happened to Pete?", ("Holt kills Pete", "Holt takes the map from Pete")),
            ("What did Nell do?", "Nell tells Holt that Pete has the map"),
            (
                "What did Pete do before he stole the map?",
                ("Pete takes the rum", "Pete takes the rope", "Pete goes to the cabin"),
            ),
            ("What did Holt do after she killed Pete?", "Holt takes the map from Pete"),
            (
                "What happened between Pete taking the rum and Pete stealing the map?",
                ("Pete takes the rope", "Pete goes to the cabin", "Holt goes to the cabin"),
            ),
        ],
    ),
}


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Run]:
    folder = tmp_path_factory.mktemp("kinds")

    def run_of(name: str, text: str) -> Run:
        path = Path(folder) / name
        path.write_text(text, encoding="utf-8")
        story = fabula.read(path)
        assert not story.problems
        run = story.run()
        assert not run.check().findings
        return run

    return run_of("inn.md", INN), run_of("ship.md", SHIP)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_question(runs: tuple[Run, Run], kind: str) -> None:
    for run, asked in zip(runs, KINDS[kind], strict=True):
        assert asked
        for question, expected in asked:
            assert run.ask(question).answer == expected, question


def test_who_has_not_heard_is_wrong(runs: tuple[Run, Run]) -> None:
    inn, _ = runs
    assert inn.ask("Who is wrong about the purse?", after="7").answer == ("Max", "Eva")
    assert inn.ask("What is Max wrong about?", after="7").answer == (
        "Max believes that Ida has the purse"
    )
    assert inn.ask("Who is deceived?", after="7").answer == "nobody"


def test_the_chain_of_tellers_is_what_an_answer_rests_on(runs: tuple[Run, Run]) -> None:
    because = runs[0].ask("How does Eva know that Ida has the purse?").because
    assert [g.n for g in because] == [1, 3, 5]


def test_a_derived_fact_rests_on_what_is_said(runs: tuple[Run, Run]) -> None:
    because = runs[0].ask("Is the trunk bigger than the ring?").because
    assert [g.text for g in because] == [
        "The trunk is bigger than the purse.",
        "The purse is bigger than the ring.",
    ]


REASONS = """\
# The yard

The yard is a place. The shed is a building. The shed is next to the yard. The lamp is a lamp in the shed.
Ann is a woman in the yard. Ben is a man in the yard. Dora is a woman in the shed. Old Tom is really Dora. Only Dora knows that.

# Day

Ann asks Ben to go to the shed. [1]
Ben goes to the shed. [2]
Dora tells Ben that Old Tom killed a wolf. [3]
Ann goes to the shed to find Dora. [4]
Ann goes to the yard. [5]
Ann goes to the shed. [6]
Ben falls asleep because he is tired. [7]
Ben rolls over. [8]
Ann dies. [9]
"""


@pytest.fixture(scope="module")
def yard(tmp_path_factory: pytest.TempPathFactory) -> Run:
    path = tmp_path_factory.mktemp("reasons") / "yard.md"
    path.write_text(REASONS, encoding="utf-8")
    story = fabula.read(path)
    assert not story.problems
    return story.run()


def test_somebody_does_what_he_was_asked_to(yard: Run) -> None:
    found = yard.ask("Why did Ben go to the shed?")
    assert found.answer == "Ann asks Ben to go to the shed"
    assert [g.n for g in found.because] == [1]


def test_of_several_times_the_one_with_a_reason_answers_why(yard: Run) -> None:
    assert yard.ask("Why did Ann go to the shed?").answer == "to find Dora"


def test_who_rolls_over_has_not_fallen_asleep(yard: Run) -> None:
    assert yard.ask("Why did Ben fall asleep?").answer == "Ben is tired"


def test_who_dies_has_not_killed_herself(yard: Run) -> None:
    assert yard.ask("Who killed Ann?").answer == "nobody"


def test_a_yes_of_anybody_rests_on_whoever_it_is(runs: tuple[Run, Run]) -> None:
    because = runs[1].ask("Has anyone killed Pete?").because
    assert [g.text for g in because] == ["Holt kills Pete."]


def test_what_somebody_says_he_wants_is_no_deceit_for_not_being_told(tmp_path: Path) -> None:
    path = tmp_path / "want.md"
    path.write_text(
        "The hall is a room. Ann is a woman in the hall. Ben is a man in the hall. The cup is a cup in the hall.\n"
        "Ann tells Ben that she wants to have the cup.\n",
        encoding="utf-8",
    )
    assert fabula.read(path).run().ask("Who is deceived?").answer == "nobody"
