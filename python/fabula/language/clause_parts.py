"""Small helpers of reading: a part of a sentence as a clause of its own, and what it says."""

from __future__ import annotations

from fabula.language import syntax as x
from fabula.language.changing import replace
from fabula.language.state import Context
from fabula.model import formula as f


def of_subject(front: x.Clause, subject: x.NP) -> x.Clause:
    """What rides in front, said of the subject of its clause."""
    roles = tuple((role, subject if filler == x.Same() else filler) for role, filler in front.roles)
    return replace(front, subject=subject, roles=roles)


def sub(ctx: Context, mode: str) -> Context:
    """The same context in another mode."""
    ctx.mode = mode
    return ctx


def is_deed(formula: f.Formula) -> bool:
    """Whether a formula says that something was done, and nothing else."""
    return all(
        (
            isinstance(p, f.Equals)
            and isinstance(p.left, f.Value)
            and p.left.fluent.startswith("did:")
        )
        or (isinstance(p, f.Not) and is_deed(p.body))
        or (isinstance(p, f.Exists | f.Forall) and is_deed(p.body))
        or (isinstance(p, f.Or) and bool(p.parts) and is_deed(p.parts[-1]))
        for p in f.conjuncts(formula)
    )
