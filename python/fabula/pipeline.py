"""The whole flow as one readable sequence: text, sentences, model, run, findings."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from fabula.engine import kept
from fabula.engine.running import Run as Played
from fabula.engine.running import run_model
from fabula.engine.unrest import in_words
from fabula.language.library import load_library
from fabula.language.reading import Reader
from fabula.language.state import State
from fabula.model.story import Stated, StoryModel
from fabula.problems import TextError
from fabula.text.files import read_source
from fabula.text.source import Scene, Source

if TYPE_CHECKING:
    from fabula.ask.answer import Answer
    from fabula.ask.quiz import QuizFile
    from fabula.check.findings import Finding, Report
    from fabula.check.rule import Rule
    from fabula.draw.picture import Picture
    from fabula.language.vocabulary import WordGroup
    from fabula.plan.repairs import Repair
    from fabula.plan.rewording import Rewording
    from fabula.plan.story import StoryLimits, StoryPlans
    from fabula.problems import Problem
    from fabula.reasons.why import WhyInWords


Stage = Callable[[str], AbstractContextManager[object]]


class Run(Played):
    """A story that was run: its events, facts and states, and what checking finds."""

    @in_words
    def check(
        self, *, motives: bool = False, progress: Callable[[int, int], None] | None = None
    ) -> Report:
        """What cannot be: the findings of the continuity rules; with ``motives``, also what nothing explains."""
        from fabula.check.checking import check

        with uncollected():
            return check(self, motives, progress)

    @in_words
    def why(self, event: str, *, most: int = 2) -> Sequence[WhyInWords]:
        """Why everybody who takes part in an event (its number or a cited id) does, in what they believe.

        At most ``most`` reasons for each. Raises LookupError where there is no such event.
        """
        from fabula.reasons.why import why

        return why(self, event, most)

    @in_words
    def ask(self, question: str, *, after: str | int | None = None) -> Answer:
        """The answer to a question in plain English, as things stand after an event (at the end if None).

        Raises a `fabula.problems.TextError`, with the place in the question, where it cannot be read, and LookupError
        for an event that is not there.
        """
        from fabula.ask.asking import ask

        return ask(self, question, self.time_after(after))

    def names(self) -> Sequence[str]:
        """What people and things are called, the story's own words."""
        names = (" ".join(words) for words in self.words.lexicon.names)
        return sorted({name.replace(" 's", "'s") for name in names})

    @in_words
    def draw(
        self,
        picture: str = "ways",
        *,
        people: Sequence[str] = (),
        start: str | int | None = None,
        end: str | int | None = None,
        fact: str | None = None,
        eyes: str | None = None,
        findings: Sequence[Finding] | None = None,
    ) -> Picture:
        """A picture of the story, with what checking finds (or the ``findings`` given): see `fabula.draw.registry`.

        ``people``: these, and not those who matter most; ``start`` and ``end``: events, by number or a cited id; ``fact``
        and ``eyes``: of the picture `minds`. Raises LookupError for a picture, a person or an event that is not there.
        """
        from fabula.draw.picture import Look
        from fabula.draw.registry import drawing

        drawn = drawing(picture)
        look = Look(
            people=tuple(self.person(name) for name in people) or None,
            start=None if start is None else self.event_number(start),
            end=None if end is None else self.event_number(end, last=True),
            findings=found_in(self) if findings is None else findings,
            fact=fact,
            eyes=None if eyes is None else self.person(eyes),
        )
        if look.start is not None and look.end is not None and look.start > look.end:
            raise LookupError(
                f"event {look.start} comes after event {look.end}: nothing is between"
            )
        with uncollected():
            return drawn(self, look)

    def _repr_html_(self) -> str:
        """What a notebook shows: how much there is, the ways, and what was found."""
        from fabula.draw.fragment import fragment

        findings = found_in(self)
        return fragment(self, self.draw(findings=findings), findings)

    @in_words
    def plan(
        self,
        goal: str,
        *,
        after: str | int | None = None,
        without: Sequence[str] = (),
        through: Sequence[str] = (),
        limits: StoryLimits | None = None,
        progress: Callable[[int, float], None] | None = None,
    ) -> StoryPlans:
        """What could happen from an event on (before all others if None), so that ``goal`` comes to be.

        Every plan is told in sentences that this story could go on with, with everybody's reasons for what weighs;
        it has been read, run and checked. ``without`` may never become so, ``through`` has to, in this order.
        Raises ValueError for a sentence that cannot be read, LookupError for an event that is not there.
        """
        from fabula.plan.story import plan_story

        return plan_story(
            self,
            goal,
            found_in,
            after=after,
            without=without,
            through=through,
            limits=limits,
            progress=progress,
        )

    @in_words
    def repairs(
        self,
        finding: Finding,
        *,
        count: int = 2,
        progress: Callable[[int, float], None] | None = None,
    ) -> Sequence[Repair]:
        """The fewest acts that would mend a finding, at most ``count`` different ways; nothing where no act does.

        Each has been read, put into the story, run and checked: the finding is gone, and no other has come.
        """
        from fabula.plan.repairs import repairs

        return repairs(self, finding, found_in, count, progress=progress)

    @in_words
    def rewordings(self, finding: Finding) -> Sequence[Rewording]:
        """What could be told otherwise to mend a finding: by somebody else, less deadly, at another time.

        Each has been run and checked as repairs are. This is for findings that no act mends.
        """
        from fabula.plan.rewording import rewordings

        return rewordings(self, finding, finding.event.span, found_in)


def found_in(run: Played) -> Sequence[Finding]:
    """What is found in a story that was run."""
    from fabula.check.checking import check

    return check(run).findings


class Story:
    """A story that was read. ``problems`` say what of it could not be read; ``headings`` where its scenes begin."""

    def __init__(self, model: StoryModel, state: State, headings: Sequence[Scene] = ()) -> None:
        self.model = model
        self.state = state
        self.headings = headings

    @property
    def title(self) -> str:
        """The first heading, or the file's name."""
        return self.model.title

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be read, in the order of the text."""
        return self.model.problems

    def run(self) -> Run:
        """Plays the story event by event; raises TextError where its When-rules never come to rest."""
        with uncollected():
            return Run(self.model, self.state, run_model(self.model, self.state))

    def formal(self) -> str:
        """The world of this story in the formal notation; what that cannot say is a comment."""
        from fabula.formats.sabre.story import write_story
        from fabula.language.effects import NoEffect, believed, make_true
        from fabula.model import formula as f

        def effects_of(formula: f.Formula) -> tuple[f.Effect, ...]:
            try:
                if isinstance(formula, f.Believes):
                    return believed(formula.who, formula.body, {})
                return make_true(formula)
            except NoEffect:
                return ()

        defaults = [(d.fluent, d.kind, d.value) for d in self.state.defaults]
        return write_story(self.model, defaults, effects_of)

    def words(self) -> Sequence[WordGroup]:
        """What this story can be told with: verbs, kinds, properties, names."""
        from fabula.language.vocabulary import words

        return words(self.state)


@contextmanager
def uncollected() -> Iterator[None]:
    """Hold off the cyclic garbage collector: what is built here lives on, and it would search it again and again."""
    global _held_off
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            _held_off += 1
            if _held_off % MOST_HELD_OFF == 0:
                gc.collect()  # what is moved below is not counted: a process that reads on and on would only grow
            elif not gc.get_freeze_count():
                # straight to the oldest generation: else the first thing made afterwards has all of it searched
                gc.freeze()
                gc.unfreeze()
            gc.enable()


MOST_HELD_OFF = 16
_held_off = 0


def read(path: str | Path) -> Story:
    """Reads the story at ``path``; raises TextError if there is nothing to read at all."""
    with uncollected():
        return _read(path)


def played(path: str | Path, keep: bool, stage: Stage) -> tuple[Story, Run]:
    """The story at ``path`` and its run, from the cache where nothing has changed since; raises TextError.

    ``keep``: it is put there, for whoever looks at a story is likely to do so again. ``stage`` is entered for as long
    as something takes, with the word for it.
    """
    name = kept.name_of(path)
    known = kept.kept(name) if name is not None else None
    if known is not None:
        model, state, runner = known
        return Story(model, state), Run(model, state, runner)
    with stage("reading"):
        story = read(path)
    with stage("running"):
        run = story.run()
    if keep and name is not None:
        kept.keep(name, (story.model, story.state, run.runner))
    return story, run


def _read(path: str | Path) -> Story:
    sources = read_source(path)
    state = load_library()
    reader = Reader(state)
    for source in sources:
        reader.read_source(source)
    return story_of(path, sources, state)


def story_of(path: str | Path, sources: Sequence[Source], state: State) -> Story:
    """The story that a state of reading holds, with what stands in its files besides sentences."""
    facts = _join_fences(sources, state)
    model = StoryModel(
        title=_title(path, sources),
        world=state.world,
        steps=(*facts, *state.steps),
        scenes=tuple(scene.title for source in sources for scene in source.scenes),
        problems=tuple(state.problems),
        assumptions=tuple(state.assumptions),
        files=tuple(source.file for source in sources),
    )
    return Story(model, state, [scene for source in sources for scene in source.scenes])


def _join_fences(sources: Sequence[Source], state: State) -> tuple[Stated, ...]:
    """Reads what stands in formal notation, behind all sentences; returns what it says is so at first."""
    fences = [x for s in sources for x in s.fences if x.info.split(" ", 1)[0] == "fabula"]
    if not fences:
        return ()
    from fabula.formats.sabre.fence import join

    joined = join(state.world, fences)
    state.problems.extend(joined.problems)
    return joined.facts


def quiz(paths: Sequence[Path], assumed: Path | None = None) -> Iterator[QuizFile]:
    """The questions of files in the line format, answered; ``assumed`` has rules that hold in all their stories.

    Raises TextError for a file that is not in this format.
    """
    from fabula.ask.quiz import answered

    library = load_library()
    if assumed is not None:
        reader = Reader(library)
        for source in read_source(assumed):
            reader.read_source(source)
        if library.problems:
            raise TextError(*library.problems)
    for path in paths:
        with uncollected():
            found = answered(path, library)
        yield found


def rules() -> Sequence[Rule]:
    """All rules of ``fabula check``, in the order of their codes."""
    from fabula.check.registry import RULES

    return RULES


def _title(path: str | Path, sources: Sequence[object]) -> str:
    for source in sources:
        scenes = getattr(source, "scenes", ())
        if scenes:
            return str(scenes[0].title)
    return Path(path).stem
