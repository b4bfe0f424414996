"""Acts as a question speaks of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fabula.model import formula as f


@dataclass(frozen=True, slots=True)
class Deed:
    """An act as a question speaks of it: terms in the order of the action's parameters."""

    action: str
    args: tuple[f.Term, ...]
    attempt: bool = False
    to_come: bool = False  # "will go"


def spoken_of(formula: f.Formula) -> Iterator[Deed]:
    """The acts that a formula says were done, in any of its alternatives."""
    match formula:
        case f.And(parts) | f.Or(parts):
            for part in parts:
                yield from spoken_of(part)
        case f.Exists(_, _, body) | f.Forall(_, _, body) | f.Believes(_, body):
            yield from spoken_of(body)
        case f.Equals(f.Value(fluent, args), f.Lit(True)):
            prefix, _, action = fluent.partition(":")
            if prefix in ("did", "tried", "will"):
                yield Deed(action, args, prefix == "tried", prefix == "will")
