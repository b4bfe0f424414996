"""What a fact follows from that nobody said: the conditions of the When-rule that makes it so."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product

from fabula.engine.running import Run
from fabula.model import formula as f
from fabula.model.world import Param, Trigger

MOST_TRIED = 400


def conditions(
    run: Run, fluent: str, args: tuple[str, ...], time: int, chain: tuple[str, ...]
) -> Iterator[f.Formula]:
    """The conditions, as they are fulfilled, of rules that make a relation or property so; the first for each rule."""
    value = run.runner.held(fluent, args, time, chain)
    for trigger in run.model.world.triggers:
        for effect in trigger.effects:
            if not isinstance(effect, f.Assign) or effect.fluent != fluent or effect.believers:
                continue
            binding = _bound(effect, args)
            if binding is None or effect.value != f.Lit(value if isinstance(value, bool) else None):
                continue
            found = _fulfilled(run, trigger, binding, time, chain)
            if found is not None:
                yield found
                break


def _bound(effect: f.Assign, args: tuple[str, ...]) -> f.Binding | None:
    """What the letters of an effect stand for where it is about these things."""
    binding: dict[str, f.Term] = {}
    for term, thing in zip(effect.args, args, strict=True):
        match term:
            case f.Var(name):
                if binding.setdefault(name, f.Const(thing)) != f.Const(thing):
                    return None
            case f.Const(name) if name == thing:
                pass
            case _:
                return None
    return binding


def _fulfilled(
    run: Run, trigger: Trigger, binding: f.Binding, time: int, chain: tuple[str, ...]
) -> f.Formula | None:
    """The condition of a rule for what makes it true, where something does."""
    open_params = [p for p in trigger.params if p.name not in binding]
    choices = product(*(_things(run, p) for p in open_params))
    for chosen in islice(choices, MOST_TRIED):
        filled = {p.name: f.Const(t) for p, t in zip(open_params, chosen, strict=True)}
        condition = f.substitute(trigger.condition, {**binding, **filled})
        if run.runner.truth(condition, time, chain) is True:
            return condition
    return None


def _things(run: Run, param: Param) -> list[str]:
    return [t for t in run.model.world.things if run.words.is_a(t, param.kind)]
