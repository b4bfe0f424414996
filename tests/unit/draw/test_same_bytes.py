"""The same story gives the same bytes, in whatever order a process happens to keep its sets."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.unit.draw.conftest import ROOT

DRAWN = """
import sys, fabula
from fabula.draw.causes import causes
from fabula.draw.minds import minds
from fabula.draw.picture import Look
from fabula.draw.times import times
run = fabula.read(sys.argv[1]).run()
eyes = next(t for t in run.model.world.things if run.words.is_a(t, "person"))
for look in (Look(), Look(eyes=eyes), Look(findings=run.check().findings)):
    for draw in (minds, causes, times):
        print(draw(run, look).svg())
"""


def test_the_same_bytes() -> None:
    story = str(ROOT / "stories" / "desperado")
    found = {
        subprocess.run(
            [sys.executable, "-c", DRAWN, story],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(found) == 1
    assert "<svg" in found.pop()
