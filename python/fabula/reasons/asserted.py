"""What an act makes so by its rule, whether or not it was so before: who is wounded already can be wounded again."""

from __future__ import annotations

from collections.abc import Iterator

from fabula.engine.stage import Deed, Stage
from fabula.engine.vocabulary import NOTHING
from fabula.model import formula as f
from fabula.model.story import Content, World
from fabula.model.world import Motive


def asserted(stage: Stage, deed: Deed) -> frozenset[f.Formula]:
    """The plain facts that a deed sets here, as formulas about things."""
    action = stage.model.world.actions[deed.action]
    names: f.Binding = {
        p.name: f.Const(a) for p, a in zip(action.params, deed.args, strict=True) if a != NOTHING
    }
    return frozenset(_facts(stage, action.effects, names))


def _facts(stage: Stage, effects: tuple[f.Effect, ...], names: f.Binding) -> Iterator[f.Formula]:
    for effect in effects:
        match effect:
            case f.Assign(fluent, args, f.Lit(bool()) as value, believers=()):
                fact = f.substitute(f.Equals(f.Value(fluent, args), value), names)
                if not f.variables(fact):
                    yield fact
            case f.If(condition, inner):
                asked = f.substitute(condition, names)
                if not f.variables(asked) and stage.evaluate(asked) is True:
                    yield from _facts(stage, inner, names)


def undoes(facts: frozenset[f.Formula], goal: f.Formula) -> bool:
    """Whether the opposite of what is wanted is among the facts that an act sets."""
    match goal:
        case f.Equals(left, f.Lit(bool() as value)):
            return f.Equals(left, f.Lit(not value)) in facts
    return False


def bound(stage: Stage, facts: frozenset[f.Formula], person: str) -> Iterator[str]:
    """What somebody is bound to by such facts: the contents that he is ordered or promised to see to.

    Which words bind is what the library says: those because of which people want to do what is said.
    """
    key = ("binding",)
    words: frozenset[tuple[str, int, int]] | None = stage.memo.get(key)
    if words is None:
        words = stage.memo[key] = frozenset(_binding(stage.model.world.motives))
    for fact in facts:
        match fact:
            case f.Equals(f.Value(fluent, args), f.Lit(True)):
                for word, who, what in words:
                    if fluent == word and args[who] == f.Const(person):
                        content = args[what]
                        if isinstance(content, f.Const):
                            yield content.thing


def _binding(motives: list[Motive]) -> Iterator[tuple[str, int, int]]:
    """The words that bind, with the places of whom and of what."""
    for motive in motives:
        if not isinstance(motive.goal, f.Holds):
            continue
        for part in f.conjuncts(motive.condition):
            match part:
                case f.Equals(f.Value(fluent, args), f.Lit(True)):
                    letters = [a.name if isinstance(a, f.Var) else "" for a in args]
                    if motive.person in letters and motive.goal.content in letters:
                        yield (
                            fluent,
                            letters.index(motive.person),
                            letters.index(motive.goal.content),
                        )


def ordered(stage: Stage, deed: Deed) -> Iterator[tuple[str, Content]]:
    """Whom an act binds to do something, and what that is."""
    contents = stage.model.world.contents
    if not any(a in contents for a in deed.args):
        return
    facts = asserted(stage, deed)
    for person in dict.fromkeys(deed.args[1:]):
        if person not in contents:
            for ident in bound(stage, facts, person):
                if ident in contents:
                    yield person, contents[ident]


def deeds_of(world: World, formula: f.Formula | None, word: str) -> Iterator[Deed]:
    """The acts that a formula says to be done (``did:``), or to be about to be done (``will:``)."""
    for part in f.conjuncts(formula) if formula is not None else ():
        match part:
            case f.Equals(f.Value(fluent, args), f.Lit(True)) if fluent.startswith(word):
                action = world.actions.get(fluent.removeprefix(word))
                things = tuple(a.thing for a in args if isinstance(a, f.Const))
                if action is not None and len(things) == len(action.params):
                    yield Deed(action.id, things)
