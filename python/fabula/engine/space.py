"""Which conditions and effects tell where something is."""

from __future__ import annotations

from fabula.model import formula as f
from fabula.model.world import DERIVED, LOCATION

PLACES = DERIVED | {LOCATION}


def spatial(formula: f.Formula) -> bool:
    """Whether a formula speaks of where something is."""
    match formula:
        case f.Within():
            return True
        case f.Equals(f.Value(fluent, _), _) | f.Equals(_, f.Value(fluent, _)) if fluent in PLACES:
            return True
        case f.Equals(f.Value(), f.Value(fluent, _)):
            return fluent in PLACES
        case f.Not(body) | f.Exists(_, _, body) | f.Forall(_, _, body):
            return spatial(body)
        case f.And(parts) | f.Or(parts):
            return any(spatial(p) for p in parts)
    return False


def moved(effects: tuple[f.Effect, ...]) -> set[str]:
    """The letters of what effects put somewhere."""
    found: set[str] = set()
    for effect in effects:
        match effect:
            case f.Assign(fluent, (f.Var(name), *_), _, ()) if fluent == LOCATION:
                found.add(name)
            case f.If(_, inner) | f.Each(_, _, inner):
                found |= moved(inner)
    return found
