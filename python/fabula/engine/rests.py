"""The values that a formula rests on, in which mind, and the steps of the run that made them so."""

from __future__ import annotations

from collections.abc import Iterator

from fabula.engine.running import Run
from fabula.model import formula as f
from fabula.model.world import DERIVED, LOCATION, PLACE, WHO

Chain = tuple[str, ...]
MOST_STEPS = 20


def causes(run: Run, formula: f.Formula, time: int, chain: Chain = ()) -> list[int]:
    """The times of the steps that made the values a formula rests on what they are; 0 is the beginning."""
    found = (
        run.runner.cause(*atom[:2], time, atom[2]) for atom in atoms(run, formula, time, chain)
    )
    return [cause for cause in found if cause is not None]


def atoms(
    run: Run, formula: f.Formula, time: int, chain: Chain
) -> Iterator[tuple[str, tuple[str, ...], Chain]]:
    """The values that a formula rests on, each with the mind that holds it; of alternatives those that are so."""
    match formula:
        case f.And(parts):
            for part in parts:
                yield from atoms(run, part, time, chain)
        case f.Or(parts):
            true = [p for p in parts if run.runner.truth(p, time, chain) is True]
            for part in true or parts:
                yield from atoms(run, part, time, chain)
        case f.Not(body):
            yield from atoms(run, body, time, chain)
        case f.Believes(f.Const(who), body):
            yield from atoms(run, body, time, (*chain, who))
        case f.Equals(left, right):
            for term in (left, right):
                yield from _of_term(run, term, time, chain)
        case f.Compare(_, left, right):
            for term in (left, right):
                yield from _of_term(run, term, time, chain)
        case f.Known(term):
            yield from _of_term(run, term, time, chain)
        case f.Within(f.Const(inner), outer):
            yield from _around(run, inner, outer, time, chain)


def _of_term(
    run: Run, term: f.Term, time: int, chain: Chain
) -> Iterator[tuple[str, tuple[str, ...], Chain]]:
    if isinstance(term, f.Value):
        stood_for = (stands_for(run, arg, time, chain) for arg in term.args)
        things = tuple(thing for thing in stood_for if thing is not None)
        if len(things) == len(term.args):
            if term.fluent in DERIVED and things:
                yield from _around(run, things[0], None, time, chain)
            elif run.runner.held(term.fluent, things, time, chain) is None:
                # what was learned of a name while nobody knew whose it is stays said of the name
                yield term.fluent, tuple(map(_named, term.args, things)), chain
            else:
                yield term.fluent, things, chain


def _named(term: f.Term, thing: str) -> str:
    """The name itself, where a term is whoever bears it."""
    match term:
        case f.Value(fluent, (f.Const(name),)) if fluent == WHO:
            return name
    return thing


def stands_for(run: Run, term: f.Term | None, time: int, chain: Chain) -> str | None:
    """Whom or what a term stands for in a mind: a name is for whomever it takes to bear it."""
    match term:
        case f.Const(thing):
            return thing
        case f.Value(fluent, (f.Const(name),)) if fluent == WHO:
            return run.runner.thing_at(WHO, name, time, chain) or run.words.names.get(name)
    return None


def _around(
    run: Run, inner: str, outer: f.Term | None, time: int, chain: Chain
) -> Iterator[tuple[str, tuple[str, ...], Chain]]:
    """Where a thing is, and where what it lies in is, up to ``outer``."""
    for here in (inner, *outward(run, inner, time, chain)):
        if isinstance(outer, f.Const) and here == outer.thing:
            return
        yield LOCATION, (here,), chain
        if outer is None and run.words.is_a(here, PLACE):
            return


def inside(run: Run, thing: str, time: int, chain: Chain = ()) -> str | None:
    """What a thing is directly in; None where that is not known."""
    return run.runner.thing_at(LOCATION, thing, time, chain)


def outward(run: Run, thing: str, time: int, chain: Chain = ()) -> Iterator[str]:
    """What a thing is in, what that is in, and so on, as far as it is known."""
    here = inside(run, thing, time, chain)
    for _ in range(MOST_STEPS):
        if here is None:
            return
        yield here
        here = inside(run, here, time, chain)
