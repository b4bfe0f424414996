"""What a story calls its people: the name that it uses most, which is rarely the one that it introduces them with."""

from __future__ import annotations

import copy
from collections import Counter
from dataclasses import replace

from fabula.language.lexer import name_words
from fabula.language.say import fact_words
from fabula.language.state import State
from fabula.model.story import Happening, StoryModel

Words = tuple[str, ...]


def as_told(state: State, model: StoryModel) -> State:
    """The same words, with everything of several names called what the story's events call it most."""
    names: dict[str, list[Words]] = {}
    for words, thing in state.lexicon.names.items():
        if thing in state.world.things:
            names.setdefault(thing, []).append(words)
    several = {thing: known for thing, known in names.items() if len(known) > 1}
    used = _used(state, model)
    world = copy.copy(state.world)
    world.things = dict(world.things)
    for thing, known in several.items():
        own = world.things[thing]
        given = {name_words(alias): -at for at, alias in enumerate(own.aliases)}
        # of a name that no event uses, the first other name that the story gives
        said = max(known, key=lambda words: (used[words], given.get(words, -len(given))))
        if own.proper and said != name_words(own.label):
            world.things[thing] = replace(own, label=_label(said))
    found = copy.copy(state)
    found.world = world
    world.contents = dict(world.contents)
    for (
        ident,
        content,
    ) in state.world.contents.items():  # what is told inside what is told comes first
        if content.mode == "that" and content.formula is not None:
            world.contents[ident] = replace(content, text=fact_words(found, content.formula))
    return found


def _label(words: Words) -> str:
    said = " ".join(words).replace(" 's", "'s")
    return said if words[0][:1].isupper() else f"the {said}"


def _used(state: State, model: StoryModel) -> Counter[Words]:
    """How often the sentences of the events use each name; of names inside each other the longest counts."""
    names = state.lexicon.names
    longest = max(map(len, names), default=0)
    found: Counter[Words] = Counter()
    for text in {step.source.text for step in model.steps if isinstance(step, Happening)}:
        words = name_words(text)
        at = 0
        while at < len(words):
            for length in range(min(longest, len(words) - at), 0, -1):
                if words[at : at + length] in names:
                    found[words[at : at + length]] += 1
                    at += length
                    break
            else:
                at += 1
    return found
