"""The way from one place to another: by directions, doors and what lies beside what."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from fabula.ask.answer import Answer
from fabula.ask.grounds import grounds
from fabula.ask.wording import one_or_all
from fabula.engine.rests import Chain, stands_for
from fabula.engine.running import Run
from fabula.language.say import thing_words
from fabula.model import formula as f
from fabula.model.asked import Asked
from fabula.model.world import PLACE

DIRECTION = "direction"


def way(run: Run, asked: Asked, time: int) -> Answer:
    """The shortest way, as directions."""
    start = stands_for(run, asked.term, time, asked.minds)
    end = stands_for(run, asked.other, time, asked.minds)
    if start is None or end is None:
        return Answer(asked.text, "nobody knows", certain=False)
    if start == end:
        return Answer(asked.text, "one is there already")
    before: dict[str, tuple[str, str, f.Formula]] = {}
    queue = deque([start])
    while queue and end not in before:
        here = queue.popleft()
        for word, there, fact in _steps(run, here, time, asked.minds):
            if there not in before and there != start:
                before[there] = (here, word, fact)
                queue.append(there)
    if end not in before:
        return Answer(asked.text, "there is no way that is known", certain=False)
    words: list[str] = []
    facts: list[f.Formula] = []
    here = end
    while here != start:
        here, word, fact = before[here]
        words.append(word)
        facts.append(fact)
    words.reverse()
    because = grounds(run, f.conjunction(facts[::-1]), time, asked.minds)
    return Answer(asked.text, one_or_all(tuple(words)), because, bare=tuple(words))


def _steps(run: Run, here: str, time: int, chain: Chain) -> Iterator[tuple[str, str, f.Formula]]:
    """Where one comes from a place: in which direction, or through what, and the fact that says so."""
    places = [t for t in run.model.world.things if run.words.is_a(t, PLACE) and t != here]
    for word in run.words.qualities.get(DIRECTION, ()):
        for adjective in run.words.lexicon.adjectives.get((word,), ()):
            if not adjective.preposition:
                continue
            for there in places:
                fact = f.truth(adjective.fluent, f.Const(there), f.Const(here))
                if run.runner.truth(fact, time, chain) is True:
                    yield word, there, fact
    for word in sorted(run.words.adjoining):
        for there in places:
            fact = f.truth(word, f.Const(there), f.Const(here))
            if run.runner.truth(fact, time, chain) is True:
                yield f"to {thing_words(run.words, there)}", there, fact
    if "lead to" in run.model.world.fluents:
        for door in run.model.world.things:
            fact = f.truth("lead to", f.Const(door), f.Const(here))
            if run.words.is_a(door, PLACE) or run.runner.truth(fact, time, chain) is not True:
                continue
            for there in places:
                also = f.truth("lead to", f.Const(door), f.Const(there))
                if run.runner.truth(also, time, chain) is True:
                    yield f"through {thing_words(run.words, door)}", there, f.And((fact, also))
