"""A story being written: whatever was changed, it comes out as if it had been read and run anew."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from fabula.draft import Draft
from fabula.problems import TextError

STORIES = Path(__file__).parents[2] / "stories"

SMALL = """# The inn

The inn is an inn. The cellar is a cellar in the inn. The garden is a garden.
Ann is a woman in the inn. Ben is a man in the inn. Carl is a man in the garden.
The lamp is a lamp in the cellar. The key is a key. Ann has the key.
Ben believes that Carl is in the cellar.
Ann wants to have the lamp.

# One

Ann goes to the cellar.
Ann takes the lamp.
Ann tells Ben that the lamp is in the garden.
Ben goes to the garden.
Ben meets Carl.
Carl tells Ben that Ann is in the cellar.

# Two

Ann comes to the garden.
Ann gives the lamp to Carl.
Ben sees the lamp.
Carl goes to the inn.
Ben kills Ann.
"""
SENTENCES = (
    "Ann smiles.", "Ben goes to the inn.", "Carl kills Ben.", "Ann gives the key to Ben.", "The lamp is in the inn.",
    "Dora is a woman in the garden.", "Dora smiles.", "A person can be merry.", "Ann is merry.", "Ben takes the rope.",
    "Carl knows that Ann has the key.", "Ben tells Carl that Ann is dead.", "Carl wants Ben dead.", "Ann gi", "# Three",
    "When Ann is dead: Ben is happy.", "Ben is disguised as Carl.", "Ann orders Ben to go to the cellar.", "Later, Ben goes to the cellar.",
    "The box is a box in the cellar.", "Ben puts the key into the chest.", "Only Ben knows that.", "> a note", "",
)  # fmt: skip


def outcome(draft: Draft, texts: Mapping[str, str]) -> Any:
    """All that a run says, in words and numbers."""
    try:
        story, run = draft.write(texts)
    except TextError as error:
        return [str(error)]
    report = run.check()
    return (
        [(p.code, p.message, p.span) for p in story.problems],
        [
            (r.n, r.status, r.groundings, [a.text for a in r.assumptions], r.source.span)
            for r in run.records
        ],
        [(f.code, f.message, f.event, f.because, f.therefore, f.fix) for f in report.findings],
        [(a.text, a.event) for a in report.assumptions],
        [event.changes for event in run.events],
        sorted(run.state().lines()),
    )


Edits = st.lists(
    st.tuples(
        st.sampled_from(("put in", "take out", "change")),
        st.integers(0, 40),
        st.sampled_from(SENTENCES),
    ),
    min_size=1,
    max_size=6,
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink takes minutes
)
@given(edits=Edits)
def test_every_edit_comes_out_as_if_nothing_had_been_there_before(edits: Any) -> None:
    draft, lines = Draft(), SMALL.split("\n")
    outcome(draft, {"a.md": SMALL})
    for what, at, sentence in edits:
        place = at % (len(lines) + 1)
        if what == "put in" or place >= len(lines):
            lines.insert(place, sentence)
        elif what == "take out" and len(lines) > 1:
            del lines[place]
        else:
            lines[place] = sentence
        texts = {"a.md": "\n".join(lines)}
        assert outcome(draft, texts) == outcome(Draft(), texts)


@pytest.mark.parametrize(
    "line", ["El smiles.", "El takes the lamp.", "Bucho kills Carolina.", "Bucho ki"]
)
@pytest.mark.parametrize("file", ["02-the-bar.md", "05-the-fire.md"])
def test_desperado_changed_comes_out_the_same(file: str, line: str) -> None:
    texts = {
        str(path.name): path.read_text(encoding="utf-8")
        for path in [
            STORIES / "desperado" / "story.md",
            *sorted((STORIES / "desperado").glob("0*.md")),
        ]
    }
    draft = Draft()
    outcome(draft, texts)
    lines = texts[file].split("\n")
    lines.insert(len(lines) // 2, line)
    changed = {**texts, file: "\n".join(lines)}
    assert outcome(draft, changed) == outcome(Draft(), changed)
    assert outcome(draft, texts) == outcome(Draft(), texts)


def test_what_stands_before_a_change_is_not_run_again(monkeypatch: pytest.MonkeyPatch) -> None:
    from fabula.engine.runner import Runner

    told: list[str] = []
    was = Runner._event

    def event(self: Runner, happening: Any, act: Any) -> None:
        told.append(happening.source.text)
        was(self, happening, act)

    monkeypatch.setattr(Runner, "_event", event)
    draft = Draft()
    draft.write({"a.md": SMALL})
    told.clear()
    draft.write({"a.md": SMALL.replace("Ben sees the lamp.", "Ben sees the lamp. Carl smiles.")})
    assert "Ann goes to the cellar." not in told
    assert told[-4:] == [
        "Ben sees the lamp.",
        "Carl smiles.",
        "Carl goes to the inn.",
        "Ben kills Ann.",
    ]


MAGIC = """# The mill

A person can be a magician.
X can fly when X is a magician, X is not tied up.

To float: X floats to P.
needs: X is a person; P is a place; X can fly.
then: X is in P.
It is for magicians.

The mill is a mill. The inn is an inn. Anna is a woman in the inn. Anna is a magician. Ben is a man in the inn.

# One

Ben smiles.
Anna floats to the mill.
Ben floats to the mill.
"""


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("X can fly when X is a magician, X is not tied up.", "X can fly when X is in the mill."),
        ("X can fly when X is a magician, X is not tied up.", "X can fly when X is a person."),
        ("then: X is in P.", "then: X is in P; X is tied up."),
        ("A person can be a magician.", "A person can be a magician. A person is usually tied up."),
        ("Anna is a magician.", "Anna is not a magician."),
        ("The mill is a mill.", "The mill is a mill in the inn."),
    ],
)
def test_what_words_mean_changes_everything(was: str, now: str) -> None:
    draft = Draft()
    first = outcome(draft, {"a.md": MAGIC})
    changed = {"a.md": MAGIC.replace(was, now)}
    assert changed["a.md"] != MAGIC
    assert outcome(draft, changed) == outcome(Draft(), changed)
    assert outcome(draft, {"a.md": MAGIC}) == first
