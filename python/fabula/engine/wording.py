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
    runner: Runner,
    fluent: int,
    args: Sequence[int],
    value: Any,
    *,
    deeds: bool = False,
    partly: bool = False,
) -> str | None:
    """A fact in words, or None where it goes without saying: what is derived, where a spot is, what nobody asked.

    ``deeds``: acts that took place are said too. ``partly``: also acts of which nobody said with what, or to whom.
    """
    ident = runner.compiled.numbers.fluent_ids[fluent]
    names = [runner.name(a) for a in args]
    partly = partly and ident.startswith(("did:", "will:"))
    if ident in DERIVED or NOTHING in (names[:1] if partly else names) or OUTSIDE in names:
        return None
    if ident == WHO and args[0] == value:
        return None  # that somebody is himself
    foretold = ident.startswith("will:") and value is True
    if ":" in ident and not foretold and not (deeds and ident.startswith("did:")):
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
    held = runner.timeline.facts(time, [runner.number(c) for c in chain])
    vague = _vague(runner, [(fluent, args) for fluent, args, _ in held])
    for fluent, args, value in held:
        if (fluent, tuple(args)) in vague:
            continue
        if about is not None:
            concerned = {runner.name(a) for a in args}
            if isinstance(value, int) and not isinstance(value, bool):
                concerned.add(runner.name(value))
            if not about & concerned:
                continue
        words = told(runner, fluent, args, value, deeds=about is not None, partly=True)
        if words is not None:
            found[words] = None
    return list(found)


Change = tuple[int, Sequence[int], Any, Any]


def telling(runner: Runner, changes: Sequence[Change]) -> list[Change]:
    """The changes without what follows from another of them: who is frightened now is not calm.

    Nor does it need telling that somebody does not suspect, or want, what he never did.
    """
    ids, fluents = runner.compiled.numbers.fluent_ids, runner.compiled.state.world.fluents
    vague = _vague(runner, [(fluent, args) for fluent, args, *_ in changes])
    became = {(ids[fluent], tuple(args)) for fluent, args, _, new in changes if new is True}

    def follows(fluent: int, args: Sequence[int], old: Any, new: Any) -> bool:
        info = fluents.get(ids[fluent])
        if new is not False or info is None:
            return False
        if old is not True and "content" in info.params:
            return True
        return any((other, tuple(args)) in became for other in info.exclusive)

    return [c for c in changes if (c[0], tuple(c[1])) not in vague and not follows(*c)]


def _vague(
    runner: Runner, deeds: Sequence[tuple[int, Sequence[int]]]
) -> set[tuple[int, tuple[int, ...]]]:
    """Of what was done or will be, that of which there is a fuller account: "gave the lantern" beside "… to Ben"."""
    ids, nothing = runner.compiled.numbers.fluent_ids, runner.number(NOTHING)
    accounts: dict[int, list[tuple[int, ...]]] = {}
    for fluent, args in deeds:
        if ids[fluent].startswith(("did:", "will:")):
            accounts.setdefault(fluent, []).append(tuple(args))
    return {
        (fluent, args)
        for fluent, told in accounts.items()
        for args in told
        if nothing in args
        for other in told
        if other != args
        and all(mine in (nothing, theirs) for mine, theirs in zip(args, other, strict=True))
    }
