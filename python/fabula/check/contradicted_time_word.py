"""C202: "now", "still", "no longer", "already", "never", or "does not", and the story says otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from fabula.check.case import Case
from fabula.check.claims import contradiction, denied
from fabula.check.rule import Fault, Rule


def find(case: Case) -> Iterator[Fault]:
    """``this is not still so: Tom is in the garden (since event 3)``."""
    for record in case.contradicted:
        match record.stated.strength:
            case "plain":
                continue
            case "never":
                yield denied(case, record)
            case "no longer":
                yield contradiction(case, record, "this is still so")
            case "still":
                yield contradiction(case, record, "this is so no longer")
            case word:
                yield contradiction(case, record, f"this is not {word} so")


RULE = Rule(
    code="C202",
    name="contradicted-time-word",
    severity="error",
    explanation="""\
"Tom is still in the hall", "the door is no longer locked", "Ann is already there", "Tom is now in the
garden" say how things stand at this point, and "Ann does not open the box" says what does not happen in
this scene. The story says otherwise.

To answer it: say what changed it, or correct the statement.""",
    bad="""\
The hall is a room. The garden is a garden. Tom is a man in the hall.

# The evening

Tom goes to the garden.
Tom is still in the hall.
""",
    good="""\
The hall is a room. The garden is a garden. Tom is a man in the hall.

# The evening

Tom goes to the garden.
Tom is no longer in the hall.
""",
    find=find,
)
