"""Whether somebody lied who is only said to have told something: he knew that it was otherwise. Worked out when it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fabula.engine.learned import told_by
from fabula.engine.records import EventRecord
from fabula.engine.same_words import of_verb, seemed
from fabula.engine.vocabulary import DID, NOTHING
from fabula.language.state import State
from fabula.model import formula as f
from fabula.model.story import Happening

if TYPE_CHECKING:
    from fabula.engine.runner import Runner


def lied(runner: Runner, formula: f.Formula, time: int, chain: tuple[str, ...]) -> bool:
    """Whether "he lied (to her) (that …)" is so in the world, or to the mind of the one who lied, by what he has told."""
    match formula:
        case f.Equals(f.Value(fluent, (f.Const(teller), *_)), f.Lit(True)) if fluent.startswith(
            DID
        ) and chain in ((), (teller,)):
            pass
        case _:
            return False
    passes = runner.seemed.get(fluent)
    if passes is None:
        passes = runner.seemed[fluent] = seemed(runner.compiled.state, fluent)
    if not passes:
        return False
    return any(
        isinstance(record, EventRecord)
        and record.time <= time
        and record.happening.action in passes
        and record.happening.args[:1] == (teller,)
        and not record.happening.attempt
        and formula in _lies(runner.compiled.state, record.happening)
        and _knew_better(runner, record, teller)
        for record in runner.records
    )


def _lies(state: State, event: Happening) -> list[f.Formula]:
    """That what was told was a lie, said with and without its words: by the rules for the verb of what only seems to be this act."""
    world = state.world
    args = [f.Const(arg) for arg in event.args if isinstance(arg, str)]
    lie = next((a for a in world.actions.values() if a.seems == event.action), None)
    if lie is None or not len(lie.params) == len(args) == len(event.args):
        return []
    people = [a for a in args if a.thing not in world.contents]
    nothing = f.Const(NOTHING)
    said = [(lie, args), (lie, [nothing if a.thing in world.contents else a for a in args])]
    for other in of_verb(state, lie.verb):
        if not other.contents and len(other.params) >= len(people):
            said.append((other, [*people, *[nothing] * (len(other.params) - len(people))]))
            said.append((other, [*people[:1], *[nothing] * (len(other.params) - 1)]))
    return [f.truth(f"{DID}{a.id}", *terms) for a, terms in said]


def _knew_better(runner: Runner, record: EventRecord, teller: str) -> bool:
    """Whether who told something took it to be otherwise, and not only because it usually is."""
    for part in told_by(runner, record.happening):
        if runner.truth(part, record.before, (teller,)) is not False:
            continue
        match part:
            case f.Equals(f.Value(fluent, args), _) if all(isinstance(a, f.Const) for a in args):
                about = tuple(a.thing for a in args if isinstance(a, f.Const))
                if not runner.cause(fluent, about, record.before, (teller,)):
                    continue
        return True
    return False
