"""Parts of people's names: "Dora Finch" is also "Dora" and "Finch", "Dr Crane" is also "Crane".

A part that two people bear names neither of them; a name of its own that the story gives comes before any part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fabula.language.words import closed, given_names
from fabula.model.world import DESCRIPTION, PERSON

if TYPE_CHECKING:
    from fabula.language.state import State
    from fabula.model.world import Thing


def parts_of(state: State, label: str) -> list[str]:
    """The words of a name that can stand for the whole: the last, and what comes before unless it is a title."""
    words = label.split(" ")
    for at, word in enumerate(words):
        if at and not word[:1].isupper():
            # "Morgan the Black", "Leonardo da Vinci", "Don Juan of Austria"
            words = words[:at] if word.lower() in ("the", "of") else [*words[:at], words[-1]]
            break
    words = [w for w in words if w[:1].isupper()]
    if len(words) < 2:
        return words if len(label.split(" ")) > 1 else []
    return [w for at, w in enumerate(words) if at == len(words) - 1 or not _is_title(state, w)]


def _is_title(state: State, word: str) -> bool:
    low = word.lower().rstrip(".")
    key = (low,)
    return (
        low in closed.TITLES
        or key in state.lexicon.nouns
        or key in state.lexicon.relations
        or key in state.lexicon.adjectives
        or state.lexicon.is_closed(low)
    )


def give(state: State, thing: Thing) -> None:
    """Lets the parts of a person's name name him, as long as nobody else bears them."""
    if not thing.proper or DESCRIPTION in thing.kinds or not state.is_a(thing.id, PERSON):
        return
    names = state.lexicon.names
    if " " in thing.label:
        state.lexicon.family.add(thing.label.split(" ")[-1])
    for word in parts_of(state, thing.label):
        key = (word,)
        first = state.short.get(word)
        if first is None:
            if key not in names:
                state.short[word] = thing.id
                state.lexicon.add_name(key, thing.id)
        elif (
            first != thing.id
            and word not in state.short_used
            and state.names.get(names.get(key, ""), names.get(key)) == first
        ):
            state.lexicon.drop_name(key)
            state.short[word] = ""


def bearers(state: State, word: str) -> tuple[str, ...]:
    """The full names of those who share a part of their names; empty where nobody does."""
    if state.short.get(word) != "":
        return ()
    return tuple(
        t.label
        for t in state.world.things.values()
        if t.proper and state.is_a(t.id, PERSON) and word in parts_of(state, t.label)
    )


def titled(state: State, text: str) -> str | None:
    """Whom a known name with a title that is his means: "King Duncan", "Mr Finch"; not "Mrs Finch" of Walter Finch."""
    title, _, name = text.partition(" ")
    low = title.lower().rstrip(".")
    kind = state.lexicon.nouns.get((low,))
    known = state.lexicon.names.get(tuple(name.split(" "))) if name else None
    if known is None:
        return None
    body = state.names.get(known, known)
    if kind is None and low in closed.TITLES:
        thing = state.world.things[body]
        own = thing.gender or gender(state, thing)
        other = closed.TITLES[low]
        bears = any(
            word.lower().rstrip(".") in closed.TITLES for word in thing.label.split(" ")[:-1]
        )
        return None if (own and other and own != other) or (bears and own != other) else known
    first = state.world.things[body].label.partition(" ")[0].lower().rstrip(".")
    return known if kind is not None and (first == low or state.is_a(body, kind[0])) else None


def other_title(name: str, other: str) -> bool:
    """Whether two names differ in their titles: "Mrs Finch" is no slip for "Mr Finch"."""
    one, two = (n.partition(" ")[0].lower().rstrip(".") for n in (name, other))
    return one != two and one in closed.TITLES and two in closed.TITLES


def rename(state: State, old: str, new: str) -> None:
    """The parts that name ``old`` name ``new`` from now on."""
    for word, thing in state.short.items():
        if thing == old and state.lexicon.names.get((word,)) == old:
            state.lexicon.add_name((word,), new)


def gender(state: State, thing: Thing) -> str | None:
    """``m`` or ``f``, as told by what somebody is or is called; None where nothing tells."""
    kinds = state.world.kinds
    told = (kinds[kind].gender for kind in thing.kinds if kind in kinds)
    return thing.gender or next((one for one in told if one), None) or _called(state, thing)


def _called(state: State, thing: Thing) -> str | None:
    """``m`` or ``f`` where somebody's title or given name tells; else None."""
    if not thing.proper:
        return None
    words = thing.label.split(" ")
    for at, word in enumerate(words):
        low = word.lower().rstrip(".")
        kind = state.lexicon.nouns.get((low,))
        told = (
            closed.TITLES.get(low)
            or ("m" if low in given_names.MASCULINE else None)
            or ("f" if low in given_names.FEMININE else None)
            or (state.world.kinds[kind[0]].gender if kind is not None else None)
        )
        if told is not None:
            return told
        if kind is None and not (low in closed.TITLES and at + 1 < len(words)):
            return None
    return None
