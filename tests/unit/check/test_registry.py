"""Every rule is listed, complete and documented, and its examples are true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import fabula
import fabula.check
from fabula.check.registry import RULES, rule_of
from fabula.check.rule import Rule

FOLDER = Path(fabula.check.__file__).parent
BROKEN = Path(__file__).resolve().parents[3] / "stories" / "broken"


def codes(text: str, folder: Path, motives: bool = False) -> list[str]:
    """The codes of what is found in a story."""
    path = folder / "story.md"
    path.write_text(text, encoding="utf-8")
    story = fabula.read(path)
    assert not story.problems, [str(p) for p in story.problems]
    return [finding.code for finding in story.run().check(motives=motives).findings]


def test_every_file_of_a_rule_is_listed() -> None:
    files = {
        path.stem
        for path in FOLDER.glob("*.py")
        if "RULE = Rule(" in path.read_text(encoding="utf-8")
    }
    assert files == {rule.name.replace("-", "_") for rule in RULES}


def test_codes_and_names_are_unique_and_in_order() -> None:
    families = "PCKMLTA"
    order = [(families.index(rule.code[0]), rule.code) for rule in RULES]
    assert order == sorted(set(order))
    assert len({rule.name for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_is_complete(rule: Rule) -> None:
    assert re.fullmatch(r"[PCKMLTA]\d{3}", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    assert rule.severity in ("error", "warning", "note")
    assert "To answer it:" in rule.explanation or rule.severity == "note"
    assert rule.explanation.rstrip().endswith(".")
    assert rule.bad.strip() != rule.good.strip()
    assert rule_of(rule.code.lower()) is rule_of(rule.name) is rule


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_examples(rule: Rule, tmp_path: Path) -> None:
    assert codes(rule.bad, tmp_path, rule.on_request) == [rule.code]
    assert codes(rule.good, tmp_path, rule.on_request) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_finding_says_what_would_mend_it(rule: Rule, tmp_path: Path) -> None:
    path = tmp_path / "story.md"
    path.write_text(rule.bad, encoding="utf-8")
    (finding,) = fabula.read(path).run().check(motives=rule.on_request).findings
    assert finding.fix


def test_an_allowance_of_no_rule_is_told(tmp_path: Path) -> None:
    path = tmp_path / "story.md"
    path.write_text("Ann is a woman.\n\nAnn waits. [allow P999: why]\n", encoding="utf-8")
    (finding,) = fabula.read(path).run().check().findings
    assert finding.message == "no rule is called P999: nothing is silenced (why)"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_its_broken_story(rule: Rule, tmp_path: Path) -> None:
    text = (BROKEN / f"{rule.name}.md").read_text(encoding="utf-8")
    assert f"({rule.code})" in text
    assert codes(text, tmp_path, rule.on_request) == [rule.code]


def test_every_broken_story_is_of_a_rule() -> None:
    assert {path.stem for path in BROKEN.glob("*.md")} == {rule.name for rule in RULES}
