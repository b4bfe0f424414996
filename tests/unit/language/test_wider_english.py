"""Sentences as writers write them: each class of them is read, and means what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from fabula import pipeline

from .conftest import Read, events

WORLD = """\
# The house

The house is a house in Leeds. The kitchen is a kitchen in the house. The cellar is a cellar in the house.
The study is a room in the house. The desk is a desk in the study.
Anna is a woman in the kitchen. Ben is a man in the kitchen. Carl is a man in the study.
The ring is a ring. Anna has the ring. The box is a box on the desk. The knife is a knife on the desk.
The guards are a group of soldiers in the kitchen.

# The evening

Anna sings.
"""

READ = """
Anna wants to know where Carl has gone.
Anna asks Ben where he has put the knife.
Ben asks Anna how certain she is, but she does not know.
Ben asks her who she is and what she wants.
Ben threatens to kill Anna unless she gives him the ring.
Ben agrees to stay, provided that Anna gives him the ring.
Ben pretends to have been asleep.
Ben claims never to have seen the ring.
Ben is bound and locked in the cellar.
Anna has robbed Ben and fled to the cellar.
The ring is stolen, hidden and never found.
Neither Ben nor Carl had suspected her.
Anna has neither the knife nor the box.
Neither of them sings.
Anna recognises Ben as the man who stole her ring.
Anna regards Ben as a thief.
Anna recognises the ring as Carl's.
Anna puts the ring on the desk in front of Ben.
Anna wants Ben in prison.
Anna wants the ring destroyed.
Anna has the door painted and goes to the cellar.
Carl is thirty years old.
Carl is three years younger than Anna.
Ben offers her a thousand pounds to keep silent.
The desk is too heavy for Ben, and he is not strong enough to lift it.
Carl was the only one who was near the desk that night.
Those who heard it laughed.
The wounded were taken to the cellar.
Ben steps out of the dark, followed by Anna.
Ben returned, tired and hungry.
Ben does not think that Carl is guilty, for he once saved his life.
Anna is worried about Ben, but sure that he will come.
Ben is arrested the next day, after the ring is found in his flat.
On Friday at nine, before dawn, Ben goes to the cellar as soon as he can.
As soon as Ben has left, Anna opens the box, although he has forbidden it.
When Ben woke up and saw that the ring was gone, he ran to the cellar.
Anna takes the knife and breaks it.
Anna has two daughters: Grete and Liese.
Her son Paul goes to the cellar with a soldier called Rolf.
An old man, Samuel Reed, comes in.
The guard whose leg is wounded sits down.
Ben gives her a pair of shoes with which one can climb glass.
Ben finds a letter from a woman he has never heard of.
She cut it off with the knife.
There was nothing left to eat.
Ben is about to leave.
Ben hates Carl more than anything in the world.
Ben writes to his mother and to Carl.
The letter, which Anna had read that morning, was gone, and Ben knew it.
Ben poisons Carl under cover of night.
Last winter Ben lost the knife, and until spring nobody found it.
Ben runs upstairs and waits outside.
Cole Harper, an old outlaw, has left prison and sings, for he is free.
Ben greets Lottie Vane, the owner, who loves him.
Anna is robbed by her brother, Silas, a clerk.
Ben arrives with his new friend, Priya.
Sir Gawen, the captain of the guards, is ordered to watch the desk.
Lord Varn, the chancellor, hates the king.
Inspector Grace Doyle of the London police goes to the cellar.
Anna has a half-brother called Tom who lives in Boston.
The cellar is half empty, and Ben is half asleep.
Anna opens the front door, and the front door of the house creaks.
Ben has no brother, and Anna tells no one about it.
After ninety years Ben still wants the throne for himself.
The door was locked from the inside.
Anna sings, and she decides not to tell her children.
Ben gets onto a horse and rides away toward Leeds.
The explosion tears the rails apart, and the council meets in the study.
Ben sends two assassins after Carl, who does not care.
Ben throws himself between Anna and Carl.
On Sunday Anna is called to the cellar by the butler, a nervous man named Pym.
""".strip().split("\n")


def story(tmp_path: Path, *sentences: str) -> pipeline.Story:
    path = tmp_path / "story.md"
    path.write_text(WORLD + "\n".join(sentences) + "\n", encoding="utf-8")
    return pipeline.read(str(path))


@pytest.mark.parametrize("sentence", READ)
def test_is_read(tmp_path: Path, sentence: str) -> None:
    assert [problem.message for problem in story(tmp_path, sentence).problems] == []


def acts(tmp_path: Path, *sentences: str) -> list[tuple[str, ...]]:
    """What happens, with the names of those who do it and of those it is done to."""
    read = story(tmp_path, *sentences)
    assert [problem.message for problem in read.problems] == []
    found = [(event.action, *event.arguments.values()) for event in read.run().events]
    return found[1:]


def test_participles_share_the_one_they_are_told_of(tmp_path: Path) -> None:
    assert acts(tmp_path, "Ben is bound and locked in the cellar.") == [
        ("tie up", "Ben"),
        ("lock up somebody", "Ben", "the cellar"),
    ]


def test_what_is_left_out_was_said_before(tmp_path: Path) -> None:
    read = story(tmp_path, "Anna asks Ben whether he has the knife.", "Ben says that he does not.")
    contents = [content.text for content in read.model.world.contents.values()]
    assert "Ben does not have the knife" in contents


def test_where_somebody_has_gone_is_where_he_is(tmp_path: Path) -> None:
    read = story(tmp_path, "Carl goes to the cellar.", "Ben tells Anna where Carl has gone.")
    contents = [content.text for content in read.model.world.contents.values()]
    assert "where Carl is" in contents


def test_what_is_done_on_condition_is_done(tmp_path: Path) -> None:
    said = "Anna gives Ben the ring on condition that he leave the house."
    assert acts(tmp_path, said) == [("give", "Anna", "the ring", "Ben")]


def test_one_of_several_who_acts_is_alive(tmp_path: Path) -> None:
    told = ("Carl kills one of the guards.", "One of the guards cries.")
    (_, _, victim, *_), (_, other) = acts(tmp_path, *told)
    assert victim != other


def test_who_is_told_by_somebody_unnamed_believes_it(tmp_path: Path) -> None:
    run = story(tmp_path, "Anna is told that Carl is dead.").run()
    assert run.state().believes("Anna", "Carl is dead")


@pytest.mark.parametrize(
    ("sentence", "meant"),
    [
        ("Ben goes to teh kitchen.", '"the" (for "teh")'),
        ("Ben gives the knife to hte woman.", '"the" (for "hte")'),
        ("Anna is strangelly happy.", '"strangely" (for "strangelly")'),
        ("Ben immediatly leaves.", '"immediately" (for "immediatly")'),
        ("Ben looks at the beutiful ring.", '"beautiful" (for "beutiful")'),
        ("Ben goes to the house of his freind.", "friend"),
    ],
)
def test_a_slip_of_the_pen_is_a_problem(tmp_path: Path, sentence: str, meant: str) -> None:
    (problem,) = story(tmp_path, sentence).problems
    assert meant in problem.message


@pytest.mark.parametrize(
    "sentence",
    [
        "Ben wanly smiles.",
        "Ben looks at the cedar box.",
        "Anna quietly and steadily reads.",
        "Ben leaves months later.",
    ],
)
def test_a_word_that_is_no_slip_is_none(tmp_path: Path, sentence: str) -> None:
    assert [problem.message for problem in story(tmp_path, sentence).problems] == []


def test_nobody_is_nobody_else(tmp_path: Path) -> None:
    path = tmp_path / "story.md"
    path.write_text(
        "# A\n\nThe hall is a room. Ann is a woman in the hall. Ben is a man in the hall.\n"
        "Before the story begins, Ann poisoned Carl. Nobody knows that.\n\n# B\n\nAnn sings.\n",
        encoding="utf-8",
    )
    state = pipeline.read(str(path)).run().state()
    assert state.believes("Ann", "Ann poisoned Carl")
    assert not state.believes("Ben", "Ann poisoned Carl")


def test_a_name_said_once_is_one_persons(tmp_path: Path) -> None:
    told = ("Cole Harper, an old outlaw, has just left prison and goes to the cellar.", "He sings.")
    assert acts(tmp_path, *told) == [
        ("go", "Cole Harper", "the cellar"),
        ("play a game", "Cole Harper"),
    ]


def test_who_is_said_to_be_something_behind_his_name_is_meant_by_it(tmp_path: Path) -> None:
    told = ("Ben meets Wen Li, a miner.", "The miner sings.", "Carl robs Jo Dean, the owner.")
    assert acts(tmp_path, *told)[1] == ("play a game", "Wen Li")


@pytest.mark.parametrize(
    "sentence",
    [
        "Anna is afraid that Ben will have her killed.",
        "Anna fears that Ben will have Carl killed.",
        "Ben wants to have Carl killed.",
        "Ben orders Anna to have Carl killed.",
        "Ben finds a box of letters tied with a red ribbon.",
    ],
)
def test_what_is_done_to_another_is_not_done_to_the_subject(tmp_path: Path, sentence: str) -> None:
    assert all(act not in ("kill", "tie up") for act, *_ in acts(tmp_path, sentence))


def test_what_she_throws_is_hers(tmp_path: Path) -> None:
    thrown = acts(tmp_path, "Ben sings.", "Anna throws her glass at him.")
    assert thrown[1:] == [("throw at", "Anna", "Anna's glass", "Ben")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Carl almost drowns.",
        "Ben nearly kills Carl.",
        "Carl is half drowned.",
        "Carl is almost dead.",
        "Anna tells Ben that Carl almost died.",
        "Anna tells Ben that Ben tried to kill Carl.",
    ],
)
def test_what_almost_happens_does_not(tmp_path: Path, sentence: str) -> None:
    run = story(tmp_path, sentence, "Carl sings.").run()
    assert [event.status for event in run.events][-1] == "happens"
    assert not run.state().believes("Ben", "Carl is dead")


def test_a_nurse_at_a_hospital_need_not_be_there(tmp_path: Path) -> None:
    told = ("Priya is a nurse at the city hospital.", "Priya greets Ben in the kitchen.")
    assert story(tmp_path, *told).run().check().findings == ()


def test_who_is_asleep_somewhere_came_there_before(tmp_path: Path) -> None:
    told = ("Ben goes to the cellar.", "\n# Later\n", "Anna sings.", "Ben is asleep in the study.")
    assert story(tmp_path, *told).run().check().findings == ()


def test_who_is_called_is_not_renamed(tmp_path: Path) -> None:
    told = ("On Sunday she is called to the cellar.", "Ben is called and sings.")
    names = story(tmp_path, *told).model.world.things
    assert not [name for name in names if name.startswith(("On", "to", "and", "sings"))]


def test_a_new_thing_is_one_thing(tmp_path: Path) -> None:
    things = story(tmp_path, "Rita lives alone in a big house.").model.world.things.values()
    assert len([thing for thing in things if thing.label == "big house"]) == 1


def test_a_hall_named_like_one_is_a_place(tmp_path: Path) -> None:
    assert acts(tmp_path, "Ben sings.", "Ben goes to Marlow Hall.")[1:] == [
        ("go", "Ben", "Marlow Hall")
    ]


def test_the_dead_do_not_act_with_the_living(tmp_path: Path) -> None:
    told = ("Ben meets Carl.", "Carl dies.", "Anna hits Ben.", "They fight.")
    assert story(tmp_path, *told).run().check().findings == ()


def test_who_is_asked_to_a_dinner_somewhere_is_not_there_yet(tmp_path: Path) -> None:
    told = ("Anna goes to the cellar.", "Ben goes to the cellar.")
    asked = ("She invites him to dinner at her apartment.", "Ben hits Anna.")
    assert story(tmp_path, *told, *asked).run().check().findings == ()


@pytest.mark.parametrize(
    "sentence", ["Ben keeps looking over his shoulder.", "Ben hits Carl over the head with an oar."]
)
def test_nobody_is_over_a_shoulder_or_a_head(tmp_path: Path, sentence: str) -> None:
    run = story(tmp_path, sentence).run()
    assert not any("over the" in change for change in run.events[-1].changes)


def test_a_house_is_sold_without_being_carried(tmp_path: Path) -> None:
    told = ("Ben lives in a big house in Leeds.", "Ben sells the house.")
    assert story(tmp_path, *told).run().check().findings == ()


def test_everybody_knows_his_brother(tmp_path: Path) -> None:
    told = ("Anna is robbed by her brother, Silas.", "Anna leaves because Silas is her brother.")
    assert story(tmp_path, *told).run().check().findings == ()


@pytest.mark.parametrize(
    ("sentence", "act"),
    [
        ("Anna and Carl fall in love.", "love"),
        ("Anna and Carl break up.", "divorce"),
        ("Anna and Carl meet.", "meet"),
        ("Anna and Carl fight.", "fight"),
    ],
)
def test_what_several_do_is_done_to_each_other(read: Read, sentence: str, act: str) -> None:
    reader = read("Berta leaves.", sentence)
    assert reader.state.problems == []
    both = ("Anna", "Carl")
    assert events(reader)[-1][:3] == (act, both, both)
