"""What a plan comes to: who brings about what, of all that the plan goes on to need or that was asked for."""

from __future__ import annotations

from collections.abc import Iterable

from fabula.engine.stage import Stage
from fabula.model import formula as f
from fabula.model.world import LOCATION
from fabula.reasons.means import Plan
from fabula.reasons.roles import PLACES

Pattern = tuple[str, tuple[str | None, ...]]


def outcome(stage: Stage, plan: Plan, aims: Iterable[f.Formula]) -> frozenset[tuple[object, ...]]:
    """What is done by whom, without how: two plans with the same outcome are one. The stage goes on."""
    numbers = stage.compiled.numbers
    wanted = [_patterns(aim) for aim in aims]
    found: set[tuple[object, ...]] = set()
    needed = [set[Pattern]().union(*wanted)]
    for deed in reversed(plan):
        action = stage.model.world.actions[deed.action]
        names: f.Binding = {
            p.name: f.Const(a) for p, a in zip(action.params, deed.args, strict=True)
        }
        own = (_patterns(f.substitute(need.formula, names)) for need in action.needs)
        places: set[Pattern] = {(LOCATION, (a,)) for a in deed.args}  # hands have to reach
        needed.append(needed[-1].union(places, *own))
    needed.reverse()
    for at, deed in enumerate(plan):
        before = stage.timeline.now
        if not stage.do(deed, True):
            break
        done = {
            (deed.args[0], numbers.fluent_ids[fluent], tuple(args), new)
            for moment in range(before + 1, stage.timeline.now + 1)
            for fluent, args, _, new in stage.timeline.changes(moment, [])
            if _matters(numbers.fluent_ids[fluent], tuple(map(stage.name, args)), needed[at + 1])
        }
        # words change nothing but minds
        found |= done or {(deed.args[0], deed.action, deed.args[1:])}
    return frozenset(found)


def _matters(fluent: str, args: tuple[str, ...], patterns: set[Pattern]) -> bool:
    return any(
        fluent == name and all(b is None or a == b for a, b in zip(args, known, strict=False))
        for name, known in patterns
    )


def _patterns(formula: f.Formula) -> set[Pattern]:
    """The facts that a formula asks about; None stands for whatever a letter of it may be."""
    found: set[Pattern] = set()

    def of(term: f.Term) -> None:
        if isinstance(term, f.Value):
            known = tuple(a.thing if isinstance(a, f.Const) else None for a in term.args)
            if term.fluent not in PLACES:
                found.add((term.fluent, known))
            elif known != (None,):  # where just any thing is matters to nobody
                found.add((LOCATION, known))
            for inner in term.args:
                of(inner)

    def walk(part: f.Formula) -> None:
        match part:
            case f.Equals(left, right) | f.Compare(_, left, right):
                of(left)
                of(right)
            case f.Within(inner, outer):
                found.update(
                    (LOCATION, (t.thing,)) for t in (inner, outer) if isinstance(t, f.Const)
                )
            case f.Not(body) | f.Exists(_, _, body) | f.Forall(_, _, body) | f.Believes(_, body):
                walk(body)
            case f.And(parts) | f.Or(parts):
                for one in parts:
                    walk(one)

    walk(formula)
    return found
