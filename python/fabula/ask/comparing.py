"""For whom there are more than for another, or the most: "Who has more guns than Ann?"."""

from __future__ import annotations

from fabula.ask import which
from fabula.ask.answer import Answer
from fabula.ask.grounds import grounds
from fabula.ask.wording import bare, listed_answer
from fabula.engine.rests import stands_for
from fabula.engine.running import Run
from fabula.language.words import asking as words_of
from fabula.model import formula as f
from fabula.model.asked import Asked
from fabula.model.world import PERSON


def answer(run: Run, asked: Asked, time: int) -> Answer:
    """Those for whom the most things make a formula true, or more or fewer than for somebody else."""
    assert isinstance(asked.term, f.Var)
    wanted = which.candidates(run, PERSON)
    than = stands_for(run, asked.other, time, ())
    if asked.sort in words_of.FEWER:
        wanted = which.people(run, time)  # the dead and those of another story have nothing, either
    whole = {one for one in wanted if run.words.parts.get(one) not in wanted}
    of_each = {one: _things(run, asked, one, time) for one in wanted if one in whole or one == than}
    if than is not None and than not in of_each:
        of_each[than] = _things(run, asked, than, time)
    counts = {one: len(things) for one, things in of_each.items()}
    measure = max(counts.values(), default=0) if than is None else counts[than]
    if asked.sort in words_of.MOST:
        found = [one for one, count in counts.items() if count == measure > 0]
    elif asked.sort in words_of.FEWER:
        found = [one for one, count in counts.items() if count < measure]
    else:
        found = [one for one, count in counts.items() if count > measure]
    because = tuple(
        dict.fromkeys(
            g for one in found for x in of_each[one] for g in grounds(run, x.formula, time)
        )
    )
    things = run.model.world.things
    exact = not any(things[x.thing].plural for group in of_each.values() for x in group)
    return Answer(
        asked.text,
        listed_answer(run, found, PERSON),
        because,
        certain=exact,  # how many a group are nobody has said
        bare=tuple(bare(run, one) for one in found),
    )


def _things(run: Run, asked: Asked, one: str, time: int) -> list[which.Found]:
    assert isinstance(asked.term, f.Var)
    formula = f.substitute(asked.formula, {asked.term.name: f.Const(one)})
    return which.apart(run, which.those(run, formula, asked.var, asked.kind, time))
