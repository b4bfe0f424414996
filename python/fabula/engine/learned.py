"""What people take from what they hear and see besides its words: where a thing is since, and why a try failed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fabula.engine.expressions import Expr, Scope, effects, held
from fabula.engine.records import EventRecord
from fabula.engine.same_words import asked_about
from fabula.engine.vocabulary import DID, NOTHING
from fabula.language.contents import results
from fabula.language.state import State
from fabula.model import formula as f
from fabula.model.story import Happening, Stated
from fabula.model.world import LOCATION, PERSON

if TYPE_CHECKING:
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


def from_news(runner: Runner, record: EventRecord) -> None:
    """Who hears that something is no longer as it usually is, and does not see it, believes it, though he saw it as usual.

    Things change: that the book was whole yesterday is no reason not to believe that it is burnt.
    """
    event = record.happening
    teller = _teller(runner, event)
    if event.attempt or not record.groundings or teller is None:
        return
    seen = [c for c, _, _ in runner.timeline.observers(record.time)]
    done: list[Expr] = []
    for part in _contents(runner, event):
        for hearer in seen if _is_news(runner, part) or _thing_put(part) else ():
            if hearer != teller and _may_be_so(runner, hearer, teller, part):
                who = f.Const(runner.name(hearer))
                done.extend(effects(held(part, (who,)), Scope(runner.compiled.numbers)))
    if done:
        runner.timeline.step(done, _any_of([*seen, teller]))


def from_saying(runner: Runner, record: EventRecord) -> None:
    """Who tells something, and does not lie, believes it, though the story did not say how he came to."""
    event = record.happening
    teller = _teller(runner, event)
    if event.attempt or not record.groundings or teller is None:
        return
    if runner.model.world.actions[event.action].seems:
        return
    who = runner.name(teller)
    scope = Scope(runner.compiled.numbers)
    done: list[Expr] = []
    for part in _contents(runner, event):
        if runner.truth(part, record.before, (who,)) is False and not _only_supposed(
            runner, who, part
        ):
            for lie in _lies(runner, event):
                done.extend(effects(held(lie, ()) + held(lie, (f.Const(who),)), scope))
            continue
        held_true = runner.truth(part, None, (who,))
        if held_true is None or (held_true is False and _only_supposed(runner, who, part)):
            done.extend(effects(held(part, (f.Const(who),)), scope))
    if done:
        runner.timeline.step(done, False)


def _lies(runner: Runner, event: Happening) -> list[f.Formula]:
    """That what was told was a lie, said with and without its words: by the rule for what only seems to be this act."""
    world = runner.model.world
    if any(not isinstance(arg, str) for arg in event.args):
        return []
    args = [f.Const(arg) for arg in event.args if isinstance(arg, str)]
    people = [a for a in args if a.thing not in world.contents]
    lie = next((a for a in world.actions.values() if a.seems == event.action), None)
    if lie is None or len(lie.params) != len(args):
        return []
    nothing = f.Const(NOTHING)
    said = [(lie, args), (lie, [nothing if a.thing in world.contents else a for a in args])]
    for other in world.actions.values():
        if other.verb == lie.verb and not other.contents and len(other.params) >= len(people):
            padded = [*people, *[nothing] * (len(other.params) - len(people))]
            said.append((other, padded))
            said.append((other, [*people[:1], *[nothing] * (len(other.params) - 1)]))
    known = runner.compiled.numbers.fluents
    return [f.truth(f"{DID}{a.id}", *terms) for a, terms in said if f"{DID}{a.id}" in known]


def _only_supposed(runner: Runner, who: str, part: f.Formula) -> bool:
    """Whether a mind holds against something unusual only that it is not usual: it never learned how it is."""
    since = _since(runner, runner.timeline.now, [runner.number(who)], part)
    return _is_news(runner, part) and (since is None or since <= 0)


def _is_news(runner: Runner, part: f.Formula) -> bool:
    """Whether it says that something is otherwise than such things usually are."""
    match part:
        case f.Equals(f.Value(fluent, args), f.Lit(bool() as value)) if args and ":" not in fluent:
            info = runner.compiled.state.world.fluents.get(fluent)
            usual = {d.value for d in runner.compiled.state.defaults if d.fluent == fluent}
            return (
                info is not None
                and info.form == "adjective"
                and info.default is (not value)
                and value not in usual
                and all(isinstance(a, f.Const) for a in args)
            )
    return False


def _may_be_so(runner: Runner, hearer: int, teller: int, part: f.Formula) -> bool:
    """Whether a hearer holds against news no more than what he saw, and cannot look now; he trusts the teller."""
    who, by = runner.name(hearer), runner.name(teller)
    if (
        runner.truth(part, None, (who,)) is not False
        or runner.truth(part, None, (who, by)) is False
    ):
        return False
    if runner.truth(f.truth("distrust", f.Const(who), f.Const(by))) is True:
        return False
    about = _thing_put(part)
    if about is not None:
        if _outer(part) != by:
            return False  # of what he has himself, nobody knows more than he
    else:
        if _said_to_know(runner, who, part):
            return False
        about = _subject(part)
    if about is None:
        return False
    return runner.truth(can_see(runner.compiled.state, f.Const(who), about)) is not True


def _thing_put(part: f.Formula) -> f.Const | None:
    """What a content says the place of."""
    match part:
        case f.Within(f.Const() as thing, f.Const()):
            return thing
        case f.Equals(f.Value(fluent, (f.Const() as thing,)), f.Const()) if fluent == LOCATION:
            return thing
    return None


def _outer(part: f.Formula) -> str:
    """Where a content says that something is."""
    match part:
        case f.Within(_, f.Const(place)) | f.Equals(_, f.Const(place)):
            return place
    return ""


def _said_to_know(runner: Runner, who: str, part: f.Formula) -> bool:
    """Whether the story says in so many words what somebody takes to be so of this."""
    return any(
        isinstance(step, Stated)
        and isinstance(step.formula, f.Believes)
        and step.formula.who == f.Const(who)
        and any(
            list(asked_about(one)) == list(asked_about(part))
            for one in f.conjuncts(step.formula.body)
        )
        for step in runner.model.steps
    )


def _subject(part: f.Formula) -> f.Const | None:
    match part:
        case f.Equals(f.Value(_, (f.Const() as about, *_)), _):
            return about
    return None


def can_see(state: State, who: f.Term, what: f.Term) -> f.Formula:
    """That somebody can see something, as the library defines it; false where it defines nothing."""
    seeing = state.definitions.get("can see")
    return f.Or(tuple(seeing.about([who, what]))) if seeing is not None else f.FALSE


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
    for part in _contents(runner, event):
        match part:
            case f.Equals(f.Value(fluent, _), f.Lit(True)) if fluent.startswith("did:"):
                yield part


def _contents(runner: Runner, event: Happening) -> Iterator[f.Formula]:
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
