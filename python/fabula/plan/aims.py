"""What a plan is to bring about, and what may be told on the way to it."""

from __future__ import annotations

from collections.abc import Sequence

from fabula.engine.running import Run
from fabula.engine.stage import Stage
from fabula.language.say import fact_words
from fabula.language.state import State
from fabula.model import formula as f
from fabula.model.story import Content
from fabula.model.world import PERSON, PLACE
from fabula.reasons.concerns import resolved
from fabula.reasons.wants import wants


def known(formula: f.Formula) -> f.Formula:
    """What is to be known has to be so, and believed."""
    match formula:
        case f.And(parts):
            return f.conjunction([known(part) for part in parts])
        case f.Believes(who, body, True) if not isinstance(body, f.Known):
            return f.conjunction([known(body), f.Believes(who, body)])
    return formula


def worth_telling(run: Run, aims: Sequence[f.Formula], moment: int, words: State) -> list[Content]:
    """What may be told on the way: where those are whom it is about, and what is to be believed in the end."""
    runner, state = run.runner, run.words
    found: dict[f.Formula, Content] = {}
    for aim in aims:
        for thing in things_in(aim):
            if thing not in state.world.things or state.is_a(thing, PLACE):
                continue
            place = runner.place_of(thing, moment)
            if place is not None and place in state.world.things:
                formula: f.Formula = f.Within(f.Const(thing), f.Const(place))
                found[formula] = _content(run, words, formula, len(found))
        for part in f.conjuncts(aim):
            if isinstance(part, f.Believes):
                for inner in f.conjuncts(part.body):
                    found[inner] = _content(run, words, inner, len(found))
    return list(found.values())


def concerned(
    stage: Stage, aims: Sequence[f.Formula], others: Sequence[str] = ()
) -> tuple[str, ...]:
    """Who has a part in what is to come to be: whom it is about, who wants it, and who wants those to live."""
    state = stage.compiled.state
    people = [t for t in state.world.things if state.is_a(t, PERSON)]
    parts = {resolved(stage, part) for aim in aims for part in f.conjuncts(aim)}
    held = {person: wants(stage, person) for person in people}
    named = {t for aim in aims for t in things_in(aim)} | set(others)
    first = {
        person
        for person in people
        if person in named or any(resolved(stage, w.goal) in parts for w in held[person])
    }
    for person in people:
        lives = {f.truth("alive", f.Const(one)) for one in first - {person}}
        if any(resolved(stage, want.goal) in lives for want in held[person]):
            named.add(person)
    return tuple(p for p in people if p in first or p in named)


def _content(run: Run, state: State, formula: f.Formula, number: int) -> Content:
    words = fact_words(state, formula)
    found = next(
        (c for c in run.words.world.contents.values() if c.mode == "that" and c.formula == formula),
        None,
    )
    return found or Content(f"#told {number + 1}", "that", words, formula)


def things_in(formula: f.Formula) -> list[str]:
    """What a formula speaks of."""
    found: list[str] = []

    def of(t: f.Term) -> None:
        if isinstance(t, f.Const):
            found.append(t.thing)
        elif isinstance(t, f.Value):
            for a in t.args:
                of(a)

    def walk(part: f.Formula) -> None:
        match part:
            case f.Equals(left, right) | f.Within(left, right):
                of(left)
                of(right)
            case f.Not(body) | f.Exists(_, _, body) | f.Forall(_, _, body):
                walk(body)
            case f.Believes(who, body):
                of(who)
                walk(body)
            case f.And(parts) | f.Or(parts):
                for one in parts:
                    walk(one)

    walk(formula)
    return list(dict.fromkeys(found))
