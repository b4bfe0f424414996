"""Repairs: acts that mend a finding, held against running and checking the story again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import fabula
from fabula.cli.main import cli

ROOT = Path(__file__).resolve().parents[3]
BROKEN = ROOT / "stories" / "broken"
MENDED = {
    "elsewhere": "The keeper goes to the village.",
    "not-free": "The courier ",
    "own-condition": "The hunter loads the rifle.",
    "out-of-sight": "open",
    "no-way": "unlock",
    "not-at-hand": "the necklace",
    "cannot-know": "tells the mate that the pearl is in the barrel",
    "tells-unknown": "tells the clerk that the banker is dead",
    "leaked-secret": "tells the aunt that Edward is engaged to Lucy",
    "names-stranger": "The groom tells the innkeeper that Fox is Diego.",
    "contradicted-fact": "the ferry.",
}
# what no act mends, and what could be told otherwise
OTHERWISE = {
    "acts-after-death": (
        'tell "The widow signs the contract." instead',
        'tell "The captain shoots the miller with the pistol." instead of event 3',
    ),
    "against-knowledge": ("let it come before event 3",),
    "contradicted-span": ("let it come after event 5",),
    "contradicted-time-word": ("let it come before event 4",),
}


def codes(path: Path) -> list[str]:
    """What is found in a story."""
    return [finding.code for finding in fabula.read(path).run().check().findings]


@pytest.mark.parametrize("name", MENDED)
def test_fix_writes_what_mends_it(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / f"{name}.md"
    shutil.copy(BROKEN / path.name, path)
    before = path.read_text(encoding="utf-8")
    (code,) = codes(path)
    cli.main(["check", str(path), "--fix"], prog_name="fabula", standalone_mode=False)
    shown = capsys.readouterr()
    after = path.read_text(encoding="utf-8")
    assert MENDED[name] in shown.out
    assert "tell before it: " in shown.out
    assert f"<!-- proposed for {code}" in after
    assert codes(path) == []
    # nothing of the text is lost: only lines were put in
    lines = iter(after.splitlines())
    assert all(line in lines for line in before.splitlines())


def test_the_dead_stay_dead() -> None:
    run = fabula.read(BROKEN / "acts-after-death.md").run()
    (finding,) = run.check().findings
    assert run.repairs(finding) == []


@pytest.mark.parametrize("name", OTHERWISE)
def test_what_no_act_mends_could_be_told_otherwise(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is written beside the sentence, and changes nothing before the writer says so; a second time it is not."""
    path = tmp_path / f"{name}.md"
    shutil.copy(BROKEN / path.name, path)
    before = path.read_text(encoding="utf-8")
    (code,) = codes(path)
    for _ in range(2):
        cli.main(["check", str(path), "--fix"], prog_name="fabula", standalone_mode=False)
    shown = capsys.readouterr()
    ways = ", or ".join(OTHERWISE[name])
    assert f"fix: nothing that could happen before it mends it; {ways}" in shown.out
    comment = f" <!-- proposed for {code}: {ways} -->"
    assert path.read_text(encoding="utf-8").count(comment) == 1
    assert path.read_text(encoding="utf-8").replace(comment, "") == before
    assert codes(path) == [code]


@pytest.mark.parametrize("name", OTHERWISE)
def test_told_so_nothing_is_found(name: str, tmp_path: Path) -> None:
    """Each of the ways is one: the text is changed by hand as it says."""
    text = (BROKEN / f"{name}.md").read_text(encoding="utf-8")
    path = tmp_path / f"{name}.md"
    run = fabula.read(BROKEN / f"{name}.md").run()
    (finding,) = run.check().findings
    found = run.rewordings(finding)
    assert len(found) == len(OTHERWISE[name])
    for one in found:
        lines = text.splitlines(keepends=True)
        if one.where == "instead":
            lines[one.at.line - 1] = f"{one.told}\n"
        else:
            moved = lines[one.at.line - 1]
            lines[one.at.line - 1] = ""
            lines.insert(one.place.line - (one.where == "before"), moved)
        path.write_text("".join(lines), encoding="utf-8")
        assert codes(path) == []


def test_whose_name_it_is_may_say_it_and_who_betrays_him_has_to_be_explained(
    tmp_path: Path,
) -> None:
    text = (BROKEN / "names-stranger.md").read_text(encoding="utf-8")
    path = tmp_path / "rider.md"
    path.write_text(text.replace("Only the groom knows", "Only Diego knows"), encoding="utf-8")
    for story, teller in ((path, "Diego"), (BROKEN / "names-stranger.md", "The groom")):
        run = fabula.read(story).run()
        (finding,) = run.check().findings
        found = run.repairs(finding)
        assert found
        assert all(one.plan.sentences[-1].startswith(f"{teller} tells") for one in found)
        assert all(one.unexplained == (teller != "Diego") for one in found)


def test_the_gap_in_desperado_has_two_repairs() -> None:
    run = fabula.read(ROOT / "stories" / "desperado").run()
    (finding,) = run.check().findings
    found = run.repairs(finding)
    assert len({repair.plan.sentences for repair in found}) == 2
    assert all(repair.behind is not None for repair in found)


def test_crlf_items_and_the_middle_of_a_line_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "story.md"
    text = (
        "The hall is a room. The yard is a yard. Tom is a man in the hall. Ann is a woman in the hall.\r\n"
        "\r\n# One\r\n\r\n- Tom goes to the hall. Ann goes to the yard. Tom hits Ann.\r\n- Ann waits.\r\n"
    )
    path.write_bytes(text.encode())
    assert codes(path) == ["P102"]
    cli.main(["check", str(path), "--fix"], prog_name="fabula", standalone_mode=False)
    after = path.read_bytes().decode()
    assert codes(path) == []
    assert "- Tom goes to the hall. Ann goes to the yard. " in after
    assert after.count("\r\n") == text.count("\r\n")
    assert after.count("\n") == after.count("\r\n")
