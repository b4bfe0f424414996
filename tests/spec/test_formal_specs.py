"""Every specification of the formal notation holds."""

from __future__ import annotations

import pytest

from tests.spec.formal_specs import FormalSpec, all_specs, faults


@pytest.mark.parametrize("spec", all_specs(), ids=str)
def test_specification(spec: FormalSpec) -> None:
    found = faults(spec)
    assert not found, f"{spec.file}:{spec.line}\n" + "\n".join(found)
