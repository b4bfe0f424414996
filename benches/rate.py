"""How many successor states are made in a second, breadth first and without guidance.

python benches/rate.py ../shared/sabre                     # raiders and gramma, 500,000 and 2,000,000 states
python benches/rate.py ../shared/sabre --states 100000 raiders
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from fabula import _core
from fabula.engine.formal import formal
from fabula.formats import sabre


def main() -> None:
    """Make the states of each problem, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="holds problems/")
    parser.add_argument("names", nargs="*", default=["raiders", "gramma"])
    parser.add_argument("--states", type=int, nargs="+", default=[500_000, 2_000_000])
    parser.add_argument("--runs", type=int, default=3, help="the best of so many runs counts")
    wanted = parser.parse_args()
    if _core.DEBUG:
        parser.error("this is a debug build: pip install . first")
    print(
        f"{'problem':12} {'made':>10} {'different':>10} {'seconds':>8} {'a second':>10} {'bytes':>6}"
    )
    for name in wanted.names:
        made = formal(sabre.read(wanted.folder / "problems" / f"{name}.txt"))
        for states in wanted.states:
            best = float("inf")
            for _ in range(wanted.runs):
                planner = made.planner()
                start = time.process_time()
                count, different, _, _, taken = planner.explore(states)
                best = min(best, time.process_time() - start)
            print(
                f"{name:12} {count:10} {different:10} {best:8.3f} {count / best:10.0f} "
                f"{taken / different:6.0f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
