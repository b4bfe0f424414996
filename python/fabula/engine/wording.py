"""Kernel facts in words, and which of them are worth saying."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from fabula.engine.vocabulary import NOTHING
from fabula.language.say import fact_words
from fabula.model.world import DERIVED, LOCATION, OUTSIDE, PART, SPOT, WHO

if TYPE_CHECKING:
    from fabula.engine.runner import Runner


def told(
    runner: Runner, fluent: int, args: Sequence[int], value: Any, *, deeds: bool = False
) -> str | None:
    """A fact in words, or None where it goes without saying: what is derived, where a spot is, what nobody asked.

    ``deeds``: acts that took place are said too.
    """
    ident = runner.compiled.numbers.fluent_ids[fluent]
    names = [runner.name(a) for a in args]
    if ident in DERIVED or NOTHING in names or OUTSIDE in names:
        return None
    if ident == WHO and args[0] == value:
        return None  # that somebody is himself
    if ":" in ident and not (deeds and ident.startswith("did:")):
        return None
    info = runner.compiled.state.world.fluents.get(ident)
    if info is not None and (info.quiet or (value is None and info.result == "boolean")):
        return None  # what is left open is no fact
    if ident == LOCATION:
        if runner.compiled.state.is_a(names[0], PART):
            return None  # everybody has his hands with him
        if isinstance(value, int) and not isinstance(value, bool) and runner.name(value) == OUTSIDE:
            return None
        if runner.compiled.state.is_a(names[0], SPOT):
            return None
    return fact_words(runner.compiled.state, runner.fact(fluent, list(args), value))


def facts_told(
    runner: Runner, time: int, chain: tuple[str, ...], about: frozenset[str] | None = None
) -> list[str]:
    """What holds at a time, in the world or in a mind, in words; with ``about`` only what concerns one of these things."""
    found: dict[str, None] = {}
    for fluent, args, value in runner.timeline.facts(time, [runner.number(c) for c in chain]):
        if about is not None:
            concerned = {runner.name(a) for a in args}
            if isinstance(value, int) and not isinstance(value, bool):
                concerned.add(runner.name(value))
            if not about & concerned:
                continue
        words = told(runner, fluent, args, value, deeds=about is not None)
        if words is not None:
            found[words] = None
    return list(found)


Change = tuple[int, Sequence[int], Any, Any]


def telling(runner: Runner, changes: Sequence[Change]) -> list[Change]:
    """The changes without what follows from another of them: who is frightened now is not calm."""
    ids, fluents = runner.compiled.numbers.fluent_ids, runner.compiled.state.world.fluents
    became = {(ids[fluent], tuple(args)) for fluent, args, _, new in changes if new is True}

    def follows(fluent: int, args: Sequence[int], new: Any) -> bool:
        info = fluents.get(ids[fluent])
        return (
            new is False
            and info is not None
            and any((other, tuple(args)) in became for other in info.exclusive)
        )

    return [change for change in changes if not follows(change[0], change[1], change[3])]
