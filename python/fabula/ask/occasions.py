"""When what a noun says happened was: "the gunfight" is a scene, "Ann's death" the event by which she died."""

from __future__ import annotations

from fabula.ask.deeds import anywhere_in, deeds, outcome
from fabula.ask.spells import came_so
from fabula.engine.records import EventRecord, Record, record_at
from fabula.engine.rests import causes
from fabula.engine.running import Run
from fabula.model import formula as f
from fabula.model.asked import Occasion


def stretch_of(run: Run, occasion: Occasion, now: int) -> tuple[int, int] | None:
    """The times before its first event and after its last, up to now; None where it has not begun."""
    found = _scene(run, occasion, now) or list(events_of(run, occasion, now))
    return (found[0].before, found[-1].ended) if found else None


def all_of(run: Run, occasion: Occasion, now: int) -> list[EventRecord]:
    """The events of an occasion."""
    told = [r for r in _scene(run, occasion, now) if isinstance(r, EventRecord)]
    return told or events_of(run, occasion, now)


def _scene(run: Run, occasion: Occasion, now: int) -> list[Record]:
    """What is told in the last scene that is called so."""
    for scene in reversed(occasion.scenes):
        found = [r for r in run.records if r.source.scene == scene and r.time <= now]
        if found:
            return list(found)
    return []


def events_of(run: Run, occasion: Occasion, now: int) -> list[EventRecord]:
    """The events that are meant: those of one scene, the last in which there are any."""
    for acts in occasion.acts:
        found = {id(r): r for r in deeds(run, f.Or(acts), now)}
        for record in made_so(run, acts, now):
            found.setdefault(id(record), record)
        if found:
            events = sorted(found.values(), key=lambda r: r.time)
            return [r for r in events if r.source.scene == events[-1].source.scene]
    return []


def made_so(run: Run, acts: tuple[f.Formula, ...], now: int) -> list[EventRecord]:
    """The events that brought about what an act makes so: of "he died", that he was shot."""
    found: list[EventRecord] = []
    for act in acts:
        made = outcome(run, act)
        if made is None:
            continue
        if run.runner.truth(made, now) is True:
            time = max(causes(run, made, now), default=None)
        else:
            came = came_so(run, f.conjunction([anywhere_in(p) for p in f.conjuncts(made)]), now)
            time = came[1] if came is not None else None
        record = record_at(run.runner.records, time)
        if isinstance(record, EventRecord):
            found.append(record)
    return found
