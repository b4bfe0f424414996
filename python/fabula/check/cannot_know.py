"""K301: somebody acts on what he cannot know."""

from __future__ import annotations

from collections.abc import Iterator

from fabula.check.case import Case
from fabula.check.findings import Reason
from fabula.check.minds import about, holds, kept_from, may_have_heard, secret
from fabula.check.repairs import learned
from fabula.check.rule import Fault, Rule
from fabula.check.wording import does, knowing
from fabula.engine.records import EventRecord
from fabula.engine.space import moved
from fabula.language.say import fact_words
from fabula.model import formula as f
from fabula.model.world import LOCATION, PLACE

TAKING = frozenset(["take", "take out", "steal a thing", "fetch"])


def find(case: Case) -> Iterator[Fault]:
    """``Ann goes to the crypt, and cannot know that the crypt is in the church``."""
    hidden = {
        part.inner.thing
        for s in case.secrets
        for part in f.conjuncts(s.formula)
        if isinstance(part, f.Within) and isinstance(part.inner, f.Const)
    }
    for record in case.events:
        event = record.happening
        if record.failures or event.attempt:
            continue
        if event.because is not None:
            yield from _reason_unknown(case, record, event.because)
        if event.action in TAKING:
            yield from _hiding_place_unknown(case, record)
        elif hidden and any(isinstance(a, str) and a in hidden for a in event.args):
            yield from _secret_place(case, record)


def _actors(case: Case, record: EventRecord) -> list[str]:
    """Who acts, of all that act together."""
    action = case.world.actions[record.happening.action]
    if not action.agreed or not action.params:
        return []
    return list(
        dict.fromkeys(
            things[0] for _, things in record.groundings if things and case.is_person(things[0])
        )
    )


def _reason_unknown(case: Case, record: EventRecord, because: f.Formula) -> Iterator[Fault]:
    """The stated reason is so, and the actor does not know it."""
    if case.truth(because, record.before) is not True:
        return
    people = [p for p in _actors(case, record) if not about(because, p)]
    if secret(case, because) is None:
        people = [p for p in people if not _his_own(case, because, p)]
    yield from _unknown(case, record, people, because)


def _his_own(case: Case, fact: f.Formula, person: str) -> bool:
    """Whether a fact says who somebody is to him ("Silas is her brother"): unless it is a secret, he knows that."""
    match fact:
        case f.Equals(f.Value(fluent, args), f.Lit(True)) if f.Const(person) in args:
            return fluent in {one for one, _ in case.state.lexicon.relations.values()}
    return False


def _secret_place(case: Case, record: EventRecord) -> Iterator[Fault]:
    """He goes by himself to a place that is kept from him."""
    effects = moved(case.world.actions[record.happening.action].effects)
    if not effects or record.happening.action.startswith("follow"):
        return
    actors = _actors(case, record)
    for arg in record.happening.args[1:]:
        if (
            not isinstance(arg, str)
            or arg not in case.world.things
            or not case.state.is_a(arg, PLACE)
        ):
            continue
        around = case.value(LOCATION, (arg,), record.before)
        if not isinstance(around, str):
            continue
        formula = f.Within(f.Const(arg), f.Const(around))
        stated = secret(case, formula)
        if stated is None or any(holds(case, p, formula, record.before) for p in actors):
            continue
        yield from _unknown(case, record, [p for p in actors if kept_from(stated, p)], formula)


def _hiding_place_unknown(case: Case, record: EventRecord) -> Iterator[Fault]:
    """He takes a thing from where somebody hid it, without having found it or seen it hidden."""
    for _, things in record.groundings:
        if len(things) < 2 or case.value("hidden", (things[1],), record.before) is not True:
            continue
        who, thing = things[0], things[1]
        around = case.value(LOCATION, (thing,), record.before)
        if not isinstance(around, str) or around == who or case.world.things[thing].owner == who:
            continue
        yield from _unknown(case, record, [who], f.Within(f.Const(thing), f.Const(around)))


def _unknown(
    case: Case, record: EventRecord, people: list[str], formula: f.Formula
) -> Iterator[Fault]:
    for person in people:
        if holds(case, person, formula, record.before) or may_have_heard(
            case, person, formula, record
        ):
            continue
        stated = secret(case, formula)
        because = (
            (Reason(stated.n, stated.source.text, stated.source.span),)
            if stated is not None
            else ()
        )
        yield Fault(
            record,
            f"{does(case, record.happening)}, {knowing(case, record.happening, person)} cannot know that {fact_words(case.state, formula)}: "
            "nobody has shown or told it",
            because,
            frozenset({("unknown", person, formula)}),
            fix=learned(case, person, formula),
            goal=f.Believes(f.Const(person), formula),
        )
        return


RULE = Rule(
    code="K301",
    name="cannot-know",
    severity="warning",
    explanation="""\
Somebody acts on what he cannot know: he goes straight to a place that is kept secret from him, takes a
thing from a hiding place that he has never seen used, or acts "because" of something that is so, but that he
has neither seen nor been told. Between scenes somebody who knew it, was free and does not keep it secret,
may have told him: that is assumed, and can be listed.

To answer it: let him see it, hear it or find it before.""",
    bad="""\
The hall is a room. The study is a room. Tom is a man in the hall. Ann is a woman in the study.
The letter is a letter. Tom has the letter. The vase is a container in the hall.

# The evening

Tom hides the letter in the vase.
Ann comes to the hall.
Ann takes the letter.
""",
    good="""\
The hall is a room. The study is a room. Tom is a man in the hall. Ann is a woman in the study.
The letter is a letter. Tom has the letter. The vase is a container in the hall.

# The evening

Tom hides the letter in the vase.
Ann comes to the hall.
Ann finds the letter.
Ann takes the letter.
""",
    find=find,
)
