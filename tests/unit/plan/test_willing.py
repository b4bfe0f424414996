"""What people do in plans: for reasons first, then going somewhere for none, and favours last."""

from __future__ import annotations

from pathlib import Path

from fabula.plan.story import StoryLimits
from tests.unit.plan.test_story import plans

MARKET = """\
The camp is a camp. The bazaar is a bazaar. Samira is a merchant in the camp. Yusuf is a merchant in the camp.
The silk is silk. Yusuf has the silk. The silk is Yusuf's. The coins are coins. Samira has the coins. The coins are Samira's.
Samira wants to have the silk.
"""
GUARDED = """\
The gallery is a room. The vault is a room. Vera is a woman in the gallery. Max is a man in the gallery. Olga is a woman in the vault.
The glass box is a box in the gallery. The emerald is a jewel in the glass box. The glass box is locked.
The small key is a key. It fits the glass box. Olga has the small key.
Vera wants to have the emerald. Vera knows that Olga is in the vault. Max wants that Vera is captive.
"""


def test_what_is_wanted_is_bought_by_giving_money_for_it(tmp_path: Path) -> None:
    found = plans(
        tmp_path, MARKET, "Samira has the silk and Yusuf has the coins", limits=StoryLimits()
    )
    assert found.plans[0].sentences == ("Samira gives Yusuf the coins in exchange for the silk.",)
    assert not found.plans[0].idle


def test_nobody_breaks_for_another_what_is_not_his(tmp_path: Path) -> None:
    found = plans(tmp_path, GUARDED, "Vera has the emerald", limits=StoryLimits(count=3))
    assert found.solved
    assert not any(
        "Max" in one and "break" in one for plan in found.plans for one in plan.sentences
    )
    first = found.plans[0]
    assert not first.idle
    assert all(one.startswith("Vera ") for one in first.sentences)


def test_furniture_stays_where_it_is(tmp_path: Path) -> None:
    text = (
        "The hall is a room. The yard is a yard. Tom is a man in the hall. "
        "The table is a table in the hall.\n"
    )
    limits = StoryLimits(author=2, seconds=10)
    assert not plans(tmp_path, text, "The table is in the yard", limits=limits).solved


def test_what_is_owned_may_be_an_animal(tmp_path: Path) -> None:
    text = (
        "The camp is a camp. Yusuf is a man in the camp. Omar is a man in the camp. The map is a map. Omar has the map. "
        "The camel is a camel. Yusuf has the camel. It is Yusuf's. Yusuf wants to have the map. Omar wants to have the camel.\n"
    )
    found = plans(tmp_path, text, "Omar has the camel", limits=StoryLimits(author=2))
    assert "in exchange for" in found.plans[0].sentences[0]


def test_nobody_walks_to_his_own_death_where_somebody_can_come_for_him(tmp_path: Path) -> None:
    text = (
        "The hall is a room. The yard is a yard. Tom is a man in the hall. Rex is a man in the yard. "
        "Rex hates Tom. Rex knows that Tom is in the hall.\n"
    )
    found = plans(tmp_path, text, "Tom is dead", limits=StoryLimits(count=2, seconds=10))
    assert found.plans[0].sentences[0] == "Rex goes to the hall."
