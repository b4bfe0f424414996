"""What comes to the same though it was worded otherwise: what was told, asked or wanted, of another name, or with more beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from fabula.engine.expressions import unnamed
from fabula.engine.vocabulary import DID
from fabula.language.renaming import rename
from fabula.model import formula as f
from fabula.model.story import Content, World
from fabula.model.world import LOCATION


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


def worded_otherwise(formula: f.Formula, world: World) -> list[f.Formula]:
    """The formula about each content that says what the one that it speaks of does, or more.

    Who asked Ann and Ben to come asked Ben to; "why he did not shoot him" may be of a shot that would have killed.
    """
    return _about_contents(formula, world, lambda said, asked: _says(world, said, asked))


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
