"""Measures how long the command takes to start: `fabula --help`, and a check of the flagship."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

RUNS = 10
COMMANDS = {
    "python alone": ("-c", "pass"),
    "fabula --help": ("-m", "fabula", "--help"),
    "fabula check stories/desperado": ("-m", "fabula", "check", "stories/desperado"),
}
GOALS = {"fabula --help": 0.15, "fabula check stories/desperado": 0.7}


def seconds(arguments: tuple[str, ...]) -> float:
    """Return the median time of a few runs."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        subprocess.run((sys.executable, *arguments), capture_output=True, check=False)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    """Print a table."""
    print("| | seconds | goal |\n|---|---|---|")
    for name, arguments in COMMANDS.items():
        print(f"| {name} | {seconds(arguments):.3f} | {GOALS.get(name, '')} |")


if __name__ == "__main__":
    main()
