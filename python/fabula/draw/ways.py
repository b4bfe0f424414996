"""The ways: a line for each person through the scenes, bundled where people are together (a narrative chart).

After Munroe's "Movie narrative charts" (xkcd 657, 2009) and what has been published on laying them out: see
`ways_order` and `ways_lines` for the methods, and docs/decisions/019-ways-layout.md for why these.
"""

from __future__ import annotations

from collections.abc import Iterator

from fabula.draw.picture import Look, Picture
from fabula.draw.svg import group, number, words
from fabula.draw.ways_layout import Layout, layout
from fabula.draw.ways_marks import findings, header, legend, ruler
from fabula.draw.ways_paths import way
from fabula.draw.ways_regions import region
from fabula.draw.ways_story import Ways, place_words, ways_of
from fabula.engine.running import Run

MARGIN = 48.0
HEAD = 168.0
FOOT = 84.0
LEAST_WIDTH = 720.0


def ways(run: Run, look: Look) -> Picture:
    """The picture of who goes where and meets whom; of an empty story a picture that says so."""
    found = ways_of(run, look)
    title = run.model.title
    if not found.steps or not found.people:
        said = "Nobody goes anywhere: there is no event to draw."
        body = [words(MARGIN, 60, title, "heading"), words(MARGIN, 96, said, "quiet")]
        return Picture(title, said, LEAST_WIDTH, 140, tuple(body))
    places = {
        stay.place: place_words(run, stay.place)
        for step in found.steps
        for stay in step.stays.values()
        if stay.place is not None
    }
    titles = dict(enumerate(run.model.scenes, 1))
    drawn = layout(found, titles, places)
    height = HEAD + drawn.height + FOOT
    width = max(drawn.right[-1] + 2 * MARGIN, LEAST_WIDTH)
    regions = [region(drawn, visit, places[visit.place]) for visit in drawn.visits]
    lines = [way(drawn, one, places) for one in _back_to_front(found)]
    inside = [
        *ruler(drawn, HEAD),
        group([r for r, _ in regions], kind="places"),
        group(lines, kind="people"),
        group([name for _, name in regions], kind="place-names"),
        *findings(drawn, look.findings),
    ]
    body = [
        *header(title, found, MARGIN),
        group(inside, transform=f"translate({number(MARGIN)} {number(HEAD)})"),
        *legend(found, MARGIN, height - 34),
    ]
    return Picture(f"{title}: the ways", _description(drawn, places), width, height, tuple(body))


def _back_to_front(found: Ways) -> list[str]:
    """Who is drawn first, and so lies under the others: whoever has the smallest part."""
    return sorted(found.people, key=lambda one: -found.people[one].rank)


def _description(drawn: Layout, places: dict[str, str]) -> str:
    """What the picture shows, for who cannot see it: where everybody goes, one after the other."""
    parts = [f"The ways of {len(drawn.ways.people)} people through {len(drawn.scenes)} scenes."]
    for one in drawn.ways.people:
        stops = list(_stops(drawn, one, places))
        died = drawn.ways.deaths.get(one)
        end = f", dies (event {died})" if died is not None else ""
        parts.append(f"{drawn.names[one]}: {', '.join(stops) or 'on the way'}{end}.")
    return " ".join(parts)


def _stops(drawn: Layout, one: str, places: dict[str, str]) -> Iterator[str]:
    before: str | None = None
    for step in drawn.ways.steps:
        stay = step.stays.get(one)
        if stay is not None and stay.place is not None and stay.place != before:
            before = stay.place
            yield f"{places[stay.place]} ({step.first})"

