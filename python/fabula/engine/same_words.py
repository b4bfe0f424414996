"""What comes to the same though it was worded otherwise: what was told, asked or wanted, of another name, or with more beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import chain

from fabula.engine.expressions import unnamed
from fabula.engine.vocabulary import DID
from fabula.language.frames import base_of_third
from fabula.language.renaming import rename
from fabula.language.state import State
from fabula.model import formula as f
from fabula.model.story import Content, World
from fabula.model.world import LOCATION, PERSON, Action


def asked_about(formula: f.Formula) -> Iterator[tuple[str, tuple[f.Term, ...]]]:
    """The fluents, with what they are of, on which a formula rests."""
    match formula:
        case f.Equals(f.Value(fluent, args), _) | f.Known(f.Value(fluent, args)):
            yield fluent, args
        case f.Within(inner, _):
            yield LOCATION, (inner,)
        case f.Not(body) | f.Exists(_, _, body) | f.Forall(_, _, body):
            yield from asked_about(body)
        case f.And(parts) | f.Or(parts):
            for part in parts:
                yield from asked_about(part)


def worded_otherwise(formula: f.Formula, state: State) -> list[f.Formula]:
    """What a fact follows from that was worded otherwise.

    Who asked Ann and Ben to come asked Ben to; "why he did not shoot him" may be of a shot that would have killed;
    and what somebody asks for, he wants.
    """
    world = state.world
    if not world.contents:
        return []
    found = _about_contents(formula, world, lambda said, asked: _says(world, said, asked))
    return [*found, *_asked_for(formula, state)]


def of_verb(state: State, verb: str) -> list[Action]:
    """The rules whose first verb is this; there are very many rules, and few of one verb."""
    senses = state.lexicon.verbs.get(verb, ())  # "lie" is two verbs
    frames = tuple(state.lexicon.frames.get(one, ()) for one, form in senses if form == "base")
    key = tuple(map(id, frames))
    known = _OF_FRAMES.get(key)
    if known is None:
        if len(_OF_FRAMES) > MOST_VERBS:
            _OF_FRAMES.clear()
        told = (one for frame in chain.from_iterable(frames) for one in (frame, *frame.others))
        known = _OF_FRAMES[key] = frames, tuple(dict.fromkeys(one.action for one in told))
    actions = (state.world.actions.get(one) for one in known[1])
    return [action for action in actions if action is not None and action.verb == verb]


MOST_VERBS = 4096
# by the identity of the frames of a verb, which are kept beside what was found: stories share those of the library
_OF_FRAMES: dict[tuple[int, ...], tuple[object, tuple[str, ...]]] = {}


def less_than(state: State, fluent: str, size: int) -> tuple[str, ...]:
    """The deeds, of so many roles, of which one is a case with the same people and things: who is shot dead is shot."""
    action = state.world.actions.get(fluent.removeprefix(DID))
    if action is None:
        return ()
    own = _own_words(action.frames, action.verb)
    return tuple(
        f"{DID}{other.id}"
        for other in of_verb(state, action.verb)
        if len(other.params) == size
        and any(less < more for less in _own_words(other.frames, other.verb) for more in own)
    )


def seemed(state: State, fluent: str) -> frozenset[str]:
    """The acts for which the acts of a deed's verb pass: a lie passes for telling."""
    action = state.world.actions.get(fluent.removeprefix(DID))
    verb = action.verb if action is not None else ""
    return frozenset(a.seems for a in of_verb(state, verb) if a.seems)


@lru_cache(maxsize=4096)
def _own_words(frames: tuple[str, ...], verb: str) -> list[frozenset[str]]:
    """The words of each frame of an act's first verb that stand for nobody."""
    return [
        frozenset(w for w in words[2:] if w.islower())
        for frame in frames
        if (words := frame.split("(")[0].split())
        and len(words) > 1
        and words[0].isupper()
        and base_of_third(words[1]) == verb
    ]


def _asked_for(formula: f.Formula, state: State) -> list[f.Formula]:
    """The askings from which it is plain that somebody wants what a content says: to know it, or another to do it."""
    world = state.world
    match formula:
        case f.Equals(f.Value("want", (f.Const(who), f.Const(wanted))), f.Lit(True)):
            content = world.contents.get(wanted)
        case _:
            return []
    if content is None or content.formula is None or content.condition is not None:
        return []
    found: list[f.Formula] = []
    people = [thing for thing in world.things if state.is_a(thing, PERSON)]
    to_know = (
        list(asked_about(content.formula.body))
        if isinstance(content.formula, f.Believes) and content.formula.who == f.Const(who)
        else None
    )
    for said in list(world.contents.values()):
        if said.mode == "question" and to_know is not None:
            asks = f.Known(said.asked) if isinstance(said.asked, f.Value) else said.formula
            standing = "asked Q" if asks is not None and list(asked_about(asks)) == to_know else ""
        else:
            same = said.mode == "act" and said.agent not in (None, who)
            standing = "asked A" if same and _says(world, said, content) else ""
        if standing in world.fluents:
            found.extend(
                f.truth(standing, f.Const(other), f.Const(said.id), f.Const(who))
                for other in ((said.agent,) if said.agent else people)
            )
    return found


def said_of_another(formula: f.Formula, world: World, gone: str, kept: str) -> list[f.Formula]:
    """The formula, if it speaks of a content, of another body or name: "he wants to find her" is what *he* wants."""

    def same(said: Content, asked: Content) -> bool:
        if said.formula is None or asked.formula is None:
            return False
        return unnamed(said.formula) == unnamed(rename(asked.formula, gone, kept))

    found = _about_contents(formula, world, same)
    return [f_ for one in found for f_ in (one, rename(one, gone, kept))]


def _about_contents(
    formula: f.Formula, world: World, same: Callable[[Content, Content], bool]
) -> list[f.Formula]:
    match formula:
        case f.Equals(f.Value(fluent, args), f.Lit(True)):
            pass
        case _:
            return []
    found: list[f.Formula] = []
    for at, arg in enumerate(args):
        asked = world.contents.get(arg.thing) if isinstance(arg, f.Const) else None
        if asked is None:
            continue
        for said in list(world.contents.values()):
            if said.id != asked.id and said.mode == asked.mode and same(said, asked):
                others = (*args[:at], f.Const(said.id), *args[at + 1 :])
                found.append(f.Equals(f.Value(fluent, others), f.Lit(True)))
    return found


def _says(world: World, said: Content, asked: Content) -> bool:
    """Whether a content says all that another does, under the same conditions."""
    if said.formula is None or asked.formula is None or said.condition != asked.condition:
        return False
    if said.mode == "question" and said.text.partition(" ")[0] != asked.text.partition(" ")[0]:
        return False
    told = [_plain(world, part) for part in f.conjuncts(said.formula)]
    return all(_plain(world, part) in told for part in f.conjuncts(asked.formula))


def _plain(world: World, formula: f.Formula) -> object:
    """A deed by its verb, whichever of the rules for that verb it was read by."""
    match formula:
        case f.Equals(f.Value(fluent, args), value) if fluent.startswith(DID):
            action = world.actions.get(fluent.removeprefix(DID))
            if action is not None:
                return action.verb, args, value
    return formula
