"""Around text and pictures: the scenes, new stories, what is kept as a file, and a picture that nobody should trust."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Browser, Dialog, Page, WebSocketRoute, expect

import fabula
from tests.page.pages import (
    PATIENCE,
    STORIES,
    Served,
    faults_of,
    opened,
    shot,
    show_file,
    until,
    write_behind,
)

HERE = ".outline summary .here"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Served]:
    """A folder with one story in it."""
    shutil.copytree(STORIES / "wolf", tmp_path / "stories" / "wolf")
    served = Served(tmp_path, "stories")
    served.start()
    yield served
    served.stop()


def test_the_scene_is_named_and_follows_the_cursor(browser: Browser, desperado: Served) -> None:
    page = opened(browser, desperado)
    show_file(page, "02-the-bar")
    page.locator(".cm-line", has_text="The gunfight").first.click()
    expect(page.locator(HERE)).to_have_text("The gunfight")
    page.keyboard.press("ControlOrMeta+Home")
    first = page.locator(HERE).inner_text()
    page.keyboard.press("ControlOrMeta+End")
    expect(page.locator(HERE)).not_to_have_text(first)
    last = page.locator(HERE).inner_text()
    shot(page, "scene-named")

    page.keyboard.press("F9")
    here = page.locator('.outline [aria-current="location"]')
    expect(here).to_have_text(last)
    expect(here).to_be_focused()
    shot(page, "scenes")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    wanted = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    expect(page.locator(HERE)).to_have_text(wanted)
    expect(page.locator(".outline")).not_to_have_attribute("open", "")
    expect(page.locator(".cm-activeLine")).to_contain_text(wanted)

    page.keyboard.press("F9")
    page.keyboard.press("Escape")
    expect(page.locator(".cm-content")).to_be_focused()
    page.locator("#tab-causes").click()
    page.locator('#panel-causes [data-event="381"]').click()
    expect(page.locator(HERE)).to_have_text("The brothers", timeout=PATIENCE)
    assert not faults_of(page)


def test_a_scene_that_is_written_is_in_the_list(browser: Browser, desperado: Served) -> None:
    page = opened(browser, desperado)
    show_file(page, "06-brothers")
    page.locator(".cm-content").click()
    page.keyboard.press("ControlOrMeta+End")
    page.keyboard.type("\n\n# The last scene\n\nEl smiles.\n")
    expect(page.locator(HERE)).to_have_text("The last scene", timeout=PATIENCE)


def test_a_name_that_is_refused_stays_with_the_reason(browser: Browser, folder: Served) -> None:
    page = opened(browser, folder)
    page.get_by_role("button", name="New …").click()
    dialog = page.get_by_role("dialog")
    name = dialog.get_by_label("Its name")
    for wrong, why in (("Wolf", "there already"), ("a/b", "letters, digits")):
        name.fill(wrong)
        dialog.get_by_label("It begins with").select_option("empty")
        page.keyboard.press("Enter") if wrong == "a/b" else dialog.get_by_text("Begin").last.click()
        expect(dialog.get_by_role("alert")).to_contain_text(why)
        expect(name).to_have_value(wrong)
        expect(name).to_be_focused()
        expect(name).to_have_attribute("aria-invalid", "true")
        assert dialog.get_by_label("It begins with").input_value() == "empty"
    shot(page, "name-refused")
    name.press("End")
    name.type("c")
    expect(dialog.get_by_role("alert")).to_be_empty()
    name.fill("a new one")
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(page.locator(".cm-content")).to_contain_text("A new one")
    expect(page.locator(".trouble")).to_be_hidden()
    assert (folder.folder / "stories" / "a new one.md").is_file()
    assert not faults_of(page)


def test_an_empty_story_says_how_to_begin(browser: Browser, folder: Served) -> None:
    page = opened(browser, folder)
    page.get_by_role("button", name="New …").click()
    page.get_by_label("Its name").fill("mine")
    page.get_by_label("It begins with").select_option("empty")
    page.keyboard.press("Enter")
    steps = page.locator(".first-steps")
    expect(steps).to_be_visible(timeout=PATIENCE)
    shot(page, "empty")
    page.locator(".cm-content").click()
    page.keyboard.press("ControlOrMeta+End")
    for line in steps.locator("pre").inner_text().splitlines():
        page.keyboard.type(line)  # what it says can be read
        page.keyboard.press("Escape")
        page.keyboard.press("Enter")
    expect(page.locator(".panel-findings .summary")).to_have_text(
        re.compile("^Nothing found in 2 events, 2 people"), timeout=PATIENCE
    )
    expect(steps).to_be_hidden()
    page.click("#tab-minds")  # the facts to choose from are those of now, and not of the empty page
    expect(page.get_by_label("One fact over time")).to_be_enabled(timeout=PATIENCE)
    assert not faults_of(page)


def test_what_is_kept_is_what_is_shown(browser: Browser, desperado: Served) -> None:
    page = opened(browser, desperado)
    page.click("#tab-ways")
    panel = page.locator("#panel-ways")
    shown = panel.locator("svg[aria-label] [data-person]")
    expect(shown.first).to_be_visible(timeout=PATIENCE)
    everybody = shown.count()
    panel.locator("summary", has_text="Everybody").click()
    for name in ("Carolina", "Bucho"):
        panel.get_by_role("checkbox", name=name, exact=True).check()
    page.keyboard.press("Escape")
    panel.get_by_label("From scene").select_option(label="The fire")
    who = "svg => [...new Set([...svg.querySelectorAll('[data-person]')].map(e => e.dataset.person))].sort().join()"
    picture = panel.locator("svg[aria-label]").first
    until(page, lambda: picture.evaluate(who) == "Bucho,Carolina")
    expect(picture).not_to_contain_text("The gunfight")
    assert everybody > 2
    for kind in ("SVG", "HTML"):
        with page.expect_download() as loading:
            panel.get_by_role("link", name=kind, exact=True).click()
        text = Path(loading.value.path()).read_text(encoding="utf-8")
        assert set(re.findall('data-person="(.*?)"', text)) == {"Carolina", "Bucho"}
        assert "The fire" in text
        assert "The gunfight" not in text
    with page.expect_download() as loading:
        panel.get_by_role("link", name="PNG", exact=True).click()
    assert Path(loading.value.path()).read_bytes().startswith(b"\x89PNG")

    page.click("#tab-minds")
    minds = page.locator("#panel-minds")
    minds.get_by_label("One fact over time").select_option(index=1)
    minds.get_by_label("Through the eyes of").select_option("Bucho")
    expect(minds.locator("svg[aria-label] title", has_text="Bucho").first).to_be_attached(
        timeout=PATIENCE
    )
    with page.expect_download() as loading:
        minds.get_by_role("link", name="SVG", exact=True).click()
    root = ET.fromstring(Path(loading.value.path()).read_text(encoding="utf-8"))
    drawn = page.evaluate(
        "document.querySelector('#panel-minds svg[aria-label] desc')?.textContent"
    )
    assert root.findtext("{http://www.w3.org/2000/svg}desc") == drawn
    assert not faults_of(page)


LETTERS = """async () => {
  await document.fonts.ready;
  const off = [...document.querySelectorAll('text[textLength]')].map(text => {
    const meant = Number(text.getAttribute('textLength'));
    text.removeAttribute('textLength');
    return Math.abs(text.getComputedTextLength() - meant) / meant;
  });
  return [[...document.fonts].map(face => face.family + ' ' + face.status), Math.max(...off)];
}"""


@pytest.mark.parametrize("kind", ["svg", "html"])
def test_a_file_brings_its_letters_along(browser: Browser, tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"wolf.{kind}"
    picture = fabula.read(STORIES / "wolf").run().draw("ways")
    file.write_text(picture.svg() if kind == "svg" else picture.html(), encoding="utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())
    loaded, off = page.evaluate(LETTERS)
    assert set(loaded) == {"Fabula Sans loaded"} or set(loaded) == {'"Fabula Sans" loaded'}
    assert off < 0.04, "kerning alone makes words narrower than they were measured"
    page.close()


HOSTILE = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 400 200" width="400"
 height="200" class="fabula-picture" aria-label="Hostile" onload="hit('root')" style="background:url(http://evil.example/root.png)">
<script>hit('script')</script><script href="http://evil.example/x.js"/>
<style>@import url(http://evil.example/x.css); rect { fill: url(http://evil.example/fill.svg#a) }</style>
<foreignObject width="100" height="100"><body xmlns="http://www.w3.org/1999/xhtml"><img src="http://evil.example/i.png" onerror="hit('img')"/>
<iframe src="http://evil.example/f.html"/><form action="http://evil.example/"><input autofocus="" onfocus="hit('focus')"/></form></body></foreignObject>
<image href="http://evil.example/image.png" onload="hit('image')"/><use xlink:href="http://evil.example/use.svg#a"/>
<use href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' id='a' onload='hit(1)'/%3E#a"/>
<animate attributeName="href" values="javascript:hit('animate')" onbegin="hit('begin')"/><set attributeName="onclick" to="hit('set')"/>
<a href="javascript:hit('link')"><text class="bait" x="20" y="40" data-event="1" onclick="hit('click')" onmouseover="hit('over')">Ann goes.</text></a>
<a xlink:href="http://evil.example/away"><text class="bait" x="20" y="80">Ben stays.</text></a>
<rect x="20" y="100" width="90" height="40" style="fill:url(http://evil.example/s.svg#a)" fill="url(http://evil.example/p.svg#a)"
 filter="url(http://evil.example/f.svg#a)" cursor="url(http://evil.example/c.cur)" onfocus="hit('rect')" tabindex="0" class="bait"/>
<text x="20" y="180" font-family="x; src: url(http://evil.example/font)">&lt;img src=x onerror=hit('text')&gt;</text></svg>"""


def test_a_hostile_picture_does_nothing(browser: Browser, folder: Served) -> None:
    """What a story's text might one day smuggle into a picture neither runs nor loads, even without the policy of the page."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, bypass_csp=True)
    page: Page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.add_init_script("window.hits = []; window.hit = what => window.hits.push(String(what))")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    dialogs: list[str] = []

    def refuse(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", refuse)

    def through(route: WebSocketRoute) -> None:
        server = route.connect_to_server()

        def say(message: str | bytes) -> None:
            told = json.loads(message)
            if told["type"] == "picture":
                told["svg"] = HOSTILE
            route.send(json.dumps(told))

        server.on_message(say)

    page.route_web_socket(re.compile("/live"), through)
    page.goto(folder.address)
    page.wait_for_selector(".panel-findings .summary:has-text('event')", state="attached")
    page.click("#tab-ways")
    picture = page.locator("#panel-ways svg[aria-label='Hostile']")
    expect(picture).to_contain_text("Ann goes.")
    before = page.url
    for bait in picture.locator(".bait").all():
        bait.hover(force=True)
        bait.click(force=True)
        bait.focus()
    page.wait_for_timeout(500)
    shot(page, "hostile")
    assert page.evaluate("window.hits") == []
    assert not dialogs
    assert [url for url in asked if "evil.example" in url] == []
    assert page.url == before
    assert len(context.pages) == 1
    inside = picture.evaluate(
        "svg => [...svg.querySelectorAll('*'), svg].flatMap(e => [e.localName, ...[...e.attributes].map(a => a.name)])"
    )
    assert not {
        "script",
        "style",
        "foreignObject",
        "image",
        "animate",
        "set",
        "iframe",
        "img",
    } & set(inside)
    assert not [name for name in inside if name.startswith("on") or name == "filter"]
    assert "evil" not in picture.evaluate("svg => svg.outerHTML")
    context.close()


def test_saved_is_only_what_the_disk_has(browser: Browser, desperado: Served) -> None:
    page = opened(browser, desperado)
    show_file(page, "06-brothers")
    desperado.kill()
    write_behind(page, "Later, El and Carolina arrive at the hospital.", "\nEl smiles away.")
    expect(page.locator(".saving")).to_contain_text("not connected", timeout=PATIENCE)
    desperado.start()
    expect(page.locator(".saving")).to_have_text("saved", timeout=PATIENCE)
    assert "El smiles away." in desperado.text("06-brothers.md")
