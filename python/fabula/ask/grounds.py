"""The sentences that a fact of the story rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fabula.ask.answer import Ground
from fabula.engine.records import Record
from fabula.engine.running import Run
from fabula.model import formula as f
from fabula.model.story import Source, Stated
from fabula.model.world import DERIVED, LOCATION

Chain = tuple[str, ...]
MOST_STEPS = 20


def grounds(run: Run, formula: f.Formula, time: int, chain: Chain = ()) -> tuple[Ground, ...]:
    """What made a formula about constants so, in the order of the story."""
    found: dict[tuple[str, int, int], Ground] = {}
    for source, n in _sources(run, formula, time, chain):
        span = source.span
        found.setdefault((span.file, span.line, span.column), Ground(n, source.text, span))
    return tuple(sorted(found.values(), key=lambda g: (g.n, g.span.line)))


def of_records(records: Iterable[Record]) -> tuple[Ground, ...]:
    """The sentences of some events and claims."""
    found: dict[Ground, None] = {}
    for record in records:
        found[Ground(number_of(record), record.source.text, record.source.span)] = None
    return tuple(found)


def number_of(record: Record) -> int:
    """The number of an event, or of the last one before a claim."""
    return record.n if hasattr(record, "n") else record.stated.n


def _sources(run: Run, formula: f.Formula, time: int, chain: Chain) -> Iterator[tuple[Source, int]]:
    for fluent, args, minds in atoms(run, formula, time, chain):
        cause = _cause(run, time, minds, fluent, args)
        if cause is not None:
            yield cause


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
        things = tuple(a.thing for a in term.args if isinstance(a, f.Const))
        if len(things) == len(term.args):
            if term.fluent in DERIVED and things:
                yield from _around(run, things[0], None, time, chain)
            else:
                yield term.fluent, things, chain


def _around(
    run: Run, inner: str, outer: f.Term | None, time: int, chain: Chain
) -> Iterator[tuple[str, tuple[str, ...], Chain]]:
    """Where a thing is, and where what it lies in is, up to ``outer``."""
    here: str | None = inner
    for _ in range(MOST_STEPS):
        if here is None or (isinstance(outer, f.Const) and here == outer.thing):
            return
        yield LOCATION, (here,), chain
        if outer is None and run.words.is_a(here, "place"):
            return
        here = inside(run, here, time, chain)


def inside(run: Run, thing: str, time: int, chain: Chain = ()) -> str | None:
    """What a thing is directly in; None where that is not known."""
    runner = run.runner
    if thing not in runner.compiled.numbers.things:
        return None
    value = runner.timeline.value(
        time,
        [runner.number(c) for c in chain],
        runner.fluent(LOCATION),
        [runner.number(thing)],
    )
    return runner.name(value) if isinstance(value, int) and not isinstance(value, bool) else None


def _cause(
    run: Run, time: int, chain: Chain, fluent: str, args: tuple[str, ...]
) -> tuple[Source, int] | None:
    runner = run.runner
    numbers = runner.compiled.numbers
    if fluent not in numbers.fluents or any(a not in numbers.things for a in args):
        return None
    number, things = numbers.fluents[fluent], [numbers.things[a] for a in args]
    cause = runner.timeline.cause(time, [runner.number(c) for c in chain], number, things)
    if cause is None:
        return None
    record = record_at(run, cause)
    if record is not None:
        return record.source, number_of(record)
    stated: Stated | None = runner.begin.sources.get((number, tuple(things)))
    return (stated.source, 0) if stated is not None else None


def record_at(run: Run, time: int) -> Record | None:
    """The event or claim that a step of the kernel belongs to; None for what was so at first."""
    runner = run.runner
    first = run.records[0].before if run.records else runner.timeline.now
    while time > first or (time > 0 and time in runner.at):
        record = runner.at.get(time)
        if record is not None:
            return record
        time += 1 if time <= runner.timeline.now else runner.timeline.now
        if time > runner.timeline.now:
            return None
    return None
