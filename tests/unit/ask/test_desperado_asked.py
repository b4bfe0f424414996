"""Questions about the flagship story, with answers that were read against its text."""

from __future__ import annotations

from pathlib import Path

import pytest

import fabula
from fabula.pipeline import Run

STORY = Path(__file__).parents[3] / "stories" / "desperado"

ANSWERS: list[tuple[str, str | tuple[str, ...]]] = [
    ("How many brothers does El have?", "one"),
    ("Where was the guitar case after the gunfight?", "with El Mariachi in the Tarasco bar"),
    ("Where was El during the gunfight?", "in the main street, then in the Tarasco bar"),
    ("Where were the savings before the fire?", "in the books in the bookstore"),
    (
        "Who died in the gunfight?",
        ("the bartender", "the pick-up man", "the patrons", "the gunman"),
    ),
    ("Who had the guitar case before Buscemi's death?", "El Mariachi"),
    ("Does El believe that the bookstore is burning?", "no"),
    ("Who wounded El?", ("Tavo", "Navajas")),
    ("Who shot El?", "Tavo"),
    ("Who killed the bartender?", "the gunman"),
    ("Why did El faint?", "Tavo shoots El in the arm with the Ruger"),
    (
        "What happened to Tavo?",
        ("The tale frightens Tavo", "El shoots Tavo dead with the left pistol"),
    ),
    (
        "What happened to Domino?",
        (
            "Before the story begins, Moco killed Domino",
            "El dreams of Domino",
            "El thinks of Domino",
        ),
    ),
    ("How many guns does El have?", "six (a group counts as one)"),
    ("What did Carolina give El?", "the new guitar"),
    ("What did the boy tell El about Carolina?", "that Carolina works for Bucho"),
    (
        "When did Bucho learn that El is the man in black?",
        "Bucho recognises El as the man in black (The brothers)",
    ),
    ("Who knows that Bucho was in the bookstore?", ("Carolina", "El Mariachi")),
    ("Who saw Navajas kill Buscemi?", "El Mariachi"),
    ("Who was there when Navajas died?", ("the girlfriend", "the men in the limousine")),
    (
        "Why could El not play the guitar?",
        "El and Carolina try to play the new guitar, but El's left hand is wounded",
    ),
    ("Who taught the boy to play the guitar?", "El Mariachi"),
    ("Who ordered the men in town to kill Carolina?", "Bucho"),
    ("With what did Carolina kill the second in command?", "Carolina's car"),
    ("Where did El first meet the boy?", "in the main street"),
    ("What colour is the limousine?", "black"),
    ("Who killed Tavo?", "El Mariachi"),
    ("Who killed Navajas?", "the rest of the men in the limousine"),
    ("Who killed Quino?", "the sniper"),
    ("Who killed Domino?", "Moco"),
    ("Who shot the pick-up man?", "Tavo"),
    ("Who was killed by Navajas?", ("Buscemi", "several of the men in the limousine")),
    ("Whose brother is Bucho?", "El Mariachi"),
    ("Who is the hired man?", "Navajas"),
    ("Who owns the bookstore?", "Carolina"),
    ("Who does Bucho work for?", "the superiors"),
    ("Where is the boy?", "in the hospital"),
    ("Where is the guitar case?", "with El Mariachi in the desert jeep"),
    ("Where did Bucho die?", "at the ranch"),
    ("Where did Tavo die?", "in the main street"),
    ("Where was El when Navajas killed Buscemi?", "in the main street"),
    ("Where was Carolina when Buscemi died?", "in the bookstore"),
    ("Where was Bucho before he entered the bookstore?", "in the main street"),
    (
        "Who was in the bookstore when Bucho entered the bookstore?",
        ("Carolina", "El Mariachi", "Bucho"),
    ),
    ("What is in the guitar case?", ("the false guitar", "the guns", "the scoped pistol")),
    ("What was in the hollow guitar?", ("the packet", "the cocaine")),
    ("What did El kill Tavo with?", "the left pistol"),
    ("With what did El kill Tavo?", "the left pistol"),
    ("To whom did El give the small pistol?", "Carolina"),
    ("What did Carolina give to El?", "the new guitar"),
    ("Who took the guitar case from El?", "the patrons"),
    ("How many people did Navajas kill?", "two (a group counts as one)"),
    ("When did Buscemi die?", "Navajas kills Buscemi with the knives (The church)"),
    ("Since when is Buscemi dead?", "Navajas kills Buscemi with the knives (The church)"),
    ("Until when was El in the bookstore?", "El and Carolina climb to the bookstore roof"),
    (
        "How does El know that Carolina works for Bucho?",
        "The boy tells El that Carolina works for Bucho",
    ),
    (
        "How does Carolina know that Buscemi is dead?",
        (
            "Navajas kills Buscemi with the knives, and El Mariachi sees it",
            "El tells Carolina that Buscemi is dead",
        ),
    ),
    (
        "How does Bucho know that Navajas is dead?",
        "The rest of the men in the limousine drive the black limousine to the ranch, and Bucho sees it",
    ),
    (
        "How did Bucho find out that the man in black is looking for him?",
        (
            "Buscemi tells everyone there that the man in black is looking for Bucho",
            "The bartender tells Bucho that the man in black is looking for Bucho",
        ),
    ),
    ("Who told Bucho that the man in black will come to Santa Cecilia?", "the bartender"),
    ("Does Carolina work for Bucho?", "no"),
    ("Does the boy believe that Carolina works for Bucho?", "yes"),
    ("Who knows where the savings are?", "Carolina"),
    ("Does anyone know that the savings are destroyed?", "yes"),
    ("Has El ever killed anyone?", "yes"),
    ("Has anyone been killed by Bucho?", "no"),
    ("Who is at the ranch and is not dead?", "Bucho's guards"),
    ("What happened to the savings?", "The bookstore burns down"),
    ("Why is Tavo dead?", "El shoots Tavo dead with the left pistol"),
    ("Why did Tavo shoot the pick-up man?", "Tavo believes that the pick-up man betrayed Bucho"),
    ("Why did El fall asleep?", "El Mariachi swallowed the painkiller"),
    ("Why did Carolina open the guitar case?", "Carolina is curious"),
    ("Why was El angry with Carolina?", "El is angry with Carolina because she works for Bucho"),
    ("Why did the patrons open the guitar case?", "to find the guns"),
    ("Why did El leave the hospital?", "to find Bucho"),
    ("Why did Campa come to the hotel?", "El asks Campa and Quino to come to Santa Cecilia"),
    ("Why did El kill Bucho?", "to save Carolina"),
    ("Why did El not shoot Bucho?", "Bucho is El Mariachi's brother"),
    (
        "Why did El not shoot the gunman?",
        "El tries to shoot the gunman with the revolver, but the revolver is empty",
    ),
    ("Who has the most pistols?", "El Mariachi"),
    ("Is Bucho El's brother?", "yes"),
]


@pytest.fixture(scope="module")
def desperado() -> Run:
    return fabula.read(STORY).run()


@pytest.mark.parametrize(("question", "expected"), ANSWERS)
def test_a_question_about_the_film(
    desperado: Run, question: str, expected: str | tuple[str, ...]
) -> None:
    assert desperado.ask(question).answer == expected


CITED: list[tuple[str, str | tuple[str, ...]]] = [
    ("Where was El after 6.31?", "in the main street"),
    ("Does El know that Tavo is following him after 6.31?", "no"),
    ("Does El know that Tavo was following him after 6.33?", "yes"),
    ("After 6.31, does Tavo know that he is following El?", "yes"),
    ("Who died after 6.96?", "Bucho"),
    ("Where was El before 6.20?", "in the main street"),
    ("Where was El after event 30?", "in El's room"),
]


@pytest.mark.parametrize(("question", "expected"), CITED)
def test_a_moment_is_an_event_by_what_it_cites_or_its_number(
    desperado: Run, question: str, expected: str | tuple[str, ...]
) -> None:
    assert desperado.ask(question).answer == expected


def test_a_citation_that_is_not_there_is_said_to_be_missing(desperado: Run) -> None:
    answer = desperado.ask("Where was El after 9.99?")
    assert not answer.certain
    assert answer.answer == 'no sentence cites "9.99": did you mean 6.99?'
