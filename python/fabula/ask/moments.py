"""The kernel's time at which a question asks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from fabula.ask import occasions
from fabula.ask.deeds import alone, deeds, moves
from fabula.ask.spells import came_so
from fabula.ask.spoken import Deed, spoken_of
from fabula.engine.records import EventRecord, record_at
from fabula.engine.rests import inside, outward
from fabula.engine.running import Run
from fabula.language.words import closed
from fabula.model import formula as f
from fabula.model.asked import Asked, Moment
from fabula.model.world import LOCATION


class NoMoment(LookupError):  # noqa: N818
    """The story has no such moment."""


def time_of(run: Run, moment: Moment, now: int, about: str | None) -> int:
    """The time that a question is about, ``now`` being the one at which it is put.

    ``about`` is who or what is asked about: "before the inn" means before he, she or it was in it.
    Raises NoMoment where nothing like it has happened.
    """
    if moment.word in ("", "occasion"):
        return now
    if moment.word == "beginning":
        first = run.records[0].before if run.records else run.runner.timeline.now
        return max(min(first, now), _first_known(run, about, now))
    if moment.word == "day":
        return _day(run, moment.text, now)
    start, end = _measure(run, moment, now, about)
    if moment.word == "after" and moment.place is not None and about is not None:
        # after the inn somebody was where he went from there
        stays = (
            t for t in times_of(run, now) if t > end and not within(run, about, moment.place, t)
        )
        return next(stays, end)
    match moment.word:
        case "before" | "until":
            return start
        case "when" | "while" | "during" | "after":
            return end
        case "between":
            return max(end, time_of(run, moment.other, now, about) if moment.other else now)
    return now


def _day(run: Run, phrase: str, now: int) -> int:
    """The end of a part of a day ("yesterday"); what says no day is told of the one before it."""
    ranks = {
        n for said, n in closed.DAYS.items() if said == phrase or said.startswith(f"{phrase} ")
    }
    day, found = 0, None
    days: dict[int, int] = {}
    for at, step in enumerate(run.words.steps):
        day = run.words.days.get(at, day)
        days[id(step)] = day
    for record in run.records:
        if record.time <= now and days.get(id(record.happening)) in ranks:
            found = record.ended
    if found is None:
        raise NoMoment(f"nothing is told of {phrase}")
    return found


def of_deeds(run: Run, asked: Asked, now: int) -> tuple[int, int] | None:
    """From when to when something was done that is asked about; None where that is no matter."""
    if asked.moment.word not in ("after", "during", "between"):
        return None
    if asked.moment.cited and (asked.minds or isinstance(asked.formula, f.Believes)):
        return None  # "after 6.33" somebody knows what was done before it
    if asked.form != "told" and not any(True for _ in spoken_of(asked.formula)):
        return None
    return stretch(run, asked.moment, now, _doer(asked.formula))


def _doer(formula: f.Formula) -> str | None:
    """Who did what is asked about: it is his stay that "after the inn" is measured by."""
    doers = (deed.args[0] for deed in spoken_of(formula) if deed.args)
    return next((doer.thing for doer in doers if isinstance(doer, f.Const)), None)


def stretch(run: Run, moment: Moment, time: int, about: str | None) -> tuple[int, int]:
    """From when to when a question about events asks that is put at a time; raises NoMoment."""
    if moment.word == "":
        return 0, time
    if moment.word == "beginning":
        return 0, run.records[0].time if run.records else time
    start, end = _measure(run, moment, time, about)
    match moment.word:
        case "before" | "until":
            return 0, start
        case "between" if moment.other is not None:
            return end, _measure(run, moment.other, time, about)[0]
        case "when" | "while" | "during":
            return start, end
    return end, time


def _first_known(run: Run, about: str | None, now: int) -> int:
    """When it was first said where something is that was not there from the start; 0 where that is no matter."""
    if about is None or about not in run.model.world.things or inside(run, about, 0) is not None:
        return 0
    return next((t for t in times_of(run, now) if inside(run, about, t) is not None), 0)


def _measure(run: Run, moment: Moment, now: int, about: str | None) -> tuple[int, int]:
    """The times before and after what a moment is measured by: its last occurrence."""
    if moment.cited:
        try:
            end = run.time_after(moment.cited)
        except LookupError as error:
            raise NoMoment(str(error)) from error
        cited = (r for r in run.records if moment.cited in (*r.source.citations, str(r.n)))
        return next((r.before for r in cited), end), end
    if moment.place is not None:
        stays = list(visits(run, moment.place, now, about))
        if stays:
            return stays[-1]
        if moment.occasion is None:
            raise NoMoment(f"nothing says that {moment.word} {moment.place} ever was")
    if moment.occasion is not None:
        measured = occasions.stretch_of(run, moment.occasion, now)
        if measured is None:
            raise NoMoment("what the question speaks of has not happened")
        return measured
    if moment.deed is not None and (
        isinstance(moment.deed, f.Believes) or not any(True for _ in spoken_of(moment.deed))
    ):
        spell = _spell(run, moment.deed, now)
        if spell is None:
            raise NoMoment("what the question speaks of has not happened")
        return spell
    if moment.deed is not None:
        deed = moment.deed
        acts = deed.parts if isinstance(deed, f.Or) else (deed,)
        found = deeds(run, deed, now) or occasions.made_so(run, acts, now)
        found = found or _so_called(run, moment, now)
        if not found:
            raise NoMoment("what the question speaks of has not happened")
        return found[-1].before, found[-1].time
    raise NoMoment(f'"{moment.text}" is no moment of this story')


def _so_called(run: Run, moment: Moment, now: int) -> list[EventRecord]:
    """What somebody did by the same verb, where no more than that is said: "when Ann came in" of her coming to the inn."""
    if moment.deed is None or not alone(moment.deed):
        return []
    actions = run.model.world.actions
    said = [d for d in spoken_of(moment.deed) if d.action in actions]
    verbs = {(actions[d.action].verb, d.args[0]) for d in said}
    found: list[EventRecord] = []
    for record in run.records:
        doers = record.groundings[0][1] if record.groundings and record.time <= now else ()
        if doers and (actions[record.groundings[0][0]].verb, f.Const(doers[0])) in verbs:
            if not moment.near or run.runner.place_of(doers[0], record.time) in moment.near:
                found.append(record)
    return found or _came_near(run, moment, said, now)


def _came_near(run: Run, moment: Moment, said: Iterable[Deed], now: int) -> list[EventRecord]:
    """By what somebody came to the place that the question names, where it is asked of his coming: "when Ann came in"."""
    doers = [d.args[0] for d in said if moves(run, d.action)]
    for place in moment.near:
        for doer in doers:
            came = came_so(run, f.Within(doer, f.Const(place)), now)
            record = record_at(run.runner.records, came[1] if came is not None else None)
            if isinstance(record, EventRecord):
                return [record]
    return []


def _spell(run: Run, fact: f.Formula, now: int) -> tuple[int, int] | None:
    """The times before and at which something last came to be so; None where it never was."""
    match fact:
        case f.Within(f.Const(inner), f.Const(outer)):
            stays = list(visits(run, outer, now, inner))
            return stays[-1] if stays else None
    return came_so(run, fact, now)


def visits(run: Run, place: str, now: int, about: str | None) -> Iterator[tuple[int, int]]:
    """When a thing was in a place: the time before it came there, and the time at which it had come."""
    if about is None:
        return
    times = list(times_of(run, now))
    was = within(run, about, place, 0)
    if was:
        yield 0, 0
    for start, end, there in reversed(list(_spells(run, about, place, now))):
        # what is so for a moment within an event only is not asked about
        first = bisect_left(times, start)
        if first == len(times) or times[first] > end:
            continue
        if there and not was:
            yield times[first - 1] if first else 0, times[first]
        was = there


def _spells(run: Run, thing: str, place: str, now: int) -> Iterator[tuple[int, int, bool]]:
    """The times from and to which a thing stayed where it was, and whether that was in a place, the last first."""
    end = now
    while end > 0:
        around = list(outward(run, thing, end))
        moved = (run.runner.cause(LOCATION, (one,), end) or 0 for one in (thing, *around))
        start = max(moved)
        yield max(start, 1), end, place in around
        end = start - 1


def times_of(run: Run, now: int) -> Iterator[int]:
    """The times after each event and claim, up to a time."""
    last = -1
    for record in run.runner.records:
        time = record.ended
        if last < time <= now:
            yield time
            last = time


def within(run: Run, thing: str, place: str, time: int) -> bool:
    """Whether a thing is known to be in another, directly or through what it lies in."""
    return place in outward(run, thing, time)
