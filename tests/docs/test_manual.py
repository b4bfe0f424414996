"""Every example of the manual does what the manual says."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

import fabula
from fabula.engine.formal import formal
from fabula.formats import sabre
from fabula.problems import TextError
from tests.docs.manual import PAGES, ROOT, Fence, commands, fences, fits, place_for, printed

FENCES = [fence for page in PAGES for fence in fences(page)]


def of(kind: str) -> list[Fence]:
    return [fence for fence in FENCES if fence.kind == kind]


@pytest.mark.parametrize("fence", of("story"), ids=str)
def test_a_story_is_read_and_holds(fence: Fence, tmp_path: Path) -> None:
    path = tmp_path / "story.md"
    path.write_text(f"{fence.world}\n{fence.text}", encoding="utf-8")
    story = fabula.read(path)
    assert [str(problem) for problem in story.problems] == []
    if fence.name.endswith(".md"):
        return  # the commands below it say what it holds
    assert [finding.message for finding in story.run().check().findings] == []


@pytest.mark.parametrize("fence", of("fabula"), ids=str)
def test_a_problem_is_read_and_written(fence: Fence) -> None:
    if "misread" in fence.name:
        with pytest.raises(TextError):
            sabre.parse(fence.text)
        return
    problem = sabre.parse(fence.text)
    formal(problem).universe()
    assert sabre.parse(sabre.write(problem)) == problem


UNREAD = [(fence, line) for fence in of("unread") for line in fence.text.splitlines() if line]


@pytest.mark.parametrize(("fence", "line"), UNREAD, ids=lambda value: str(value))
def test_what_cannot_be_read_is_told(fence: Fence, line: str, tmp_path: Path) -> None:
    path = tmp_path / "story.md"
    path.write_text(f"{fence.world}\n# One\n\n{line}\n", encoding="utf-8")
    try:
        problems = fabula.read(path).problems
    except TextError as error:
        problems = error.problems
    assert problems


@pytest.mark.parametrize("fence", of("console"), ids=str)
def test_a_command_prints_what_the_page_shows(fence: Fence) -> None:
    with place_for(fence):
        for command, expected in commands(fence.text):
            actual = printed(command)
            assert fits(expected, actual), (
                f"{command} prints:\n"
                + "\n".join(actual)
                + "\n(python -m tests.docs.manual writes it down)"
            )


@pytest.mark.parametrize("fence", of("python"), ids=str)
def test_python(fence: Fence, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    parsed = doctest.DocTestParser().get_doctest(
        fence.text, {}, str(fence), str(fence.page), fence.line
    )
    runner = doctest.DocTestRunner(verbose=False)
    said: list[str] = []
    runner.run(parsed, out=said.append)
    assert runner.failures == 0, "".join(said)


def test_the_pages_hold_together() -> None:
    for page in PAGES:
        for link in _links(page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists(), f"{page.name}: {link}"


def _links(text: str) -> list[str]:
    return [
        link
        for link in re.findall(r"\]\(([^)#\s]+)\)", text)
        if "://" not in link and link.isascii()
    ]


def test_every_page_is_in_the_manual() -> None:
    table = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    missing = [
        page.name
        for page in PAGES[1:]
        if page.name != "README.md" and f"({page.name})" not in table
    ]
    assert missing == []


def test_no_page_shows_a_fault() -> None:
    shown = [str(fence) for fence in of("console") if "fault of Fabula's own" in fence.text]
    assert not shown
