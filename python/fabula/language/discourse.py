"""Who and what was spoken of lately: what pronouns and "the man" go to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from fabula.language.words import closed

MEMORY = 40


@dataclass(slots=True)
class Mention:
    """Things mentioned together (several for "A and B"), how long ago, and whether as a subject."""

    things: tuple[str, ...]
    sentence: int
    subject: bool
    inner: bool = False  # in what is told or thought, not in what happens


@dataclass(slots=True)
class Gender:
    """What a pronoun can stand for."""

    masculine: bool
    feminine: bool
    neuter: bool
    plural: bool


@dataclass(slots=True)
class Discourse:
    """The mentions so far, the latest last, and the place in mind."""

    mentions: list[Mention] = field(default_factory=list)
    sentence: int = 0
    place: str | None = None
    clause: list[str] = field(default_factory=list)  # things of the clause being read
    subject: tuple[str, ...] = ()
    acted_together: tuple[str, ...] = ()
    told: tuple[str, int] = (
        "",
        0,
    )  # the content that was told, asked or wanted last, and in which sentence

    def begin(self) -> None:
        """A new sentence begins."""
        self.sentence += 1
        self.clause = []

    def mention(self, things: tuple[str, ...], subject: bool = False, inner: bool = False) -> None:
        """Remembers a mention."""
        if not things:
            return
        self.mentions.append(Mention(things, self.sentence, subject, inner))
        self.clause.extend(things)
        if len(self.mentions) > 2 * MEMORY:
            del self.mentions[:MEMORY]

    def rename(self, old: str, new: str) -> None:
        """Two were found to be one."""

        def renamed(things: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(dict.fromkeys(new if t == old else t for t in things))

        for mention in self.mentions:
            mention.things = renamed(mention.things)
        self.clause = list(renamed(tuple(self.clause)))
        self.subject, self.acted_together = renamed(self.subject), renamed(self.acted_together)
        self.place = new if self.place == old else self.place

    def people(
        self, is_person: Callable[[str], bool], ago: int = 1, told: bool = False
    ) -> tuple[str, ...]:
        """The people of the sentence before, or of so many before; those only spoken of in something told, if wanted."""
        return tuple(
            dict.fromkeys(
                t
                for m in self.mentions
                if m.sentence == self.sentence - ago and (told or not m.inner)
                for t in m.things
                if is_person(t)
            )
        )

    def since(self, things: tuple[str, ...]) -> int:
        """How many sentences ago these were spoken of last."""
        return next(
            (
                self.sentence - m.sentence
                for m in reversed(self.mentions)
                if set(things) <= set(m.things)
            ),
            self.sentence,
        )

    def candidates(
        self, fits: Callable[[tuple[str, ...]], bool], apart: frozenset[str] = frozenset()
    ) -> list[tuple[str, ...]]:
        """Those that fit, best rank first; all of the best rank, so that two mean ambiguity.

        ``fits`` is called with a tuple of thing ids. Rank: how many sentences ago, then subject before others, then what is
        only spoken of in something told or thought, its subject first.
        """
        best: tuple[int, int] | None = None
        found: list[tuple[str, ...]] = []
        for mention in reversed(self.mentions):
            rank = (
                self.sentence - mention.sentence,
                (0 if mention.subject else 1) + (2 if mention.inner else 0),
            )
            if best is not None and rank > best:
                if rank[0] > best[0]:
                    break
                continue
            for things in fitting(mention.things, fits, apart):
                if best is None or rank < best:
                    best, found = rank, [things]
                elif things not in found:
                    found.append(things)
        return found


def fitting(
    things: tuple[str, ...], fits: Callable[[tuple[str, ...]], bool], apart: frozenset[str]
) -> list[tuple[str, ...]]:
    """Those mentioned together, if a pronoun can stand for all of them; else each of them that it can stand for."""
    if not apart.intersection(things) and fits(things):
        return [things]
    if len(things) == 1:
        return []
    return [(t,) for t in things if t not in apart and fits((t,))]


def pronoun_gender(word: str) -> str:
    """``m``, ``f``, ``n`` or ``p`` of a pronoun."""
    return closed.PRONOUNS.get(word, ("n", ""))[0]
