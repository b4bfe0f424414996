"""Measures what checking costs for each moment of each mind that it asks.

A mind is replayed up to the last moment at which it is asked about. Short stories have not yet asked everybody, or
only early on; the sum of those last moments is the work there is.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from unittest.mock import patch

from fabula import pipeline
from fabula.engine.view import View
from fabula.model import formula as f
from stories import KINDS, story


def measure(path: Path) -> tuple[int, int, float]:
    """Return how many minds were asked, the sum of the last moments, and the seconds of checking."""
    run = pipeline.read(path).run()
    last: dict[tuple[str, ...], int] = {}
    evaluate = View.evaluate

    def counted(
        view: View, formula: f.Formula, moment: int | None = None, chain: tuple[str, ...] = ()
    ) -> bool | None:
        if chain:
            now = view.timeline.now if moment is None else moment
            last[chain] = max(last.get(chain, 0), now)
        return evaluate(view, formula, moment, chain)

    with patch.object(View, "evaluate", counted):
        start = time.process_time()
        run.check()
        seconds = time.process_time() - start
    return len(last), sum(last.values()), seconds


def main() -> None:
    """Print a table for all sizes asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, help="numbers of events")
    parser.add_argument("--kind", choices=tuple(KINDS), default="mixed", help="what happens")
    arguments = parser.parse_args()
    print("| events | minds | moments of minds | check | microseconds for each |")
    print("|---|---|---|---|---|")
    for size in arguments.sizes or (10_000, 20_000, 40_000):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "story.md"
            path.write_text(story(size, kind=arguments.kind), encoding="utf-8")
            minds, moments, seconds = measure(path)
        each = seconds / moments * 1e6 if moments else 0.0
        print(f"| {size:,} | {minds} | {moments:,} | {seconds:.2f} | {each:.1f} |")


if __name__ == "__main__":
    main()
