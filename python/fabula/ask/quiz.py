"""Stories in the line format, read, run and asked: what each question is answered, and what could not be read."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from fabula.ask.answer import Answer
from fabula.ask.asking import answer
from fabula.ask.lines import Line, LineStory, stories_of
from fabula.engine.running import Run, run_model
from fabula.engine.unrest import in_words
from fabula.language import undoing
from fabula.language.asking import question
from fabula.language.forking import forked
from fabula.language.reading import Reader
from fabula.language.state import State, Unreadable
from fabula.language.words import closed
from fabula.model.asked import Asked
from fabula.model.story import Happening, Stated, Step, StoryModel
from fabula.problems import Problem, TextError
from fabula.text.source import Sentence
from fabula.text.span import Span


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question's answer, as the format writes it; ``problem``: why there is none."""

    line: Line
    answer: str
    problem: Problem | None = None

    @property
    def right(self) -> bool:
        """Whether it is the answer that stands in the file."""
        return self.line.gold is not None and alike(self.answer, self.line.gold)


@dataclass(slots=True)
class QuizFile:
    """A file of stories and questions, answered; ``kinds``: right and total for each kind of question."""

    file: str
    outcomes: list[Outcome] = field(default_factory=list)
    unread: list[Problem] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many questions have an answer to compare with."""
        return sum(o.line.gold is not None for o in self.outcomes)

    @property
    def right(self) -> int:
        """How many of the answers are the ones that stand there."""
        return sum(o.right for o in self.outcomes)

    @property
    def unanswered(self) -> int:
        """How many questions could not be read."""
        return sum(o.problem is not None for o in self.outcomes)

    @property
    def kinds(self) -> dict[str, tuple[int, int]]:
        """For each kind of question, by its first word: how many are right, and how many there are."""
        found: dict[str, tuple[int, int]] = {}
        for outcome in self.outcomes:
            kind = kind_of(outcome.line.text)
            right, total = found.get(kind, (0, 0))
            found[kind] = (right + outcome.right, total + 1)
        return found


def kind_of(question: str) -> str:
    """``where``, ``how many``, ``yes or no``."""
    first, *rest = question.casefold().split()
    if first == "how" and rest:
        return f"how {rest[0]}" if rest[0] in ("many", "much") else "how"
    return first if first in closed.WH else "yes or no"


def answered(path: Path, library: State) -> QuizFile:
    """All questions of a file; raises TextError where it is not in the line format."""
    found = QuizFile(str(path))
    with _kept_apart():
        for number, story in enumerate(stories_of(path), 1):
            if number % MOST_KEPT == 0:
                gc.collect()  # what a story leaves behind that holds on to itself is little
            play(story, library, found)
    found.outcomes.sort(key=lambda o: o.line.at)
    return found


@contextmanager
def _kept_apart() -> Iterator[None]:
    """What there is already, such as the library, is not searched for garbage again and again."""
    mine = not gc.get_freeze_count()
    if mine:
        gc.freeze()
    try:
        yield
    finally:
        if mine:
            gc.unfreeze()


MOST_KEPT = 500


def alike(answer: str, gold: str) -> bool:
    """Whether two answers say the same: capitals, articles and the order of a list do not matter."""
    return sorted(_plain(answer)) == sorted(_plain(gold)) and (
        not _is_way(gold) or _plain(answer) == _plain(gold)
    )


def _plain(text: str) -> list[str]:
    parts = [part.strip().casefold().replace("_", " ") for part in text.split(",")]
    return [part.removeprefix("the ").removeprefix("a ") for part in parts if part]


def _is_way(gold: str) -> bool:
    return all(part.strip() in ("n", "s", "e", "w", "u", "d") for part in gold.split(","))


def written(answer: Answer, asked: Asked) -> str:
    """An answer as the format writes it: single words, a list with commas, directions by their first letters."""
    if asked.form == "way":
        return ",".join(word[:1] for word in answer.bare) or answer.text
    return ",".join(answer.bare) if answer.bare else answer.text


def play(story: LineStory, library: State, found: QuizFile) -> None:
    """Reads, runs and asks one story, into ``found``; ``library`` is what it can be told with."""
    state = forked(library)
    state.presuming = True
    reader = Reader(state)
    points: list[Point] = []
    for line in story.lines:
        if line.question:
            points.append(Point(line, len(state.steps), _understood(state, line.text)))
        else:
            steps = len(state.steps)
            reader.read(_sentence(story.file, line))
            _later(state, steps)
    reader.finish()
    # what came too early is tried once more in the end
    found.unread.extend(state.problems[len(library.problems) :])
    for stretch in _stretches(points, state):
        try:
            run = _run(story, state, stretch.steps)
        except TextError as error:
            # its rules clash or never come to rest: no answer can be given, and the next story can
            found.outcomes.extend(Outcome(p.line, "", error.problem) for p in stretch.points)
            continue
        times = _times(run)
        for point in stretch.points:
            time = times[min(point.steps, len(times) - 1)]
            try:
                found.outcomes.append(_outcome(run, point, time))
            except TextError as error:
                found.outcomes.append(Outcome(point.line, "", error.problem))


@dataclass(frozen=True, slots=True)
class Point:
    """A question, put after so many steps of the story, as it was understood there."""

    line: Line
    steps: int
    asked: Asked | Problem


def _understood(state: State, text: str) -> Asked | Problem:
    """What a question asks for; a thing that it speaks of is there, whether or not the story has spoken of it."""
    try:
        return question(state, text)
    except Unreadable:
        before = undoing.mark(state)
        try:
            return question(state, text, presuming=True)
        except Unreadable as error:
            undoing.undo(state, before)
            return error.problem


def _later(state: State, start: int) -> None:
    """What a line states is so at a later moment than the line before: people may have moved, unsaid."""
    for at in range(start, len(state.steps)):
        step = state.steps[at]
        if isinstance(step, Stated) and state.events:
            state.steps[at] = replace(step, gap=True)


@dataclass(slots=True)
class Stretch:
    """So many steps of a story that are run together, and the questions put while they are."""

    steps: int
    points: list[Point]


def _stretches(points: Sequence[Point], state: State) -> Iterator[Stretch]:
    """The whole story at once; by itself what is asked before the first event, since facts may follow.

    Where events are told of other parts of days, each question is about what has been told so far, put in order.
    """
    if state.days:
        for point in points:
            yield Stretch(point.steps, [point])
        return
    first = next((i for i, s in enumerate(state.steps) if isinstance(s, Happening)), None)
    early: dict[int, list[Point]] = {}
    late: list[Point] = []
    for point in points:
        if first is None or point.steps <= first:
            early.setdefault(point.steps, []).append(point)
        else:
            late.append(point)
    for steps, some in early.items():
        yield Stretch(steps, some)
    if late:
        yield Stretch(len(state.steps), late)


def _sentence(file: str, line: Line) -> Sentence:
    text = line.text if line.text.endswith((".", "!")) else f"{line.text}."
    return Sentence(text, Span(file, line.at, 1, len(text)), 0, line.at)


def _run(story: LineStory, state: State, steps: int) -> Run:
    model = StoryModel(
        title=story.file,
        world=state.world,
        steps=tuple(_in_order(state, steps)),
        scenes=(),
        problems=(),
        files=(story.file,),
    )
    run = Run(model, state, run_model(model, state))
    run.explains = False
    return run


def _in_order(state: State, steps: int) -> list[Step]:
    """So many steps in the order of the days of which they are told; what says no day stays with the one before it."""
    days: list[int] = []
    for at in range(steps):
        days.append(state.days.get(at, days[-1] if days else 0))
    return [state.steps[at] for at in sorted(range(steps), key=lambda at: days[at])]


def _times(run: Run) -> list[int]:
    """The kernel's time after so many steps."""
    runner = run.runner
    records = {id(r.source): r.ended for r in runner.records}
    time = run.records[0].before if run.records else runner.timeline.now
    times = [time]
    for step in run.model.steps:
        source = getattr(step, "source", None)
        time = max(time, records.get(id(source), time))
        times.append(time)
    return times


@in_words
def _outcome(run: Run, point: Point, time: int) -> Outcome:
    if isinstance(point.asked, Asked):
        return Outcome(point.line, written(answer(run, point.asked, time), point.asked))
    return Outcome(point.line, "", point.asked)
