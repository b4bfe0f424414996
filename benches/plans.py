"""Plans: the shared problems of narrative planning, beside the best known figures.

python benches/plans.py ../shared/sabre            # every problem of its problems.tsv
python benches/plans.py ../shared/sabre raiders    # those whose name has this in it
"""

from __future__ import annotations

import argparse
import csv
import math
import statistics
from pathlib import Path

from fabula import _core
from fabula.engine.formal import formal
from fabula.formats import sabre


def main() -> None:
    """Search each problem with its limits, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="holds problems.tsv and problems/")
    parser.add_argument("name", nargs="?", default="", help="only problems with this in their name")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--runs", type=int, default=3, help="the median of so many runs counts")
    wanted = parser.parse_args()
    if _core.DEBUG:
        parser.error("this is a debug build: pip install . first")
    with (wanted.folder / "problems.tsv").open(encoding="utf-8") as file:
        rows = [
            row for row in csv.DictReader(file, delimiter="\t") if wanted.name in row["problem"]
        ]
    ratios = []
    print(
        f"{'problem':18} {'steps':>5} {'known':>5} {'seconds':>9} {'setup':>7} {'MB':>7} "
        f"{'visited':>8} {'generated':>10} {'there':>9} {'ratio':>8}"
    )
    for row in rows:
        made = formal(sabre.read(wanted.folder / row["file"]))
        found = []
        for _ in range(wanted.runs):
            found.append(
                made.planner().plan(
                    float(row["goal"]),
                    int(row["author"]),
                    int(row["character"]),
                    int(row["belief"]),
                    1,
                    wanted.seconds,
                    8000,
                )
            )
            if found[-1]["seconds"] > 5:
                break
        seconds = statistics.median(one["seconds"] for one in found)
        last = found[-1]
        steps = str(len(last["plans"][0]["steps"])) if last["plans"] else str(last["stopped"])
        there = row["seconds_here"]
        ratio = ""
        if there != "-" and last["plans"]:
            ratios.append(float(there) / seconds)
            ratio = f"{ratios[-1]:.1f}"
        print(
            f"{row['problem']:18} {steps:>5} {row['shortest_known']:>5} {seconds:9.6f} "
            f"{last['setup_seconds']:7.4f} {last['peak_mb']:7.1f} {last['visited']:8} "
            f"{last['generated']:10} {there:>9} {ratio:>8}",
            flush=True,
        )
    if ratios:
        mean = math.exp(sum(map(math.log, ratios)) / len(ratios))
        print(f"geometric mean of {len(ratios)} ratios: {mean:.1f}; least {min(ratios):.2f}")


if __name__ == "__main__":
    main()
