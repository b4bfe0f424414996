"""A fence of a story: its definitions join the story's world, and its slips have their places in the Markdown file."""

from __future__ import annotations

from pathlib import Path

import pytest

import fabula
from fabula.formats import sabre
from fabula.model import formula as f

STORY = """\
# The mill

Ada is a woman. Ben is a man. The mill is a building. The inn is a building. The old lamp is a lamp.
Ada is in the mill. Ben is in the inn. Ada has the old lamp. A person can be merry. A person is usually not merry.

```fabula
FENCE
```

## One

Ada goes to the inn.
"""
RULE = """\
type glimmerling : thing;
entity Fog : glimmerling;
property glow(x : thing) : number;
property haunted(x : thing) : boolean;
glow(OldLamp) = 3;
forall(c : person) !haunted(c);
believes(Ben, haunted(Mill));
trigger cheer(c : person) {
	precondition: within(c, Inn) & !merry(c) & exists(l : lamp) (within(l, c) & glow(l) * 2 > 5);
	effect: merry(c) & haunted(Inn) & glow(Inn) = if(merry(c)) 1 else glow(Inn) + 2;
};
utility(Ada): sum(c : person) if(merry(c)) 1 else 0;"""


def story(folder: Path, fence: str) -> fabula.Story:
    path = folder / "story.md"
    path.write_text(STORY.replace("FENCE", fence), encoding="utf-8")
    return fabula.read(path)


def test_a_fence_joins_the_world(tmp_path: Path) -> None:
    read = story(tmp_path, RULE)
    assert [str(problem) for problem in read.problems] == []
    world = read.model.world
    assert world.is_a("Fog", "glimmerling")
    assert world.is_a("Fog", "thing")
    assert world.fluents["glow(thing)"].params == ("thing",)
    assert set(world.utilities) == {"Ada"}
    run = read.run()
    before, after = run.state(after=0), run.state()
    assert before.holds("Ada is merry") is False
    assert after.holds("Ada is merry") is True
    assert after.holds("Ben is merry") is False
    assert "The inn is haunted." in after.lines()
    assert "The mill is haunted." in run.state(eyes=("Ben",)).lines()
    assert run.check().findings == ()


def test_names_of_the_story_become_the_story_s_own(tmp_path: Path) -> None:
    world = story(tmp_path, RULE).model.world
    (rule,) = [t for t in world.triggers if t.id == "cheer"]
    condition = repr(rule.condition)
    assert "Within(" in condition
    assert "Inn" not in condition.replace("kind=", "")
    assert rule.file.endswith("story.md")
    assert rule.line == 14
    assert not [e for e in rule.effects if isinstance(e, f.Assign) and e.fluent.startswith("@")]


def test_a_fence_is_shown_with_the_rest(tmp_path: Path) -> None:
    text = story(tmp_path, RULE).formal()
    problem = sabre.parse(text)
    assert "glow(OldLamp) = 3;" in text
    assert "// trigger cheer\n" in text
    assert "// said in a fence" in text
    assert set(problem.world.utilities) == {"Ada"}


@pytest.mark.parametrize(
    ("fence", "line", "column", "code", "words"),
    [
        ("property p(x : thing) : boolan;", 7, 25, "T503", "there is no type"),
        ("type place;", 7, 6, "T504", "in the sentences of the story, or in the library"),
        ("// first\n\nmerry(Adda);", 9, 7, "T503", "did you mean Ada?"),
        ("merry(Ada) = 3;", 7, 14, "T505", "a truth was expected"),
        ("within(Ada, Inn);", 7, 1, "T508", "set location(…) instead"),
        ("if(merry(Ada)) merry(Ben);", 7, 1, "T508", "cannot depend on a condition"),
        ("action sing(c : person) { };", 7, 1, "T206", '"To sing: …"'),
    ],
)
def test_slips_have_their_places(
    tmp_path: Path, fence: str, line: int, column: int, code: str, words: str
) -> None:
    (problem,) = story(tmp_path, fence).problems
    assert (problem.span.line, problem.span.column, problem.code) == (line, column, code)
    assert problem.span.file.endswith("story.md")
    assert words in problem.message


def test_other_fences_are_notes(tmp_path: Path) -> None:
    path = tmp_path / "story.md"
    path.write_text(STORY.replace("```fabula\nFENCE", "```text\nmerry(Nobody);"), encoding="utf-8")
    assert fabula.read(path).problems == ()
