"""Every specification holds; every rule of the library happens in one and says what it is for."""

from __future__ import annotations

from pathlib import Path

import pytest

from fabula.language.library import load_library
from fabula.model.world import Action
from tests.spec.specs import Spec, actions, all_specs, faults

SPECS = all_specs()
RULES = [rule for rule in load_library().world.actions.values() if rule.file]


@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_specification(spec: Spec, tmp_path: Path) -> None:
    found = faults(spec, tmp_path)
    assert not found, f"{spec.file}:{spec.line}\n" + "\n".join(found)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_says_what_it_is_for(rule: Action) -> None:
    message = f"{rule.file}:{rule.line}: no sentence that begins with 'It is for'"
    assert rule.doc.startswith("It is for"), message


def test_every_rule_happens_in_a_specification(tmp_path: Path) -> None:
    happened = frozenset().union(*(actions(spec, tmp_path) for spec in SPECS))
    missing = [f"{rule.file}:{rule.line}: {rule.id}" for rule in RULES if rule.id not in happened]
    assert not missing, "rules that no specification in tests/spec shows:\n" + "\n".join(missing)
