"""What holds in the stories of the repository, line by line.

A file names its story (``story: stories/desperado``) and lists sentences: ``- after 6.5, as the bartender: …`` is
about what the bartender believes after the last event that cites 6.5; ``- after "Emilia takes the handkerchief": …``
about the world after that event; ``as Bucho, Carolina`` about what Bucho takes Carolina to believe; ``not:`` and
``unknown:`` before the sentence say that it is false there, or left open. ``not known:`` allows either.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

import fabula

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parents[2]
LINE = re.compile(
    r"- after (?P<after>[\d.]+|\"[^\"]+\")(?:, as (?P<eyes>[^:]+))?: "
    r"(?:(?P<mark>unknown|not known|not): )?(?P<sentence>.+)"
)
TRUTHS = {None: (True,), "not": (False,), "unknown": (None,), "not known": (False, None)}


@dataclass(frozen=True)
class Line:
    """One expectation about a story."""

    story: str
    after: str
    eyes: tuple[str, ...]
    sentence: str
    truths: tuple[bool | None, ...]
    text: str

    def __str__(self) -> str:
        return f"{self.story.removeprefix('stories/')} {self.text}"


def lines() -> list[Line]:
    """Every expectation of every file in this folder."""
    found: list[Line] = []
    for path in sorted(FOLDER.glob("*.md")):
        story = ""
        for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if text.startswith("story: "):
                story = text.removeprefix("story: ").strip()
            elif text.startswith("- "):
                match = LINE.fullmatch(text)
                assert match is not None, f"{path.name}:{number}: {text}"
                assert story, f"{path.name}:{number}: {text}"
                eyes = tuple(e.strip() for e in match["eyes"].split(",")) if match["eyes"] else ()
                truths = TRUTHS[match["mark"]]
                found.append(
                    Line(
                        story, match["after"].strip('"'), eyes, match["sentence"], truths, text[2:]
                    )
                )
    return found


@cache
def run(story: str) -> fabula.Run:
    """A story, read and run once."""
    read = fabula.read(ROOT / story)
    assert not read.problems, "\n".join(str(p) for p in read.problems)
    return read.run()


def moment(story: fabula.Run, after: str) -> str | int:
    """An id that is cited as it is; an event's words as its number."""
    if re.fullmatch(r"[\d.]+", after):
        return after
    found = [event.n for event in story.events if event.text.rstrip(".") == after.rstrip(".")]
    assert found, f"no event reads {after!r}"
    return found[-1]


@pytest.mark.parametrize("line", lines(), ids=str)
def test_what_holds(line: Line) -> None:
    story = run(line.story)
    truth = story.state(after=moment(story, line.after), eyes=line.eyes).holds(line.sentence)
    assert truth in line.truths, f"{line.text}: is {truth}"


@pytest.mark.parametrize("name", ["gifts", "handkerchief", "letter", "locked-room", "wolf"])
def test_the_short_stories_are_silent(name: str) -> None:
    findings = run(f"stories/{name}").check().findings
    assert not findings, "\n".join(finding.message for finding in findings)


def test_every_sentence_of_the_source_is_cited_in_order() -> None:
    story = run("stories/desperado")
    first: list[str] = []
    for event in story.events:
        first.extend(source for source in event.sources if source not in first)
    cited = set(first) | {source for fact in story.facts for source in fact.sources}
    assert cited == {f"6.{n}" for n in range(1, 106)}
    assert first == sorted(first, key=lambda source: int(source.partition(".")[2]))


def test_nothing_is_impossible_but_what_the_ring_forbids() -> None:
    story = run("stories/desperado")
    ring = max(event.n for event in story.events if "6.98" in event.sources)
    impossible = [event for event in story.events if event.status == "impossible"]
    assert impossible
    assert all(event.n > ring for event in impossible), [event.text for event in impossible]
    assert "6.102" in impossible[0].sources
