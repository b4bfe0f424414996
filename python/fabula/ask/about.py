"""What somebody wants, and what he believes about somebody or something."""

from __future__ import annotations

from fabula.ask.answer import Answer, Ground
from fabula.ask.wording import one_or_all
from fabula.engine.rests import stands_for
from fabula.engine.running import Run
from fabula.engine.wording import facts_told
from fabula.language.say import wish_words
from fabula.model.asked import Asked
from fabula.model.story import Wanted


def wants(run: Run, asked: Asked, time: int) -> Answer:
    """What somebody is said to want."""
    person = stands_for(run, asked.term, time, asked.minds)
    found: dict[str, Ground] = {}
    for step in run.model.steps:
        if isinstance(step, Wanted) and step.person == person and not step.fears:
            words_of_it = wish_words(run.words, step.content, step.person)
            found.setdefault(words_of_it, Ground(0, step.source.text, step.source.span))
    words = tuple(found)
    if not words:
        return Answer(asked.text, "nobody says what", certain=False)
    return Answer(asked.text, one_or_all(words), tuple(found.values()))


def about(run: Run, asked: Asked, time: int) -> Answer:
    """What a mind holds of somebody or something, a sentence each."""
    thing = stands_for(run, asked.term, time, asked.minds)
    if thing is None:
        return Answer(asked.text, "nothing")
    names = (name for name, bearer in run.words.names.items() if bearer == thing)
    same = frozenset({thing, f"name:{thing}", *names})
    found = tuple(facts_told(run.runner, time, asked.minds, same))
    return Answer(asked.text, one_or_all(found, "nothing"))
