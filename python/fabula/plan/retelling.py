"""A story told otherwise from some moment on: read, run and checked, as every plan and repair has to be."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Protocol

from fabula.engine.records import EventRecord, Record
from fabula.engine.running import Run, run_model
from fabula.engine.stage import Deed
from fabula.language.reading import Reader
from fabula.language.state import State
from fabula.model.story import Happening, Step
from fabula.problems import TextError
from fabula.reasons.wording import capital, deed_words
from fabula.text.reading import parse_markdown


class Sentence(Protocol):
    """The sentence at fault."""

    @property
    def text(self) -> str: ...


class Found(Protocol):
    """A finding, as far as it matters here."""

    @property
    def code(self) -> str: ...
    @property
    def event(self) -> Sentence: ...


Check = Callable[[Run], Iterable[Found]]
"""What is found in a story that was run."""


class Retelling:
    """Tells a story up to a moment of the kernel and then otherwise; with ``on``, what follows comes after that."""

    def __init__(
        self,
        run: Run,
        moment: int,
        check: Check,
        on: bool = False,
        at: Record | None = None,
    ) -> None:
        """``at``: the event or statement before which it is told otherwise, instead of the first one after the moment."""
        self.run = run
        self.check = check
        events = [r for r in run.runner.records if isinstance(r, EventRecord)]
        told = sum(1 for r in events if r.time <= moment)
        steps = run.model.steps
        places = [i for i, step in enumerate(steps) if isinstance(step, Happening)]
        cut = places[told] if told < len(places) else len(steps)
        if at is not None:
            own = at.happening if isinstance(at, EventRecord) else at.stated
            cut = next((i for i, step in enumerate(steps) if step is own), cut)
        self.before, self.after = steps[:cut], steps[cut:] if on else ()
        self._known: set[tuple[str, str]] | None = None

    @property
    def known(self) -> set[tuple[str, str]]:
        """What is found in the story as it stands."""
        if self._known is None:
            self._known = {(f.code, f.event.text) for f in self.check(self.run)}
        return self._known

    def read(self, sentences: tuple[str, ...]) -> tuple[list[Step], State] | None:
        """The sentences as steps of this story, with the words; None where they cannot be read or name what is new."""
        state = copy.copy(self.run.words)
        state.steps, state.problems = [], []
        state.discourse = copy.deepcopy(state.discourse)
        state.world = copy.copy(state.world)
        state.world.things = dict(state.world.things)
        state.world.contents = dict(state.world.contents)
        state.content_ids = dict(state.content_ids)
        known = len(state.world.things)
        reader = Reader(state)
        source = parse_markdown("\n".join(f"- {one}" for one in sentences) + "\n", "the plan")
        for sentence in source.sentences:
            reader.read(sentence)
        if state.problems or len(state.world.things) != known:
            return None
        return state.steps, state

    def worded(
        self, plan: tuple[Deed, ...], short: State, full: State
    ) -> tuple[Run | None, tuple[str, ...]]:
        """The story told so, and the sentences: with the names that it uses most, or in full where those are not clear."""
        again: Run | None = None
        sentences: tuple[str, ...] = ()
        for state in (short, full):
            sentences = tuple(capital(deed_words(state, deed)) + "." for deed in plan)
            again = self.told(sentences, plan)
            if again is not None:
                break
        return again, sentences

    def told(self, sentences: tuple[str, ...], plan: tuple[Deed, ...]) -> Run | None:
        """The story with these sentences; None where they are not read as just these acts, or cannot happen."""
        found = self.read(sentences)
        if found is None:
            return None
        steps, state = found
        acts = [step for step in steps if isinstance(step, Happening)]
        if len(acts) != len(plan) or len(steps) != len(acts):
            return None
        if not all(_same(act, deed) for act, deed in zip(acts, plan, strict=True)):
            return None
        model = replace(self.run.model, world=state.world, steps=(*self.before, *acts, *self.after))
        try:
            run = Run(model, state, run_model(model, state))
        except TextError:
            return None
        fresh = {id(act) for act in acts}
        if any(r.failures for r in run.records if id(r.happening) in fresh):
            return None
        return run

    def faultless(self, run: Run, mended: tuple[str, str] | None = None) -> bool:
        """Whether nothing is found in a retelling that was not found before, and what was to be mended is not."""
        found = {(f.code, f.event.text) for f in self.check(run)}
        return found <= self.known and (mended is None or mended not in found)


def _same(act: Happening, deed: Deed) -> bool:
    """Whether a sentence names the same act of the same things; what is told has a number of its own."""
    return act.action == deed.action and all(
        a == b or (isinstance(a, str) and a.startswith("#") and b.startswith("#"))
        for a, b in zip(act.args, deed.args, strict=True)
    )


__all__ = ["Check", "Retelling"]
