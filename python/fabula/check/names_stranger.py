"""K303: somebody recognises or names a person whom he has never met and of whom he has never heard."""

from __future__ import annotations

from collections.abc import Iterator

from fabula.check.case import Case
from fabula.check.findings import Reason
from fabula.check.minds import holds, kept_from, may_have_heard
from fabula.check.repairs import learned
from fabula.check.rule import Fault, Rule
from fabula.check.wording import does, knowing
from fabula.engine.records import EventRecord
from fabula.language.say import fact_words
from fabula.model import formula as f
from fabula.model.story import Stated
from fabula.model.world import WHO

NAMING = frozenset(["name", "recognise as"])
RECOGNISING = frozenset(["recognise"])


def find(case: Case) -> Iterator[Fault]:
    """``Bob calls Tom the Shadow, and cannot know that the Shadow is Tom``."""
    secrets = {
        p.left.args[0].thing: s
        for s in case.secrets
        for p in f.conjuncts(s.formula)
        if isinstance(p, f.Equals)
        and isinstance(p.left, f.Value)
        and p.left.fluent == WHO
        and isinstance(p.left.args[0], f.Const)
    }
    if not secrets:
        return
    for record in case.events:
        event = record.happening
        if event.action not in NAMING | RECOGNISING or record.failures or event.attempt:
            continue
        for _, things in record.groundings:
            name = next((t for t in things[1:] if t in secrets), None)
            if event.action in RECOGNISING and len(things) > 1:
                name = _said_name(case, record, things[1], secrets)
            if name is not None and (len(things) > 2 or event.action in RECOGNISING):
                yield from _named(case, record, things[0], things[1], name, secrets[name])


def _said_name(
    case: Case, record: EventRecord, body: str, secrets: dict[str, Stated]
) -> str | None:
    """The secret name of somebody under which a sentence speaks of him ("recognises the Shadow")."""
    said = record.happening.words.casefold()
    return next(
        (
            name
            for name in secrets
            if case.value(WHO, (name,), record.before) == body
            and case.world.things[name].label.casefold() in said
        ),
        None,
    )


def _named(
    case: Case, record: EventRecord, who: str, body: str, name: str, stated: Stated
) -> Iterator[Fault]:
    if not kept_from(stated, who) or body == who or case.value(WHO, (name,), record.before) != body:
        return
    formula = f.Equals(f.Value(WHO, (f.Const(name),)), f.Const(body))
    if holds(case, who, formula, record.before):
        return
    if record.happening.action != "name" and _heard_of(case, who, name, body, record.before):
        return
    if may_have_heard(case, who, formula, record):
        return
    yield Fault(
        record,
        f"{does(case, record.happening)}, {knowing(case, record.happening, who)} cannot know that {fact_words(case.state, formula)}: "
        "they have never met under that name, and nobody has told it",
        (Reason(stated.n, stated.source.text, stated.source.span),),
        frozenset({("unknown", who, formula)}),
        fix=learned(case, who, formula),
        goal=f.Believes(f.Const(who), formula),
    )


def _heard_of(case: Case, who: str, name: str, body: str, time: int) -> bool:
    """Whether he has anything to go by: he was told of the name, or knows the person."""
    runner = case.runner
    number, other = runner.number(name), runner.number(body)
    for fluent, args, value in runner.timeline.facts(time, [runner.number(who)]):
        ident = runner.compiled.numbers.fluent_ids[fluent]
        if ident != WHO and (number in args or value == number):
            return True
        if (
            ident in ("know", "meet", "brother", "sister", "mother", "father", "friend")
            and other in args
        ):
            return True
    return False


RULE = Rule(
    code="K303",
    name="names-stranger",
    severity="warning",
    explanation="""\
Somebody calls a person by a name, or recognises him as the one of a title, a legend or a description, and
has nothing to go by: who bears the name is kept from him ("Only Ann knows that the Shadow is Tom"), he has
heard nothing of its bearer, and the two have not met. Between scenes somebody may have told him: that is
assumed, and can be listed.

To answer it: let him be told (of the name, of its bearer's looks), or let them have met.""",
    bad="""\
The hall is a room. Tom is a man in the hall. Ann is a woman in the hall. Bob is a man in the hall.
The Shadow is really Tom. Only Ann knows that.

# The evening

Bob calls Tom the Shadow.
""",
    good="""\
The hall is a room. Tom is a man in the hall. Ann is a woman in the hall. Bob is a man in the hall.
The Shadow is really Tom. Only Ann knows that.

# The evening

Ann tells Bob that Tom is the Shadow.
Bob calls Tom the Shadow.
""",
    find=find,
)
