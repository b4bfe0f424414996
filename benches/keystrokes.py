"""Measures typing: from a changed text to what was found in it and the picture that is looked at.

A sentence is written, character by character, at several places of a story, the cursor moving to and fro as a writer's does;
each keystroke is run as the page's server has it run. Seconds are of the clock: it is what a writer waits for.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from fabula.serve.desk import Desk
from fabula.text.files import files_of_story
from run import refuse_debug_build
from stories import story

STORIES = Path(__file__).resolve().parents[1] / "stories"
SENTENCE = "{who} smiles."
PLACES = (0.02, 0.25, 0.5, 0.75, 0.98)
"""Where in the scenes is written: the first is just behind their beginning."""


def texts_of(path: Path) -> dict[str, str]:
    """Return the files of a story by name."""
    return {file.name: file.read_text(encoding="utf-8") for file in files_of_story(path)}


def keystrokes(
    texts: Mapping[str, str], events: list[dict[str, object]], place: float, who: str
) -> Iterator[dict[str, str]]:
    """Return the texts that a writer makes behind an event, one for each keystroke."""
    event = events[min(len(events) - 1, int(place * len(events)))]
    file, line = str(event["file"]), int(str(event["line"]))
    lines = texts[file].split("\n")
    sentence = SENTENCE.format(who=who)
    for length in range(1, len(sentence) + 1):
        changed = [*lines[:line], sentence[:length], *lines[line:]]
        yield {**texts, file: "\n".join(changed)}


def measured(desk: Desk, texts: dict[str, str], tab: str) -> tuple[float, float]:
    """Return the milliseconds until the findings are there, and until the picture is."""
    versions = dict.fromkeys(texts, 0)
    start = time.perf_counter()
    json.dumps(desk.results(texts, versions, 0))
    found = time.perf_counter()
    if tab != "findings":
        json.dumps(desk.picture({"tab": tab}))
    return 1000 * (found - start), 1000 * (time.perf_counter() - start)


def main() -> None:
    """Type into Desperado and into a long story, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=2_000)
    parser.add_argument("--people", type=int, default=60)
    parser.add_argument("--tab", default="ways", help="the picture that is looked at, or findings")
    parser.add_argument("--any-build", action="store_true", help="measure a debug build too")
    arguments = parser.parse_args()
    if not arguments.any_build:
        refuse_debug_build()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.md"
        path.write_text(story(arguments.events, people=arguments.people), encoding="utf-8")
        stories = {
            "Desperado": (texts_of(STORIES / "desperado"), "El"),
            f"{arguments.events:,} events, {arguments.people} people": (texts_of(path), "Anna"),
        }
    print("| story | written at | findings, median | worst | with the picture, median | worst |")
    print("|---|---|---|---|---|---|")
    for name, (texts, who) in stories.items():
        desk = Desk(name, STORIES)
        found = desk.results(texts, dict.fromkeys(texts, 0), 0)
        measured(desk, texts, arguments.tab)
        for place in PLACES:
            taken = [
                measured(desk, changed, arguments.tab)
                for changed in keystrokes(texts, found["events"], place, who)
            ]
            first, both = ([t[i] for t in taken[1:]] for i in (0, 1))
            cells = (statistics.median(first), max(first), statistics.median(both), max(both))
            print(f"| {name} | {place:.0%} | {' | '.join(f'{c:.0f}' for c in cells)} |")


if __name__ == "__main__":
    main()
