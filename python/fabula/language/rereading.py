"""Reads a story again that has changed a little: from the last place on before which everything is as it was."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from itertools import chain

from fabula.language import definitions, rule_reader
from fabula.language.declarations import introduces
from fabula.language.discourse import Mention
from fabula.language.forking import forked, forked_within
from fabula.language.reading import Reader
from fabula.language.state import State
from fabula.language.syntax import Tree
from fabula.model.sharing import Remembered
from fabula.text.source import Sentence, Source

STRIDE = 24
"""After how many sentences a place is kept to read on from: it costs as much as reading a few."""
FAR = 120
"""The same, further on than where the text was changed last: who writes there writes there again."""
SHARE = 64
"""Nor closer together than this part of the sentences before: a place copies what was read by then, and all of them should grow evenly."""
NEAR = 3
"""So many places are kept close by."""


@dataclass(frozen=True, slots=True)
class Place:
    """A reader that has read the files before ``file``, and of that one the sentences before ``sentence``."""

    file: int
    sentence: int
    reader: Reader


@dataclass(slots=True)
class Rereader:
    """Reads one story of a library's words, as often as it changes."""

    library: State
    _sources: Sequence[Source] = ()
    _places: list[Place] = field(default_factory=list)
    _cache: dict[tuple[str, ...], tuple[int, Tree]] = field(default_factory=dict)
    _again: bool = False
    _near: int = NEAR

    def read(self, sources: Sequence[Source]) -> State:
        """The state after reading all files; what was read up to the first change is not read again."""
        self._places = [place for place in self._places if self._holds(place, sources)]
        if [*chain(*map(_words, self._sources))] != [*chain(*map(_words, sources))]:
            self._cache = {}  # how a sentence is read depends on what words there are
        self._sources = sources
        self._again, self._near = bool(self._places), NEAR
        if self._places:
            place = self._places[-1]
            first, start, reader = place.file, place.sentence, twin(place.reader)
        else:
            first, start, reader = 0, 0, Reader(forked(self.library))
        reader.cache = self._cache
        for file in range(first, len(sources)):
            self._file(reader, file, sources[file], start)
            start = 0
        return reader.state

    def _file(self, reader: Reader, file: int, source: Source, start: int) -> None:
        if not start:
            self._keep(file, 0, reader)
            reader.open_source(source)
        last = start
        for at in range(start, len(source.sentences)):
            stride = max(FAR if self._again and not self._near else STRIDE, at // SHARE)
            if at - last >= stride and reader.rule is None:
                last = at
                self._keep(file, at, reader)
            if not reader.read_next(source, at):
                break
        reader.close_source(source)

    def _keep(self, file: int, sentence: int, reader: Reader) -> None:
        if not self._places or (self._places[-1].file, self._places[-1].sentence) < (
            file,
            sentence,
        ):
            self._places.append(Place(file, sentence, twin(reader)))
            self._near = max(self._near - 1, 0)

    def _holds(self, place: Place, sources: Sequence[Source]) -> bool:
        """Whether all that the reader at a place has read is as it was."""
        if place.file >= len(sources) or len(self._sources) <= place.file:
            return False
        if any(old != new for old, new in zip(self._sources[: place.file], sources, strict=False)):
            return False
        old, new = self._sources[place.file], sources[place.file]
        if not place.sentence:
            return old.file == new.file
        return (
            old.file == new.file
            and old.problems == new.problems
            and old.sentences[: place.sentence] == new.sentences[: place.sentence]
            and _early(old, place.sentence) == _early(new, place.sentence)
        )


def _early(source: Source, after: int) -> list[Sentence]:
    """The sentences behind a place that introduce words, and were taken in before all others of their file."""
    return [one for one in source.sentences[after:] if introduces(one.text)]


def _words(source: Source) -> tuple[str, ...]:
    """The sentences of a file that say what words mean."""
    return _WORDS.of((source,), lambda: tuple(_meanings(source)))


def _meanings(source: Source) -> Iterator[str]:
    for one in source.sentences:
        if (
            introduces(one.text)
            or rule_reader.is_rule(one.text)
            or definitions.is_definition(one.text)
            or definitions.is_when(one)
        ):
            yield one.text


_WORDS = Remembered[tuple[str, ...]](64)


def twin(reader: Reader) -> Reader:
    """A reader that goes on from the same place; what one of the two reads is not seen by the other."""
    state = forked_within(reader.state)
    made = copy.copy(reader)
    for one in fields(reader):
        value = getattr(reader, one.name)
        if isinstance(value, list | set | dict) and one.name != "cache":
            setattr(made, one.name, value.copy())
    made.state = state
    made.last_clauses = [
        (replace(context, state=state), clause) for context, clause in reader.last_clauses
    ]
    made.mark = None
    state.discourse.mentions = [
        Mention(m.things, m.sentence, m.subject, m.inner) for m in state.discourse.mentions
    ]
    return made
