"""The manual names every rule, and its example is what comes out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fabula.check.registry import RULES
from fabula.cli.main import cli

ROOT = Path(__file__).resolve().parents[3]
MANUAL = (ROOT / "docs" / "findings.md").read_text(encoding="utf-8")


def test_every_rule_is_in_the_table() -> None:
    rows = re.findall(r"^\| (\w\d{3}) \| ([a-z-]+) \|", MANUAL, flags=re.MULTILINE)
    assert rows == [(rule.code, rule.name) for rule in RULES]


def test_the_example_is_what_comes_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    cli.main(["check", "stories/broken/not-free.md"], prog_name="fabula", standalone_mode=False)
    shown = "\n".join(line[4:] for line in MANUAL.splitlines() if line.startswith("    "))
    assert capsys.readouterr().out.startswith(shown)
