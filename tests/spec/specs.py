"""Reads specifications and holds them against the program.

A section of a Markdown file is one specification: a heading, a fence marked ``story``, and a list of
what must hold. ``- after 2: S`` is a sentence of the story language about the world after event 2 (0: at the
beginning); ``- after 2, as Anna, Ben: S`` is about what Anna believes that Ben believes; ``not:`` before the
sentence says that it is false there, ``unknown:`` that it is left open; ``- 2 is impossible`` that event 2
cannot happen. Without that, every event must be possible. ``- not yet: …`` is not so today and is not checked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import fabula
from fabula.engine.records import EventRecord
from fabula.model.story import Happening

FOLDER = Path(__file__).resolve().parent
GROUPS = ("library", "perception", "language")
LINE = re.compile(
    r"(?:after (?P<after>\d+)(?:, as (?P<eyes>[^:]+))?: )?(?:(?P<mark>unknown|not): )?(?P<sentence>.+)"
)
IMPOSSIBLE = re.compile(r"(\d+) is impossible")
VALUES = {None: True, "not": False, "unknown": None}


@dataclass(frozen=True)
class Expected:
    """One line: after event ``after``, through ``eyes``, ``sentence`` has this truth (None: left open)."""

    after: int | None
    eyes: tuple[str, ...]
    sentence: str
    truth: bool | None
    text: str


@dataclass(frozen=True)
class Spec:
    """One section of a specification file."""

    name: str
    file: str
    line: int
    story: str
    expected: tuple[Expected, ...]
    impossible: frozenset[int]

    def __str__(self) -> str:
        return f"{self.file.removesuffix('.md')}: {self.name}"


def all_specs() -> list[Spec]:
    """Every section of every file of the groups, in order."""
    return [
        spec
        for group in GROUPS
        for path in sorted((FOLDER / group).glob("*.md"))
        for spec in specs_of(path)
    ]


def specs_of(path: Path) -> list[Spec]:
    """The sections of one file; raises ValueError for a section that says nothing or cannot be read."""
    found: list[Spec] = []
    name, line, fenced = "", 0, False
    story: list[str] = []
    lines: list[str] = []
    file = path.relative_to(FOLDER).as_posix()

    def close() -> None:
        if story or lines:
            found.append(_spec(name, file, line, story, lines))

    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if text.startswith("```"):
            fenced = text.startswith("```story")
        elif fenced:
            story.append(text)
        elif text.startswith("## "):
            close()
            name, line, story, lines = text[3:].strip(), number, [], []
        elif text.startswith("- ") and not text.startswith("- not yet: "):
            lines.append(text[2:].strip())
    close()
    return found


def _spec(name: str, file: str, line: int, story: list[str], lines: list[str]) -> Spec:
    impossible = {int(m[1]) for text in lines if (m := IMPOSSIBLE.fullmatch(text))}
    expected = tuple(_expected(text) for text in lines if not IMPOSSIBLE.fullmatch(text))
    if not story or not (expected or impossible):
        raise ValueError(
            f"{file}:{line}: the specification {name!r} has no story or checks nothing"
        )
    return Spec(name, file, line, "\n".join(story), expected, frozenset(impossible))


def _expected(text: str) -> Expected:
    match = LINE.fullmatch(text)
    assert match is not None, text
    after = int(match["after"]) if match["after"] else None
    eyes = tuple(e.strip() for e in match["eyes"].split(",")) if match["eyes"] else ()
    return Expected(after, eyes, match["sentence"], VALUES[match["mark"]], text)


_ACTIONS: dict[Spec, frozenset[str]] = {}


def _read(spec: Spec, folder: Path) -> fabula.Story:
    path = folder / "story.md"
    path.write_text(spec.story, encoding="utf-8")
    story = fabula.read(path)
    happening = (
        step.action.partition(": ")[0] for step in story.model.steps if isinstance(step, Happening)
    )
    _ACTIONS[spec] = frozenset(happening)
    return story


def actions(spec: Spec, folder: Path) -> frozenset[str]:
    """The rules that happen in a specification's story; each story is read only once for this."""
    if spec not in _ACTIONS:
        _read(spec, folder)
    return _ACTIONS[spec]


def faults(spec: Spec, folder: Path) -> list[str]:
    """What of the specification is not so, in words; ``folder`` is a place for the story's file."""
    story = _read(spec, folder)
    if story.problems:
        return [str(p) for p in story.problems]
    run = story.run()
    found: list[str] = []
    for record in run.runner.records:
        if not isinstance(record, EventRecord):
            if record.status == "contradicted":
                found.append(f"a statement is contradicted: {record.source.text}")
        elif (record.status == "impossible") != (record.n in spec.impossible):
            reasons = "; ".join(
                t.text or failure.words for failure in record.failures for t in failure.literals
            )
            found.append(f"event {record.n} is {record.status}: {record.source.text} ({reasons})")
    for want in spec.expected:
        try:
            truth = run.state(after=want.after, eyes=want.eyes).holds(want.sentence)
        except (ValueError, LookupError) as error:
            found.append(f"{want.text}: {error}")
            continue
        if truth is not want.truth:
            found.append(f"{want.text}: is {truth}, not {want.truth}")
    return found
