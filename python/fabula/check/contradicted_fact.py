"""C201: a plain statement in the middle of the story, and the story says otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from fabula.check.case import Case
from fabula.check.claims import contradiction
from fabula.check.rule import Fault, Rule


def find(case: Case) -> Iterator[Fault]:
    """``this is not so: the ring is in the box (since event 4)``."""
    for record in case.contradicted:
        if record.stated.strength == "plain":
            yield contradiction(case, record, "this is not so")


RULE = Rule(
    code="C201",
    name="contradicted-fact",
    severity="error",
    explanation="""\
A plain statement after the first event ("The door is open.") says what must hold there. If nothing known
speaks against it, it is taken to be so from there on. Here something does: it was stated or done
otherwise, and nothing since has changed it. What is merely usual, and moods and the like after a pause,
give way without a word.

To answer it: say what changed it, or correct one of the two.""",
    bad="""\
The hall is a room. Tom is a man in the hall. Ann is a woman in the hall.
The ring is a ring. Tom has the ring.

# The evening

Tom gives the ring to Ann.
Tom has the ring.
""",
    good="""\
The hall is a room. Tom is a man in the hall. Ann is a woman in the hall.
The ring is a ring. Tom has the ring.

# The evening

Tom gives the ring to Ann.
Ann has the ring.
""",
    find=find,
)
