"""Plans on a story: told in its own sentences, with reasons, and held against running and checking it."""

from __future__ import annotations

from pathlib import Path

import pytest

import fabula
from fabula.plan.story import StoryLimits, StoryPlans

ROOT = Path(__file__).resolve().parents[3]
WORLD = """\
The hall is a room. The yard is a yard. Tom is a man in the hall. Ann is a woman in the hall. Rex is a man in the yard.
The key is a key. Ann has it. The chest is a chest in the hall. The chest is closed.
"""


def plans(folder: Path, text: str, goal: str, **options: object) -> StoryPlans:
    """What `fabula plan` finds for a story."""
    path = folder / "story.md"
    path.write_text(text, encoding="utf-8")
    story = fabula.read(path)
    assert not story.problems, [str(p) for p in story.problems]
    limits = options.pop("limits", StoryLimits())
    return story.run().plan(goal, limits=limits, **options)


def told_on(folder: Path, text: str, found: StoryPlans) -> fabula.Run:
    """The story with the plan's sentences behind it."""
    path = folder / "on.md"
    path.write_text(text + "\n".join(found.plans[0].sentences) + "\n", encoding="utf-8")
    story = fabula.read(path)
    assert not story.problems, [str(p) for p in story.problems]
    return story.run()


@pytest.mark.parametrize(
    "goal",
    [
        "The chest is open",
        "Tom has the key",
        "Tom is in the yard",
        "Rex has the key",
        "Rex knows that the chest is open",
    ],
)
def test_a_plan_can_be_told_and_holds(tmp_path: Path, goal: str) -> None:
    text = f"{WORLD}\n# One\n\nTom greets Ann.\n"
    found = plans(tmp_path, text, goal, after=1)
    assert found.solved
    run = told_on(tmp_path, text, found)
    assert run.check().findings == ()
    assert run.state().holds(goal) is True


def test_what_is_so_needs_nothing(tmp_path: Path) -> None:
    found = plans(tmp_path, f"{WORLD}\n# One\n\nTom greets Ann.\n", "Tom is in the hall")
    assert found.plans[0].sentences == ()


def test_the_shortest_comes_first_and_nothing_in_it_is_idle(tmp_path: Path) -> None:
    found = plans(
        tmp_path, WORLD, "The chest is open", limits=StoryLimits(author=3, count=3, seconds=10)
    )
    lengths = [len(plan.sentences) for plan in found.plans]
    assert lengths[0] == 1
    assert lengths == sorted(lengths)


def test_nobody_kills_without_a_reason(tmp_path: Path) -> None:
    limits = StoryLimits(author=2, seconds=10)
    assert not plans(tmp_path, WORLD, "Tom is dead", limits=limits).solved
    with_reason = f"{WORLD}Ann hates Tom.\n"
    found = plans(tmp_path, with_reason, "Tom is dead", limits=limits)
    assert found.plans[0].reasons[0].person == "Ann"
    assert found.plans[0].reasons[0].want == "Ann wants that Tom is dead"


def test_who_does_not_know_where_somebody_is_has_to_be_told(tmp_path: Path) -> None:
    text = (
        f"{WORLD}The tower is a tower. Ben is a man in the tower. Tom wants Ben dead. "
        "Ann knows that Ben is in the tower.\n"
    )
    found = plans(tmp_path, text, "Ben is dead", limits=StoryLimits(author=3, seconds=20))
    told = found.plans[0].sentences
    assert any("tells Tom that Ben is in the tower" in one for one in told), told
    assert told[-1].startswith("Tom ")
    assert told[-1].split()[-1] in ("Ben.", "dead.")


def test_without_and_through(tmp_path: Path) -> None:
    hating = f"{WORLD}Ann hates Tom. Rex hates Tom.\n"
    limits = StoryLimits(author=2, seconds=10)
    found = plans(tmp_path, hating, "Tom is dead", without=["Ann kills Tom"], limits=limits)
    assert found.plans[0].reasons[-1].person == "Rex"
    found = plans(tmp_path, hating, "Tom is dead", through=["The chest is open"], limits=limits)
    assert "chest" in found.plans[0].sentences[0]
    assert len(found.plans[0].sentences) == 2


def test_a_plan_begins_where_it_is_said(tmp_path: Path) -> None:
    text = f"{WORLD}\n# One\n\nTom goes to the yard. [1.1]\nTom goes to the hall.\n"
    found = plans(tmp_path, text, "Tom is in the hall", after="1.1")
    assert len(found.plans[0].sentences) == 1


def test_limits_end_it(tmp_path: Path) -> None:
    found = plans(tmp_path, WORLD, "Tom is dead", limits=StoryLimits(seconds=0.01))
    assert not found.solved
    assert found.stopped == "time"


@pytest.mark.parametrize(
    ("goal", "error"), [("Tom flies the", ValueError), ("Tom is in the moon", ValueError)]
)
def test_a_goal_that_cannot_be_read(tmp_path: Path, goal: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        plans(tmp_path, WORLD, goal)


def test_an_event_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(LookupError):
        plans(tmp_path, WORLD, "Tom is dead", after="9.9")


def test_desperado_can_end_otherwise() -> None:
    run = fabula.read(ROOT / "stories" / "desperado").run()
    found = run.plan("Bucho is dead and Carolina is alive", after="6.76")
    assert found.solved
    assert any(reason.person == "El" for reason in found.plans[0].reasons)


def test_people_are_called_what_the_story_calls_them(tmp_path: Path) -> None:
    text = (
        "The hall is a room. Vincent Moretti is a man in the hall. Vincent Moretti is also called Vince. "
        "Harold Finch is a man in the hall. Harold Finch is also called the manager. The key is a key. "
        "Harold Finch has the key.\n\n# One\n\nVince greets the manager.\n"
    )
    found = plans(tmp_path, text, "Vincent Moretti has the key", after=1)
    (sentence,) = found.plans[0].sentences
    assert "Vince" in sentence
    assert "manager" in sentence
    assert "Moretti" not in sentence
    assert "Finch" not in sentence


def test_nothing_is_taken_out_of_a_locked_box_without_the_key(tmp_path: Path) -> None:
    text = (
        "The hall is a room. The yard is a yard. Tom is a man in the hall. Ann is a woman in the yard. "
        "The box is a box in the hall. The box is locked. The small key is a key. It fits the box. "
        "Ann has the small key. The ring is a ring in the box. Tom wants to have the ring.\n"
    )
    found = plans(tmp_path, text, "Tom has the ring", limits=StoryLimits(author=1, seconds=5))
    assert not found.solved


def test_hands_have_to_reach(tmp_path: Path) -> None:
    text = f"{WORLD}The knife is a knife. Rex has the knife. Rex hates Tom.\n"
    found = plans(tmp_path, text, "Tom is dead", limits=StoryLimits(author=2, seconds=20))
    assert found.plans[0].sentences[-2:] == (
        "Rex goes to the hall.",
        "Rex kills Tom with the knife.",
    )


def test_an_animal_does_only_what_the_story_lets_it(tmp_path: Path) -> None:
    text = (
        "The barn is a barn. The mill is a mill. The horse is a horse in the barn. Tom is a man in the mill. "
        "The rope is a rope in the barn.\n"
    )
    found = plans(tmp_path, text, "Tom has the rope", limits=StoryLimits(count=3, seconds=5))
    assert found.solved
    assert not any("The horse" in one for plan in found.plans for one in plan.sentences)


def test_nobody_helps_an_enemy_to_his_own_friend(tmp_path: Path) -> None:
    text = (
        f"{WORLD}The tower is a tower. Ben is a man in the tower. Tom wants Ben dead. Ann loves Ben. "
        "Ann knows that Tom wants Ben dead. Ann knows that Ben is in the tower.\n"
    )
    found = plans(tmp_path, text, "Ben is dead", limits=StoryLimits(author=3, seconds=10))
    assert not any("Ann tells Tom" in one for plan in found.plans for one in plan.sentences)
