"""Measures what it costs to work out everybody's mind up to the end of a story.

A mind is replayed up to the last moment at which it is asked about. Checking asks few minds, and only where it has to;
here all of them are asked at the end, so that the work is people times moments.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from fabula import pipeline
from fabula.check.case import Case
from fabula.model import formula as f
from stories import KINDS, story


def measure(path: Path) -> tuple[int, int, float, int]:
    """Return how many minds were asked, how many moments that is, the seconds, and the bytes of the run after it."""
    run = pipeline.read(path).run()
    case = Case(run)
    timeline = run.runner.timeline
    start = time.process_time()
    for person in case.people:
        case.truth(f.truth("alive", f.Const(person)), timeline.now, (person,))
    seconds = time.process_time() - start
    return len(case.people), len(case.people) * timeline.now, seconds, timeline.memory()


def main() -> None:
    """Print a table for all sizes asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, help="numbers of events")
    parser.add_argument("--kind", choices=tuple(KINDS), default="mixed", help="what happens")
    arguments = parser.parse_args()
    print("| events | minds | moments of minds | seconds | microseconds for each | MB |")
    print("|---|---|---|---|---|---|")
    for size in arguments.sizes or (10_000, 20_000, 40_000):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "story.md"
            path.write_text(story(size, kind=arguments.kind), encoding="utf-8")
            minds, moments, seconds, memory = measure(path)
        each = seconds / moments * 1e6 if moments else 0.0
        print(
            f"| {size:,} | {minds} | {moments:,} | {seconds:.2f} | {each:.1f} | {memory / 1e6:.0f} |"
        )


if __name__ == "__main__":
    main()
