"""`fabula check --format json` of every story is what it was; `FABULA_GOLDEN=write pytest tests/golden` writes it anew."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from fabula.cli.main import cli

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(__file__).resolve().parent / "check"
STORIES = sorted(
    path.relative_to(ROOT / "stories")
    for path in [
        *(p.parent for p in (ROOT / "stories").glob("*/story.md")),
        *(ROOT / "stories" / "broken").glob("*.md"),
    ]
)


def needs_motives(story: Path) -> bool:
    """Whether a broken story says of itself that its finding takes a search."""
    path = ROOT / "stories" / story
    return path.is_file() and "with --motives" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("story", STORIES, ids=lambda path: path.as_posix())
def test_check(
    story: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    arguments = ["check", f"stories/{story.as_posix()}", "--format", "json"]
    if needs_motives(story):
        arguments.append("--motives")
    cli.main(arguments, prog_name="fabula", standalone_mode=False)
    found = json.loads(capsys.readouterr().out)
    golden = FOLDER / f"{story.with_suffix('').as_posix().replace('/', '-')}.json"
    text = json.dumps(found, indent=1, ensure_ascii=False) + "\n"
    if os.environ.get("FABULA_GOLDEN") == "write":
        FOLDER.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert golden.is_file(), "no golden file: FABULA_GOLDEN=write pytest tests/golden"
    assert text == golden.read_text(encoding="utf-8")


def test_every_golden_file_is_of_a_story() -> None:
    names = {path.with_suffix("").as_posix().replace("/", "-") for path in STORIES}
    assert {path.stem for path in FOLDER.glob("*.json")} == names
