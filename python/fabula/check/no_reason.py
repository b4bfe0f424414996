"""M402: somebody does something that weighs, and nothing he wants and believes leads to it."""

from __future__ import annotations

from collections.abc import Iterator

from fabula.check.case import Case
from fabula.check.rule import Fault, Rule
from fabula.check.wording import does

KINDS = {
    "harm": "harms {}",
    "rescue": "frees {}",
    "gift": "gives something of his own to {}",
    "lie": "lies to {}",
    "order": "binds {} to something",
    "betrayal": "gives away to {} what is a secret",
    "theft": "takes something from {}",
    "exposure": "shows an enemy where {} is",
    "crossing": "goes against what {} wants",
    "admission": "tells {} what he is up against",
    "sacrifice": "costs {} what everybody wants",
}


def find(case: Case) -> Iterator[Fault]:
    """``Tom kills Ann, and nothing explains it``."""
    for account in case.accounts:
        if account.reasons or account.against or account.stated_reason:
            continue
        record = account.record
        weight = account.weights[0]
        touched = KINDS[weight.kind].format(
            case.words(weight.about) if weight.about in case.world.things else "somebody"
        )
        looked = " in the time given" if account.over else ""
        yield Fault(
            record,
            f"{does(case, record.happening)}: that {touched}, and no want of {case.words(account.person)} "
            f"was found that it serves{looked}",
            keys=frozenset({("no reason", record.n, account.person)}),
            fix=f"tell before it what {case.words(account.person)} wants, or what makes it worth doing",
        )


RULE = Rule(
    code="M402",
    name="no-reason",
    severity="note",
    on_request=True,
    explanation="""\
Somebody does something that weighs: it harms, frees, gives away, deceives, binds or betrays. From what that
person believes at this moment, no plan was found that begins with the act and serves anything he wants: not by
itself, not by what it leads to within a few steps, and not by what it keeps from happening.

That is a note and no error: people do things for reasons that a story does not tell. It is found with
`fabula check --motives` alone; `fabula why` shows for one event what was found.

To answer it: say what the person wants, or let him learn what makes the act worth doing.""",
    bad="""\
The hall is a room. Tom is a man in the hall. Ann is a woman in the hall.

# The evening

Tom kills Ann.
""",
    good="""\
The hall is a room. Tom is a man in the hall. Ann is a woman in the hall. Tom hates Ann.

# The evening

Tom kills Ann.
""",
    find=find,
)
