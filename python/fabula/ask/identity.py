"""Who somebody is, and what something is."""

from __future__ import annotations

from fabula.ask.answer import Answer
from fabula.ask.places import body
from fabula.engine.running import Run
from fabula.language.say import thing_words
from fabula.model.asked import Asked


def answer(run: Run, asked: Asked, time: int) -> Answer:
    """Who bears a name, or what kind of thing something is."""
    thing = body(run, asked.term, time, asked.minds)
    if thing is None:
        return Answer(asked.text, "nobody knows", certain=False)
    return Answer(asked.text, thing_words(run.words, thing))
