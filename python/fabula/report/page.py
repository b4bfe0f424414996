"""Makes the report of a story that was run; what it looks like is in report.html."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fabula.draw import theme
from fabula.draw.faces import faces
from fabula.draw.registry import PICTURES
from fabula.engine.running import EventView
from fabula.engine.states import StateView
from fabula.model.world import PERSON
from fabula.report.marking import Line, lines_of
from fabula.text.files import read_text
from fabula.text.span import Span

if TYPE_CHECKING:
    from fabula.check.findings import Finding, Reason, Report
    from fabula.pipeline import Run, Story
    from fabula.problems import Problem

HERE = Path(__file__).parent
MOST_MINDS = 24
"""People whose minds are told: those who take part most often."""


@dataclass(frozen=True, slots=True)
class File:
    """One file of the story, as it is shown."""

    name: str
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Because:
    """What a finding comes from, and the event to go to, if it is one."""

    text: str
    place: str
    event: int | None


@dataclass(frozen=True, slots=True)
class Found:
    """A finding, or a problem of the text, as it is shown."""

    code: str
    severity: str
    message: str
    place: str
    quoted: str
    event: int | None
    because: Sequence[Because]
    therefore: Sequence[str]
    fix: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Mind:
    """What somebody holds at the end: ``other`` is not as the world is, ``right`` how many facts are."""

    name: str
    other: Sequence[str]
    right: Sequence[str]


def report_of(
    story: Story, run: Run, report: Report, texts: Mapping[str, str] | None = None
) -> str:
    """The report of what was found; ``texts``: what the files hold, by name, where that is not (yet) on the disk."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    events = {event.n: event for event in run.events}
    place = _placed(story.model.files)
    found = [_unread(problem, place) for problem in story.problems]
    found += [_finding(finding, events, place) for finding in report.findings]
    templates = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    script = (HERE / "report.js").read_text(encoding="utf-8")
    # the script alone may run in the file, and nothing may be loaded: whatever a story has in its text
    allowed = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    pictures = [(name, run.draw(name, findings=report.findings)) for name in PICTURES]
    fonts = f"/* {allowed} */"  # which are needed is seen when all else is there
    page = templates.get_template("report.html").render(
        title=story.title,
        script=script,
        policy=f"default-src 'none'; style-src 'unsafe-inline'; font-src data:; script-src 'sha256-{allowed}'",
        style=f"{fonts}\n{(HERE / 'report.css').read_text(encoding='utf-8')}\n{_pictures_style()}",
        counts=_counts(report.events, report.people, report.facts),
        found=found,
        errors=sum(one.severity == "error" for one in found),
        files=_files(story, events.values(), found, texts or {}, place),
        pictures=[(name, picture.title, picture.inline()) for name, picture in pictures],
        assumptions=report.assumptions,
        minds=_minds(run),
    )
    return page.replace(fonts, faces(page), 1)


def _pictures_style() -> str:
    """As the reader's system is on a screen, and light on paper."""
    night = f"@media screen and (prefers-color-scheme: dark) {{\n{theme.stylesheet('dark')}\n}}"
    return f"{theme.stylesheet('light')}\n{night}"


def _counts(events: int, people: int, facts: int) -> list[str]:
    return [
        f"{events:,} {'event' if events == 1 else 'events'}",
        f"{people:,} {'person' if people == 1 else 'people'}",
        f"{facts:,} {'fact' if facts == 1 else 'facts'}",
    ]


def _placed(files: Sequence[str]) -> Callable[[str], str]:
    """How a file is named in the report: from the story's own folder on."""
    folders = {Path(file).parent for file in files}
    folder = folders.pop() if len(folders) == 1 else None

    def name(file: str) -> str:
        path = Path(file)
        return path.relative_to(folder).as_posix() if folder == path.parent else path.as_posix()

    return name


def _unread(problem: Problem, place: Callable[[str], str]) -> Found:
    span = problem.span
    where = f"{place(span.file)}, line {span.line}"
    return Found(problem.code, "error", problem.message, where, "", None, (), (), None, span)


def _finding(
    finding: Finding, events: Mapping[int, EventView], place: Callable[[str], str]
) -> Found:
    span = finding.event.span
    return Found(
        finding.code,
        finding.severity,
        finding.message,
        f"{place(span.file)}, line {span.line}",
        finding.event.text,
        _event_at(events, finding.event.n, span),
        [_because(reason, events, place) for reason in finding.because],
        finding.therefore,
        finding.fix,
        span,
    )


def _because(
    reason: Reason, events: Mapping[int, EventView], place: Callable[[str], str]
) -> Because:
    where = f"{place(reason.span.file)}, line {reason.span.line}"
    return Because(reason.text, where, _event_at(events, reason.n, reason.span))


def _event_at(events: Mapping[int, EventView], n: int, span: Span) -> int | None:
    """The event, where it is one and no statement behind it."""
    return n if n in events and events[n].span == span else None


def _files(
    story: Story,
    events: Iterable[EventView],
    found: Sequence[Found],
    texts: Mapping[str, str],
    place: Callable[[str], str],
) -> list[File]:
    told = [(event.n, event.span) for event in events]
    spans = [(at, one.span) for at, one in enumerate(found)]
    made = []
    for file in story.model.files:
        text = texts[file] if file in texts else read_text(Path(file))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        made.append(File(place(file), lines_of(text.rstrip("\n"), file, told, spans)))
    return made


def _minds(run: Run) -> list[Mind]:
    """What those hold in the end who take part most; the order is that of the story."""
    parts: dict[str, int] = {}
    for record in run.records:
        for arg in record.happening.args:
            for one in arg if isinstance(arg, tuple) else [arg]:
                if isinstance(one, str):
                    parts[one] = parts.get(one, 0) + 1
    things = run.model.world.things
    people = [p for p in things if parts.get(p) and run.words.is_a(p, PERSON)]
    most = set(sorted(people, key=lambda p: -parts[p])[:MOST_MINDS])
    known = set(run.state().lines())
    minds = []
    for person in people:
        if person in most:
            held = StateView(run, run.time_after(None), (person,)).lines()
            other = [line for line in held if line not in known]
            name = things[person].label
            minds.append(Mind(name[:1].upper() + name[1:], other, [x for x in held if x in known]))
    return minds
