"""Sentences that tell what happens."""

from __future__ import annotations

import pytest

from fabula.model.story import Everyone, Happening, Split, Stated

from .conftest import Read, events, facts

TOLD = [
    ("Anna goes to the mill.", ("go", "Anna", "mill")),
    ("Anna went into the mill.", ("go", "Anna", "mill")),
    ("Carl gives the pistol to Anna.", ("give", "Carl", "pistol", "Anna")),
    ("Carl gives Anna the pistol.", ("give", "Carl", "pistol", "Anna")),
    ("The pistol is given to Anna by Carl.", ("give", "Carl", "pistol", "Anna")),
    ("Carl hides behind the counter.", ("hide oneself", "Carl", "behind the counter")),
    (
        "Carl shoots David in the arm with the pistol.",
        ("shoot in", "Carl", "David", "David's arm", "pistol"),
    ),
    ("Carl breaks David's neck.", ("break a neck", "Carl", "David's neck")),
    ("Anna closes her eyes.", ("close the eyes", "Anna", "Anna's eyes")),
    ("Anna closes the box.", ("close", "Anna", "box")),
    ("The lamp falls into the box.", ("drop into", "lamp", "box")),
    ("The box opens.", ("come open", "box")),
    ("Anna throws the lamp away.", ("throw away", "Anna", "lamp")),
    ("Anna throws away the lamp.", ("throw away", "Anna", "lamp")),
    ("Anna and Berta go to the mill.", ("go", ("Anna", "Berta"), "mill")),
    (
        "Anna and Carl shoot at each other.",
        ("shoot at", ("Anna", "Carl"), ("Anna", "Carl"), "nothing"),
    ),
    ("Carl kills himself.", ("kill", "Carl", "Carl", "nothing")),
    (
        "Carl recognises David as the stranger in grey.",
        ("recognise as", "Carl", "David", "name:stranger in grey"),
    ),
    (
        "Everyone in the mill except Anna and Carl dies.",
        ("die", Everyone("person", "mill", ("Anna", "Carl"))),
    ),
]


@pytest.mark.parametrize(("sentence", "event"), TOLD)
def test_an_event_has_its_rule_and_roles(
    read: Read, sentence: str, event: tuple[object, ...]
) -> None:
    reader = read(sentence)
    assert reader.state.problems == []
    assert events(reader) == [event]


def only(reader: object) -> Happening:
    steps = [s for s in reader.state.steps if isinstance(s, Happening)]  # type: ignore[attr-defined]
    assert len(steps) == 1
    return steps[0]


def test_modifiers_are_kept(read: Read) -> None:
    event = only(read("Later, Anna, unseen by Carl, tries to open the box because she is curious."))
    assert event.gap
    assert event.unseen_by == ("Carl",)
    assert event.attempt
    assert event.because is not None
    purpose = only(read("Carl shoots David to save Anna.")).purpose
    assert purpose is not None
    assert (purpose.mode, purpose.agent) == ("act", "Carl")


def test_but_after_an_attempt_tells_an_event_or_a_fact(read: Read) -> None:
    reader = read(
        "Carl tries to shoot David, but David flees. Carl tries to load the pistol, but it is empty."
    )
    assert [event[0] for event in events(reader)] == ["shoot", "escape", "load"]
    assert isinstance(reader.state.steps[-1], Stated)


def test_a_clause_in_front_comes_first(read: Read) -> None:
    reader = read("Angry with Carl, Anna leaves the mill. Berta, who is shocked, leaves.")
    assert [type(step).__name__ for step in reader.state.steps[-4:]] == [
        "Stated",
        "Happening",
        "Stated",
        "Happening",
    ]


def test_denied_events_are_claims(read: Read) -> None:
    reader = read(
        "Anna goes to the mill.", "She does not open the box.", "Nobody in the mill sees Carl."
    )
    assert [event[0] for event in events(reader)] == ["go"]
    assert [fact.strength for fact in facts(reader)[-2:]] == ["never", "never"]


def test_parts_of_groups_have_stable_names(read: Read) -> None:
    reader = read(
        "Carl shoots several of the guards dead.",
        "The rest of the guards flee.",
        "The rest of the guards surrender.",
    )
    first, second, third = events(reader)
    assert first[2] == "several of the guards"
    assert second[1] == third[1] == "the rest of the guards"
    assert [(s.part, s.whole) for s in reader.state.steps if isinstance(s, Split)] == [
        ("several of the guards", "guards"),
        ("the rest of the guards", "guards"),
    ]


def test_a_verb_of_state_is_a_fact_before_the_story_and_in_the_progressive(read: Read) -> None:
    reader = read(
        "Anna follows Carl.",
        "Berta goes to the mill.",
        "Anna follows David.",
        "Berta is following David.",
    )
    assert [event[0] for event in events(reader)] == ["go", "follow"]


def test_a_relative_clause_names_who_did_it(read: Read) -> None:
    reader = read("Carl kills David.", "Anna sees the man who killed David.")
    assert events(reader)[-1] == ("see", "Anna", "Carl")


def test_two_verbs_of_one_base_are_told_apart_by_their_past(read: Read) -> None:
    reader = read("Anna lied to Carl. Anna lay down. Anna tells Carl that she lied.")
    assert reader.state.problems == []
    told = events(reader)
    assert [event[0] for event in told] == ["tell an untruth", "rest", "tell"]
    assert reader.state.world.contents[str(told[2][3])].text == "Anna lied"


def test_which_rule_is_meant_is_found_anew_once_a_rule_or_a_kind_is_another(read: Read) -> None:
    reader = read(
        "A gong is a kind of thing. The bell is a gong. The disc is a thing.",
        "To thrum: X thrums Y.\nneeds: X is a person.\nthen: Y is broken.",
        "Anna thrums the bell. Anna thrums the disc.",
        "To thrum at a gong: X thrums Y.\nneeds: X is a person; Y is a gong.\nthen: Y is open.",
        "Anna thrums the bell. Anna thrums the disc.",
        "A tray is a kind of gong. The plate is a thing. Anna thrums the plate.",
        "The plate is a tray. Anna thrums the plate.",
    )
    acts = [act for act, *_ in events(reader)]
    plain, special = acts[0], acts[2]
    assert plain != special
    assert acts == [plain, plain, special, plain, plain, special]
