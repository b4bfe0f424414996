"""P105: something is sealed away or out of sight, and yet it is seen or taken."""

from __future__ import annotations

from collections.abc import Iterator

from fabula.check.case import Case
from fabula.check.keys import reasons_of_keys, without_key
from fabula.check.possible import Trouble, faults, plainly
from fabula.check.repairs import otherwise, told_before
from fabula.check.rule import Fault, Rule
from fabula.check.wording import actual, cannot, so
from fabula.engine.records import EventRecord, Literal
from fabula.model import formula as f
from fabula.model.world import LOCATION, PLACE

SEEING = frozenset(["see", "watch", "notice"])


def find(case: Case) -> Iterator[Fault]:
    """``Ann cannot see the letter: the letter is in the box, and the box is closed (since event 2)``."""
    yield from faults(case, "P105", _say, reasons_of_keys)
    for record in case.events:
        if record.happening.action in SEEING and not record.failures:
            yield from _unseen(case, record)


def _say(case: Case, trouble: Trouble) -> str:
    return plainly(case, trouble) + without_key(case, trouble)


def _unseen(case: Case, record: EventRecord) -> Iterator[Fault]:
    """A thing that somebody sees although a closed container or a closed cover is around it."""
    args = record.happening.args
    if len(args) < 2 or not all(isinstance(a, str) for a in args[:2]):
        return
    who, thing = str(args[0]), str(args[1])
    if thing not in case.world.things or case.state.is_a(thing, PLACE):
        return
    if case.is_person(thing):
        literals = _hiding(case, thing, record, who)
    else:
        literals = _sealing(case, thing, record.before, who)
    if not literals:
        return
    facts = ", and ".join(f"{so(case, one)}{case.since(one)}" for one in literals)
    last = literals[-1]
    yield Fault(
        record,
        f"{cannot(case, record.happening)}: {facts}",
        tuple(r for one in literals if (r := case.reason(one)) is not None),
        frozenset({("sealed", thing, last.fluent, last.args, last.cause)}),
        tuple(one.cause for one in literals if one.cause is not None),
        fix=told_before(otherwise(case, last)),
        goal=f.negated(actual(case, last, ())),
    )


def _hiding(case: Case, person: str, record: EventRecord, who: str) -> list[Literal]:
    """That somebody is hidden, where it was told how he hid, and who sees him has no idea where he is.

    To notice or to find somebody is another matter: that is how he comes to light.
    """
    time = record.before
    if record.happening.action == "notice" or "hidden" not in case.world.fluents:
        return []
    hidden = _fact(case, "hidden", (person,), time)
    if hidden.actual is not True or not _said(case, hidden) or case.assumed(hidden.cause):
        return []
    here = case.value(LOCATION, (person,), time)
    if here is None or here == case.value(LOCATION, (who,), time):
        return []
    if case.value(LOCATION, (person,), time, (who,)) == here:
        return []
    return [hidden]


def _sealing(case: Case, thing: str, time: int, who: str) -> list[Literal]:
    """What is around a thing and shut, with where the thing is; nothing where it can be seen, or nobody said."""
    here, inside = thing, _fact(case, LOCATION, (thing,), time)
    for _ in range(10):
        cover = _cover(case, here, time)
        if cover:
            return cover
        around = case.value(LOCATION, (here,), time)
        if not isinstance(around, str) or around not in case.world.things or around == who:
            return []
        if case.is_person(around) or case.state.is_a(around, PLACE):
            return []
        shut = _fact(case, "open", (around,), time)
        if shut.actual is False and case.state.is_a(around, "container") and _said(case, shut):
            return (
                [inside, shut]
                if here == thing
                else [inside, _fact(case, LOCATION, (here,), time), shut]
            )
        here = around
    return []


def _cover(case: Case, thing: str, time: int) -> list[Literal]:
    for other in case.world.things:
        if other != thing and case.value("cover", (other, thing), time) is True:
            shut = _fact(case, "open", (other,), time)
            if shut.actual is False:
                return [_fact(case, "cover", (other, thing), time), shut]
    return []


def _said(case: Case, literal: Literal) -> bool:
    """Whether somebody closed it or it was said to be closed; that boxes usually are is not enough."""
    return case.reason(literal) is not None


def _fact(case: Case, fluent: str, args: tuple[str, ...], time: int) -> Literal:
    runner = case.runner
    cause = runner.timeline.cause(time, [], runner.fluent(fluent), [runner.number(a) for a in args])
    return Literal(fluent, args, None, case.value(fluent, args, time), cause, "")


RULE = Rule(
    code="P105",
    name="out-of-sight",
    severity="error",
    explanation="""\
A thing is seen or taken that is sealed away: in something that was closed, under something that covers
it, behind a lock; or somebody sees who is blindfolded or blinded, or sees a person in hiding of whom he
does not know where he is. What is hidden can still be found ("finds", "searches", "notices").

To answer it: open what is closed, say how it comes to light, or let him find it.""",
    bad="""\
The hall is a room. Ann is a woman in the hall. The box is a box in the hall.
The letter is a letter in the box.

# The evening

Ann closes the box.
Ann sees the letter.
""",
    good="""\
The hall is a room. Ann is a woman in the hall. The box is a box in the hall.
The letter is a letter in the box.

# The evening

Ann closes the box.
Ann opens the box.
Ann sees the letter.
""",
    find=find,
)
