"""Whatever a user hands in: a message with its place, exit code 2, no traceback, soon, and the rest is still read."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from fabula.cli import main

WORLD = """\
Anna is a woman. Ben is a man. The inn is an inn. The mill is a mill.
Anna is in the inn. Ben is in the inn. The lamp is a lamp. Anna has it.

# One

"""
TWO_MEN = """\
Carl is a man. David is a man. The inn is an inn. Carl is in the inn. David is in the inn.
Anna is a woman in the inn.

# One

"""
GERMAN = "Der alte Mann ging langsam durch den Wald und dachte an die Tage seiner Kindheit. War das sein Haus? "
OPPOSED = """\
A person can be glorbed.

To glorb: X glorbs.
needs: X is a person.
then: X is glorbed.
It is for one.

To glorb: X glorbs.
needs: X is a person.
then: X is not glorbed.
It is for the other.

"""
ENDLESS = """\
A person can be glorbed. A person can be merry. A person is usually not merry.

When X is glorbed, X is not merry: X is merry.

When X is glorbed, X is merry: X is not merry.

To glorb: X glorbs.
needs: X is a person.
then: X is glorbed.
It is for this.

"""

# what stands in the file, the code of a problem of it, its line and column, and how many events are read all the same
FILES: dict[str, tuple[bytes | str, str, int, int, int]] = {
    "empty": ("", "T002", 1, 1, 0),
    "blank": (" \n\n\t\n", "T002", 1, 1, 0),
    "binary": (bytes(range(128, 256)) * 40, "T003", 1, 1, 0),
    "utf-16": ((WORLD + "Anna waits.").encode("utf-16"), "T003", 1, 1, 0),
    "unknown verb": (WORLD + "Anna frobnicates the lamp. Ben waits.", "T201", 6, 6, 1),
    "misspelt name": (WORLD + "Ana waits. Ben waits.", "T202", 6, 1, 1),
    "swapped letters": (WORLD + "Bne waits. Ben waits.", "T202", 6, 1, 1),
    "a thing that thinks": (
        WORLD + "The lamp believes that Anna is dead. Ben waits.",
        "T205",
        6,
        5,
        1,
    ),
    "a thing that wants": (WORLD + "The lamp wants Anna dead. Ben waits.", "T205", 6, 5, 1),
    "slip in a fence": (WORLD + "Ben waits.\n\n```fabula\ntype x y;\n```\n", "T501", 9, 8, 1),
    "formal notation": (WORLD + "Ben waits.\n\n```fabula\naction x() { };\n```\n", "T206", 9, 1, 1),
    "misspelt noun": (WORLD + "Anna takes the lantren. Ben waits.", "T203", 6, 16, 1),
    "unknown kind": ("A frob is a kind of blurb.\n" + WORLD + "Ben waits.", "T203", 1, 21, 1),
    "unknown adjective": (WORLD + "Anna is glorbic. Ben waits.", "T204", 6, 9, 1),
    "two candidates": (
        TWO_MEN + "Anna sees Carl and Anna sees David. He waits. Anna waits.",
        "T301",
        6,
        37,
        3,
    ),
    "rules that clash": (OPPOSED + WORLD + "Ben waits.", "T402", 8, 1, 1),
    "rules without end": (ENDLESS + WORLD + "Anna glorbs. Ben waits.", "T403", 3, 1, 0),
    "open front matter": ("---\ntitle: x\n\n" + WORLD + "Ben waits.", "T104", 1, 1, 1),
    "open fence": (WORLD + "Ben waits.\n\n```\nAnna waits.\n", "T104", 8, 1, 1),
    "open fence in a list": (
        WORLD + "Ben waits.\n\n- one\n\n  ~~~ text\n  Anna waits.\n",
        "T104",
        10,
        3,
        1,
    ),
    "unknown adjective like an adverb": (WORLD + "Anna is zorgly. Ben waits.", "T204", 6, 9, 1),
    "no subject": (WORLD + "Takes the lamp. Ben waits.", "T101", 6, 1, 1),
    "a second of a name": (WORLD + "Agent 8 waits. Ben waits.", "T101", 6, 7, 1),
    "carriage returns": (
        (WORLD + "Ben waits. Anna frobs.").replace("\n", "\r\n"),
        "T201",
        6,
        17,
        1,
    ),
    "tabs": (WORLD + "\tAnna\twaits. Anna frobs.", "T201", 6, 19, 1),
    "emoji": (WORLD + "Anna waits \N{GRINNING FACE}. Ben frobs.", "T201", 6, 19, 1),
}


def exit_code(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert isinstance(ended.value.code, int)
    return ended.value.code


@pytest.mark.parametrize("name", FILES)
def test_a_message_with_its_place(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, code, line, column, events = FILES[name]
    path = tmp_path / "story.md"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    assert exit_code("check", str(path), "--format", "json") == 2
    report = json.loads(capsys.readouterr().out)
    places = [(one["code"], one["line"], one["column"]) for one in report["unread"]]
    assert (code, line, column) in places
    assert report["events"] == events
    assert exit_code("check", str(path)) == 2
    said = capsys.readouterr().err
    assert f":{line}:{column}: " in said
    assert "Traceback" not in said
    assert "unexpected" not in said


SAID = {
    "no subject": (WORLD + "Takes the lamp.", "a name or noun was expected", "That Takes"),
    "open fence": (
        WORLD + "Ben waits.\n\n```\nAnna waits.\n",
        "this fence is not closed",
        "paragraph",
    ),
    "open front matter": (
        "---\ntitle: x\n\n" + WORLD,
        "this front matter is not closed",
        "paragraph",
    ),
    "adjective": (WORLD + "Anna is zorgly.", 'nothing says what "zorgly" means', "is the zorgly"),
}


@pytest.mark.parametrize("name", SAID)
def test_what_is_said_is_what_is_amiss(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, wanted, misleading = SAID[name]
    path = tmp_path / "story.md"
    path.write_text(text, encoding="utf-8")
    assert exit_code("check", str(path)) == 2
    said = capsys.readouterr().err
    assert wanted in said
    assert misleading not in said


OPPOSED_FACTS = {
    "two places": (WORLD + "Ben waits.", "Anna is in the mill.", 1),
    "two hands": (WORLD + "Ben waits.", "Ben has the lamp.", 1),
    "dead and alive": (WORLD + "Ben waits.", "Anna is dead. Anna is alive.", 1),
    "said more exactly": (
        WORLD + "Ben waits.",
        "The kitchen is a kitchen in the inn. Anna is in the kitchen.",
        0,
    ),
    "less exactly": (
        WORLD.replace(
            "Anna is in", "The kitchen is a kitchen in the inn. Anna is in the kitchen. Anna is in"
        ),
        "",
        0,
    ),
    "two moods in one breath": (WORLD + "Ben waits.", "Anna is sad. Anna is glad.", 1),
}


@pytest.mark.parametrize("name", OPPOSED_FACTS)
def test_facts_of_the_beginning_that_cannot_both_be(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, more, findings = OPPOSED_FACTS[name]
    path = tmp_path / "story.md"
    path.write_text(text.replace("Anna has it.", f"Anna has it. {more}"), encoding="utf-8")
    code = exit_code("check", str(path), "--format", "json")
    report = json.loads(capsys.readouterr().out)
    assert [one["code"] for one in report["findings"]] == ["C201"] * findings
    assert code == min(findings, 1)


GOOD = {
    "a name in capitals": WORLD + "ANNA takes the LAMP. BEN waits.",
    "marks of direction": WORLD + "\u202eAnna waits.\u202c Ben waits.",
    "front matter": "---\ntitle: The mill\n---\n\n" + WORLD + "Ben waits.",
    "carriage returns": (WORLD + "Ben waits.").replace("\n", "\r\n"),
    "byte order mark": "\N{ZERO WIDTH NO-BREAK SPACE}" + WORLD + "Ben waits.",
    "tabs": WORLD + "Ben\twaits.",
    "letters made of two": WORLD
    + "Rene\N{COMBINING ACUTE ACCENT}e is a woman in the inn.\n\nRen\u00e9e waits.",
}


@pytest.mark.parametrize("name", GOOD)
def test_what_is_no_fault_is_read(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "story.md"
    path.write_bytes(GOOD[name].encode())
    assert exit_code("check", str(path)) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "missing.md"),
        ("check", "."),
        ("check", "missing/"),
        ("run", "missing.md"),
        ("words", "missing.md"),
        ("state", "story.md", "--as", "Nobody"),
        ("state", "story.md", "--as", "Anna", "Nobody"),
        ("state", "story.md", "--after", "9.99"),
        ("state", "story.md", "--after", "77"),
        ("state", "story.md", "--about", "Zorro"),
        ("state", "story.md", "--as"),
        ("state", "story.md", "--as", "lamp"),
        ("state", "story.md", "--as", "Anna", "mill"),
        ("check", "lost.md"),
        ("check", "loop.md"),
        ("explain", "X999"),
        ("chekc", "story.md"),
    ],
)
def test_a_command_that_asks_for_what_is_not_there(
    arguments: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    Path("lost.md").symlink_to("nowhere.md")
    Path("loop.md").symlink_to("loop.md")
    Path("story.md").write_text(WORLD + "Ben waits.", encoding="utf-8")
    if arguments == ("check", "."):
        Path("story.md").unlink()
    assert exit_code(*arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err
    assert "unexpected" not in said.err
    assert f"did you mean {arguments[-1]}?" not in said.err


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to root"
)
def test_a_file_that_may_not_be_opened(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "story.md"
    path.write_text(WORLD, encoding="utf-8")
    path.chmod(0)
    assert exit_code("check", str(path)) == 2
    assert "[T006]" in capsys.readouterr().err


def test_one_bad_file_of_several(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "story.md").write_text(WORLD + "Ben waits.", encoding="utf-8")
    (tmp_path / "a.md").write_bytes(b"caf\xe9")
    (tmp_path / "b.md").symlink_to("nowhere.md")
    (tmp_path / "c.md").write_text("Anna waits.", encoding="utf-8")
    (tmp_path / "d.md").mkdir()
    assert exit_code("check", str(tmp_path), "--format", "json") == 2
    report = json.loads(capsys.readouterr().out)
    assert report["events"] == 2
    assert [(Path(one["file"]).name, one["code"]) for one in report["unread"]] == [
        ("a.md", "T003"),
        ("b.md", "T006"),
    ]


def test_ten_megabytes_of_another_language_end_soon(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "story.md"
    path.write_text((GERMAN * 10 + "\n\n") * 10_000, encoding="utf-8")
    start = time.process_time()
    assert exit_code("check", str(path)) == 2
    assert time.process_time() - start < 20
    said = capsys.readouterr().err
    assert said.count("\n") < 400
    assert "more sentences not tried" in said


def test_where_nothing_could_be_read_nothing_was_found_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "story.md"
    path.write_text("Blorp glorbs the froom.\n", encoding="utf-8")
    code = exit_code("check", str(path))
    out = capsys.readouterr().out
    assert code == 2
    assert "no findings" not in out
    assert "nothing could be read, so nothing was checked" in out
