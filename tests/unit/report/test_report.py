"""The report of a story: what is in it, and that nothing of the text gets out of its place."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

import fabula
from fabula.cli import main
from fabula.report.page import report_of

STORY = """# Gifts & <script>alert(1)</script>

Anna is a woman. Ben is a man. The inn is a place. Anna is in the inn. Ben is in the inn.

The lamp is a thing. Anna has the lamp.

## Giving

Anna gives the lamp to Ben.

Anna gives the lamp to Ben. <!-- "><img src=x onerror=alert(1)> -->

> <b>a note</b>
"""


class Shape(HTMLParser):
    """Tags, ids, links, and whatever would be loaded."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loaded: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(given["id"] or "")
        if tag == "a":
            self.links.append(given.get("href") or "")
        elif "src" in given or (tag == "link" and "href" in given):
            self.loaded.append(tag)
        assert not any(name.startswith("on") for name in given)


def shape(page: str) -> Shape:
    found = Shape()
    found.feed(page)
    return found


def reported(path: Path, texts: dict[str, str] | None = None) -> str:
    story = fabula.read(path)
    run = story.run()
    return report_of(story, run, run.check(), texts)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("report") / "gifts.md"
    path.write_text(STORY)
    return reported(path)


def test_nothing_is_loaded_and_nothing_of_the_text_is_carried_out(page: str) -> None:
    found = shape(page)
    assert found.loaded == []
    assert found.tags.count("script") == 1
    assert "<b>a note" not in page
    assert "default-src 'none'" in unescape(page)
    assert not re.search(r"""(?:src|href)=["']https?:""", page)


def test_every_link_leads_somewhere_and_every_event_stands_once(page: str) -> None:
    found = shape(page)
    own = [ident for ident in found.ids if re.fullmatch(r"[ef]\d+", ident)]
    assert sorted(own) == ["e1", "e2", "f0"]
    assert {link for link in found.links if link[1:] not in found.ids} == set()


def test_the_finding_is_told_with_its_place_and_reason(page: str) -> None:
    assert "gifts.md, line 11" in page
    assert re.search(r"because: Anna gives the lamp to Ben\. .*event 1", page)
    assert '<mark class="error" data-finding="0"' in page
    assert "What would mend it" in page


def test_pictures_assumptions_and_minds_are_there(page: str) -> None:
    assert page.count('class="fabula-picture"') >= 2
    assert "Who knows what at the end" in page
    assert '<section data-person="Ben">' in page


def test_the_same_story_gives_the_same_bytes(tmp_path: Path) -> None:
    path = tmp_path / "gifts.md"
    path.write_text(STORY)
    assert reported(path) == reported(path)


def test_texts_that_are_not_saved_yet_are_shown(tmp_path: Path) -> None:
    path = tmp_path / "gifts.md"
    path.write_text(STORY)
    changed = STORY.replace("a note", "another note")
    assert "another note" in reported(path, {str(path): changed})


def test_the_command_writes_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "gifts.md").write_text(STORY)
    for arguments, code in (
        (["report", str(tmp_path / "gifts.md"), "-o", str(tmp_path / "r.html")], 0),
        (["report", str(tmp_path / "gifts.md"), "-o", str(tmp_path / "none" / "r.html")], 2),
        (["report", str(tmp_path / "none.md"), "-o", "-"], 2),
    ):
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert ended.value.code == code
    assert (tmp_path / "r.html").read_text().startswith("<!doctype html>")
    assert "cannot be written" in capsys.readouterr().err
