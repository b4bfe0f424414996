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


def test_whose_name_it_is_may_say_it_and_who_would_betray_him_does_not(tmp_path: Path) -> None:
    text = (BROKEN / "names-stranger.md").read_text(encoding="utf-8")
    path = tmp_path / "rider.md"
    path.write_text(text.replace("Only the groom knows", "Only Diego knows"), encoding="utf-8")
    for story, mended in ((path, True), (BROKEN / "names-stranger.md", False)):
        run = fabula.read(story).run()
        (finding,) = run.check().findings
        found = run.repairs(finding)
        assert bool(found) == mended
        assert all(one.plan.sentences[-1].startswith("Diego tells") for one in found)


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
