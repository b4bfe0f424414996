"""Sentences that say what there is."""

from __future__ import annotations

from fabula.model import formula as f

from .conftest import Read, facts


def test_kinds_and_things(read: Read) -> None:
    reader = read(
        "A grimoire is a kind of book (plural: grimoires). The black book is a grimoire in the mill."
    )
    assert reader.state.problems == []
    assert reader.state.is_a("black book", "book")
    assert facts(reader)[-1].formula == f.Within(f.Const("black book"), f.Const("mill"))


def test_a_group_of_things_is_no_group_of_people(read: Read) -> None:
    world = read().state.world
    assert world.things["coins"].kinds == ("coin",)
    assert world.things["coins"].plural
    assert world.things["guards"].kinds == ("guard", "soldier", "group")


def test_words_may_be_introduced_after_they_are_used(read: Read) -> None:
    reader = read("Anna wants Berta to be gleeful.", "A person can be gleeful.")
    assert reader.state.problems == []


def test_sentences_of_the_world_may_stand_in_any_order(read: Read) -> None:
    reader = read(
        "Anna loves the man in blue. Berta knows that.",
        "The man in blue is really Carl.",
        "Anna waits.",
    )
    assert reader.state.problems == []
    assert f.truth("love", f.Const("Anna"), f.Const("Carl")) in [
        fact.formula for fact in facts(reader)
    ]


def test_names_and_owners(read: Read) -> None:
    reader = read("Carl is also called Red. The wheel is a wheel. It is Red's.", "Red leaves.")
    assert reader.state.problems == []
    assert reader.state.world.things["wheel"].owner == "Carl"


def test_a_story_rule_takes_the_place_of_the_library_rule(read: Read) -> None:
    reader = read(
        "To sneeze: X sneezes at Y.\nneeds: X is a person.\nthen: Y is angry with X; every part of Y is not wounded.\n"
        "It is for noses.",
        "To kiss: X kisses Y.\nneeds: X is a person.\nthen: X is glad.\nIt is for this story.",
        "Anna sneezes at Carl.",
        "Anna kisses Carl.",
    )
    assert reader.state.problems == []
    assert reader.state.world.actions["kiss"].effects == (
        f.Assign("glad", (f.Var("X"),), f.Lit(True)),
        *(f.Assign(other, (f.Var("X"),), f.Lit(False)) for other in ("sad", "heartbroken")),
    )


def test_letters_are_things_or_contents_by_what_the_rule_says_of_them(read: Read) -> None:
    actions = read().state.world.actions
    assert actions["tell"].contents == {"C": "C"}
    assert actions["order"].contents == {"A": "A"}
    assert actions["open"].contents == {}
    assert actions["shoot"].contents == {}
