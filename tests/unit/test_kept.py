"""A run that was kept answers as the run did; one of a story that has changed, or that is damaged, is not taken."""

from __future__ import annotations

import pickle
import pickletools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from fabula import storage
from fabula.engine.kept import MOST_KEPT
from fabula.model.formula import Const, Equals, Lit, Value
from fabula.pipeline import Run, Story, played, read

STORIES = Path(__file__).parents[2] / "stories"


class Stages(list[str]):
    """What had to be done."""

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        self.append(name)
        yield


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("FABULA_CACHE", str(folder))
    return folder


def _told(story: Story, run: Run) -> list[object]:
    people = [t for t in run.model.world.things if run.words.is_a(t, "person")]
    timeline = run.runner.timeline
    minds = [
        [run.runner.fact(*fact) for fact in timeline.facts(time, [run.runner.number(who)])]
        for who in people
        for time in (timeline.now // 2, timeline.now)
    ]
    findings = [(f.code, f.message, f.event) for f in run.check().findings]
    return [story.title, story.problems, [e.text for e in run.events], minds, findings]


@pytest.mark.parametrize("name", ["desperado", "letter", "wolf"])
def test_a_kept_run_is_like_the_run(name: str) -> None:
    stages = Stages()
    first = played(STORIES / name, True, stages)
    second = played(STORIES / name, True, stages)
    assert stages == ["reading", "running"]
    assert second[1] is not first[1]
    story = read(STORIES / name)
    fresh = story.run()
    assert _told(*first) == _told(story, fresh)
    assert _told(*second) == _told(story, fresh)
    question = "Who knows who killed Tavo?" if name == "desperado" else "Where is everybody?"
    assert second[1].ask(question).answer == fresh.ask(question).answer


def test_a_kept_run_goes_on() -> None:
    played(STORIES / "desperado", True, Stages())
    _, run = played(STORIES / "desperado", True, Stages())
    fresh = read(STORIES / "desperado").run()
    what_if = "What if Bucho had not killed Tavo?"
    assert run.ask(what_if) == fresh.ask(what_if)
    assert run.why("6.86") == fresh.why("6.86")


TEXT = "# One\n\nAnn is a woman. Ann is in the inn.\n"


def test_a_changed_story_is_run_again(tmp_path: Path) -> None:
    path = tmp_path / "story.md"
    path.write_text(TEXT, encoding="utf-8")
    stages = Stages()
    played(path, True, stages)
    path.write_text(TEXT.replace("inn", "barn"), encoding="utf-8")
    _, run = played(path, True, stages)
    assert run.ask("Where is Ann?").text == "in the barn"
    assert stages == ["reading", "running"] * 2


def test_a_damaged_run_is_run_again(tmp_path: Path, cache: Path) -> None:
    path = tmp_path / "story.md"
    path.write_text(TEXT, encoding="utf-8")
    played(path, True, Stages())
    (found,) = cache.glob("run-*.pickle")
    whole = found.read_bytes()
    for data in (b"", whole[:-100], b"nonsense", whole[: len(whole) // 2]):
        found.write_bytes(data)
        stages = Stages()
        _, run = played(path, False, stages)
        assert stages == ["reading", "running"]
        assert run.ask("Where is Ann?").text == "in the inn"


def test_only_so_many_runs_are_kept(tmp_path: Path, cache: Path) -> None:
    for number in range(MOST_KEPT + 3):
        path = tmp_path / f"{number}.md"
        path.write_text(TEXT, encoding="utf-8")
        played(path, True, Stages())
    assert len(list(cache.glob("run-*.pickle"))) == MOST_KEPT
    stages = Stages()
    played(path, True, stages)
    assert not stages


def test_what_is_no_story_is_said_as_ever(tmp_path: Path) -> None:
    from fabula.problems import TextError

    with pytest.raises(TextError):
        played(tmp_path / "none.md", True, Stages())


def test_what_is_frozen_is_kept_as_a_call_of_its_class() -> None:
    """Read back a state at a time, a library takes ten times as long."""
    found = Equals(Value("alive", (Const("Ann"),)), Lit(True))
    data = storage.pickled(found)
    assert "BUILD" not in {operation.name for operation, _, _ in pickletools.genops(data)}
    assert pickle.loads(data) == found
