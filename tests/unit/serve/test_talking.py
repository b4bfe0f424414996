"""Page and server over a real socket: opening, writing, looking, asking."""

from __future__ import annotations

import time
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.serve.serving import Served, served

GIFTS = "# Gifts\n\nAnna is a woman.\n"


def saved(path: Path, text: str, seconds: float = 3) -> None:
    """Wait until a file has a text."""
    end = time.monotonic() + seconds
    while path.read_bytes().decode() != text:
        assert time.monotonic() < end, path.read_bytes()
        time.sleep(0.02)


def test_a_story_is_opened_written_run_and_saved(server: Served, root: Path) -> None:
    with server.page() as page:
        assert [one["story"] for one in page.hello["stories"]] == ["gifts.md", "long"]
        assert page.hello["stories"][1] == {
            "story": "long",
            "title": "Long",
            "files": ["long/story.md", "long/01-more.md"],
        }
        page.open("gifts.md")
        assert page.texts == {"gifts.md": GIFTS}
        first = page.until("results")
        assert first["versions"] == {"gifts.md": 0}
        page.write("gifts.md", GIFTS + "Ben 😀 waits.\n")
        results = page.until("results")
        assert results["versions"] == {"gifts.md": 1}
        assert results["revision"] > first["revision"]
        assert results["events"][3]["text"] == "Ben 😀 waits."
        kept = page.until("saved")
        assert kept["version"] == 1
        saved(root / "gifts.md", GIFTS + "Ben 😀 waits.\n")


def test_what_a_page_shows_is_drawn_and_what_it_asks_is_answered(server: Served) -> None:
    with server.page() as page:
        page.open("long")
        page.say("look", tab="ways")
        assert page.until("picture")["as"] == "ways"
        page.write("long/story.md", "# Long\n\nOne.\n\n\n\n")
        page.until("results", versions={"long/story.md": 1, "long/01-more.md": 0})
        assert "<text>9</text>" in page.until("picture")["svg"]
        page.say("world", after=3, eyes=["Anna"])
        assert page.until("world")["facts"] == ["2 files"]
        page.say("ask", id=7, question="who?", after=None)
        answer = page.until("answer")
        assert (answer["id"], answer["answer"]) == (7, "WHO?")
        page.say("repairs", id="r", finding=0)
        assert page.until("repairs")["id"] == "r"


def test_repairs_are_given_up_when_the_text_changes(server: Served) -> None:
    with server.page() as page:
        page.open("gifts.md")
        page.until("results")
        page.say("repairs", id=1, finding=99)
        page.until("busy", what="looking for repairs")
        time.sleep(0.5)
        begun = time.monotonic()
        page.write("gifts.md", "Anna waits.\n")
        given_up = page.until("repairs")
        assert (given_up["id"], given_up["repairs"]) == (1, [])
        assert "changed" in given_up["error"]
        page.say("ask", id=2, question="and now?", after=None)
        assert page.until("answer")["answer"] == "AND NOW?"
        assert time.monotonic() - begun < 3
        page.say("repairs", id=3, finding=0, revision=1)
        assert page.until("repairs")["error"] == "the text has changed"


def test_texts_in_between_are_not_run(server: Served) -> None:
    with server.page() as page:
        page.open("gifts.md")
        page.until("results")
        for count in range(20):
            page.write("gifts.md", "please take long\n" + "x" * count)
        runs = 0
        while page.until("results")["versions"] != {"gifts.md": 20}:
            runs += 1
        assert runs < 6


def test_a_worker_that_dies_or_fails_is_told_and_the_next_text_is_run(server: Served) -> None:
    with server.page() as page:
        page.open("gifts.md")
        page.until("results")
        page.write("gifts.md", "please die\n")
        assert "died" in page.until("trouble")["message"]
        page.write("gifts.md", "please fail\n")
        assert "broken" in page.until("trouble")["message"]
        page.write("gifts.md", "all is well\n")
        assert page.until("results")["events"][0]["text"] == "all is well"


def test_a_page_that_missed_changes_is_refused_and_fetches_them(server: Served) -> None:
    with server.page() as one, server.page() as other:
        one.open("gifts.md")
        other.open("gifts.md")
        one.write("gifts.md", "Anna goes.\n")
        stale = {"clientID": "other", "changes": [[len(GIFTS), "x"]]}
        other.say("push", file="gifts.md", version=0, updates=[stale])
        assert other.until("refused")["version"] == 1
        other.say("pull", file="gifts.md", version=0)
        other.until("updates")
        assert other.texts == one.texts


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(st.booleans(), st.integers(0, 40), st.text("ab😀\n", max_size=4)), max_size=12
    )
)
def test_two_pages_come_to_the_same_text(
    server: Served, root: Path, edits: list[tuple[bool, int, str]]
) -> None:
    with server.page() as one, server.page() as other:
        for page in (one, other):
            page.open("gifts.md")
        pushed = 0
        for first, at, put in edits:
            page = one if first else other
            text = page.texts["gifts.md"]
            new = text[:at] + put + text[at + 1 :]
            if new != text:
                page.send("gifts.md", new)  # the other one has not read what came in between
                pushed += 1
        texts = []
        for page in (one, other):
            page.say("pull", file="gifts.md", version=page.versions["gifts.md"])
            page.say("ask", id="end", question="", after=None)
            page.until("answer")
            texts.append((page.versions["gifts.md"], page.texts["gifts.md"]))
        assert texts[0][1] == texts[1][1] or texts[0][0] != texts[1][0]
        top = max(texts)
        for page in (one, other):
            page.say("pull", file="gifts.md", version=page.versions["gifts.md"])
            page.until("updates")
            assert (page.versions["gifts.md"], page.texts["gifts.md"]) == top
        saved(root / "gifts.md", top[1])


def test_new_stories_are_made_and_opened(server: Served, root: Path) -> None:
    with server.page() as page:
        page.say("new", name="my story", template="small")
        assert "my story.md" in [one["story"] for one in page.until("stories")["stories"]]
        assert page.until("doc")["text"].startswith("# My story\n")
        page.say("new", name="film", template="desperado")
        assert page.until("story")["files"][0] == "film/story.md"
        page.say("new", name="Film", template="empty")
        assert "there already" in page.until("unmade")["message"]
        for name in ("../out", "a/b", "", ".hidden", "con", "nul.md", "a\0b", "accounts", "x" * 99):
            page.say("new", name=name, template="empty")
            assert page.until("unmade")["name"] == name
    assert sorted(path.name for path in root.iterdir()) == [
        "film",
        "gifts.md",
        "long",
        "my story.md",
    ]


def test_only_the_named_story_can_be_reached(root: Path, state: Path) -> None:
    with served(root, state, "gifts.md") as server, server.page() as page:
        assert page.hello["open"] == "gifts.md"
        assert [one["story"] for one in page.hello["stories"]] == ["gifts.md"]
        page.say("open", story="long")
        assert "no story" in page.until("trouble")["message"]
        page.say("pull", file="long/story.md", version=0)
        assert "only gifts.md" in page.until("trouble")["message"]
        page.say("new", name="other", template="empty")
        assert "serve the folder" in page.until("unmade")["message"]
