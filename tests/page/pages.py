"""A real server on a story of the test's own, and a browser that looks at it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

STORIES = Path(__file__).parents[2] / "stories"
SHOTS = os.environ.get("FABULA_SHOTS")
"""A folder for pictures of what the tests see, for people to look at."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
PATIENCE = 30_000.0  # milliseconds: other tests keep the machine busy


def browser_path() -> str | None:
    """The browser of this machine; nothing is downloaded."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


@dataclass(slots=True)
class Served:
    """`fabula serve` on a copy of a story."""

    folder: Path
    story: str
    process: subprocess.Popen[str] | None = None
    address: str = ""
    port: int = 0
    told: list[str] = field(default_factory=list)

    def start(self) -> None:
        """Start it; again with the port it had, as who starts it anew finds it."""
        state = self.folder / "of the user"
        state.mkdir(exist_ok=True)
        environment = {
            **os.environ,
            "HOME": str(state),
            "XDG_STATE_HOME": str(state),
            "XDG_DATA_HOME": str(state),
            "XDG_DOCUMENTS_DIR": str(state),
        }
        port = ["--port", str(self.port)] if self.port else []
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "fabula",
                "serve",
                str(self.folder / self.story),
                "--no-open",
                *port,
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment,
        )
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.told.append(line)
            found = re.search(r"http://\S+", line)
            if found is not None:
                self.address = found[0]
                self.port = int(re.search(r":(\d+)/", self.address)[1])  # type: ignore[index]
                return
        raise AssertionError(f"the server said nothing: {self.told}")

    def kill(self) -> None:
        """As a crash or a power cut would."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self._over()

    def stop(self) -> None:
        """End it, if it still runs."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self._over()

    def _over(self) -> None:
        assert self.process is not None
        assert self.process.stdout is not None
        self.process.wait(20)
        self.process.stdout.close()

    def text(self, file: str) -> str:
        """What the disk has."""
        return (self.folder / self.story / file).read_text(encoding="utf-8")


def opened(browser: Browser, served: Served, width: int = 1280, height: int = 800) -> Page:
    """A window on the story, with what was found in it."""
    page = browser.new_page(viewport={"width": width, "height": height})
    page.set_default_timeout(PATIENCE)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda told: faults.append(told.text) if told.type == "error" else None)
    page.faults = faults  # type: ignore[attr-defined]
    page.goto(served.address)
    page.wait_for_selector(".panel-findings .summary:has-text('event')", state="attached")
    return page


def faults_of(page: Page) -> list[str]:
    """Errors in the page, but for those of a server that was killed on purpose."""
    found: list[str] = page.faults  # type: ignore[attr-defined]
    return [one for one in found if "WebSocket" not in one and "ERR_CONNECTION" not in one]


def show_file(page: Page, name: str) -> None:
    """Turn to a file of the story."""
    file = page.locator(f".file[title*='{name}']")
    file.click()
    expect(file).to_have_attribute("aria-pressed", "true")


def write_behind(page: Page, line: str, text: str) -> None:
    """Put the cursor at the end of a line and type."""
    page.locator(".cm-line", has_text=line).first.click()
    page.keyboard.press("End")
    page.keyboard.type(text)


def until(page: Page, so: Callable[[], bool]) -> None:
    """Wait for something that the page itself does not show."""
    for _ in range(300):
        if so():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it did not come to be")


def shot(page: Page, name: str) -> None:
    """A picture of the window, where somebody wants to look at it."""
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"))
