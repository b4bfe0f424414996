"""Who is wrong about what, and what one knows that another does not: minds beside the world, and beside each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fabula.ask.answer import Answer
from fabula.ask.grounds import grounds
from fabula.ask.which import people
from fabula.ask.wording import one_or_all
from fabula.engine.rests import outward, stands_for
from fabula.engine.running import Run
from fabula.engine.vocabulary import NOTHING
from fabula.engine.wording import told
from fabula.language.say import fact_words, thing_words
from fabula.model import formula as f
from fabula.model.asked import Asked
from fabula.model.world import LOCATION, WHO

Held = tuple[int, list[int], Any]
"""A fluent, the things it is of, and its value there."""


def who(run: Run, asked: Asked, time: int) -> Answer:
    """Who believes what is not so, of somebody or something where that is asked."""
    about = None if asked.term is None else stands_for(run, asked.term, time, asked.minds)
    found = {
        one: list(mistaken(run, one, time, about, asked.kind == "deceived"))
        for one in people(run, time)
    }
    wrong = [one for one, beliefs in found.items() if beliefs]
    because = tuple(
        dict.fromkeys(
            g for one in wrong for held, _ in found[one] for g in _grounds(run, held, time, one)
        )
    )
    names = tuple(thing_words(run.words, one) for one in wrong)
    return Answer(asked.text, one_or_all(names, "nobody"), because)


def of(run: Run, asked: Asked, time: int) -> Answer:
    """What somebody (or, where nobody is named, whoever) believes that is not so."""
    wrong = [
        (one, held)
        for one in people(run, time)
        if not asked.minds or one in asked.minds  # the dead believe nothing
        for held, _ in mistaken(run, one, time, deceived=asked.kind == "deceived")
    ]
    said = tuple(
        dict.fromkeys(
            fact_words(run.words, f.Believes(f.Const(one), _fact(run, held))) for one, held in wrong
        )
    )
    because = tuple(dict.fromkeys(g for one, held in wrong for g in _grounds(run, held, time, one)))
    return Answer(asked.text, one_or_all(said, "nothing"), because)


def difference(run: Run, asked: Asked, time: int) -> Answer:
    """What one knows, as it is so, of which another has no idea or a wrong one."""
    other = stands_for(run, asked.term or asked.other, time, ())
    if len(asked.minds) != 1:
        return Answer(asked.text, "nothing", certain=False)
    # without another, what nobody else knows is asked
    others = [one for one in people(run, time) if one not in asked.minds]
    if other is not None:
        others = [other]
    found: dict[str, Held] = {}
    theirs = {(_key(held), held[2]) for one in others for held in _facts(run, (one,), time)}
    for held in _facts(run, asked.minds, time):
        if (_key(held), held[2]) in theirs or _denied(run, held, time):
            continue
        words = told(run.runner, *held, deeds=True)
        if words is not None:
            found.setdefault(words, held)
    because = tuple(
        dict.fromkeys(g for held in found.values() for g in _grounds(run, held, time, *asked.minds))
    )
    said = tuple(found)
    return Answer(asked.text, one_or_all(said, "nothing"), because)


def mistaken(
    run: Run, one: str, time: int, about: str | None = None, deceived: bool = False
) -> Iterator[tuple[Held, str]]:
    """What somebody believes that is not so, each with its words; ``about``: only of this person or thing.

    ``deceived``: only what was not so even when he came to believe it.
    """
    seen: set[str] = set()
    for held in _facts(run, (one,), time):
        fluent, args, value = held
        if about is not None and about not in _concerned(run, held):
            continue
        if not _denied(run, held, time) or (deceived and not _never_so(run, one, held, time)):
            continue
        words = told(run.runner, fluent, args, value, deeds=True)
        if words is not None and words not in seen:
            seen.add(words)
            yield held, words


def _never_so(run: Run, one: str, held: Held, time: int) -> bool:
    """Whether something was not so even when somebody came to believe it."""
    ident = run.runner.compiled.numbers.fluent_ids[held[0]]
    since = run.runner.cause(ident, _names(run, held[1]), time, (one,))
    return since is not None and _denied(run, held, since)


def _facts(run: Run, minds: tuple[str, ...], time: int) -> list[Held]:
    return run.runner.timeline.facts(time, [run.runner.number(one) for one in minds])


def _names(run: Run, args: list[int]) -> tuple[str, ...]:
    return tuple(run.runner.name(arg) for arg in args)


def _key(held: Held) -> tuple[int, tuple[int, ...]]:
    return held[0], tuple(held[1])


def _concerned(run: Run, held: Held) -> set[str]:
    _, args, value = held
    things = {run.runner.name(arg) for arg in args}
    if isinstance(value, int) and not isinstance(value, bool):
        things.add(run.runner.name(value))
    return things


def _denied(run: Run, held: Held, time: int) -> bool:
    """Whether the world says otherwise than what is held there."""
    fluent, args, value = held
    if value is None:
        return False
    ident = run.runner.compiled.numbers.fluent_ids[fluent]
    if ident == WHO:
        return False
    real = run.runner.timeline.value(time, [], fluent, args)
    if ident.startswith("did:"):
        # of what was done all is told; who saw it done is not wrong for having been lied to
        if value is not True or real is True or NOTHING in _concerned(run, held):
            return False
        return not any(
            run.runner.held(f"did:{action.id}", _names(run, args), time) is True
            for action in run.model.world.actions.values()
            if action.seems == ident.removeprefix("did:")
        )
    if real is None or real == value:
        return False
    if ident == "want" and run.runner.cause(ident, _names(run, args), time) is None:
        return False  # what somebody wants is not all told
    if ident == LOCATION and isinstance(value, int):
        # who is in a room of the house is in the house
        around = outward(run, run.runner.name(args[0]), time)
        inner = outward(run, run.runner.name(value), time)
        here = run.runner.name(real) if isinstance(real, int) else ""
        return run.runner.name(value) not in around and here not in inner
    return True


def _grounds(run: Run, held: Held, time: int, *minds: str) -> tuple[Any, ...]:
    return grounds(run, _fact(run, held), time, minds)


def _fact(run: Run, held: Held) -> f.Formula:
    return run.runner.fact(held[0], list(held[1]), held[2])
