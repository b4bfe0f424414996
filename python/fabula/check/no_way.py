"""P106: there is no way: a place is locked, destroyed or barred, or the declared map has no way to it."""

from __future__ import annotations

from collections.abc import Iterator

from fabula.check.case import Case
from fabula.check.findings import Reason
from fabula.check.keys import reasons_of_keys, without_key
from fabula.check.possible import Trouble, faults, plainly
from fabula.check.rule import Fault, Rule
from fabula.check.ways import Map
from fabula.check.wording import cannot
from fabula.engine.records import EventRecord
from fabula.engine.space import moved
from fabula.language.say import fact_words
from fabula.model import formula as f
from fabula.model.world import PLACE_OF


def find(case: Case) -> Iterator[Fault]:
    """``Tom cannot go to the vault: the vault is locked (since event 2), and Tom does not have the key``."""
    yield from faults(case, "P106", _say, reasons_of_keys)
    ways = Map.of(case)
    if ways is None:
        return
    for record in case.events:
        if record.failures or not moved(case.world.actions[record.happening.action].effects):
            continue
        yield from _off_the_map(case, record, ways)


def _say(case: Case, trouble: Trouble) -> str:
    return plainly(case, trouble) + without_key(case, trouble)


def _off_the_map(case: Case, record: EventRecord, ways: Map) -> Iterator[Fault]:
    """Somebody gets by himself from one place to another that no declared way leads to."""
    for _, things in record.groundings:
        who = things[0] if things else ""
        if not case.is_person(who):
            continue
        start, end = (case.value(PLACE_OF, (who,), t) for t in (record.before, record.time))
        if not isinstance(start, str) or not isinstance(end, str) or start == end:
            continue
        if any(case.state.is_a(p, "vehicle") for p in (start, end)):
            continue
        barred = ways.barred(case, start, end, record.before)
        if barred is None:
            continue
        words = f"no way leads from {case.words(start)} to {case.words(end)}"
        if barred:
            words += f" but through {case.words(barred)}, which is {ways.state_of(case, barred, record.before)}"
        yield Fault(
            record,
            f"{cannot(case, record.happening)}: {words}",
            _declared(case, ways, start, end) + ways.reasons(case, barred, record.before),
            frozenset({("way", start, end, barred)}),
            fix=_way_out(case, start, end, barred),
            goal=_open(case, barred, record.before) if barred else None,
        )
        return


def _open(case: Case, barred: str, time: int) -> f.Formula | None:
    """That a place is no longer locked; what is destroyed stays so."""
    if case.value("locked", (barred,), time) is not True:
        return None
    return f.truth("locked", f.Const(barred), value=False)


def _way_out(case: Case, start: str, end: str, barred: str) -> str:
    """Another way, or one through what is shut."""
    if barred:
        return f"tell before it how {case.words(barred)} is opened"
    way = f.Equals(f.Value("lead to", (f.Const(start), f.Const(end))), f.Lit(True))
    words = fact_words(case.state, way)
    return f"declare the way: {words[:1].upper()}{words[1:]}."


def _declared(case: Case, ways: Map, start: str, end: str) -> tuple[Reason, ...]:
    """The sentences that declare the ways from both ends."""
    found = [
        case.initial("lead to", pair)
        for place in (start, end)
        for pair in ways.declared(case, place)
    ]
    return tuple(dict.fromkeys(r for r in found if r is not None))


RULE = Rule(
    code="P106",
    name="no-way",
    severity="error",
    explanation="""\
Somebody gets into a place that is locked (and has no key), destroyed or barred; or from a place to another
that no way leads to. Ways are asked about only where the story declares them:

    A place can lead to a place.
    The hall leads to the garden.

Such a way can be gone both ways. Places that no sentence of this sort speaks of are reached as anybody
pleases.

To answer it: unlock or break it open, give somebody the key, or declare the way.""",
    bad="""\
The hall is a room. The vault is a room. Tom is a man in the hall.

# The bank

Tom locks the vault.
Tom goes to the vault.
""",
    good="""\
The hall is a room. The vault is a room. Tom is a man in the hall.

# The bank

Tom locks the vault.
Tom breaks the vault open.
Tom goes to the vault.
""",
    find=find,
)
