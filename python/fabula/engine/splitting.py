"""A part of a group that goes its own way begins where, and knowing what, the whole does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fabula.model.story import Split
from fabula.model.world import PERSON, PLACE_OF

if TYPE_CHECKING:
    from fabula.engine.runner import Runner


def split_off(runner: Runner, step: Split) -> None:
    """A part of a group begins where, and knowing what, the whole does."""
    runner.wholes[step.part] = step.whole
    timeline, part, whole = runner.timeline, runner.number(step.part), runner.number(step.whole)
    done: list[Any] = []
    for fluent, args, value in timeline.facts(timeline.now, []):
        if whole in args and not runner.compiled.numbers.fluent_ids[fluent].startswith("did:"):
            done.append(
                (
                    "set",
                    fluent,
                    [("entity", part if a == whole else a) for a in args],
                    _expr(value),
                )
            )
            done.extend(_still_held(runner, fluent, args, value, whole, part))
    minded = runner.compiled.state.is_a(step.whole, PERSON) and runner.compiled.state.is_a(
        step.part, PERSON
    )
    for fluent, args, value in timeline.facts(timeline.now, [whole]) if minded else []:
        if part not in args:
            done.append(
                (
                    "believe",
                    [("entity", part)],
                    fluent,
                    [("entity", a) for a in args],
                    _expr(value),
                    "set",
                    False,
                )
            )
    if done:
        timeline.step(
            [d for d in done if d[0] == "believe" or d[1] != runner.fluent(PLACE_OF)], False
        )


def _still_held(
    runner: Runner, fluent: int, args: list[int], value: Any, whole: int, part: int
) -> list[Any]:
    """What others hold of a whole group in which they are concerned themselves, they hold of its part."""
    now = runner.timeline.now
    people = [
        a
        for a in dict.fromkeys(args)
        if a != whole and runner.compiled.state.is_a(runner.name(a), PERSON)
    ]
    return [
        (
            "believe",
            [("entity", person)],
            fluent,
            [("entity", part if a == whole else a) for a in args],
            _expr(value),
            "set",
            False,
        )
        for person in people
        if runner.timeline.value(now, [person], fluent, args) == value
    ]


def _expr(value: Any) -> Any:
    if value is None:
        return ("?",)
    if isinstance(value, bool):
        return ("bool", value)
    return ("entity", value) if isinstance(value, int) else ("num", value)
