"""P101: the dead act, or take part in what needs the living."""

from __future__ import annotations

from collections.abc import Iterator

from fabula.check.case import Case
from fabula.check.possible import faults
from fabula.check.rule import Fault, Rule


def find(case: Case) -> Iterator[Fault]:
    """``Tom cannot open the box: Tom is dead (since event 3)``."""
    return faults(case, "P101")


RULE = Rule(
    code="P101",
    name="acts-after-death",
    severity="error",
    explanation="""\
Who is dead does nothing more, and nothing can be done with him that needs the living: he is not given
things, told news or killed again. What he leaves behind (a letter, a trap, a rumour) goes on without him.

To answer it: let somebody else do it, move the event before the death, or let him have been thought
dead only ("seems dead", a sleeping draught).""",
    bad="""\
The hall is a room. The garden is a garden. Tom is a man in the hall. Ann is a woman in the hall.

# The evening

Ann kills Tom.
Tom goes to the garden.
""",
    good="""\
The hall is a room. The garden is a garden. Tom is a man in the hall. Ann is a woman in the hall.

# The evening

Ann hits Tom.
Tom goes to the garden.
""",
    find=find,
)
