"""What a story says in its midst of the inside of a box, those who are there have seen for themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fabula import _core
from fabula.engine.expressions import Scope, effects
from fabula.engine.records import Assumption, EventRecord
from fabula.language.effects import make_true
from fabula.language.say import fact_words
from fabula.model import formula as f
from fabula.model.story import Happening, Stated
from fabula.model.world import LOCATION, PERSON, PLACE, PLACE_OF

if TYPE_CHECKING:
    from fabula.engine.runner import Runner

OPEN = "open"


def look_inside(runner: Runner, formula: f.Formula) -> None:
    """Lets those who are there look into what is only usually closed, when a statement has put something in or there.

    "The coin is in the box. The box is in the hall.": nobody has said that the box is shut, and the statement
    says what there is to see. What somebody closed, or is said to be closed, stays so.
    """
    if not isinstance(formula, f.Within) or OPEN not in runner.compiled.state.world.fluents:
        return
    _stands_here(runner, formula)
    for term in (formula.inner, formula.outer):
        if isinstance(term, f.Const) and _merely_closed(runner, term.thing):
            for value in (True, False):
                what = (f.Assign(OPEN, (term,), f.Lit(value)),)
                runner.timeline.step(effects(what, Scope(runner.compiled.numbers)), False)
            runner.looked_into[term.thing] = runner.timeline.now


def _stands_here(runner: Runner, told: f.Within) -> None:
    """Of what something is in, and nobody ever says where it is: it is where the story is (a listed assumption).

    That is where the next to do anything with it is, or else who acted last.
    """
    box = told.outer
    last = next((r for r in reversed(runner.records) if isinstance(r, EventRecord)), None)
    if not isinstance(box, f.Const) or last is None or not _nowhere(runner, box.thing):
        return
    if runner.foresaw is None:
        runner.foresaw = runner.timeline.now
    things = {t.thing for t in (told.inner, box) if isinstance(t, f.Const)}
    ahead = (s for s in runner.model.steps if isinstance(s, Happening) and s.n > last.n)
    user = next((s for s in ahead if not things.isdisjoint(map(str, s.args))), last.happening)
    actor = _first(user)
    if actor is not None:
        _stands_with(runner, box.thing, actor, last)


def put_into(runner: Runner, record: EventRecord) -> None:
    """Of what somebody puts something into, and nobody ever says where it is: it is where he is."""
    action = runner.model.world.actions[record.happening.action]
    targets = action.moved_to
    if not targets or record.status == "impossible":
        return
    args = dict(zip((p.name for p in action.params), record.happening.args, strict=True))
    actor = _first(record.happening)
    for letter in targets:
        box = args[letter]
        if isinstance(box, str) and actor is not None and _nowhere(runner, box):
            _stands_with(runner, box, actor, record)


def _first(event: Happening) -> str | None:
    """Who does something, the first of several."""
    doer = event.args[0] if event.args else None
    if isinstance(doer, tuple) and doer:
        doer = doer[0]
    return doer if isinstance(doer, str) else None


def _nowhere(runner: Runner, box: str) -> bool:
    """Whether nobody ever says where a thing is that is no place and nobody."""
    state = runner.compiled.state
    if box not in state.world.things or any(state.is_a(box, kind) for kind in (PLACE, PERSON)):
        return False
    where = runner.fluent(LOCATION), [runner.number(box)]
    if runner.timeline.value(runner.timeline.now, [], *where) is not None:
        return False
    return not any(
        isinstance(s, Stated) and _places(s.formula, f.Const(box)) for s in runner.model.steps
    )


def _stands_with(runner: Runner, box: str, actor: str, record: EventRecord) -> None:
    """A thing is where somebody is; that is listed as assumed for an event."""
    now, state = runner.timeline.now, runner.compiled.state
    place = runner.timeline.value(now, [], runner.fluent(PLACE_OF), [runner.number(actor)])
    if not isinstance(place, int) or isinstance(place, bool):
        return
    fact = f.Within(f.Const(box), f.Const(runner.name(place)))
    made = effects(make_true(fact, state.exclusive()), Scope(runner.compiled.numbers))
    runner.timeline.step(made, False)
    record.assumptions.append(Assumption(fact_words(state, fact), record.n, record.time))


def _places(formula: f.Formula, box: f.Const) -> bool:
    """Whether a statement says where something is."""
    match formula:
        case f.Within(inner, _) | f.Equals(f.Value("location", (inner,)), _):
            return inner == box
    return False


def _merely_closed(runner: Runner, thing: str) -> bool:
    """Whether something is closed, and nobody's word or deed has closed it."""
    params = runner.compiled.state.world.fluents[OPEN].params
    state = runner.compiled.state
    if state.is_a(thing, PLACE) or not all(state.is_a(thing, kind) for kind in params):
        return False
    key = (runner.fluent(OPEN), (runner.number(thing),))
    try:
        value = runner.timeline.value(runner.timeline.now, [], *_asked(key))
    except _core.CoreError:
        return False
    if value is not False or key in runner.begin.sources:
        return False
    cause = runner.timeline.cause(runner.timeline.now, [], *_asked(key))
    return cause is None or cause in (0, runner.looked_into.get(thing))


def _asked(key: tuple[int, tuple[int, ...]]) -> tuple[int, list[int]]:
    return key[0], list(key[1])
