"""Reasons in words: what somebody wants, what he has in mind to do, and what he believes that makes it good."""

from __future__ import annotations

from dataclasses import dataclass

from fabula.engine.records import EventRecord, record_at
from fabula.engine.runner import Runner
from fabula.engine.stage import Deed
from fabula.language.say import event_words, fact_words, thing_words, wish_words
from fabula.language.short_names import gender
from fabula.language.state import State
from fabula.language.verbs_said import verb_words
from fabula.model import formula as f
from fabula.model.story import Happening, Source, Stated, Wanted
from fabula.model.world import GROUP
from fabula.reasons.explaining import Reason
from fabula.reasons.wants import Want
from fabula.text.span import Span

NOWHERE = Source("", Span("", 0, 0, 0), 0)


@dataclass(frozen=True, slots=True)
class Ground:
    """Something that somebody believes or wants, and the sentence that it comes from (``n`` 0: before the story)."""

    text: str
    n: int | None = None
    source: str = ""
    span: Span | None = None


def deed_words(state: State, deed: Deed) -> str:
    """An act as a sentence, without its full stop."""
    return event_words(state, happening(deed))


def happening(deed: Deed, n: int = 0, gap: bool = False) -> Happening:
    """An act as an event of a story."""
    return Happening(n, deed.action, deed.args, NOWHERE, gap)


def wanting(state: State, want: Want) -> str:
    """``El Mariachi wants to find Bucho``, ``El Mariachi wants that Bucho is dead``."""
    who = thing_words(state, want.person)
    verb = verb_words("want", "now", False, state.world.things[want.person].plural)
    content = state.world.contents.get(want.content)
    if content is not None and content.formula is not None:
        return f"{who} {verb} {wish_words(state, content, want.person)}"
    return f"{who} {verb} that {fact_words(state, _some(want))}"


def _some(want: Want) -> f.Formula:
    """What is wanted: of a want for some thing of a kind, that, and not which things there are of the kind."""
    if want.motive is None or not isinstance(want.motive.goal, f.Exists):
        return want.goal
    terms: f.Binding = {k: f.Const(v) for k, v in want.binding}
    goal = f.substitute(want.motive.goal, terms)
    return want.goal if f.variables(goal) else goal


def possessive(state: State, thing: str) -> str:
    """``her``, ``their``; ``his`` also where nothing tells."""
    known = state.world.things[thing]
    if known.plural or state.is_a(thing, GROUP):
        return "their"
    return "her" if gender(state, known) == "f" else "his"


def capital(text: str) -> str:
    """A sentence's first letter."""
    return text[:1].upper() + text[1:]


def grounds(runner: Runner, record: EventRecord, reason: Reason) -> list[Ground]:
    """What a reason rests on: the want and where it comes from, and what has to be believed for it."""
    state = runner.compiled.state
    found = [_of_want(runner, record.before, reason.want)]
    chain = (reason.person,)
    found.extend(_beliefs(runner, record.before, chain, _names(reason.want.goal)))
    if reason.want.motive is not None:
        terms: f.Binding = {k: f.Const(v) for k, v in reason.want.binding}
        condition = f.substitute(reason.want.motive.condition, terms)
        found.extend(
            _beliefs(runner, record.before, chain, _atoms(runner, chain, record.before, condition))
        )
    if reason.threat:
        foe = thing_words(state, reason.threat[0].args[0])
        found.append(
            Ground(
                f"otherwise: {capital(' and '.join(deed_words(state, d) for d in reason.threat))}"
            )
        )
        found.extend(_dangers(runner, record.before, reason, foe))
    seeker = thing_words(state, reason.person)
    does = verb_words("know", "now", True, state.world.things[reason.person].plural)
    for thing in reason.finds:
        lies = verb_words("be", "now", False, state.world.things[thing].plural)
        found.append(Ground(f"{seeker} {does} where {thing_words(state, thing)} {lies}"))
    found.extend(_opposed(runner, record.before, chain, want) for want in reason.opposed)
    return [one for one in dict.fromkeys(found) if one.text]


def _of_want(runner: Runner, time: int, want: Want) -> Ground:
    state = runner.compiled.state
    words = wanting(state, want)
    if want.since is not None:
        return _of_want(runner, time, want.since)
    if want.motive is not None:
        if want.motive.condition == f.TRUE:
            return Ground(f"{words}, as everybody does")
        return Ground(words)
    for step in runner.model.steps:
        if (
            isinstance(step, Wanted)
            and step.person == want.person
            and step.content.id == want.content
        ):
            return Ground(words, 0, step.source.text, step.source.span)
    return _sourced(runner, time, words, "want", (want.person, want.content), ())


def _opposed(runner: Runner, time: int, chain: tuple[str, ...], want: Want) -> Ground:
    """That somebody is thought to want the opposite, and where that was learned."""
    state = runner.compiled.state
    who = thing_words(state, chain[0])
    verb = verb_words("believe", "now", False, state.world.things[chain[0]].plural)
    words = f"{who} {verb} that {wanting(state, want)}"
    if want.motive is not None:
        return Ground(words)
    return _sourced(runner, time, words, "want", (want.person, want.content), chain)


def _names(goal: f.Formula) -> list[tuple[str, tuple[str, ...]]]:
    """The names that a goal is about: whom somebody takes them to mean is what he goes by."""
    found: list[tuple[str, tuple[str, ...]]] = []

    def of(t: f.Term) -> None:
        if isinstance(t, f.Value):
            if t.fluent == "who" and isinstance(t.args[0], f.Const):
                found.append(("who", (t.args[0].thing,)))
            for a in t.args:
                of(a)

    for part in f.conjuncts(goal):
        if isinstance(part, f.Equals | f.Within):
            for t in (
                (part.left, part.right) if isinstance(part, f.Equals) else (part.inner, part.outer)
            ):
                of(t)
    return found


def _atoms(
    runner: Runner, chain: tuple[str, ...], time: int, condition: f.Formula
) -> list[tuple[str, tuple[str, ...]]]:
    """The facts of a condition; of alternatives the one that is believed."""
    found: list[tuple[str, tuple[str, ...]]] = []
    for part in f.conjuncts(condition):
        if isinstance(part, f.Or):
            part = next((p for p in part.parts if runner.evaluate(p, time, chain) is True), part)
        if isinstance(part, f.Exists):
            one = _instance(runner, time, chain, part)
            if one is not part:
                found.extend(_atoms(runner, chain, time, one))
        match part:
            case f.Equals(f.Value(fluent, args), f.Lit(True)) if all(
                isinstance(a, f.Const) for a in args
            ):
                found.append((fluent, tuple(a.thing for a in args if isinstance(a, f.Const))))
    return found


def _beliefs(
    runner: Runner,
    time: int,
    chain: tuple[str, ...],
    atoms: list[tuple[str, tuple[str, ...]]],
) -> list[Ground]:
    state = runner.compiled.state
    found: list[Ground] = []
    for fluent, args in atoms:
        number = runner.compiled.numbers.fluents.get(fluent)
        if number is None or any(a not in runner.compiled.numbers.things for a in args):
            continue
        value = runner.timeline.value(
            time, [runner.number(c) for c in chain], number, [runner.number(a) for a in args]
        )
        if value is None:
            continue
        words = fact_words(state, runner.fact(number, [runner.number(a) for a in args], value))
        who = thing_words(state, chain[0])
        verb = verb_words("believe", "now", False, state.world.things[chain[0]].plural)
        own = fluent == "want" or chain[0] in args
        text = words if own else f"{who} {verb} that {words}"
        found.append(_sourced(runner, time, text, fluent, args, chain))
    return found


def _dangers(runner: Runner, time: int, reason: Reason, foe: str) -> list[Ground]:
    """Why somebody is thought capable of it."""
    known = runner.compiled.state.definitions.get("is dangerous to")
    if known is None:
        return []
    deed = reason.threat[0]
    chain = (reason.person,)
    for other in deed.args[1:]:
        binding: f.Binding = {
            known.letters[0]: f.Const(deed.args[0]),
            known.letters[1]: f.Const(other),
        }
        for body in known.bodies:
            formula = _instance(runner, time, chain, f.substitute(body, binding))
            if runner.evaluate(formula, time, chain) is True:
                found = _beliefs(runner, time, chain, _atoms(runner, chain, time, formula))
                if found:
                    return found
    del foe
    return []


def _instance(runner: Runner, time: int, chain: tuple[str, ...], formula: f.Formula) -> f.Formula:
    """What is so of some thing of a kind, of the first of which it is."""
    if not isinstance(formula, f.Exists):
        return formula
    state = runner.compiled.state
    for thing in state.world.things:
        if state.is_a(thing, formula.kind):
            one = f.substitute(formula.body, {formula.var: f.Const(thing)})
            if runner.evaluate(one, time, chain) is True:
                return _instance(runner, time, chain, one)
    return formula


def _sourced(
    runner: Runner, time: int, text: str, fluent: str, args: tuple[str, ...], chain: tuple[str, ...]
) -> Ground:
    """A belief with the sentence that it comes from."""
    numbers = runner.compiled.numbers
    minds = [runner.number(c) for c in chain]
    things = [runner.number(a) for a in args]
    cause = runner.timeline.cause(time, minds, numbers.fluents[fluent], things)
    record = record_at(runner.records, cause)
    if record is not None and record.before >= time:
        # a part of a group has it from the group
        whole, mind = (tuple(runner.wholes.get(a, a) for a in of) for of in (args, chain))
        for about, thinks in ((args, mind), (whole, chain), (whole, mind)):
            if (about, thinks) != (args, chain):
                found = _sourced(runner, time, text, fluent, about, thinks)
                if found.source:
                    return found
        return Ground(text)
    if record is not None:
        return Ground(text, record.n, record.source.text, record.source.span)
    stated: Stated | None = runner.begin.sources.get((numbers.fluents[fluent], tuple(things)))
    if stated is None and chain:
        stated = _said_of(runner, chain[0], fluent, args)
    if stated is not None:
        return Ground(text, 0, stated.source.text, stated.source.span)
    return Ground(text)


def _said_of(runner: Runner, who: str, fluent: str, args: tuple[str, ...]) -> Stated | None:
    """The sentence before the story that says what somebody believes."""
    terms = tuple(f.Const(a) for a in args)
    for step in runner.model.steps:
        if not isinstance(step, Stated) or not isinstance(step.formula, f.Believes):
            continue
        if step.formula.who != f.Const(who):
            continue
        for part in f.conjuncts(step.formula.body):
            if isinstance(part, f.Equals) and part.left == f.Value(fluent, terms):
                return step
    return None
