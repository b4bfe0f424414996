"""Sentences that say how words are used: what goes without saying, what several do to each other, what is "to" another."""

from __future__ import annotations

import re
from dataclasses import replace

from fabula.language import morphology
from fabula.language.frames import base_of_third
from fabula.language.lexicon import Adjective
from fabula.language.state import SentenceLike, State, Unreadable
from fabula.language.verbs_said import frames_said
from fabula.problems.cannot_read import cannot_read
from fabula.problems.unknown_adjective import unknown_adjective
from fabula.problems.wording import near

_QUIET = re.compile(r"^Being (?P<rest>.+) goes without saying$")
_QUIET_VERB = re.compile(r"^(?P<gerund>\w+ing) (?:somebody|something) goes without saying$")
_MUTUAL = re.compile(r"^Several who (?P<verbs>.+) do so to each other$")
_TO = re.compile(r"^(?P<nouns>An? .+) (?:is|are) to something$")
_MANDATIVE = re.compile(r"^One (?P<verbs>.+) that somebody do something$")
_SERVICE = re.compile(r"^Who is something for somebody (?P<verb>\w+) for that person$")
_EVENT = re.compile(r"^An? (?P<noun>[a-z -]+) is an event of (?P<gerunds>.+)$")
_OF_IT = re.compile(r"^(?:Who|What) is (?P<states>.+) may (?P<act>[a-z ]+) of it$")
_FELT = re.compile(r"^Who is (?P<states>.+) believes the reason for it$")
_NEVER = re.compile(r"^An? (?P<kind>[a-z ]+) is never an? (?P<other>[a-z ]+)$")
_ITEMS = re.compile(r",\s+and\s+|,\s+|\s+and\s+")


def taken_in(state: State, sentence: SentenceLike, text: str) -> bool:
    """Takes in a sentence about the use of words; False if it is of no such kind."""
    if (m := _QUIET.match(text)) is not None:
        _quiet(state, sentence, m["rest"])
        return True
    if (m := _QUIET_VERB.match(text)) is not None:
        return _quiet_verb(state, m["gerund"].lower())
    if (m := _MUTUAL.match(text)) is not None:
        # "Lise and Jan marry."
        state.lexicon.mutual.update(_ITEMS.split(m["verbs"]))
        return True
    if (m := _MANDATIVE.match(text)) is not None:
        # "demands that Carl leave"
        state.lexicon.mandative.update(base_of_third(verb) for verb in _ITEMS.split(m["verbs"]))
        return True
    if (m := _SERVICE.match(text)) is not None:
        # "a spy for David"
        frames = state.lexicon.frames.get(base_of_third(m["verb"]), ())
        state.lexicon.service = next(
            (fr.fluent for fr in frames if fr.fluent and "for" in fr.slots[0].words), ""
        )
        return True
    if (m := _TO.match(text)) is not None:
        # "the key to the chest"
        nouns = (re.sub(r"^an? ", "", noun.lower()) for noun in _ITEMS.split(m["nouns"]))
        state.lexicon.nouns_with_to.update(nouns)
        return True
    if (m := _OF_IT.match(text)) is not None:
        # "why did he die?"
        states = tuple(re.split(r",\s+or\s+|,\s+|\s+or\s+", m["states"]))
        known = state.lexicon.comes_of.get(m["act"], ())
        state.lexicon.comes_of[m["act"]] = tuple(dict.fromkeys((*known, *states)))
        return True
    if (m := _NEVER.match(text)) is not None:
        # "A man is never a woman."
        pair = (m["kind"], m["other"])
        state.lexicon.apart |= {pair, pair[::-1]}
        return True
    if (m := _FELT.match(text)) is not None:
        # "is angry with her because she betrayed him"
        for word in re.split(r",\s+or\s+|,\s+|\s+or\s+", m["states"]):
            found = adjectives_named(state, sentence, word)
            state.lexicon.felt.update(one.fluent for one in found)
        return True
    if (m := _EVENT.match(text)) is not None:
        # "before his death", "after the wedding"
        state.lexicon.events[m["noun"]] = _gerunds(sentence, m["gerunds"])
        return True
    return False


def _gerunds(sentence: SentenceLike, words: str) -> tuple[str, ...]:
    """The words of "dying or marrying"; which verbs they are of may be said further on. Raises for what is none."""
    found = tuple(re.split(r",\s+or\s+|,\s+|\s+or\s+", words))
    for word in found:
        if not word.endswith("ing") or " " in word:
            raise Unreadable(
                cannot_read(
                    sentence.place(sentence.text.find(word), len(word)),
                    sentence.text,
                    expected=("what somebody does in one word, such as dying or marrying",),
                )
            )
    return found


def _quiet(state: State, sentence: SentenceLike, words: str) -> None:
    """ "Being lifeless goes without saying.": it is not shown, as it follows from what is."""
    for adjective in adjectives_named(state, sentence, words):
        info = state.world.fluents.get(adjective.fluent)
        if info is not None:
            state.world.fluents[info.id] = replace(info, quiet=True)


def _quiet_verb(state: State, gerund: str) -> bool:
    """ "Meeting somebody goes without saying.": that the act took place says it already."""
    found = False
    for fluent, frame in frames_said(state)[1].items():
        if morphology.gerund(frame.verb) == gerund:
            state.world.fluents[fluent] = replace(state.world.fluents[fluent], quiet=True)
            found = True
    return found


def adjectives_named(state: State, sentence: SentenceLike, words: str) -> tuple[Adjective, ...]:
    """The properties and values that words name; raises where there are none."""
    found = state.lexicon.adjectives.get(tuple(words.split(" ")))
    if not found:
        raise Unreadable(
            unknown_adjective(
                sentence.place(0, len(sentence.text)),
                words,
                near(words, (" ".join(k) for k in state.lexicon.adjectives)),
            )
        )
    return found
