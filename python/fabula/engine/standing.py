"""Orders, promises, offers and requests stand until what they ask for is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fabula.engine.vocabulary import NOTHING
from fabula.model import formula as f
from fabula.model.story import Happening
from fabula.model.world import Fluent

if TYPE_CHECKING:
    from fabula.engine.records import EventRecord
    from fabula.engine.runner import Runner

Deeds = dict[str, list[tuple[str, tuple[str, ...]]]]


def asked_for(runner: Runner) -> Deeds:
    """For each happening that some content asks for: the contents, with the arguments that would do."""
    found: Deeds = {}
    for ident, content in runner.model.world.contents.items():
        if content.mode != "act" or content.formula is None:
            continue
        for part in f.conjuncts(content.formula):
            if (
                isinstance(part, f.Equals)
                and isinstance(part.left, f.Value)
                and part.right == f.Lit(True)
            ):
                args = tuple(_thing(runner, a) for a in part.left.args)
                found.setdefault(part.left.fluent, []).append((ident, args))
    return found


def _thing(runner: Runner, term: f.Term) -> str:
    """The body that a term stands for, as far as the text says; NOTHING matches anything."""
    if isinstance(term, f.Value) and term.args:
        return _thing(runner, term.args[0])
    if isinstance(term, f.Const):
        return runner.compiled.state.names.get(term.thing, term.thing)
    return NOTHING


def settle(runner: Runner, record: EventRecord, deeds: Deeds) -> None:
    """Ends what an event has done of what was asked; who saw it knows that it is done."""
    event = record.happening
    wanted = deeds.get(f"did:{event.action}")
    if not wanted or event.attempt:
        return
    done = {
        ident
        for ident, args in wanted
        if all(
            a in (NOTHING, b) or (isinstance(b, tuple) and a in b)
            for a, b in zip(args, event.args, strict=False)
        )
    }
    effects = [effect for ident in sorted(done) for effect in _endings(runner, ident)]
    if effects:
        seen = [
            ("==", ("var", 0), ("entity", c)) for c, _, _ in runner.timeline.observers(record.time)
        ]
        runner.timeline.step(effects, ("or", seen) if seen else False)


def is_charged(runner: Runner, event: Happening, deeds: Deeds) -> bool:
    """Whether who acts does what he was ordered, asked or sent to do, or has promised: going there is part of it."""
    wanted = deeds.get(f"did:{event.action}", ())
    return any(
        all(
            a in (NOTHING, b) or (isinstance(b, tuple) and a in b)
            for a, b in zip(args, event.args, strict=False)
        )
        and _endings(runner, ident)
        for ident, args in wanted
    )


def _endings(runner: Runner, content: str) -> list[Any]:
    """Effects that take back every standing fact about a content."""
    timeline, numbers = runner.timeline, runner.compiled.numbers
    found: list[Any] = []
    for fluent in runner.model.world.fluents.values():
        if not _stands(fluent):
            continue
        place = fluent.params.index("content")
        variables = [("var", i) for i in range(len(fluent.params))]
        test = (
            "and",
            [
                ("fluent", numbers.fluents[fluent.id], variables),
                ("==", ("var", place), ("entity", runner.number(content))),
            ],
        )
        kinds = [numbers.kinds[p] for p in fluent.params]
        for binding in timeline.find(timeline.now, [], kinds, test):
            args = [("entity", b) for b in binding]
            found.append(("set", numbers.fluents[fluent.id], args, ("bool", False)))
    return found


def _stands(fluent: Fluent) -> bool:
    return fluent.form == "standing" and "content" in fluent.params
