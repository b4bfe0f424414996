"""Measures drawing: how long the pictures of a long story take, and of one of people's own.

Seconds are of processor time, of the first picture of its kind. A debug build is refused: its numbers mean nothing.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from fabula import pipeline
from fabula.draw.registry import PICTURES
from run import refuse_debug_build
from stories import KINDS, story

DESPERADO = Path(__file__).resolve().parents[1] / "stories" / "desperado"
GOAL = 2.0
"""Seconds for 2,000 events with 60 people."""


def seconds(run: pipeline.Run, picture: str, people: tuple[str, ...]) -> float:
    """Return how long a picture takes until its SVG is written; nothing is kept of one drawn before."""
    findings = run.check().findings
    start = time.process_time()
    run.draw(picture, people=people, findings=findings).svg()
    return time.process_time() - start


def everybody(run: pipeline.Run) -> tuple[str, ...]:
    """Return all people of a story."""
    things = run.model.world.things
    return tuple(thing for thing in things if run.words.is_a(thing, "person"))


def main() -> None:
    """Draw every picture of every story, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=2_000)
    parser.add_argument("--people", type=int, default=60)
    parser.add_argument("--any-build", action="store_true", help="measure a debug build too")
    arguments = parser.parse_args()
    if not arguments.any_build:
        refuse_debug_build()
    stories = {"Desperado": pipeline.read(DESPERADO).run()}
    for kind in KINDS:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "story.md"
            text = story(arguments.events, kind=kind, people=arguments.people)
            path.write_text(text, encoding="utf-8")
            stories[f"{kind}, {arguments.events:,} events"] = pipeline.read(path).run()
    print(f"| | {' | '.join(PICTURES)} | the same, all people | goal |")
    print(f"|---|{'---|' * (len(PICTURES) + 2)}")
    for name, run in stories.items():
        usual = [seconds(run, picture, ()) for picture in PICTURES]
        full = max(seconds(run, p, everybody(run)) for p in PICTURES)
        measured = " | ".join(f"{value:.2f}" for value in usual)
        print(f"| {name} | {measured} | {full:.2f} | {GOAL:g} |")


if __name__ == "__main__":
    main()
