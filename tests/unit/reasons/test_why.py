"""Why people do what a story tells: by itself, by what it leads to, by what it keeps off, by whom it misleads."""

from __future__ import annotations

from pathlib import Path

import pytest

import fabula
from fabula.engine.records import EventRecord
from fabula.engine.stage import deeds_told
from fabula.plan.story import StoryLimits
from fabula.reasons.motives import Motives
from fabula.reasons.weight import weights
from fabula.reasons.why import WhyInWords

ROOT = Path(__file__).resolve().parents[3]

WORLD = """\
The hall is a room. The yard is a yard. Tom is a man in the hall. Ann is a woman in the hall. Rex is a man in the hall.
"""


def answers(folder: Path, text: str, event: str | int) -> list[WhyInWords]:
    """Why an event of a story happens."""
    path = folder / "story.md"
    path.write_text(text, encoding="utf-8")
    story = fabula.read(path)
    assert not story.problems, [str(p) for p in story.problems]
    return list(story.run().why(str(event)))


def test_an_act_serves_a_want_by_itself(tmp_path: Path) -> None:
    text = f"{WORLD}Tom wants Rex dead.\n\n# One\n\nTom kills Rex.\n"
    (why,) = answers(tmp_path, text, 1)
    assert why.person == "Tom"
    assert why.weighs == ("it harms Rex",)
    (reason, *_) = why.reasons
    assert reason.want == "Tom wants that Rex is dead"
    assert reason.plan == ("Tom kills Rex",)
    assert reason.raises[0] < reason.raises[1]
    assert [rest.source for rest in reason.rests_on] == ["Tom wants Rex dead."]


def test_it_is_the_own_belief_that_counts(tmp_path: Path) -> None:
    """He takes the wrong man for the murderer: that is why, though it is not so."""
    text = (
        f"{WORLD}Ann is Tom's friend.\n\n# One\n\nAnn is dead.\n"
        "Tom believes that Rex killed Ann.\n\nTom kills Rex.\n"
    )
    (why,) = answers(tmp_path, text, 1)
    (reason, *_) = why.reasons
    assert reason.want == "Tom wants that Rex is dead"
    assert "Tom believes that Rex killed Ann." in [rest.source for rest in reason.rests_on]


def test_an_order_is_given_for_what_it_leads_to(tmp_path: Path) -> None:
    text = f"{WORLD}Rex works for Tom. Tom knows that Rex works for Tom. Tom wants Ann dead.\n\n# One\n\nTom orders Rex to kill Ann.\n"
    why, *_ = answers(tmp_path, text, 1)
    assert why.weighs == ("it binds Rex to something",)
    reason = next(r for r in why.reasons if len(r.plan) > 1)
    assert reason.plan[1].startswith("Rex ")
    assert "Ann" in reason.plan[1]


def test_nobody_carries_out_what_he_has_no_reason_for(tmp_path: Path) -> None:
    text = f"{WORLD}Tom wants Ann dead.\n\n# One\n\nTom orders Rex to kill Ann.\n"
    why, *_ = answers(tmp_path, text, 1)
    assert not why.reasons


def test_an_act_keeps_off_what_somebody_could_do(tmp_path: Path) -> None:
    text = f"{WORLD}Tom wants Ann to live. Rex has the pistol. The pistol is a pistol. It is loaded.\n\n# One\n\nRex aims the pistol at Ann.\nTom kills Rex.\n"
    (why,) = answers(tmp_path, text, 2)
    reason = next(r for r in why.reasons if r.want == "Tom wants that Ann is alive")
    assert any("Ann" in act for act in reason.otherwise)
    assert "Rex aims the pistol at Ann." in [rest.source for rest in reason.rests_on]


def test_a_lie_misleads_whoever_would_do_harm(tmp_path: Path) -> None:
    text = (
        f"{WORLD}Ann wants Tom to live. Rex wants Tom dead. Ann knows that Rex wants Tom dead.\n\n# One\n\n"
        "Tom leaves the hall.\nAnn lies to Rex that Ann did not see Tom.\n"
    )
    (why,) = answers(tmp_path, text, 2)
    assert why.weighs == ("it deceives Rex",)
    (reason, *_) = why.reasons
    assert reason.misleads == ("Rex",)


def test_what_goes_against_a_want_is_told(tmp_path: Path) -> None:
    text = f"{WORLD}Tom wants Ann to live.\n\n# One\n\nTom kills Ann.\n"
    (why,) = answers(tmp_path, text, 1)
    assert not why.reasons
    assert why.against == ("Tom wants that Ann is alive",)


def test_idle_acts_weigh_nothing(tmp_path: Path) -> None:
    (why,) = answers(tmp_path, f"{WORLD}\n# One\n\nTom goes to the yard.\n", 1)
    assert not why.weighs
    assert not why.against


def test_an_accident_needs_no_reason(tmp_path: Path) -> None:
    assert answers(tmp_path, f"{WORLD}\n# One\n\nTom accidentally kills Ann.\n", 1) == []


def test_a_story_has_motives_of_its_own(tmp_path: Path) -> None:
    """A When-rule may say what people want."""
    rule = "A person can insult a person.\nWhen X is a person, Y is a person, Y insults X: X wants Y dead.\n"
    text = f"{rule}{WORLD}Rex insults Tom.\n\n# One\n\nTom kills Rex.\n"
    (why,) = answers(tmp_path, text, 1)
    assert why.reasons[0].want == "Tom wants that Rex is dead"


def test_above_all_is_worth_more(tmp_path: Path) -> None:
    text = (
        f"{WORLD}Rex has the pistol. The pistol is a pistol. Tom has the ring. The ring is a ring. "
        "Tom wants to have the ring.\n\n# One\n\n"
        "Rex aims the pistol at Tom.\nRex demands the ring from Tom.\nTom gives the ring to Rex.\n"
    )
    why = next(w for w in answers(tmp_path, text, 3) if w.person == "Tom")
    assert why.reasons
    assert why.reasons[0].harms == ("Tom wants to have the ring",)


def test_what_somebody_is_expected_to_do(tmp_path: Path) -> None:
    text = f"{WORLD}Rex wants Tom dead. Ann knows that Rex wants Tom dead.\n\n# One\n\nAnn tells Tom that Rex will kill Tom.\n"
    found = answers(tmp_path, text, 1)
    (expected,) = [one for one in found if one.expected is not None]
    assert (expected.person, expected.expected) == ("Rex", "Ann")
    assert expected.reasons[0].want == "Rex wants that Tom is dead"


def test_an_unknown_event_is_an_error_with_what_there_is(tmp_path: Path) -> None:
    with pytest.raises(LookupError, match="there is no event 7: the story has 1"):
        answers(tmp_path, f"{WORLD}\n# One\n\nTom waits.\n", 7)


def test_a_name_of_which_nobody_knows_whose_it_is(tmp_path: Path) -> None:
    """He wants the stranger dead, and sends somebody to do it, without knowing who that is."""
    text = (
        f"{WORLD}Rex works for Tom. Ben is a man in the yard. The rider is really Ben. Only Ben knows that.\n"
        "Tom wants the rider dead.\n\n# One\n\nTom orders Rex to kill the rider.\n"
    )
    why, *_ = answers(tmp_path, text, 1)
    reason = next(r for r in why.reasons if len(r.plan) > 1)
    assert reason.want == "Tom wants that the rider is dead"
    assert "the rider" in reason.plan[1]


def test_what_is_taken_from_others_weighs(tmp_path: Path) -> None:
    world = f"{WORLD}The ring is a ring. Ann has the ring."
    (why,) = answers(tmp_path, f"{world}\n\n# One\n\nTom takes the ring from Ann.\n", 1)
    assert why.weighs == ("it takes something from Ann",)
    assert not why.reasons
    wanting = f"{world} Tom wants to have the ring.\n\n# One\n\nTom takes the ring from Ann.\n"
    (why,) = answers(tmp_path, wanting, 1)
    assert why.reasons[0].want == "Tom wants to have the ring"


def test_to_tell_an_enemy_where_somebody_is_weighs(tmp_path: Path) -> None:
    text = (
        f"{WORLD}Rex wants Ann dead. Tom knows that Rex wants Ann dead.\n\n# One\n\n"
        "Tom tells Rex that Ann is in the hall.\n"
    )
    found = [one for one in answers(tmp_path, text, 1) if one.person == "Tom"]
    assert found[0].weighs == ("it shows an enemy where Ann is",)
    innocent = text.replace(" Tom knows that Rex wants Ann dead.", " Only Rex knows that.")
    assert not [one for one in answers(tmp_path, innocent, 1) if one.weighs]


BECAUSE = [
    ("Tom kills Ann because the lamp is lit.", ["M403"]),
    ("Ann insults Tom.\nTom kills Ann because Ann insulted Tom.", []),
    ("Tom kills Ann because Tom hates Ann.", []),
    ("Tom kills Ann because Ann wants Rex dead.", []),
]


@pytest.mark.parametrize(("events", "codes"), BECAUSE)
def test_a_stated_reason_has_to_be_one(tmp_path: Path, events: str, codes: list[str]) -> None:
    path = tmp_path / "story.md"
    lamp = "The lamp is a lamp in the hall. The lamp is lit. Tom wants Rex to live."
    path.write_text(f"{WORLD}{lamp}\n\n# One\n\n{events}\n", encoding="utf-8")
    found = fabula.read(path).run().check(motives=True).findings
    assert [one.code for one in found] == codes


def test_who_stops_the_search_keeps_what_was_found(tmp_path: Path) -> None:
    path = tmp_path / "story.md"
    text = f"{WORLD}\n# One\n\nTom kills Ann.\nTom waits.\nTom kills Rex.\n"
    path.write_text(text, encoding="utf-8")

    def stop(done: int, of: int) -> None:
        assert of == 3
        if done == 2:
            raise KeyboardInterrupt

    report = fabula.read(path).run().check(motives=True, progress=stop)
    assert [one.code for one in report.findings] == ["M402"]
    assert report.explained == 2


# Of the flagship: event, who, whether there is a reason, and a word of the want behind it.
DESPERADO = [
    ("6.24", "El Mariachi", "threaten El Mariachi"),
    ("6.26", "Tavo", "the pick-up man is dead"),
    ("6.33", "El Mariachi", "El Mariachi is alive"),
    ("6.55", "The boy", "have the real guitar"),
    ("6.70", "Carolina", "El Mariachi is alive"),
    ("6.76", "Bucho", "the man in black is dead"),
    ("6.96", "Carolina", "Carolina is alive"),
    ("6.101", "El Mariachi", "Bucho is dead"),
    ("6.101", "El Mariachi", "Carolina is alive"),
]


@pytest.mark.parametrize(("event", "person", "want"), DESPERADO)
def test_desperado(event: str, person: str, want: str) -> None:
    found = [
        reason.want
        for one in fabula.read(ROOT / "stories" / "desperado").run().why(event)
        if one.person.casefold() == person.casefold()
        for reason in one.reasons
    ]
    assert any(want in one for one in found), found


SEEKER = (
    f"{WORLD}Ben is a man. The rider is really Ben. Only Ben knows that. "
    "Rex works for Tom. Tom wants the rider dead."
)


@pytest.mark.parametrize(
    "order",
    [
        "watch for the rider",
        "watch for strangers",
        "search the yard",
        "search the yard for the rider",
    ],
)
def test_who_is_missing_is_looked_for(tmp_path: Path, order: str) -> None:
    """An order to look is given by whoever does not know where the other is."""
    (why,) = answers(tmp_path, f"{SEEKER}\n\n# One\n\nTom orders Rex to {order}.\n", 1)
    assert why.weighs == ("it binds Rex to something",)
    assert why.reasons[0].want == "Tom wants that the rider is dead"
    assert why.reasons[0].finds == ("the rider",)


def test_who_is_there_is_not_looked_for(tmp_path: Path) -> None:
    text = f"{WORLD}Rex works for Tom. Tom wants Ann dead.\n\n# One\n\nTom orders Rex to search the yard.\n"
    (why,) = answers(tmp_path, text, 1)
    assert not why.reasons


def test_an_order_to_do_something_else_finds_nobody(tmp_path: Path) -> None:
    (why,) = answers(tmp_path, f"{SEEKER}\n\n# One\n\nTom orders Rex to dance.\n", 1)
    assert not why.reasons


def test_who_is_held_at_gunpoint_is_disarmed(tmp_path: Path) -> None:
    text = (
        f"{WORLD}Rex has the pistol. The pistol is a pistol. Tom has the bag. The bag is a bag. "
        "The knife is a knife in the bag. Rex knows that the knife is in the bag.\n\n# One\n\n"
        "Rex holds Tom at gunpoint.\nRex takes the bag from Tom.\n"
    )
    (why,) = answers(tmp_path, text, 2)
    assert why.reasons[0].want == "Rex wants that Tom does not have the knife"
    unarmed = text.replace(
        "The knife is a knife in the bag. Rex knows that the knife is in the bag.", ""
    )
    assert not answers(tmp_path, unarmed, 2)[0].reasons


def test_what_the_text_says_it_is_for_comes_first(tmp_path: Path) -> None:
    text = (
        f"{WORLD}Tom wants Rex dead. Tom wants Ann to live. Rex has the pistol. The pistol is a pistol. "
        "It is loaded.\n\n# One\n\nRex aims the pistol at Ann.\nTom kills Rex{why}.\n"
    )
    (plain,) = answers(tmp_path, text.format(why=""), 2)
    assert plain.reasons[0].want == "Tom wants that Rex is dead"
    (meant,) = answers(tmp_path, text.format(why=" to save Ann"), 2)
    assert meant.reasons[0].want == "Tom wants that Ann is alive"


def test_a_lie_to_all_is_meant_for_whoever_is_to_be_misled(tmp_path: Path) -> None:
    """Of those who hear it only one is an enemy; and somebody's face is his own."""
    text = (
        f"{WORLD}Ann wants Tom to live. Rex wants Tom dead. Ann knows that Rex wants Tom dead. "
        "Ben is a man in the hall.\n\n# One\n\nTom leaves the hall.\n"
        "Ann lies to Ben and Rex that Ann did not see Tom's face.\n"
    )
    (why,) = answers(tmp_path, text, 2)
    (reason, *_) = why.reasons
    assert reason.misleads == ("Rex",)
    assert "Ann knows that Rex wants Tom dead." in [rest.source for rest in reason.rests_on]


def test_a_part_of_a_group_has_it_from_the_group(tmp_path: Path) -> None:
    text = (
        f"{WORLD}The guards are a group of men in the hall. The guards have the rifles. The rifles are guns.\n\n"
        "# One\n\nThe guards aim the rifles at Tom.\nTom kills several of the guards.\n"
    )
    (why,) = answers(tmp_path, text, 2)
    assert "The guards aim the rifles at Tom." in [r.source for r in why.reasons[0].rests_on]


def test_in_desperado_most_of_what_weighs_has_a_reason() -> None:
    """What has none is left open by the source."""
    found = fabula.read(ROOT / "stories" / "desperado").run().check(motives=True).findings
    assert [f.event.n for f in found if f.code == "M402"] == [155, 256]


def test_who_is_wounded_already_can_be_wounded_again(tmp_path: Path) -> None:
    """It weighs as much as the first time, and serves whoever wants him dead as much."""
    text = f"{WORLD}Tom wants Rex dead.\n\n# One\n\nTom wounds Rex.\nTom wounds Rex.\n"
    (why,) = answers(tmp_path, text, 2)
    assert why.weighs == ("it harms Rex",)
    assert why.reasons[0].want == "Tom wants that Rex is wounded"
    (why,) = answers(tmp_path, text, 1)
    (reason, *_) = why.reasons
    assert [rest.source for rest in reason.rests_on] == ["Tom wants Rex dead."]


def test_who_hits_somebody_dangerous_keeps_him_off(tmp_path: Path) -> None:
    text = f"{WORLD}\n# One\n\nRex kills Ann.\nTom wounds Rex.\n"
    (why,) = answers(tmp_path, text, 2)
    assert why.reasons[0].otherwise == ("Rex kills Tom",)


def test_what_is_done_to_things_harms_whose_they_are(tmp_path: Path) -> None:
    text = (
        f"{WORLD}The mill is a mill. Ann owns the mill. Rex works for Tom.\n\n# One\n\n"
        "Tom orders Rex to set fire to the mill.\nRex goes to the mill.\nRex sets fire to the mill.\n"
    )
    (why,) = answers(tmp_path, text, 3)
    assert why.weighs == ("it harms Ann",)
    assert why.reasons[0].want == "Rex wants to set fire to the mill"


def test_an_order_weighs_whether_or_not_it_will_be_obeyed(tmp_path: Path) -> None:
    text = f"{WORLD}\n# One\n\nTom orders Rex to open the door.\n"
    (why,) = answers(tmp_path, text, 1)
    assert why.weighs == ("it binds Rex to something",)
    assert not why.reasons


def test_an_order_for_a_case_is_given_with_that_case_in_mind(tmp_path: Path) -> None:
    """He does not know whether Ann is there; but if she is, the fire finds her."""
    text = (
        "The hall is a room. The mill is a mill. Tom is a man in the hall. Ann is a woman. Rex is a man in the mill.\n"
        "Rex works for Tom. Tom knows that Rex works for Tom. Tom wants Ann dead.\n\n# One\n\n"
        "Tom orders Rex to set fire to the mill if Ann is in the mill.\n"
    )
    (why,) = answers(tmp_path, text, 1)
    assert [r.want for r in why.reasons] == ["Tom wants that Ann is in danger"]
    assert why.reasons[0].plan[1] == "Rex sets fire to the mill"


def test_an_order_to_one_in_ones_power_is_not_for_his_good(tmp_path: Path) -> None:
    text = (
        f"{WORLD}Rex is Tom's brother. The gun is a gun. Tom has the gun.\n\n# One\n\n"
        "Tom aims the gun at Rex.\nTom orders Rex to raise his hands.\n"
    )
    why, *_ = answers(tmp_path, text, 2)
    assert why.reasons
    assert not any(reason.sake for reason in why.reasons)
    assert why.reasons[0].want == "Tom wants that Rex's hands are raised"


def test_what_is_given_away_is_given_for_the_good_of_whoever_gets_it(tmp_path: Path) -> None:
    """What one has and nobody else owns is one's own to give."""
    world = f"{WORLD}The coat is a coat. Tom has the coat."
    (why, *_) = answers(
        tmp_path, f"{world} Tom loves Ann.\n\n# One\n\nTom gives the coat to Ann.\n", 1
    )
    assert why.weighs == ("something of his own goes to Ann",)
    assert why.reasons[0].sake == ("Ann",)
    (why, *_) = answers(tmp_path, f"{world}\n\n# One\n\nTom gives the coat to Ann.\n", 1)
    assert not why.reasons
    (why, *_) = answers(
        tmp_path, f"{world} It is Rex's.\n\n# One\n\nTom gives the coat to Ann.\n", 1
    )
    assert not why.weighs or "something of his own goes to Ann" not in why.weighs


def test_who_has_enemies_is_armed_by_whoever_wants_him_to_live(tmp_path: Path) -> None:
    text = (
        f"{WORLD}The gun is a gun. Tom has the gun. Tom wants Ann to live.\n\n# One\n\n"
        "Rex attacks Ann.\nTom gives the gun to Ann.\n"
    )
    (why, *_) = answers(tmp_path, text, 2)
    assert why.reasons[0].want == "Tom wants that Ann has a weapon"


def test_what_follows_from_a_want_may_be_said_in_a_rule(tmp_path: Path) -> None:
    """The letters of the want are found in what somebody wants, the others in what is so."""
    rule = (
        "When X is a person, Y is a person, Z is a person, X wants Y to live, Z is hostile to Y: "
        "X wants that Z is captive.\n"
    )
    text = f"{WORLD}{rule}Tom wants Ann to live.\n\n# One\n\nRex attacks Ann.\nTom takes Rex prisoner.\n"
    (why,) = answers(tmp_path, text, 2)
    assert "Tom wants that Rex is captive" in [reason.want for reason in why.reasons]


def test_an_opponent_is_not_told_what_one_is_after(tmp_path: Path) -> None:
    """In what nobody tells yet, that weighs; what the listener wants is as the teller knows it."""
    text = f"{WORLD}Tom wants Rex dead. Ann wants Rex to live.\n{{}}\n# One\n\nTom tells Ann that Tom wants Rex dead.\n"
    for known, expected in (("Tom knows that Ann wants Rex to live.\n", ["admission"]), ("", [])):
        path = tmp_path / "story.md"
        path.write_text(text.format(known), encoding="utf-8")
        run = fabula.read(path).run()
        motives = Motives(run)
        record = next(r for r in motives.rehearsal.runner.records if isinstance(r, EventRecord))
        stage = motives.rehearsal.after(record.before)
        (deed,) = deeds_told(motives.rehearsal.runner, record)
        assert [w.kind for w in weights(stage, deed, "Tom", True)] == expected
        assert not weights(stage, deed, "Tom")


def test_nobody_receives_without_a_giver_and_what_is_in_a_locked_desk_is_locked_up(
    tmp_path: Path,
) -> None:
    text = (
        f"{WORLD}The desk is a desk in the hall. The desk is locked. The will is a document in the desk. "
        "The key is a key. The key fits the desk. The key is in the yard.\n\n# One\n\nTom waits.\n"
    )
    path = tmp_path / "story.md"
    path.write_text(text, encoding="utf-8")
    limits = StoryLimits(author=1, seconds=20)
    assert not fabula.read(path).run().plan("Tom has the will", after=1, limits=limits).solved
