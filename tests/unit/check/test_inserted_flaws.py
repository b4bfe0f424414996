"""A story that holds, with one flaw put into it at every place where it would be one: that finding appears, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from fabula import pipeline

WORLD = """\
# The Heron House

The Heron house is a house in Dover. The parlour, the study and the cellar are rooms in the Heron house.
Ada Heron is a widow in the parlour. Ben is her nephew. He is in the study. Carl is a butler in the parlour.
Dora is a maid in the cellar. The strongbox is a container on the desk. The desk is a desk in the study.
The necklace is a necklace in the strongbox. The revolver is a pistol. Ben has the revolver. It is loaded.
The letter is a letter. Ada has the letter. The lamp is a lamp. Dora has the lamp.

# The evening

"""
EVENTS = (
    "Dora lights the lamp in the cellar.",
    "In the parlour, Ada reads the letter, which had come that morning, and turns pale.",
    "Carl asks her whether she is ill, but she answers that she is not.",
    "In the study, Ben opens the strongbox, finds the necklace and puts it in his pocket.",
    "Carl, sent by Ada, goes to the study.",
    "He sees Ben with the strongbox and asks him what he is looking for.",
    "Ben shoots Carl dead with the revolver.",
    "Ben drops the revolver and runs upstairs without being seen.",
    "Neither Ada nor Dora knows where Ben has gone.",
)

FLAWS = [
    # the dead act
    *((at, "Carl opens the door.", "P101") for at in (7, 8, 9)),
    *((at, "Carl asks Ben for the necklace.", "P101") for at in (7,)),
    # somebody acts with what another has, or what lies elsewhere
    *((at, "Ada drops the lamp.", "P103") for at in range(3, 10)),
    *((at, "Dora drops the letter.", "P103") for at in range(3, 10)),
    *((at, "Dora puts on the necklace.", "P103") for at in range(4, 6)),
    *((at, "Ada loads the revolver.", "P103") for at in range(4, 7)),
    # somebody is elsewhere; of whom nothing has been told for long, he may have come
    *((at, "Ada kisses Dora.", "P102") for at in range(3, 6)),
    *((at, "Ben kisses Dora.", "P102") for at in range(4, 6)),
    *((at, "Dora kisses Carl.", "P102") for at in range(3, 6)),
    # somebody knows what he cannot know
    *((at, "Ada says that Carl is dead.", "K302") for at in (7, 8, 9)),
    *((at, "Dora says that Carl is dead.", "K302") for at in (7, 8, 9)),
    # what is said is not so
    *((at, "Dora is in the study.", "C201") for at in range(3, 10)),
    *((at, "Ada has the lamp.", "C201") for at in range(3, 10)),
]


def findings(tmp_path: Path, events: tuple[str, ...]) -> list[str]:
    path = tmp_path / "story.md"
    path.write_text(WORLD + "\n".join(events) + "\n", encoding="utf-8")
    story = pipeline.read(str(path))
    assert [problem.message for problem in story.problems] == []
    return [finding.code for finding in story.run().check().findings]


def test_the_story_holds(tmp_path: Path) -> None:
    assert findings(tmp_path, EVENTS) == []


@pytest.mark.parametrize(("at", "flaw", "code"), FLAWS)
def test_a_flaw_is_found_alone(tmp_path: Path, at: int, flaw: str, code: str) -> None:
    assert findings(tmp_path, (*EVENTS[:at], flaw, *EVENTS[at:])) == [code]
