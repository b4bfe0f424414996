"""Copies are what `dataclasses.replace` makes."""

from __future__ import annotations

import dataclasses

import pytest

from fabula.language import syntax as x
from fabula.language.changing import replace
from fabula.language.lexicon import Frame


def test_a_copy_is_what_the_standard_library_makes() -> None:
    clause = x.Clause(x.Named(0), verb_at=1, strength="never")
    changed = replace(clause, verb_at=2, roles=(("Y", x.Named(3)),))
    assert changed == dataclasses.replace(clause, verb_at=2, roles=(("Y", x.Named(3)),))
    assert clause.verb_at == 1
    assert hash(changed) != hash(clause)


def test_what_is_worked_out_later_is_not_copied() -> None:
    with pytest.raises(TypeError, match=r"dataclasses\.replace"):
        replace(Frame("go", "X", ()), subject="Y")


def test_a_name_of_no_field_is_refused() -> None:
    with pytest.raises(KeyError):
        replace(x.Clause(None), nonsense=1)  # type: ignore[call-arg]
