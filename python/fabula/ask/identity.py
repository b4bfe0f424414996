"""Who somebody is, and what something is."""

from __future__ import annotations

from fabula.ask.answer import Answer
from fabula.ask.grounds import grounds
from fabula.engine.rests import stands_for
from fabula.engine.running import Run
from fabula.language.say import article, fact_words, thing_words
from fabula.model import formula as f
from fabula.model.asked import Asked


def answer(run: Run, asked: Asked, time: int) -> Answer:
    """Who bears a name, or what kind of thing something is."""
    thing = stands_for(run, asked.term, time, asked.minds)
    if thing is None:
        return Answer(asked.text, "nobody knows", certain=False)
    words = thing_words(run.words, thing)
    if asked.term != f.Const(thing):
        return Answer(asked.text, words)
    # who it is that bears a name is asked by who knows the name: what he is
    return described(run, asked, thing, time)


def described(run: Run, asked: Asked, thing: str, time: int) -> Answer:
    """What somebody or something is: its kinds, and whose brother or friend."""
    facts: list[f.Formula] = []
    words = thing_words(run.words, thing)
    one = run.model.world.things[thing]
    # that the trunk is a trunk goes without saying, where there is more to say
    kinds = [kind for kind in one.kinds if kind != one.label] or list(one.kinds)
    said = [article(kind) for kind in kinds]
    for fluent in run.model.world.fluents.values():
        if fluent.form != "noun" or fluent.result != "boolean" or len(fluent.params) != 2:
            continue
        for other in run.model.world.things:
            fact = f.truth(fluent.id, f.Const(thing), f.Const(other))
            if run.runner.truth(fact, time, asked.minds) is True:
                said.append(fact_words(run.words, fact).removeprefix(f"{words} is "))
                facts.append(fact)
    because = tuple(g for fact in facts for g in grounds(run, fact, time, asked.minds))
    return Answer(asked.text, ", ".join(said), because, bare=tuple(said[:1]))
