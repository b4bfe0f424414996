"""What a picture is, and what somebody wants to see in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from fabula.check.findings import Finding
from fabula.draw.svg import Element, standing_alone


@dataclass(frozen=True, slots=True)
class Look:
    """What to show: ``people`` by id (None: those who matter), events ``start`` to ``end``, both included.

    ``findings`` are drawn where a picture has a place for them. ``fact``: of minds, time across for this one fact.
    ``eyes``: of minds, what this person (an id) believes that the others know.
    """

    people: tuple[str, ...] | None = None
    start: int | None = None
    end: int | None = None
    findings: Sequence[Finding] = ()
    fact: str | None = None
    eyes: str | None = None

    def has(self, n: int) -> bool:
        """Whether an event, by its number, is in what is shown."""
        return (self.start is None or n >= self.start) and (self.end is None or n <= self.end)


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing: ``width`` and ``height`` in user units; ``title`` and ``description`` are read out to who cannot see it.

    ``body`` are SVG elements, styled by the classes of `theme` alone, so that one stylesheet serves all.
    """

    title: str
    description: str
    width: float
    height: float
    body: tuple[Element, ...] = field(repr=False)

    def svg(self, scheme: str = "auto") -> str:
        """An SVG file that stands by itself; ``scheme`` is auto (as the reader's system is), light or dark."""
        return standing_alone(
            self.title, self.description, self.width, self.height, self.body, scheme
        )

    def inline(self) -> str:
        """The SVG element without a stylesheet, for a page that has it already."""
        return standing_alone(
            self.title, self.description, self.width, self.height, self.body, None
        )

    def png(self) -> bytes:
        """A PNG file, light, at twice the size (at less where it would be huge)."""
        from fabula.draw.png import png_of  # a library that is seldom needed

        return png_of(self.svg("light"), self.width, self.height)

    def html(self, scheme: str = "auto") -> str:
        """An HTML file with nothing but the picture."""
        from fabula.draw.page import page_of

        return page_of(self.title, self.svg(scheme), scheme)
