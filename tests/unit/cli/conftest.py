"""A pipeline of a few fixed answers, so that the commands are tested for what they print alone."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

import pytest

from fabula.cli.surface import Finding, Repair, Rewording, Run, Story, WhyReason
from fabula.plan.story import StoryLimits, StoryPlans
from fabula.problems import Problem
from fabula.problems.unknown_verb import unknown_verb
from fabula.text.files import read_source
from fabula.text.span import Span

TEXT = """\
# The mill

Navajas dies. [6.64]

Navajas gives the lamp to Anna. [6.65]
"""


@dataclass(frozen=True)
class FakeEvent:
    n: int
    text: str
    span: Span
    sources: tuple[str, ...] = ()
    scene: str = "The mill"
    action: str = "die"
    arguments: Mapping[str, str] = field(default_factory=dict)
    status: str = "happens"
    changes: tuple[str, ...] = ()


@dataclass(frozen=True)
class FakeFinding:
    event: FakeEvent
    because: tuple[FakeEvent, ...]
    code: str = "P101"
    name: str = "acts-after-death"
    severity: str = "error"
    message: str = "Navajas is dead and can give nothing"
    therefore: tuple[str, ...] = ("Anna has no lamp.",)
    fix: str | None = "let somebody else give the lamp"


@dataclass(frozen=True)
class FakeAssumption:
    text: str = "Navajas has the lamp."
    event: int = 2


@dataclass(frozen=True)
class FakeReport:
    findings: tuple[FakeFinding, ...]
    events: int = 2
    people: int = 2
    facts: int = 1
    assumptions: tuple[FakeAssumption, ...] = (FakeAssumption(),)
    explained: int | None = None


@dataclass(frozen=True)
class FakeState:
    found: list[str]

    def lines(self, about: str | None = None) -> list[str]:
        return [line for line in self.found if about is None or about in line]


class FakePicture:
    def svg(self, scheme: str = "auto") -> str:
        return f"<svg {scheme}/>"

    def png(self) -> bytes:
        return b""

    def html(self, scheme: str = "auto") -> str:
        return scheme


@dataclass(frozen=True)
class FakeRun:
    events: tuple[FakeEvent, ...]
    found: tuple[FakeFinding, ...]
    facts: tuple[FakeEvent, ...] = ()

    def check(self, *, motives: bool = False, progress: object = None) -> FakeReport:
        del progress
        return FakeReport(self.found if not motives else ())

    def repairs(self, finding: Finding, *, count: int = 2) -> tuple[Repair, ...]:
        del finding, count
        return ()

    def rewordings(self, finding: Finding) -> tuple[Rewording, ...]:
        del finding
        return ()

    def plan(
        self,
        goal: str,
        *,
        after: str | None = None,
        without: Sequence[str] = (),
        through: Sequence[str] = (),
        limits: StoryLimits | None = None,
        progress: Callable[[int, float], None] | None = None,
    ) -> StoryPlans:
        del after, without, through, limits, progress
        return StoryPlans(goal)

    def why(self, event: str, *, most: int = 2) -> tuple[FakeWhy, ...]:
        if event == "99":
            raise LookupError("there is no event 99: the story has 3")
        return (FakeWhy(self.events[0]),)[:most]

    def ask(self, question: str, *, after: str | None = None) -> FakeAnswer:
        return FakeAnswer(f"{question} after {after}" if after else question)

    def names(self) -> tuple[str, ...]:
        return ("Anna", "Ben")

    def draw(self, picture: str = "ways", **_wanted: object) -> FakePicture:  # noqa: ARG002
        return FakePicture()

    def state(self, *, after: str | None = None, eyes: tuple[str, ...] = ()) -> FakeState:
        if "Nobody" in eyes:
            raise LookupError('nobody is called "Nobody"')
        return FakeState([f"after {after}", *(f"as {name}" for name in eyes)])


@dataclass(frozen=True)
class FakeAnswer:
    question: str
    answer: str | tuple[str, ...] = "the hall"
    because: tuple[FakeEvent, ...] = ()
    certain: bool = True
    text: str = "the hall"


@dataclass(frozen=True)
class FakeWhy:
    event: FakeEvent
    person: str = "Anna"
    weighs: tuple[str, ...] = ("it harms Ben",)
    reasons: tuple[WhyReason, ...] = ()
    against: tuple[str, ...] = ()
    expected: str | None = None
    over: bool = False
    act: str = "Anna dies"


@dataclass(frozen=True)
class FakeGroup:
    name: str
    entries: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class FakeStory:
    run_of_it: FakeRun
    problems: tuple[Problem, ...] = ()
    title: str = "The mill"

    def run(self) -> FakeRun:
        return self.run_of_it

    def formal(self) -> str:
        return "type place;\n"

    def words(self) -> tuple[FakeGroup, ...]:
        return (FakeGroup("verbs", (("X gives Y to Z", "It is for things."),)),)


@dataclass(frozen=True)
class FakeRule:
    code: str = "P101"
    name: str = "acts-after-death"
    severity: str = "error"
    explanation: str = "The dead do nothing."
    bad: str = "Anna dies. Anna sings.\n"
    good: str = "Anna sings. Anna dies.\n"


def read(path: str) -> Story:
    """Return the story that a file's name asks for."""
    sources = read_source(path)
    if "crash" in path:
        raise ZeroDivisionError("no way\nat all")
    events = tuple(
        FakeEvent(n, sentence.text, sentence.span, sentence.citations, changes=("It is so.",))
        for n, sentence in enumerate(sources[0].sentences, 1)
    )
    found = (FakeFinding(events[1], events[:1]),) if "broken" in path else ()
    problems = (unknown_verb(events[0].span, "dies"),) if "unread" in path else ()
    return FakeStory(FakeRun(events, found), problems)


def played(path: str, _keep: bool, _stage: Callable[[str], object]) -> tuple[Story, Run]:
    story = read(path)
    return story, story.run()


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str


@pytest.fixture
def fabula(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Result]:
    """Run the command in a folder with a story of every sort, and return what came out."""
    from fabula.cli import main

    module = ModuleType("fabula.pipeline")
    module.__dict__.update(read=read, played=played, rules=lambda: (FakeRule(),))
    monkeypatch.setitem(sys.modules, "fabula.pipeline", module)
    monkeypatch.setattr("fabula.pipeline", module, raising=False)
    monkeypatch.chdir(tmp_path)
    for name in ("good.md", "broken.md", "unread.md", "crash.md"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    (tmp_path / "empty.md").touch()

    def run(*arguments: str) -> Result:
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        code = ended.value.code
        assert isinstance(code, int)
        return Result(code, *capsys.readouterr())

    return run
