"""Reads a story again that has changed a little: from the last place on before which everything is as it was."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from dataclasses import field, fields, replace
from itertools import chain

from fabula.language import definitions, rule_reader
from fabula.language.declarations import introduces
from fabula.language.discourse import Mention
from fabula.language.forking import forked, forked_within
from fabula.language.reading import Reader
from fabula.language.state import State
from fabula.language.syntax import Tree
from fabula.model.sharing import Remembered
from fabula.records import dataclass
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
        same = _unchanged(self._sources, sources)
        self._places = [one for one in self._places if (one.file, one.sentence) <= same]
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


def _unchanged(old: Sequence[Source], new: Sequence[Source]) -> tuple[int, int]:
    """How far a story is as it was: the first file that is another, and how many of its sentences come before that."""
    for file, (one, other) in enumerate(zip(old, new, strict=False)):
        if one == other:
            continue
        if (one.file, one.problems, _early(one)) != (other.file, other.problems, _early(other)):
            return file, 0
        pairs = enumerate(zip(one.sentences, other.sentences, strict=False))
        same = min(len(one.sentences), len(other.sentences))
        return file, next((at for at, (a, b) in pairs if a != b), same)
    return min(len(old), len(new)), 0


def _early(source: Source) -> list[Sentence]:
    """The sentences that introduce words, and were taken in before all others of their file."""
    return [one for one in source.sentences if introduces(one.text)]


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
