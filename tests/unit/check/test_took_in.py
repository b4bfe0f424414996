"""Whoever took in what an act plainly did holds it to be so right afterwards: asked of whole stories."""

from __future__ import annotations

from pathlib import Path

import pytest

import fabula
from fabula.check.case import Case
from fabula.check.minds import holds, took_in
from fabula.model import formula as f

STORIES = Path(__file__).parents[3] / "stories"


@pytest.mark.parametrize("name", ["gifts", "handkerchief", "letter", "locked-room", "wolf"])
def test_who_took_an_act_in_holds_what_it_did(name: str) -> None:
    case = Case(fabula.read(STORIES / name).run())
    asked = 0
    for record in case.events:
        for ident, things in record.groundings:
            action = case.world.actions[ident]
            if len(things) != len(action.params):
                continue
            given: f.Binding = {
                p.name: f.Const(t) for p, t in zip(action.params, things, strict=True)
            }
            plain = [e for e in action.effects if isinstance(e, f.Assign)]
            for made in (f.substitute_effect(effect, given) for effect in plain):
                assert isinstance(made, f.Assign)
                fact = f.Equals(f.Value(made.fluent, made.args), made.value)
                if case.truth(fact, record.time) is not True:
                    continue
                for person in case.people:
                    if took_in(case, person, fact, record):
                        asked += 1
                        assert holds(case, person, fact, record.time), (record.n, person, fact)
    assert asked > 20
