"""A folder with two stories that is served, and its state."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.serve.serving import Served, served


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "stories"
    (folder / "long").mkdir(parents=True)
    (folder / "gifts.md").write_text("# Gifts\n\nAnna is a woman.\n", encoding="utf-8")
    (folder / "long" / "story.md").write_text("# Long\n\nOne.\n", encoding="utf-8")
    (folder / "long" / "01-more.md").write_text("## More\n\nTwo.\n", encoding="utf-8")
    return folder


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture
def server(root: Path, state: Path) -> Iterator[Served]:
    with served(root, state) as found:
        yield found
