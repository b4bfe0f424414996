"""The ways: a line for each person through the scenes, bundled where people are together (a narrative chart).

After Munroe's "Movie narrative charts" (xkcd 657, 2009) and what has been published on laying them out: see
`ways_order` and `ways_lines` for the methods, and docs/decisions/019-ways-layout.md for why these.
"""

from __future__ import annotations

from collections.abc import Iterator

from fabula.draw.picture import Look, Picture
from fabula.draw.svg import Element, group, number, words
from fabula.draw.ways_layout import Layout
from fabula.draw.ways_marks import findings, header, legend, ruler
from fabula.draw.ways_paths import way
from fabula.draw.ways_places import bare
from fabula.draw.ways_regions import region
from fabula.draw.ways_rows import rows
from fabula.draw.ways_story import Ways, ways_of
from fabula.engine.running import Run
from fabula.language.say import thing_words

MARGIN = 48.0
TOP = 66.0
HEAD = 118.0
FOOT = 84.0
WIDTH = 720.0
SHORT = 640.0
"""A short story's lines are drawn out so far: as far as title and key reach."""


def ways(run: Run, look: Look) -> Picture:
    """The picture of who goes where and meets whom; of an empty story a picture that says so."""
    found = ways_of(run, look)
    title = run.model.title
    if not found.steps or not found.people:
        said = (
            "Nobody goes anywhere: there is no event to draw."
            if look.people is None
            else "None of these people has a living part in these events."
        )
        body = [words(MARGIN, 60, title, "heading"), words(MARGIN, 96, said, "quiet")]
        return Picture(title, said, WIDTH, 140, tuple(body))
    seen = dict.fromkeys(stay.place for step in found.steps for stay in step.stays.values())
    places = {place: thing_words(run.words, place) for place in seen if place is not None}
    titles = dict(enumerate(run.model.scenes, 1))
    drawn = rows(found, titles, places)
    if len(drawn) == 1 and drawn[0].right[-1] < SHORT:
        drawn[0].stretch(SHORT)
    body, head_end = header(title, found, MARGIN)
    y = TOP
    for row in drawn:
        y += HEAD
        where = f"translate({number(MARGIN)} {number(y)})"
        body.append(group(_row(row, places, look), transform=where))
        y += row.height
    y += FOOT
    key, end = legend(found, MARGIN, y - 34)
    body += key
    width = max(end, head_end, *(MARGIN + row.right[-1] for row in drawn)) + MARGIN
    return Picture(f"{title}: the ways", _description(found, places), width, y, tuple(body))


def _row(drawn: Layout, places: dict[str, str], look: Look) -> list[Element]:
    """Everything of a row, from the back to the front."""
    regions = [region(drawn, visit, bare(places[visit.place])) for visit in drawn.visits]
    front_last = sorted(drawn.names, key=lambda one: -drawn.ways.people[one].rank)
    return [
        *ruler(drawn),
        group([shape for shape, _ in regions], kind="places"),
        group([way(drawn, one, places) for one in front_last], kind="people"),
        group([name for _, name in regions], kind="place-names"),
        *findings(drawn, look.findings),
    ]


def _description(found: Ways, places: dict[str, str]) -> str:
    """What the picture shows, for who cannot see it: where everybody goes, one after the other."""
    scenes = len({step.scene for step in found.steps})
    parts = [f"The ways of {len(found.people)} people through {scenes} scenes."]
    for one, person in found.people.items():
        stops = list(_stops(found, one, places))
        died = found.deaths.get(one)
        end = f", dies (event {died})" if died is not None else ""
        parts.append(f"{person.name}: {', '.join(stops) or 'on the way'}{end}.")
    return " ".join(parts)


def _stops(found: Ways, one: str, places: dict[str, str]) -> Iterator[str]:
    before: str | None = None
    for step in found.steps:
        stay = step.stays.get(one)
        if stay is not None and stay.place is not None and stay.place != before:
            before = stay.place
            yield f"{bare(places[stay.place])} ({step.first})"
