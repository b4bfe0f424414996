"""What the tests of the page share: one browser, and a server for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.page.pages import ARGUMENTS, STORIES, Served, browser_path


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = browser_path()
    if path is None:
        pytest.fail("the page is tested in Chromium: install it (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield made
        made.close()


@pytest.fixture
def desperado(tmp_path: Path) -> Iterator[Served]:
    shutil.copytree(STORIES / "desperado", tmp_path / "desperado")
    served = Served(tmp_path, "desperado")
    served.start()
    yield served
    served.stop()
