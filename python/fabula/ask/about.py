"""What somebody wants, and what he believes about somebody or something."""

from __future__ import annotations

from fabula.ask.answer import Answer, Ground
from fabula.ask.moments import Span
from fabula.ask.places import body
from fabula.ask.wording import wish_words
from fabula.engine.running import Run
from fabula.engine.wording import told
from fabula.model.asked import Asked
from fabula.model.story import Wanted


def wants(run: Run, asked: Asked, span: Span) -> Answer:
    """What somebody is said to want."""
    person = body(run, asked.term, span.end, asked.minds)
    found: dict[str, Ground] = {}
    for step in run.model.steps:
        if isinstance(step, Wanted) and step.person == person and not step.fears:
            words_of_it = wish_words(run, step.content, step.person)
            found.setdefault(words_of_it, Ground(0, step.source.text, step.source.span))
    words = tuple(found)
    if not words:
        return Answer(asked.text, "nobody says what", certain=False)
    return Answer(asked.text, words[0] if len(words) == 1 else words, tuple(found.values()))


def about(run: Run, asked: Asked, span: Span) -> Answer:
    """What a mind holds of somebody or something, a sentence each."""
    thing = body(run, asked.term, span.end, asked.minds)
    if thing is None:
        return Answer(asked.text, "nothing")
    runner = run.runner
    same = {thing, f"name:{thing}", *(n for n, b in run.words.names.items() if b == thing)}
    lines: dict[str, None] = {}
    chain = [runner.number(c) for c in asked.minds]
    for fluent, args, value in runner.timeline.facts(span.end, chain):
        names = [runner.name(a) for a in args]
        if isinstance(value, int) and not isinstance(value, bool):
            names.append(runner.name(value))
        if same & set(names):
            words = told(runner, fluent, args, value, deeds=True)
            if words is not None:
                lines[words] = None
    found = tuple(lines)
    return Answer(asked.text, found[0] if len(found) == 1 else found or "nothing")
