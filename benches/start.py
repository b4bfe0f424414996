"""Measures how long the command takes from its start: `fabula --help`, and a story of several pages.

Seconds are of processor time, so that other work on the machine counts less. Python's own cache of
compiled modules is used, as after `pip install`; the library's cache is used but in the last row.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile

RUNS = 10
COMMANDS = {
    "python alone": ("-c", "pass"),
    "fabula --help": ("-m", "fabula", "--help"),
    "fabula check stories/desperado": ("-m", "fabula", "check", "stories/desperado"),
    "fabula run stories/desperado": ("-m", "fabula", "run", "stories/desperado"),
    "fabula state stories/desperado": ("-m", "fabula", "state", "stories/desperado"),
}
GOALS = {"fabula --help": 0.15, "fabula check stories/desperado": 0.7}


def seconds(arguments: tuple[str, ...], cache: str, runs: int = RUNS) -> float:
    """Return the median time of a few runs, after one that fills the caches."""
    environment = {**os.environ, "FABULA_CACHE": cache}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    times = []
    for _ in range(runs + 1):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = (sys.executable, *arguments)
        subprocess.run(command, capture_output=True, check=False, env=environment)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
    return statistics.median(times[1:])


def main() -> None:
    """Print a table."""
    print("| | seconds | goal |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as cache:
        for name, arguments in COMMANDS.items():
            print(f"| {name} | {seconds(arguments, cache):.3f} | {GOALS.get(name, '')} |")
    check = COMMANDS["fabula check stories/desperado"]
    print(f"| the same, the library compiled anew | {seconds(check, os.devnull, 3):.3f} | |")


if __name__ == "__main__":
    main()
