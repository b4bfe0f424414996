"""What a story says in its midst of the inside of a box, those who are there have seen for themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fabula import _core
from fabula.engine.expressions import Scope, effects
from fabula.model import formula as f
from fabula.model.world import PLACE

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
    for term in (formula.inner, formula.outer):
        if isinstance(term, f.Const) and _merely_closed(runner, term.thing):
            for value in (True, False):
                what = (f.Assign(OPEN, (term,), f.Lit(value)),)
                runner.timeline.step(effects(what, Scope(runner.compiled.numbers)), False)
            runner.looked_into[term.thing] = runner.timeline.now


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
