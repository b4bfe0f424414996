"""M401: somebody acts against what he wants himself, and gains nothing by it."""

from __future__ import annotations

from collections.abc import Iterator

from fabula.check.case import Case
from fabula.check.rule import Fault, Rule
from fabula.check.wording import does


def find(case: Case) -> Iterator[Fault]:
    """``Ann burns the letter, and Ann wants to have the letter``."""
    from fabula.reasons.wording import wanting  # only who asks for motives pays for what finds them

    for account in case.accounts:
        if account.reasons or not account.against or account.stated_reason:
            continue
        record = account.record
        wants = " and ".join(wanting(case.minds_state, want) for want in account.against[:2])
        yield Fault(
            record,
            f"{does(case, record.happening)}, though {wants}; nothing was found that is gained by it",
            keys=frozenset({("against want", record.n, account.person)}),
            fix="tell before it what is worth more, or what makes it impossible to act otherwise",
        )


RULE = Rule(
    code="M401",
    name="against-want",
    severity="note",
    on_request=True,
    explanation="""\
Somebody does something that takes away what he wants, as far as he knows, and nothing else that he wants is
served by it. Who gives up one thing for another that weighs more, or errs about what his act does, is not meant.

It is found with `fabula check --motives` alone.

To answer it: say what is gained, state a stronger want ("Ann wants to live more than she wants to have the
letter."), or give the act a reason ("because …").""",
    bad="""\
The hall is a room. Tom is a man in the hall. Ann is a woman in the hall. Tom wants Ann to live.

# The evening

Tom kills Ann.
""",
    good="""\
The hall is a room. Tom is a man in the hall. Ann is a woman in the hall. Rex is a man in the hall.
Tom wants Ann to live. Rex wants Ann dead. Tom knows that Rex wants Ann dead.

# The evening

Tom kills Rex.
""",
    find=find,
)
