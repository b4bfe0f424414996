"""Equal parts become one object, and nothing else does."""

from __future__ import annotations

from fabula.language.library import load_library
from fabula.model import formula as f
from fabula.model.sharing import Sharing


def test_equal_formulas_become_one() -> None:
    one = Sharing().of
    first = one(f.And((f.truth("alive", f.Var("X")), f.truth("asleep", f.Var("X")))))
    second = one(f.Or((f.truth("asleep", f.Var("X")), f.truth("alive", f.Var("X")))))
    assert isinstance(first, f.And)
    assert isinstance(second, f.Or)
    assert first.parts[0] is second.parts[1]
    assert first.parts[1] is second.parts[0]


def test_what_only_compares_equal_stays_apart() -> None:
    one = Sharing().of
    assert one(f.Lit(True)).value is True
    number = one(f.Lit(1.0)).value
    assert number == 1.0
    assert number is not True


def test_the_library_keeps_who_observes_once() -> None:
    observed = [a.observes for a in load_library().world.actions.values()]
    assert len({id(o) for o in observed}) == len(set(observed)) < len(observed)
