"""P107: another condition of the act itself is not met: an empty gun, a locked box, a broken machine."""

from __future__ import annotations

from collections.abc import Iterator

from fabula.check.case import Case
from fabula.check.keys import reasons_of_keys, without_key
from fabula.check.possible import Trouble, faults, plainly
from fabula.check.rule import Fault, Rule


def find(case: Case) -> Iterator[Fault]:
    """``Tom cannot open the box: the box is locked (since event 12), and Tom does not have the key``."""
    return faults(case, "P107", _say, reasons_of_keys)


def _say(case: Case, trouble: Trouble) -> str:
    return plainly(case, trouble) + without_key(case, trouble)


RULE = Rule(
    code="P107",
    name="own-condition",
    severity="error",
    explanation="""\
What a verb needs stands in its rule ("needs: …"; `fabula words` shows them): a gun that shoots is
loaded, what is opened is not locked or the key is at hand, who lies does not believe what he says. Such a
condition is known not to be met.

To answer it: say what meets it (he loads the gun, he finds the key).""",
    bad="""\
The hall is a room. Tom is a man in the hall. Ann is a woman in the hall.
The pistol is a pistol. Tom has the pistol.

# The duel

Tom unloads the pistol.
Tom shoots Ann with the pistol.
""",
    good="""\
The hall is a room. Tom is a man in the hall. Ann is a woman in the hall.
The pistol is a pistol. Tom has the pistol.

# The duel

Tom unloads the pistol.
Tom loads the pistol.
Tom shoots Ann with the pistol.
""",
    find=find,
)
