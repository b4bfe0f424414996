"""What somebody may be expected to do, by what he wants: nobody has told yet what comes next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fabula.ask.answer import Answer, Ground
from fabula.ask.grounds import grounds
from fabula.ask.wording import bare
from fabula.engine.running import Run
from fabula.engine.stage import Stage
from fabula.language.say import article, thing_words, wish_words
from fabula.model import formula as f
from fabula.model.asked import Asked
from fabula.model.story import Wanted
from fabula.model.world import OUTSIDE, PLACE, PLACE_OF
from fabula.reasons.wants import usual


def where_to(run: Run, asked: Asked, person: str, time: int) -> Answer | None:
    """Where somebody will go: where he wants to be; None where that is not known."""
    for wish in goals(run, person, time):
        because = wish.because
        match wish.formula:
            case f.Within(f.Const(who), f.Const(place)) if who == person:
                if run.words.is_a(place, PLACE):
                    return _place(run, asked, place, because)
            case f.Equals(f.Value(fluent, (f.Const(who),)), f.Value(_, (f.Const(other),))) if (
                who == person and fluent == PLACE_OF
            ):
                there = run.runner.place_of(other, time)
                if there is not None and there != OUTSIDE:
                    return _place(run, asked, there, because)
            case f.Exists(var, kind, f.Within(f.Const(who), f.Var(name))) if (
                who == person and name == var and run.words.kind_is(kind, PLACE)
            ):
                found = [t for t in run.model.world.things if run.words.is_a(t, kind)]
                if len(found) == 1:
                    return _place(run, asked, found[0], because)
                return Answer(asked.text, article(kind), because, certain=False, bare=(kind,))
    return None


def _place(run: Run, asked: Asked, place: str, because: tuple[Ground, ...]) -> Answer:
    return Answer(
        asked.text,
        f"to {thing_words(run.words, place)}",
        because,
        certain=False,
        bare=(bare(run, place),),
    )


@dataclass(frozen=True, slots=True)
class Goal:
    """What somebody wants: said by the story (``words``), or by a rule whose ``condition`` holds of him."""

    formula: f.Formula
    because: tuple[Ground, ...]
    words: str = ""
    condition: f.Formula | None = None


def goals(run: Run, person: str, time: int) -> Iterator[Goal]:
    """What somebody wants at a time, said by the story first, then by rules, and what says so."""
    for step in run.model.steps:
        if isinstance(step, Wanted) and step.person == person and step.content.formula:
            said = Ground(0, step.source.text, step.source.span)
            yield Goal(step.content.formula, (said,), wish_words(run.words, step.content, person))
    for want in usual(Stage.after(run.runner, time), person):
        motive = want.motive
        if motive is None or isinstance(motive.goal, f.Holds) or motive.condition == f.TRUE:
            continue  # to live is what everybody wants: that explains nothing by itself
        terms: f.Binding = {letter: f.Const(thing) for letter, thing in want.binding}
        holds = f.substitute(motive.condition, terms)
        # the goal as the rule says it: "a bedroom", even where the story has none
        yield Goal(f.substitute(motive.goal, terms), grounds(run, holds, time), condition=holds)
