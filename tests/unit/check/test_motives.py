"""With motives asked for, nothing else that is found gets lost."""

from __future__ import annotations

from pathlib import Path

import pytest

import fabula

BROKEN = sorted((Path(__file__).resolve().parents[3] / "stories" / "broken").glob("*.md"))


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_note_on_a_motive_hides_no_finding(path: Path) -> None:
    """That nobody knows why somebody was killed is no cause of what he does afterwards."""
    run = fabula.read(path).run()
    plain = [(f.code, f.event.n) for f in run.check().findings]
    asked = [(f.code, f.event.n) for f in run.check(motives=True).findings]
    assert [one for one in asked if not one[0].startswith("M")] == plain
