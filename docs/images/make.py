"""Makes the pictures of the README and the manual anew: what a reader sees there is what comes out."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import resvg_py
from playwright.sync_api import Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.page.pages import (  # noqa: E402
    ARGUMENTS,
    PATIENCE,
    STORIES,
    Served,
    browser_path,
    opened,
    show_file,
    write_behind,
)

import fabula  # noqa: E402
from fabula.draw.measure import FILES  # noqa: E402

HERE = Path(__file__).parent
WIDTHS = {"ways": 1500, "minds": 1200, "causes": 1320, "times": 1200}
FLAW = "Bucho kills Carolina."


def pictures() -> None:
    """Draw Desperado's four pictures."""
    run = fabula.read(STORIES / "desperado").run()
    for name, width in WIDTHS.items():
        picture = run.draw(name)
        data = resvg_py.svg_to_bytes(
            svg_string=picture.svg("light"),
            width=width,
            skip_system_fonts=True,
            font_files=[str(file) for file in FILES],
        )
        (HERE / f"{name}.png").write_bytes(bytes(data))


def pages() -> None:
    """Take pictures of the page."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        shutil.copytree(STORIES / "desperado", Path(folder) / "desperado")
        served = Served(Path(folder), "desperado")
        served.start()
        browser = playwright.chromium.launch(executable_path=browser_path(), args=list(ARGUMENTS))
        try:
            page = opened(browser, served)
            show_file(page, "03-carolina")
            write_behind(page, "Carolina gives the painkiller to El.", f"\n{FLAW}")
            expect(page.locator(".finding-head")).to_have_count(2, timeout=PATIENCE)
            _taken(page, "page")
            page.locator(".cm-content").focus()
            page.keyboard.press("ControlOrMeta+z")
            expect(page.locator(".finding-head")).to_have_count(1, timeout=PATIENCE)
            page.click("#tab-world")
            page.locator("#panel-world").get_by_role("slider").focus()
            page.keyboard.press("End")
            eyes = page.locator("#panel-world").get_by_role("combobox").first
            eyes.select_option(index=1)
            _taken(page, "page-world")
            page.click("#tab-findings")
            page.set_viewport_size({"width": 400, "height": 800})
            page.click(".sides button:has-text('Story')")
            _taken(page, "page-narrow")
            page.close()
        finally:
            browser.close()
            served.stop()


def _taken(page: Page, name: str) -> None:
    page.wait_for_timeout(1200)
    page.screenshot(path=str(HERE / f"{name}.png"))


if __name__ == "__main__":
    pictures()
    pages()
