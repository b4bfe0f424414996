"""What people take from what they hear and see besides its words: where a thing is since, and why a try failed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fabula.engine.expressions import Expr, Scope, effects, held
from fabula.language.contents import results
from fabula.model import formula as f
from fabula.model.story import Happening, Stated
from fabula.model.world import LOCATION, PERSON

if TYPE_CHECKING:
    from fabula.engine.records import EventRecord
    from fabula.engine.runner import Runner


def from_telling(runner: Runner, record: EventRecord) -> None:
    """Who is told of an act that moved something, and believes it, takes the thing to be where the act left it.

    Unless the teller himself knows better ("she gave it to Tom": and Tom has lost it since), or the hearer has
    learned of its place later than the act was done.
    """
    event = record.happening
    if event.attempt or not record.groundings:
        return
    deeds = list(_deeds(runner, event))
    if not deeds:
        return
    now = runner.timeline.now
    seen = [c for c, _, _ in runner.timeline.observers(record.time)]
    teller = _teller(runner, event)
    for deed in deeds:
        for result in results(runner.compiled.state, deed, lasting=False):
            left = result.left
            if not isinstance(left, f.Value) or left.fluent != LOCATION:
                continue
            if not isinstance(result.right, f.Const):
                continue
            if teller is not None and not _vouches(runner, teller, deed, result, record.before):
                continue
            done = [
                effect
                for hearer in seen
                if hearer != teller and _takes(runner, hearer, deed, result, now, record.before)
                for effect in _believed(runner, hearer, teller, result)
            ]
            if done:
                runner.timeline.step(done, _any_of([*seen, *([teller] if teller else [])]))


def from_feeling(runner: Runner, stated: Stated) -> None:
    """Who is angry because he was betrayed takes himself to be betrayed, whether or not it is so."""
    if stated.because is None:
        return
    state = runner.compiled.state
    for part in f.conjuncts(stated.formula):
        match part:
            case f.Equals(f.Value(fluent, (f.Const(who), *_)), f.Lit()) if (
                fluent in state.lexicon.felt and state.is_a(who, PERSON)
            ):
                if runner.truth(stated.because, None, (who,)) is not True:
                    done = effects(
                        held(stated.because, (f.Const(who),)), Scope(runner.compiled.numbers)
                    )
                    if done:
                        runner.timeline.step(done, False)


def from_failing(runner: Runner, record: EventRecord, reason: f.Formula) -> None:
    """Who sees a try fail ("tries to shoot, but the gun is empty") sees why, unless the reason is in somebody's mind."""
    if not _shows(reason):
        return
    seen = [c for c, _, _ in runner.timeline.observers(record.time)]
    done: list[Expr] = []
    for person in seen:
        who = f.Const(runner.name(person))
        done.extend(effects(held(reason, (who,)), Scope(runner.compiled.numbers)))
    if done:
        runner.timeline.step(done, _any_of(seen))


def _deeds(runner: Runner, event: Happening) -> Iterator[f.Formula]:
    """The acts that an event tells of, or lets somebody come to know."""
    for part in told_by(runner, event):
        match part:
            case f.Equals(f.Value(fluent, _), f.Lit(True)) if fluent.startswith("did:"):
                yield part


def told_by(runner: Runner, event: Happening) -> Iterator[f.Formula]:
    """All that an event tells, or lets somebody come to know."""
    world = runner.model.world
    action = world.actions[event.action]
    roles = {e.content for e in action.effects if isinstance(e, f.Tell | f.Hold)}
    for param, arg in zip(action.params, event.args, strict=True):
        content = world.contents.get(arg) if isinstance(arg, str) else None
        if param.name not in roles or content is None or content.mode != "that":
            continue
        if content.formula is not None:
            yield from f.conjuncts(content.formula)


def _teller(runner: Runner, event: Happening) -> int | None:
    """Who tells; None where somebody comes to know by himself."""
    action = runner.model.world.actions[event.action]
    for effect in action.effects:
        if isinstance(effect, f.Tell) and isinstance(effect.speaker, f.Var):
            names = [p.name for p in action.params]
            arg = event.args[names.index(effect.speaker.name)]
            said = isinstance(arg, str) and runner.compiled.state.is_a(arg, PERSON)
            return runner.number(arg) if said and isinstance(arg, str) else None
    return None


def _vouches(runner: Runner, teller: int, deed: f.Formula, result: f.Equals, time: int) -> bool:
    """Whether the teller takes things to be still as the act left them; of a lie, whoever hears it concludes so."""
    mind = (runner.name(teller),)
    return runner.truth(result, time, mind) is True or runner.truth(deed, time, mind) is not True


def _takes(
    runner: Runner, hearer: int, deed: f.Formula, result: f.Equals, now: int, before: int
) -> bool:
    """Whether a hearer believes that the act was done, did not know of it, and knows nothing of later days."""
    mind = (runner.name(hearer),)
    if runner.truth(deed, now, mind) is not True or runner.truth(deed, before, mind) is True:
        return False
    if runner.truth(result, now, mind) is True:
        return False
    done, known = _since(runner, now, [], deed), _since(runner, now, [hearer], result)
    return known is None or known < (now if done is None else done)


def _since(runner: Runner, time: int, chain: list[int], fact: f.Formula) -> int | None:
    """When the value that a fact is about came to be, in the world or in a mind."""
    if not isinstance(fact, f.Equals) or not isinstance(fact.left, f.Value):
        return None
    things = [a.thing for a in fact.left.args if isinstance(a, f.Const)]
    if len(things) != len(fact.left.args):
        return None
    return runner.timeline.cause(
        time, chain, runner.fluent(fact.left.fluent), [runner.number(t) for t in things]
    )


def _believed(runner: Runner, hearer: int, teller: int | None, result: f.Equals) -> list[Expr]:
    who = f.Const(runner.name(hearer))
    scope = Scope(runner.compiled.numbers)
    found = effects(held(result, (who,)), scope)
    if teller is not None:
        found.extend(effects(held(result, (who, f.Const(runner.name(teller)))), scope))
    return found


def _any_of(people: list[int]) -> Expr:
    return ("or", [("==", ("var", 0), ("entity", person)) for person in people])


def _shows(reason: f.Formula) -> bool:
    """Whether a reason is no matter of what anybody thinks."""
    match reason:
        case f.And(parts) | f.Or(parts):
            return all(_shows(part) for part in parts)
        case f.Not(body):
            return _shows(body)
    return isinstance(reason, f.Equals | f.Within)
