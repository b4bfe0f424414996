"""What a text calls secret, and what people tell each other and lie about, as facts of the kernel."""

from __future__ import annotations

from fabula.draw.knowledge import Key, Minds
from fabula.model import formula as f
from fabula.model.story import Stated
from fabula.model.world import LOCATION, WHO


def key_of(minds: Minds, formula: f.Formula) -> Key | None:
    """The value that a plain formula is about; a name stands for its bearer."""
    numbers = minds.runner.compiled.numbers
    ident: str
    terms: tuple[str, ...]
    match formula:
        case f.Within(f.Const(inner), _):
            ident, terms = LOCATION, (inner,)
        case f.Equals(f.Value(ident, args), _):
            terms = tuple(_thing(minds, a) for a in args)
        case f.Not(body):
            return key_of(minds, body)
        case _:
            return None
    if ident not in numbers.fluents or any(t not in numbers.things for t in terms):
        return None
    return numbers.fluents[ident], tuple(numbers.things[t] for t in terms)


def _thing(minds: Minds, term: f.Term) -> str:
    match term:
        case f.Const(thing):
            return thing
        case f.Value(fluent, (f.Const(name),)) if fluent == WHO:
            return minds.run.words.names.get(name, name)
    return ""


def secrets(minds: Minds) -> set[Key]:
    """What the story says not everybody knows."""
    found: set[Key] = set()
    for step in minds.run.model.steps:
        if not isinstance(step, Stated):
            continue
        said = step.formula
        hidden = step.known_to is not None or bool(step.unknown_to)
        match said:
            case f.Not(f.Believes(_, body)):
                said, hidden = body, True
        key = key_of(minds, said) if hidden else None
        if key is not None:
            found.add(key)
    return found


def spoken_of(minds: Minds) -> dict[Key, float]:
    """What people tell each other, and most of all what they lie about."""
    world = minds.run.model.world
    found: dict[Key, float] = {}
    for record in minds.run.records:
        if record.happening.attempt:
            continue
        lie = world.actions[record.happening.action].seems is not None
        for arg in record.happening.args:
            content = world.contents.get(arg) if isinstance(arg, str) else None
            if content is None or content.formula is None or content.mode != "that":
                continue
            for part in f.conjuncts(content.formula):
                key = key_of(minds, part)
                if key is not None:
                    found[key] = max(found.get(key, 1.0), 5.0 if lie else 1.6)
    return found
