"""K302: somebody tells as known what he does not know."""

from __future__ import annotations

from collections.abc import Iterator

from fabula.check.case import Case
from fabula.check.families import held_by
from fabula.check.findings import Reason
from fabula.check.minds import (
    about,
    core,
    has_before_him,
    holds,
    kept_from,
    looked_into,
    may_have_heard,
    secret,
    took_in,
)
from fabula.check.repairs import learned
from fabula.check.rule import Fault, Rule
from fabula.check.wording import does, knowing
from fabula.engine.records import EventRecord, Literal
from fabula.language.say import fact_words
from fabula.model import formula as f
from fabula.model.story import Content
from fabula.model.world import LOCATION, PLACE


def find(case: Case) -> Iterator[Fault]:
    """``Ann tells Bob that Tom is dead, and cannot know it: …``."""
    telling = {
        i
        for i, a in case.world.actions.items()
        if a.seems is None and any(isinstance(e, f.Tell) for e in a.effects)
    }
    for record in case.events:
        event = record.happening
        if event.action not in telling or record.failures or event.attempt:
            continue
        speaker = event.args[0]
        content = next(
            (
                case.world.contents[a]
                for a in event.args
                if isinstance(a, str) and a in case.world.contents
            ),
            None,
        )
        if isinstance(speaker, str) and content is not None:
            yield from _told(case, record, speaker, content)


def _told(case: Case, record: EventRecord, speaker: str, content: Content) -> Iterator[Fault]:
    if content.formula is None or content.mode != "that":
        return
    for part in f.conjuncts(content.formula):
        if about(part, speaker) or not isinstance(core(part), tuple):
            continue
        if case.truth(part, record.before) is not True:
            continue
        if has_before_him(case, speaker, part, record.before):
            continue
        origin = _origin(case, part, record)
        if origin is not None and any(things[:1] == (speaker,) for _, things in origin.groundings):
            continue  # it was his own doing
        stated = secret(case, part)
        hidden = stated is not None and kept_from(stated, speaker)
        shut = None if origin is not None or hidden else _shut_in(case, part, record, speaker)
        if origin is None and not hidden and shut is None:
            continue
        if origin is not None and took_in(case, speaker, part, origin):
            continue  # it was done before him
        if origin is not None and _judged(case, speaker, part, origin):
            continue  # what it was he has found out since: that it was a lie
        if origin is None and looked_into(case, speaker, record, 1):
            continue  # he has just overheard people, or read something, and it is not said what that told him
        # last, since to ask a mind is to replay what he took in
        if holds(case, speaker, part, record.before) or may_have_heard(case, speaker, part, record):
            continue
        reason = (case.reason_of(origin),) if origin is not None else ()
        if not reason and stated is not None:
            reason = (Reason(stated.n, stated.source.text, stated.source.span),)
        if shut is not None:
            reason = (shut,)
        yield Fault(
            record,
            f"{does(case, record.happening)}, {knowing(case, record.happening, speaker)} cannot know it: "
            f"nobody has shown or told {case.words(speaker)} that {fact_words(case.state, part)}",
            reason,
            frozenset({("unknown", speaker, part)}),
            fix=learned(case, speaker, part),
            goal=f.Believes(f.Const(speaker), part),
        )
        return


def _judged(case: Case, speaker: str, part: f.Formula, origin: EventRecord) -> bool:
    """Whether somebody was there when another act was done that amounts to this one: he was told what was a lie."""
    match part:
        case f.Equals(f.Value(fluent, _), f.Lit(True)) if fluent.startswith("did:"):
            if fluent.removeprefix("did:") == origin.happening.action:
                return False
        case _:
            return False
    seen = case.runner.timeline.observers(origin.time)
    return any(case.runner.name(person) == speaker for person, _, _ in seen)


def _shut_in(case: Case, formula: f.Formula, record: EventRecord, speaker: str) -> Reason | None:
    """The sentence that closed or locked what a thing lies in, where neither is the speaker's."""
    match formula:
        case f.Within(f.Const(thing), _) | f.Equals(f.Value("location", (f.Const(thing),)), _):
            pass
        case _:
            return None
    box = case.value(LOCATION, (thing,), record.before)
    if not isinstance(box, str) or box not in case.world.things or case.is_person(box):
        return None
    if case.state.is_a(box, PLACE) or not case.state.is_a(box, "container"):
        return None
    owners = {case.world.things[thing].owner, case.world.things[box].owner}
    owners.add(held_by(case, box, record.before))
    if speaker in owners or any(_close(case, speaker, o, record.before) for o in owners if o):
        return None
    for fluent, value in (("open", False), ("locked", True)):
        if case.value(fluent, (box,), record.before) is value:
            runner = case.runner
            cause = runner.timeline.cause(
                record.before, [], runner.fluent(fluent), [runner.number(box)]
            )
            literal = Literal(fluent, (box,), None, value, cause, "")
            if (reason := case.reason(literal)) is not None:
                return reason
    return None


def _close(case: Case, one: str, other: str, time: int) -> bool:
    """Whether two have to do with each other: friends, kin, master and servant know what is in each other's boxes."""
    if not case.is_person(other):
        return False
    runner = case.runner
    numbers = {runner.number(one), runner.number(other)}
    return any(
        value is True and numbers <= set(args) for _, args, value in runner.timeline.facts(time, [])
    )


def _origin(case: Case, formula: f.Formula, record: EventRecord) -> EventRecord | None:
    """The event that settled a fact."""
    wanted = core(formula)
    if not isinstance(wanted, tuple):
        return None
    fluent, args = wanted
    names = [a.thing for a in args if isinstance(a, f.Const)]
    runner = case.runner
    if len(names) != len(args) or fluent not in runner.compiled.numbers.fluents:
        return None
    cause = runner.timeline.cause(
        record.before, [], runner.fluent(fluent), [runner.number(n) for n in names]
    )
    found = case.record_at(cause)
    return found if isinstance(found, EventRecord) and not case.assumed(cause) else None


RULE = Rule(
    code="K302",
    name="tells-unknown",
    severity="warning",
    explanation="""\
Somebody tells what is so, but that he has neither seen nor been told: it was done behind his back, the
story calls it a secret that is kept from him, or it lies in something of others that is said to be closed. To be wrong is no finding, nor to lie or to guess ("lies",
"suspects"). Between scenes somebody who knew it, was free and does not keep it secret, may have told him:
that is assumed, and can be listed.

To answer it: let him learn it before, or let him say that he guesses it.""",
    bad="""\
The hall is a room. The garden is a garden. The study is a room.
Tom is a man in the study. Rex is a man in the study. Ann is a woman in the hall. Bob is a man in the hall.

# The evening

Rex kills Tom.
Ann tells Bob that Tom is dead.
""",
    good="""\
The hall is a room. The garden is a garden. The study is a room.
Tom is a man in the study. Rex is a man in the study. Ann is a woman in the hall. Bob is a man in the hall.

# The evening

Rex kills Tom.
Ann goes to the study.
Ann goes to the hall.
Ann tells Bob that Tom is dead.
""",
    find=find,
)
