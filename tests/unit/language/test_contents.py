"""What is told, asked, ordered, wanted and believed."""

from __future__ import annotations

from fabula.model import formula as f
from fabula.model.story import Content

from .conftest import Read, events, facts, wants

A, B, C, D = (f.Const(name) for name in ("Anna", "Berta", "Carl", "David"))
GREY = f.Value("who", (f.Const("name:stranger in grey"),))


def told(read: Read, sentence: str) -> Content:
    reader = read(sentence)
    assert reader.state.problems == []
    event = events(reader)[-1]
    return reader.state.world.contents[next(str(arg) for arg in event if str(arg).startswith("#"))]


def test_a_name_with_a_secret_bearer_is_whoever_the_mind_takes_it_for(read: Read) -> None:
    content = told(read, "Anna tells Berta that the stranger in grey is wounded.")
    assert content.formula == f.truth("wounded", GREY)


def test_an_act_told_of_carries_what_came_of_it(read: Read) -> None:
    content = told(read, "Anna tells Berta that Carl killed David.")
    assert content.formula == f.And(
        (f.truth("did:kill", C, D, f.Const("nothing")), f.truth("alive", D, value=False))
    )


def test_it_was_so_and_will_be(read: Read) -> None:
    was = told(read, "Anna tells Berta that the lamp was in the box.")
    assert was.formula == f.truth("was:in", f.Const("lamp"), f.Const("box"))
    will = told(read, "Anna tells Berta that Carl will kill David.")
    assert will.formula == f.truth("will:kill", C, D, f.Const("nothing"))


def test_orders_with_a_condition(read: Read) -> None:
    content = told(
        read,
        "Anna orders Carl to kill the stranger in grey if the stranger in grey is in the mill.",
    )
    assert (content.mode, content.agent, content.text.split(" if ")[0]) == (
        "act",
        "Carl",
        "kill the stranger in grey",
    )
    assert content.condition == f.Within(GREY, f.Const("mill"))


def test_questions(read: Read) -> None:
    where = told(read, "Anna asks Berta where Carl is.")
    assert where.asked == f.Value("location", (C,))
    who = told(read, "Anna asks Berta who loves David.")
    assert isinstance(who.formula, f.Exists)
    assert who.text == "who loves David"


def test_a_stranger_in_what_is_told_is_anybody(read: Read) -> None:
    content = told(read, "Anna orders Carl to watch for strangers.")
    assert isinstance(content.formula, f.Exists)
    assert content.formula.kind == "stranger"


def test_wants(read: Read) -> None:
    reader = read(
        "Anna wants Carl dead. Anna wants to live more than she wants to help Berta. Berta wants Carl to leave."
    )
    assert reader.state.problems == []
    dead, live, help_, leave = wants(reader)
    assert dead.content.formula == f.truth("alive", C, value=False)
    assert live.content.formula == f.truth("alive", A)
    assert live.than == help_.content
    assert leave.content.agent == "Carl"


def test_who_knows(read: Read) -> None:
    reader = read(
        "Carl loves Anna. Only Carl knows that.",
        "Berta hates David. Anna does not know that. Carl knows that.",
        "Nobody knows that David is wounded.",
    )
    assert reader.state.problems == []
    love, hate, known, nobody = facts(reader)[-4:]
    assert love.known_to == ("Carl",)
    assert hate.unknown_to == ("Anna",)
    assert known.formula == f.Believes(C, f.truth("hate", B, D))
    assert nobody.formula == f.truth("wounded", D)  # what is known is so, or it could not be known
    assert nobody.known_to == ()


def test_acts_before_the_story_leave_their_results(read: Read) -> None:
    reader = read(
        "Before the story begins, Carl killed David. Before the story begins, Anna gave the coins to Berta."
    )
    said = [fact.formula for fact in facts(reader)]
    assert f.truth("alive", D, value=False) in said
    assert (
        f.Equals(f.Value("location", (f.Const("coins"),)), B) not in said
    )  # the world says who has them


def test_what_stands_behind_a_told_deed_belongs_to_the_deed(read: Read) -> None:
    reader = read(
        "Anna says that she gave the coins to Carl.", "Anna confesses that she lied to Carl."
    )
    assert reader.state.problems == []
    assert [event[0] for event in events(reader)] == ["say", "say"]
    content = reader.state.world.contents[str(events(reader)[0][2])]
    assert "Carl" in str(content.formula)


def test_what_was_said_last_goes_before_whom_it_is_said_to(read: Read) -> None:
    reader = read("Carl leaves.", "Anna says that to Berta.")
    assert reader.state.problems == []
    assert events(reader)[-1][:3] == ("say to", "Anna", "Berta")
