"""M403: the reason that the text states for an act is none for whoever does it."""

from __future__ import annotations

from collections.abc import Iterator

from fabula.check.case import Case
from fabula.check.rule import Fault, Rule
from fabula.check.wording import does
from fabula.language.say import fact_words
from fabula.model import formula as f


def find(case: Case) -> Iterator[Fault]:
    """``Ann leaves because Tom is dead, and Ann does not believe that Tom is dead``."""
    for record in case.events:
        because = record.happening.because
        if because is None or not record.groundings:
            continue
        actor = record.groundings[0][1][0] if record.groundings[0][1] else ""
        if not case.is_person(actor):
            continue
        body = because
        if isinstance(because, f.Believes) and because.who == f.Const(actor):
            body = because.body
        held = case.runner.truth(body, record.before, (actor,))
        if held is not False or not _settled(case, body, record.before, actor):
            continue
        yield Fault(
            record,
            f"{does(case, record.happening)} because {fact_words(case.state, body)}, and "
            f"{case.words(actor)} does not believe that",
            keys=frozenset({("stated reason", record.n)}),
            fix="let it be learned first, or state another reason",
        )
    yield from _unserved(case)


def _unserved(case: Case) -> Iterator[Fault]:
    """``Tom kills Ann because the lamp is lit``: it weighs, and with that in mind it serves nothing he wants."""
    from fabula.reasons.wording import wanting  # only who asks for motives pays for what finds them

    for account in case.accounts:
        because = account.record.happening.because
        if because is None or account.reasons or case.motives.serves(account):
            continue
        record, who = account.record, case.words(account.person)
        wants = " and ".join(wanting(case.minds_state, want) for want in account.against[:1])
        yield Fault(
            record,
            f"{does(case, record.happening)} because {fact_words(case.state, because)}: no want of {who} was "
            f"found that it serves for that reason{f', and {wants}' if wants else ''}",
            keys=frozenset({("stated reason", record.n)}),
            fix=f"tell what {who} wants, or who did what to whom that it pays back",
        )


def _settled(case: Case, body: f.Formula, time: int, actor: str) -> bool:
    """Whether something has made him believe the opposite: what is only usual does not count."""
    runner = case.runner
    for part in f.conjuncts(body):
        inner = part.body if isinstance(part, f.Not) else part
        match inner:
            case f.Equals(f.Value(fluent, args), _) if all(isinstance(a, f.Const) for a in args):
                things = [runner.number(a.thing) for a in args if isinstance(a, f.Const)]
                if runner.timeline.explicit(
                    time, [runner.number(actor)], runner.fluent(fluent), things
                ):
                    return True
            case f.Within():
                return True
    return False


RULE = Rule(
    code="M403",
    name="stated-reason",
    severity="note",
    on_request=True,
    explanation="""\
An act is told with its reason ("because …"), and whoever does it believes the opposite at that moment: so it
cannot be why he does it. What he knows nothing of is let pass.

If the act weighs something, the reason is put to the test as well: with it in mind, a plan has to be found that begins with
the act and serves something he wants. What somebody did to others may be held against him without such a plan.

It is found with `fabula check --motives` alone.

To answer it: let him learn it first, or state the reason that he has.""",
    bad="""\
The hall is a room. Tom is a man in the hall. Ann is a woman in the hall. The lamp is a lamp in the hall. The lamp is lit.

# The evening

Ann leaves the hall because the lamp is not lit.
""",
    good="""\
The hall is a room. Tom is a man in the hall. Ann is a woman in the hall. The lamp is a lamp in the hall. The lamp is lit.

# The evening

Ann leaves the hall because the lamp is lit.
""",
    find=find,
)
