"""How long reasons, plans and repairs take on a story.

python benches/reasons.py                        # stories/desperado
python benches/reasons.py STORY --goal "…" --from ID
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import fabula
from fabula import _core
from fabula.plan.story import StoryLimits
from fabula.reasons.motives import Motives

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Measure each on its own, in seconds of the processor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("story", nargs="?", default=str(ROOT / "stories" / "desperado"))
    parser.add_argument("--goal", default="Bucho is dead and Carolina is alive")
    parser.add_argument("--from", dest="after", default="6.76")
    wanted = parser.parse_args()
    if _core.DEBUG:
        parser.error("this is a debug build: pip install . first")
    run = fabula.read(wanted.story).run()
    start = time.process_time()
    motives = Motives(run)
    made_ready = time.process_time()
    accounts = list(motives.all(run.records))
    explained = sum(1 for one in accounts if one.reasons)
    asked = time.process_time()
    print(f"made ready: {made_ready - start:.2f} s")
    print(
        f"reasons of {len(run.records)} events: {asked - made_ready:.2f} s "
        f"({len(accounts)} weigh something, {explained} have a reason)"
    )
    start = time.process_time()
    plans = run.plan(wanted.goal, after=wanted.after, limits=StoryLimits(seconds=60))
    took = time.process_time() - start
    print(f"a plan: {took:.2f} s ({plans.tried} acts tried, {'found' if plans.solved else 'none'})")
    for finding in run.check().findings:
        start = time.process_time()
        repairs = run.repairs(finding)
        took = time.process_time() - start
        print(f"repairs of {finding.code}: {took:.2f} s ({len(repairs)} found)")


if __name__ == "__main__":
    main()
