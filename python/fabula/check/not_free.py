"""P104: somebody who is held, surrounded, tied up, captive, asleep or locked in acts as if he were free."""

from __future__ import annotations

from collections.abc import Iterator

from fabula.check.case import Case
from fabula.check.possible import faults
from fabula.check.rule import Fault, Rule


def find(case: Case) -> Iterator[Fault]:
    """``El and Carolina cannot go to the hospital: the guards surround El and Carolina (since event 98)``."""
    return faults(case, "P104")


RULE = Rule(
    code="P104",
    name="not-free",
    severity="error",
    explanation="""\
Who is held, surrounded, tied up, captive, stuck or locked in does not go away, and who is asleep or
unconscious does nothing, until something ends it: somebody lets him go, frees or wakes him, he breaks
out, or who held him dies or goes away. Calling off an attack does not open a ring. Sleep may end
unsaid between scenes; captivity does not.

To answer it: say how he gets free.""",
    bad="""\
The hall is a room. The garden is a garden. Tom is a man in the hall. Ann is a woman in the hall.

# The capture

Ann ties up Tom.

# The next day

Tom goes to the garden.
""",
    good="""\
The hall is a room. The garden is a garden. Tom is a man in the hall. Ann is a woman in the hall.

# The capture

Ann ties up Tom.

# The next day

Ann unties Tom.
Tom goes to the garden.
""",
    find=find,
)
