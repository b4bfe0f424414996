"""A story that is being written: read and run again and again, and what stands before a change is neither read nor run again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fabula.engine.rerunning import Rerunner
from fabula.language.library import load_library
from fabula.language.rereading import Rereader
from fabula.pipeline import Run, Story, story_of, uncollected
from fabula.problems import TextError
from fabula.text.reading import parse_markdown
from fabula.text.source import Source


@dataclass(slots=True)
class Draft:
    """``story`` and ``run`` are those of the text that was given last; the run before is of no more use then."""

    story: Story | None = None
    run: Run | None = None
    _reader: Rereader = field(default_factory=lambda: Rereader(load_library()))
    _runner: Rerunner = field(default_factory=Rerunner)
    _sources: dict[tuple[str, str], Source] = field(default_factory=dict)

    def write(self, texts: Mapping[str, str]) -> tuple[Story, Run]:
        """The story of these texts, by file, in their order, and its run; raises TextError where When-rules never come to rest."""
        with uncollected():
            sources = self._parsed(texts)
            state = self._reader.read(sources)
            self.story = story_of(next(iter(texts), "story"), sources, state)
            runner = self._runner.run(self.story.model, state)
            self.run = Run(self.story.model, state, runner)
        return self.story, self.run

    def _parsed(self, texts: Mapping[str, str]) -> Sequence[Source]:
        known, self._sources = self._sources, {}
        for key in texts.items():
            self._sources[key] = known.get(key) or _parsed(*key)
        return list(self._sources.values())


def _parsed(file: str, text: str) -> Source:
    """One file; of one that is no text, nothing but the problem."""
    try:
        return parse_markdown(text, file)
    except TextError as error:
        return Source(file, (), (), (), error.problems, ())
