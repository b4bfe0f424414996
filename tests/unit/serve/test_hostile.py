"""Requests that nobody's own page sends: all are refused, and the server goes on."""

from __future__ import annotations

import contextlib
import json
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from websockets.exceptions import InvalidStatus

from fabula.serve.files import MOST_BYTES, Folder, RefusedError
from fabula.serve.handling import HANDLERS
from tests.unit.serve.serving import TOKEN, Page, Served, served


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    base = tmp_path_factory.mktemp("hostile")
    root, page = base / "stories", base / "page"
    (root / "accounts").mkdir(parents=True)
    (page / "assets").mkdir(parents=True)
    (base / "secret.md").write_text("secret\n")
    (root / "gifts.md").write_text("# Gifts\n")
    (root / "notes.txt").write_text("secret\n")
    (root / ".hidden.md").write_text("secret\n")
    (root / "accounts" / "ann.md").write_text("secret\n")
    (root / "out.md").symlink_to(base / "secret.md")
    (root / "away").symlink_to(base)
    (root / "binary.md").write_bytes(b"\xff\xfe\x00")
    (root / "large.md").write_bytes(b"x" * (MOST_BYTES + 1))
    (page / "index.html").write_text(
        '<meta name="csp-nonce" content="__NONCE__"><style nonce="__NONCE__"></style>'
    )
    (page / "assets" / "index-1.js").write_text("let a = 1;\n")
    (page / "assets" / "out.js").symlink_to(base / "secret.md")
    with served(root, base / "state", page=page) as found:
        yield found


def get(server: Served, path: str, **headers: str) -> httpx.Response:
    with httpx.Client(trust_env=False) as client:
        return client.get(server.url + path, headers=headers)


def test_the_page_is_served_with_its_nonce_and_strict_headers(server: Served) -> None:
    found = [get(server, f"/?token={TOKEN}") for _ in range(2)]
    assert [one.status_code for one in found] == [200, 200]
    nonces = [one.text.split('content="')[1].split('"')[0] for one in found]
    assert nonces[0] != nonces[1]
    policy = found[0].headers["content-security-policy"]
    assert f"style-src 'self' 'nonce-{nonces[0]}'" in policy
    for part in (
        "default-src 'none'",
        "script-src 'self';",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'none'",
    ):
        assert part in policy
    assert "unsafe" not in policy
    assert found[0].headers["x-content-type-options"] == "nosniff"
    assert found[0].headers["referrer-policy"] == "no-referrer"
    assert found[0].headers["cache-control"] == "no-store"
    assert found[0].headers["cross-origin-resource-policy"] == "same-origin"
    assert get(server, "/assets/index-1.js").headers["content-type"].startswith("text/javascript")
    assert ".paper" in get(server, "/assets/picture.css").text
    (font,) = set(
        re.findall(r"url\((FabulaSans-Regular.+?)\)", get(server, "/assets/picture.css").text)
    )
    assert get(server, f"/assets/{font}").headers["content-type"] == "font/ttf"


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "127.0.0.1", "127.0.0.1:1", "[::1]", ""]
)
def test_another_host_is_refused(server: Served, host: str) -> None:
    found = get(server, f"/?token={TOKEN}", Host=host)
    assert found.status_code in (400, 421)
    assert "nonce" not in found.text


def test_names_of_this_computer_are_taken(server: Served) -> None:
    for name in ("localhost", "127.0.0.1", "[::1]", "LOCALHOST"):
        assert get(server, f"/?token={TOKEN}", Host=f"{name}:{server.port}").status_code == 200


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "https://127.0.0.1:{port}", "http://127.0.0.1:1"]
)
def test_another_origin_is_refused(server: Served, origin: str) -> None:
    origin = origin.format(port=server.port)
    assert get(server, f"/?token={TOKEN}", Origin=origin).status_code == 403
    with pytest.raises(InvalidStatus) as refused:
        server.page(Origin=origin)
    assert refused.value.response.status_code == 403
    with server.page(Origin=server.url) as page:
        assert page.hello


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?token=",
        "?token=wrong",
        f"?token={TOKEN}x",
        f"?token={TOKEN}&token=x",
        f"?TOKEN={TOKEN}",
        "?token=%ff%00",
        "?" + "&".join(["a=b"] * 1000),
    ],
)
@pytest.mark.parametrize(
    "path", ["/", "/report/gifts.md", "/picture/gifts.md.svg", "/live", "/nothing"]
)
def test_without_the_token_nothing_is_given(server: Served, path: str, query: str) -> None:
    found = get(server, path + query)
    assert found.status_code == 403
    assert "Gifts" not in found.text


def test_without_the_token_there_is_no_socket(server: Served) -> None:
    for token in ("", "wrong", TOKEN[:-1]):
        with pytest.raises(InvalidStatus):
            Page(server.port, token)


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../index.html", "/assets/%2e%2e/index.html", "/assets/..%2findex.html", "/assets/%2e%2e%2f%2e%2e%2fsecret.md",
        "/assets//etc/passwd", "/assets/%2fetc%2fpasswd", "/assets/out.js", "/assets/..", "/assets/", "/assets/index-1.js%00", "/assets/..%5csecret.md",
        "/report/..", "/report/%2e%2e%2fsecret.md", "/report/../secret.md", "/report/out.md", "/report/away", "/report/.hidden.md", "/report/accounts",
        "/report/notes.txt", "/picture/out.md.svg", "/picture/..%2fsecret.md.svg", "/picture/gifts.md.exe", "/picture/gifts.md.svg?as=nothing",
    ],
)  # fmt: skip
def test_no_path_leads_out(server: Served, path: str) -> None:
    separator = "&" if "?" in path else "?"
    found = raw(
        server,
        f"GET {path}{separator}token={TOKEN} HTTP/1.1\r\nHost: {server.host}\r\nConnection: close\r\n\r\n",
    )
    assert found.split(b" ")[1] in (b"404", b"400", b"403"), found
    assert b"secret" not in found.split(b"\r\n\r\n", 1)[1]


def raw(server: Served, request: str) -> bytes:
    """What is answered to bytes as they are, which a client library would tidy up first."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as made:
        made.sendall(request.encode("latin-1"))
        found = b""
        while data := made.recv(65536):
            found += data
    return found


@pytest.mark.parametrize("how", ["Content-Length: 100000000", "Transfer-Encoding: chunked"])
@pytest.mark.parametrize("method", ["POST", "GET", "PUT"])
def test_a_large_body_is_refused_before_it_is_read(server: Served, how: str, method: str) -> None:
    if method == "GET" and how.startswith("Transfer"):
        return  # nobody reads it, and the answer ends the connection like any other
    request = f"{method} /?token={TOKEN} HTTP/1.1\r\nHost: {server.host}\r\n{how}\r\n\r\n"
    found = raw(server, request)  # answered, and closed, though nothing of the body was sent
    assert found.split(b" ")[1] in (b"405", b"413")


def test_two_hosts_and_no_http_are_refused(server: Served) -> None:
    twice = f"GET /?token={TOKEN} HTTP/1.1\r\nHost: {server.host}\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
    assert raw(server, twice).split(b" ")[1] in (b"400", b"421")
    assert raw(server, "\0\0\0 nonsense\r\n\r\n").split(b" ")[1] == b"400"


@pytest.mark.parametrize(
    "message",
    [
        "", "{", "[]", "7", "null", '"open"', "{}", '{"type": 7}', '{"type": "nothing"}', '{"type": "open"}', '{"type": "open", "story": 7}',
        '{"type": "open", "story": "../secret.md"}', '{"type": "open", "story": "out.md"}', '{"type": "open", "story": "away"}',
        '{"type": "open", "story": "/etc"}', '{"type": "open", "story": ""}', '{"type": "open", "story": "gifts.md/"}', '{"type": "open", "story": "\\ud800"}',
        '{"type": "pull", "file": "../secret.md", "version": 0}', '{"type": "pull", "file": "out.md", "version": 0}',
        '{"type": "pull", "file": "away/secret.md", "version": 0}', '{"type": "pull", "file": "/etc/passwd", "version": 0}',
        '{"type": "pull", "file": "C:\\\\secret.md", "version": 0}', '{"type": "pull", "file": "gifts.md\\u0000", "version": 0}',
        '{"type": "pull", "file": ".hidden.md", "version": 0}', '{"type": "pull", "file": "accounts/ann.md", "version": 0}',
        '{"type": "pull", "file": "notes.txt", "version": 0}', '{"type": "pull", "file": "binary.md", "version": 0}', '{"type": "pull", "file": "large.md", "version": 0}',
        '{"type": "pull", "file": "none.md", "version": 0}', '{"type": "pull", "file": "gifts.md", "version": -1}', '{"type": "pull", "file": "gifts.md", "version": 1e400}',
        '{"type": "pull", "file": "gifts.md", "version": true}', '{"type": "push", "file": "gifts.md", "version": 0, "updates": 7}',
        '{"type": "push", "file": "gifts.md", "version": 0, "updates": [{"clientID": "a", "changes": [99]}]}',
        '{"type": "push", "file": "gifts.md", "version": 0, "updates": [{"clientID": "", "changes": [8]}]}',
        '{"type": "push", "file": "gifts.md", "version": 0, "updates": [{"clientID": "a"}]}', '{"type": "push", "file": "gifts.md", "version": 0, "updates": [7]}',
        '{"type": "resume", "file": "gifts.md", "hash": 7, "text": "x"}', '{"type": "resume", "file": "gifts.md", "hash": "x", "text": "\\ud800"}',
        '{"type": "look", "tab": "nothing"}', '{"type": "look", "tab": "ways", "people": 7}', '{"type": "world", "after": 0}', '{"type": "ask", "id": 1, "question": "x"}',
        '{"type": "repairs", "id": 1, "finding": "x"}', '{"type": "settle", "file": "gifts.md", "choice": "both"}', '{"type": "new", "name": "x", "template": "other"}',
        '{"type": "open", "story": NaN}', "[" * 100_000, '{"type": "pull", "version": ' + "9" * 10_000 + "}",
    ],
)  # fmt: skip
def test_what_is_no_message_is_told_and_the_page_goes_on(server: Served, message: str) -> None:
    with server.page() as page:
        page.socket.send(message)
        told = page.until("trouble")["message"]
        assert told
        assert "Traceback" not in told
        assert "secret\n" not in told
        page.say("pull", file="gifts.md", version=0)
        while (answer := page.next())["type"] != "updates":
            assert answer["type"] in ("doc", "trouble")


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6) | st.sampled_from(["gifts.md", "gifts.md/..", "mine"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["clientID", "changes", "x"]), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
FIELDS = "story file version updates hash text client tab people start end fact eyes after id question finding revision choice name template".split()  # fmt: skip


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(sorted(HANDLERS)),
            st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=6),
        ),
        max_size=6,
    )
)
def test_whatever_is_said_the_server_goes_on(
    server: Served, said: list[tuple[str, dict[str, Any]]]
) -> None:
    with server.page() as page:
        for kind, fields in said:
            page.socket.send(json.dumps({**fields, "type": kind}))
        page.say("pull", file="gifts.md", version=0)
        while page.next()["type"] != "updates":
            pass


def test_bytes_are_no_message(server: Served) -> None:
    with server.page() as page:
        page.socket.send(b"\x00\xff")
        assert "not bytes" in page.until("trouble")["message"]


def test_sizes_have_limits_with_a_message(server: Served) -> None:
    with server.page() as page:
        page.socket.send(json.dumps({"type": "open", "story": "x" * 4_000_001}))
        assert "4 MB" in page.until("trouble")["message"]
        page.open("gifts.md")
        page.send("gifts.md", "y" * (MOST_BYTES + 1))
        assert page.until("doc")["text"] == "# Gifts\n"  # what is here is still what it was
        assert "2 MB" in page.until("trouble")["message"]
        page.say("resume", file="gifts.md", hash="", text="y" * (MOST_BYTES + 1))
        page.until("trouble")


def test_a_message_that_is_far_too_large_ends_its_socket_alone(server: Served) -> None:
    from websockets.exceptions import ConnectionClosed

    with server.page() as page:
        with contextlib.suppress(ConnectionClosed):
            page.socket.send("x" * 100_000_000)
        with pytest.raises(ConnectionClosed):
            page.until("trouble")
    with server.page() as other:
        assert other.hello


def test_a_story_that_cannot_be_read_is_shown_with_the_reason(server: Served) -> None:
    with server.page() as page:
        for story, reason in (("binary.md", "not UTF-8"), ("large.md", "larger than 2 MB")):
            page.say("open", story=story)
            assert reason in page.until("doc")["readonly"]


def test_names_of_files_are_only_names_of_files(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("A.")
    folder = Folder(tmp_path)
    assert folder.path_of("a.md") == tmp_path.resolve() / "a.md"
    for name in (
        "",
        ".",
        "..",
        "a.md/..",
        "./a.md",
        "a//b.md",
        "a/b/c.md",
        "a.md ",
        "a.md:stream",
        "~/a.md",
        "\\\\host\\a.md",
        "C:a.md",
        "a\nb.md",
        "x" * 401,
        "a.MD.",
        "a.txt",
    ):
        if name == "~/a.md":  # no home is looked up: it is a folder called ~
            assert folder.path_of(name) == tmp_path.resolve() / "~" / "a.md"
            continue
        with pytest.raises(RefusedError):
            folder.path_of(name)
