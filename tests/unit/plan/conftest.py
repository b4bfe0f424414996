"""Puts the fake planner in the kernel's place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from fabula.engine.formal import Formal
from tests.unit.plan.fake import FakePlanner


@pytest.fixture
def planner(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[FakePlanner]]:
    """Return what makes every problem's planner a fake one, and gives the fakes that were made."""

    def fake(**wanted: Any) -> list[FakePlanner]:
        made: list[FakePlanner] = []

        def of(problem: Formal) -> FakePlanner:
            made.append(FakePlanner(problem, **wanted))
            return made[-1]

        monkeypatch.setattr(Formal, "planner", of)
        return made

    return fake
