"""What the commands print, and their exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from fabula.cli.main import VERBS
from fabula.cli.several import spread
from fabula.cli.state import WITH_VALUE
from tests.unit.cli.conftest import Result

Fabula = Callable[..., Result]


def test_a_good_story(fabula: Fabula) -> None:
    result = fabula("check", "good.md")
    assert (result.code, result.err) == (0, "")
    assert result.out.splitlines() == [
        "no findings",
        "checked: 2 events, 2 people, 1 fact; 1 assumption made (--assumptions lists them)",
    ]


def test_a_broken_story(fabula: Fabula) -> None:
    result = fabula("check", "broken.md")
    assert result.code == 1
    assert result.out.splitlines()[:8] == [
        "broken.md:5:1: error P101: Navajas is dead and can give nothing",
        "  Navajas gives the lamp to Anna. [6.65]",
        "  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
        "  because: Navajas dies. (line 3)",
        "  and therefore: Anna has no lamp.",
        "  fix: let somebody else give the lamp",
        "",
        "1 finding: 1 error",
    ]


def test_check_as_json(fabula: Fabula) -> None:
    result = fabula("check", "broken.md", "--format", "json")
    assert json.loads(result.out) == {
        "story": "The mill",
        "events": 2,
        "people": 2,
        "facts": 1,
        "findings": [
            {
                "code": "P101",
                "name": "acts-after-death",
                "severity": "error",
                "message": "Navajas is dead and can give nothing",
                "event": {
                    "n": 2,
                    "text": "Navajas gives the lamp to Anna.",
                    "file": "broken.md",
                    "line": 5,
                    "column": 1,
                    "sources": ["6.65"],
                },
                "because": [{"n": 1, "text": "Navajas dies.", "line": 3}],
                "fix": "let somebody else give the lamp",
            }
        ],
        "assumptions": [{"text": "Navajas has the lamp.", "event": 2}],
        "unread": [],
    }


def test_a_story_that_is_not_read_in_full(fabula: Fabula) -> None:
    result = fabula("check", "unread.md")
    assert result.code == 2
    assert result.err.splitlines() == [
        'unread.md:3:1: the verb "dies" is not known: give it a rule, or use a verb that `fabula words` lists [T201]',
        "  Navajas dies. [6.64]",
        "  ^^^^^^^^^^^^^",
    ]
    assert "no findings" in result.out


@pytest.mark.parametrize("path", ["empty.md", "missing.md", "."])
def test_nothing_to_read(fabula: Fabula, path: str) -> None:
    result = fabula("check", path)
    assert (result.code, result.out) == (2, "")
    assert "[T00" in result.err
    as_json = fabula("check", path, "--format", "json")
    assert as_json.code == 2
    assert json.loads(as_json.out)["unread"]


def test_assumptions_are_listed(fabula: Fabula) -> None:
    assert "  Navajas has the lamp. (event 2)" in fabula("check", "good.md", "--assumptions").out


def test_run(fabula: Fabula) -> None:
    assert fabula("run", "good.md").out.splitlines() == [
        "",
        "The mill",
        "",
        "   1  Navajas dies. [6.64]",
        "        It is so.",
        "   2  Navajas gives the lamp to Anna. [6.65]",
        "        It is so.",
    ]
    events = json.loads(fabula("run", "good.md", "--format", "json").out)["events"]
    assert events[0] == {
        "n": 1,
        "scene": "The mill",
        "text": "Navajas dies.",
        "action": "die",
        "arguments": {},
        "sources": ["6.64"],
        "file": "good.md",
        "line": 3,
        "status": "happens",
        "changes": ["It is so."],
    }


def test_state(fabula: Fabula) -> None:
    result = fabula("state", "good.md", "--after", "6.30", "--as", "Bucho", "El")
    assert result.out.splitlines() == ["after 6.30", "as Bucho", "as El"]
    assert fabula("state", "good.md", "--about", "El", "--as", "El").out.splitlines() == ["as El"]
    lost = fabula("state", "good.md", "--as", "Nobody")
    assert (lost.code, lost.err) == (2, 'Error: nobody is called "Nobody"\n')


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("x.md --as A B", "x.md --as A --as B"),
        ("--as A B x.md", "--as A --as B x.md"),
        ("--as A x.md", "--as A x.md"),
        ("--as A B --after 3 x.md", "--as A --as B --after 3 x.md"),
        ("x.md --as A --as B --about C", "x.md --as A --as B --about C"),
        ("x.md --as", "x.md --as"),
    ],
)
def test_several_names(given: str, expected: str) -> None:
    assert spread(given.split(), "--as", WITH_VALUE) == expected.split()


def test_words_and_pages(fabula: Fabula) -> None:
    assert "  X gives Y to Z\n      It is for things." in fabula("words", "good.md").out
    assert fabula("explain", "p101").out.startswith(
        "# P101 acts-after-death\n\nThe dead do nothing."
    )
    assert fabula("explain", "unknown-verb").out.startswith("# T201 ")
    lost = fabula("explain", "unknown-verbs")
    assert lost.code == 2
    assert "did you mean unknown-verb" in lost.err
    assert "T001" in fabula("explain").out


def test_new_never_overwrites(fabula: Fabula, tmp_path: Path) -> None:
    assert fabula("new", "my-story").code == 0
    text = (tmp_path / "my-story.md").read_text(encoding="utf-8")
    assert text.startswith("# My story\n")
    (tmp_path / "my-story.md").write_text("mine")
    again = fabula("new", "my-story")
    assert (again.code, again.err) == (2, "Error: my-story.md is there already\n")
    assert (tmp_path / "my-story.md").read_text() == "mine"
    assert fabula("new", "no/such/folder").code == 2
    assert not list(tmp_path.glob(".fabula-*"))


def test_faults_of_its_own_are_one_line(fabula: Fabula, monkeypatch: pytest.MonkeyPatch) -> None:
    result = fabula("check", "crash.md")
    assert (result.code, result.out) == (2, "")
    assert result.err.count("\n") == 1
    assert "ZeroDivisionError: no way" in result.err
    monkeypatch.setenv("FABULA_DEBUG", "1")
    from fabula.cli import main

    with pytest.raises(ZeroDivisionError):
        main(["check", "crash.md"])


@pytest.mark.parametrize("verb", VERBS)
def test_help_has_examples_and_exit_codes(fabula: Fabula, verb: str) -> None:
    result = fabula(verb, "--help")
    assert result.code == 0
    assert "Examples:" in result.out
    assert "Exit code: 0" in result.out


@pytest.mark.parametrize("arguments", [["nosuchverb"], ["check"], ["check", "good.md", "--nosuch"]])
def test_wrong_use(fabula: Fabula, arguments: list[str]) -> None:
    assert fabula(*arguments).code == 2
