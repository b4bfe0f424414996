"""What the page is told of a text that was run: its scenes, events and findings, and the words it can go on with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from fabula.language.say import thing_words
from fabula.model.world import PERSON
from fabula.serve.finding import messages_of

if TYPE_CHECKING:
    from fabula.check.findings import Report
    from fabula.engine.records import EventRecord
    from fabula.pipeline import Run, Story


def overview(
    story: Story | None, run: Run | None, report: Report | None, texts: Mapping[str, str]
) -> dict[str, Any]:
    """The fields of the message `results`; without a run, of a text of which nothing could be read."""
    if story is None or run is None or report is None:
        return {
            "title": next(iter(texts), ""),
            "scenes": [],
            "events": [],
            "findings": [],
            "assumptions": [],
            "counts": {"events": 0, "people": 0, "facts": 0},
            "words": None,
            "people": [],
            "facts_known": [],
        }
    names = {
        thing: thing_words(run.words, thing)
        for thing in run.model.world.things
        if run.words.is_a(thing, PERSON)
    }
    return {
        "title": story.title,
        "scenes": [
            {
                "n": n,
                "title": scene.title,
                "file": scene.span.file,
                "line": scene.span.line,
                "level": scene.level,
            }
            for n, scene in enumerate(story.headings, 1)
        ],
        "events": [_event(run, record, names) for record in run.records],
        "findings": messages_of(story.problems, report, texts),
        "assumptions": [{"text": one.text, "event": one.event} for one in report.assumptions],
        "counts": {"events": report.events, "people": report.people, "facts": report.facts},
        "words": _words(run),
        "people": _people(run, names),
        "facts_known": [],
    }


def _event(run: Run, record: EventRecord, names: Mapping[str, str]) -> dict[str, Any]:
    source = record.source
    people = dict.fromkeys(
        names[thing] for _, things in record.groundings for thing in things if thing in names
    )
    scenes = run.model.scenes
    return {
        "n": record.n,
        "text": source.text,
        "scene": scenes[source.scene - 1] if 0 < source.scene <= len(scenes) else "",
        "file": source.span.file,
        "line": source.span.line,
        "column": source.span.column,
        "length": source.span.length,
        "status": record.status,
        "sources": list(source.citations),
        "people": list(people),
    }


def _people(run: Run, names: Mapping[str, str]) -> list[str]:
    """Who takes part in an event, the busiest first, as names that a picture can be asked for."""
    busy: dict[str, int] = {}
    for record in run.records:
        for _, things in record.groundings:
            for thing in things:
                if thing in names:
                    busy[thing] = busy.get(thing, 0) + 1
    order = sorted(busy, key=lambda thing: -busy[thing])
    return list(dict.fromkeys(names[thing].removeprefix("the ") for thing in order))


def _words(run: Run) -> dict[str, list[str]]:
    """What a sentence can be made of, for completion."""
    world = run.words.world
    verbs = {action.verb for action in world.actions.values() if action.verb}
    return {
        "names": list(run.names()),
        "kinds": sorted(world.kinds),
        "verbs": sorted(verbs),
        "properties": sorted(
            fluent.positive
            for fluent in world.fluents.values()
            if fluent.form == "adjective" and fluent.positive
        ),
    }
