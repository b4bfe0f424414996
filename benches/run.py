"""Measures reading, running and checking, and the memory they take, at 10,000 and 100,000 events.

Every size runs in a process of its own. Seconds are of processor time, so that other work on the
machine counts less. A debug build is refused: its numbers mean nothing.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from stories import KINDS, story

SIZES = (10_000, 100_000)
GOALS = {"read": 2.0, "run and check": 1.0, "MB": 500.0}
"""Seconds, and megabytes, at 10,000 events; ten times the seconds at 100,000."""


def refuse_debug_build() -> None:
    """Exit unless the extension says that it is a release build."""
    from fabula import _core

    if getattr(_core, "DEBUG", True):
        sys.exit("this is a debug build, or one that does not say: pip install . (or --any-build)")


def measure(path: str) -> dict[str, float]:
    """Return seconds for each step, and the peak of memory, of this process."""
    start = time.process_time()
    from fabula import pipeline

    imported = time.process_time()
    read_story = pipeline.read(path)
    read = time.process_time()
    run = read_story.run()
    ran = time.process_time()
    report = run.check()
    checked = time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "import": imported - start,
        "read": read - imported,
        "run": ran - read,
        "check": checked - ran,
        "run and check": checked - read,
        "MB": peak / (1024 * 1024 if sys.platform == "darwin" else 1024),
        "unread": len(read_story.problems),
        "findings": len(report.findings),
    }


def measure_apart(events: int, kind: str) -> dict[str, float]:
    """Return what a fresh process measures with a story of this many events."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "story.md"
        path.write_text(story(events, kind=kind), encoding="utf-8")
        command = (sys.executable, __file__, "--measure", str(path))
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(done.stderr)
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


def print_table(sizes: list[int], columns: list[dict[str, float]]) -> None:
    """Print the measures, one size a column, and the ratio of the last to the first."""
    print(f"| | {' | '.join(f'{size:,} events' for size in sizes)} | ratio | goal at 10,000 |")
    print(f"|---|{'---|' * (len(sizes) + 2)}")
    for name in columns[0]:
        values = [column[name] for column in columns]
        ratio = f"{values[-1] / values[0]:.1f}" if values[0] else ""
        goal = f"{GOALS[name]:g}" if name in GOALS else ""
        print(f"| {name} | {' | '.join(f'{value:.2f}' for value in values)} | {ratio} | {goal} |")


def main() -> None:
    """Measure all sizes and kinds asked for, and print a table for each kind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, help="numbers of events")
    parser.add_argument("--kind", choices=(*KINDS, "all"), default="mixed", help="what happens")
    parser.add_argument("--any-build", action="store_true", help="measure a debug build too")
    parser.add_argument("--measure", metavar="STORY", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        print(json.dumps(measure(arguments.measure)))
        return
    if not arguments.any_build:
        refuse_debug_build()
    sizes = arguments.sizes or list(SIZES)
    for kind in KINDS if arguments.kind == "all" else (arguments.kind,):
        print(f"{kind}: {KINDS[kind]}\n")
        print_table(sizes, [measure_apart(size, kind) for size in sizes])
        print()


if __name__ == "__main__":
    main()
