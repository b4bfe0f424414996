"""Who and what fills the roles of an event's act, as it was carried out."""

from __future__ import annotations

from collections.abc import Iterator

from fabula.engine.records import EventRecord
from fabula.engine.running import Run
from fabula.model import formula as f


def roles_of(run: Run, record: EventRecord) -> Iterator[f.Binding]:
    """Once for each of those it is done to, what stands for each letter of its rule; a role that was left out has none."""
    act = run.runner.compiled.acts.get(run.runner.variant(record.happening))
    if act is None:
        return
    contents = dict(act.variant.contents)
    for _, things in record.groundings:
        named = {**dict(zip(act.params, things, strict=False)), **contents}
        yield {letter: f.Const(thing) for letter, thing in named.items()}
