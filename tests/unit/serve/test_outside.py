"""Files that somebody else changes, while pages have them open."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from tests.unit.serve.serving import Served, served


def test_a_change_outside_comes_to_everybody(server: Served, root: Path) -> None:
    with server.page() as one, server.page() as other:
        for page in (one, other):
            page.open("gifts.md")
        (root / "gifts.md").write_text("Somebody else.\n")
        for page in (one, other):
            page.until("updates")
            assert page.texts["gifts.md"] == "Somebody else.\n"
        assert (
            one.until("results", versions={"gifts.md": 1})["events"][0]["text"] == "Somebody else."
        )


def test_both_texts_are_shown_and_the_writer_chooses(server: Served, root: Path) -> None:
    path = root / "gifts.md"
    for choice, kept in (("mine", "Mine.\n"), ("theirs", "Theirs.\n")):
        with server.page() as page:
            page.open("gifts.md")
            page.send("gifts.md", "Mine.\n" if choice == "mine" else "Mine again.\n")
            page.until("updates")
            fresh = root / ".fresh"  # as an editor does: another file in its place
            fresh.write_text("Theirs.\n")
            fresh.replace(path)
            conflict = page.until("conflict")
            assert conflict["theirs"] == "Theirs.\n"
            assert conflict["mine"].startswith("Mine")
            assert path.read_text() == "Theirs.\n"
            page.say("settle", file="gifts.md", choice=choice)
            assert page.until("doc")["text"] == kept
            if choice == "mine":
                while page.until("saved")["version"] != page.versions["gifts.md"]:
                    pass
        assert path.read_text() == kept


def test_files_that_come_and_go_are_told(server: Served, root: Path) -> None:
    with server.page() as page:
        page.open("long")
        (root / "long" / "02-end.md").write_text("Three.\n")
        (root / "fresh.md").write_text("# Fresh\n")
        assert page.until("stories")["stories"][0]["story"] == "fresh.md"
        assert page.until("story")["files"][-1] == "long/02-end.md"
        assert page.until("doc")["text"] == "Three.\n"
        while "long/02-end.md" not in page.until("results")["versions"]:
            pass
        (root / "long" / "02-end.md").unlink()
        assert "removed" in page.until("trouble")["message"]


def test_a_file_that_may_only_be_read_says_so(root: Path, state: Path) -> None:
    if os.geteuid() == 0:
        return  # root may write anything
    (root / "gifts.md").chmod(0o444)
    with served(root, state) as server, server.page() as page:
        page.say("open", story="gifts.md")
        assert "only be read" in page.until("doc")["readonly"]
        page.send("gifts.md", "x")
        page.until("trouble")


def test_pictures_and_the_report_are_files_to_keep(server: Served) -> None:
    import httpx

    from tests.unit.serve.serving import TOKEN

    with httpx.Client(trust_env=False, base_url=server.url, params={"token": TOKEN}) as client:
        svg = client.get("/picture/gifts.md.svg", params={"as": "minds"})
        assert svg.status_code == 200
        assert "<desc>d</desc><style>" in svg.text
        assert svg.headers["content-disposition"].startswith(
            'attachment; filename="gifts-minds.svg"'
        )
        assert "sandbox" in svg.headers["content-security-policy"]
        assert "None None None None None" in svg.text
        chosen: dict[str, Any] = {
            "people": ["Ann", "Ben & Carl"],
            "start": 3,
            "end": 20,
            "fact": "It's so.",
            "eyes": "Ann",
        }
        held = client.get("/picture/gifts.md.svg", params={"as": "minds", **chosen})
        assert "['Ann', 'Ben & Carl'] 3 20 It's so. Ann" in held.text
        many = [f"{n}" for n in range(199)]
        assert "'198']" in client.get("/picture/gifts.md.svg", params={"people": many}).text
        for wrong in ({"start": "x"}, {"end": "-1"}, {"start": "9" * 30}, {"fact": "x" * 999}):
            assert client.get("/picture/gifts.md.svg", params=wrong).status_code == 400
        assert client.get("/picture/long.html").text.startswith("<!doctype html>")
        assert client.get("/picture/long.png").content.startswith(b"\x89PNG")
        report = client.get("/report/long")
        assert report.text.startswith("<!doctype html>")
        assert "Two." in report.text
        assert client.get("/").status_code == 503
        assert "npm" in client.get("/").text
