"""The sentences that a fact of the story rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fabula.ask.answer import Ground
from fabula.ask.derived import conditions
from fabula.engine.records import Record, record_at
from fabula.engine.rests import Chain, atoms
from fabula.engine.running import Run
from fabula.model import formula as f
from fabula.model.story import Source

MOST_RULES = 4
"""How many rules, at most, lie between a fact and what is said of it."""


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
        found[Ground(record.n, record.source.text, record.source.span)] = None
    return tuple(found)


def _sources(
    run: Run, formula: f.Formula, time: int, chain: Chain, depth: int = MOST_RULES
) -> Iterator[tuple[Source, int]]:
    runner = run.runner
    for fluent, args, minds in atoms(run, formula, time, chain):
        cause = runner.cause(fluent, args, time, minds)
        if cause is None:
            continue
        record = record_at(runner.records, cause)
        if record is not None:
            yield record.source, record.n
            continue
        things = tuple(runner.number(a) for a in args)
        stated = runner.begin.sources.get((runner.fluent(fluent), things))
        if stated is not None:
            yield stated.source, 0
        elif depth and run.explains:
            for condition in conditions(run, fluent, args, time, minds):
                yield from _sources(run, condition, time, minds, depth - 1)
