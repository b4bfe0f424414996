"""Looking at a story in the page: pictures, moments, eyes, questions; with a keyboard, on a small screen, by rule."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.page.pages import PATIENCE, Served, faults_of, opened, shot

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
TABS = ("findings", "ways", "minds", "causes", "times", "world", "ask")
PICTURES = ("ways", "minds", "causes", "times")


def turn_to(page: Page, tab: str) -> None:
    page.click(f"#tab-{tab}")
    expect(page.locator(f"#panel-{tab}")).to_be_visible()


def test_every_picture_is_drawn_and_an_event_chosen_in_it_is_chosen_everywhere(
    browser: Browser, desperado: Served
) -> None:
    page = opened(browser, desperado)
    for name in PICTURES:
        turn_to(page, name)
        picture = page.locator(f"#panel-{name} svg[aria-label]").first
        expect(picture).to_be_visible(timeout=PATIENCE)
        expect(picture).to_contain_text("Desperado")
        page.wait_for_timeout(200)
        shot(page, f"picture-{name}")
    turn_to(page, "causes")
    event = page.locator("#panel-causes [data-event]").first
    number = event.get_attribute("data-event")
    event.click()
    expect(page.locator(".chosen-sentence").first).to_be_visible(timeout=PATIENCE)
    turn_to(page, "world")
    expect(page.locator("#panel-world")).to_contain_text(f"event {number} ")
    shot(page, "chosen-everywhere")
    assert not faults_of(page)


def test_any_moment_through_anybodys_eyes(browser: Browser, desperado: Served) -> None:
    page = opened(browser, desperado)
    turn_to(page, "world")
    world = page.locator("#panel-world")
    slider = world.get_by_role("slider")
    expect(world).to_contain_text("Tavo is dead.", timeout=PATIENCE)
    slider.focus()
    page.keyboard.press("Home")
    expect(world).not_to_contain_text("Tavo is dead.", timeout=PATIENCE)
    page.keyboard.press("ArrowRight")
    expect(page.locator(".chosen-sentence").first).to_be_visible()
    page.keyboard.press("End")
    eyes = world.get_by_role("combobox").first
    eyes.select_option(
        label=next(
            label
            for label in eyes.locator("option").all_inner_texts()
            if "Boy" in label or "boy" in label
        )
    )
    expect(world).not_to_contain_text("Tavo is dead.", timeout=PATIENCE)
    shot(page, "eyes")


def test_questions_are_answered(browser: Browser, desperado: Served) -> None:
    page = opened(browser, desperado)
    turn_to(page, "ask")
    page.locator(
        "#panel-ask input[type=text], #panel-ask input[type=search], #panel-ask input:not([type])"
    ).first.fill("Who killed Tavo?")
    page.keyboard.press("Enter")
    expect(page.locator("#panel-ask .answer .said")).to_have_text(
        re.compile("El Mariachi"), timeout=2 * PATIENCE
    )
    page.locator("#panel-ask .rests").evaluate("rests => { rests.open = true }")
    page.locator("#panel-ask .rests button").first.click()
    expect(page.locator(".chosen-sentence").first).to_be_visible()
    shot(page, "asked")


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (400, 800)])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_keeps_the_rules_of_access(
    browser: Browser, desperado: Served, width: int, height: int, theme: str
) -> None:
    assert AXE.is_file(), "npm ci --prefix web"
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if theme == "dark" else "light",
        bypass_csp=True,  # axe is brought into the page, which the page's own rules forbid
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(desperado.address)
    page.wait_for_selector(".finding-head", state="attached")
    page.add_script_tag(path=str(AXE))
    if width < 700:
        _keeps(page, "text")
        page.click(".sides button:has-text('Story')")
    for tab in TABS:
        turn_to(page, tab)
        if tab in PICTURES:
            expect(page.locator(f"#panel-{tab} svg[aria-label]").first).to_be_visible()
        page.wait_for_timeout(150)
        shot(page, f"{tab}-{width}-{theme}")
        _keeps(page, tab)
    if width < 700:
        page.click(".sides button:has-text('Text')")
    page.locator(".cm-content").focus()
    page.keyboard.press("F9")
    expect(page.locator(".outline nav")).to_be_visible()
    shot(page, f"scenes-{width}-{theme}")
    _keeps(page, "scenes")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="New …").click()
    _keeps(page, "new")
    page.keyboard.type("another")
    page.keyboard.press("Enter")
    expect(page.locator("dialog .why")).not_to_be_empty()
    shot(page, f"refused-{width}-{theme}")
    _keeps(page, "refused")
    context.close()


def _keeps(page: Page, what: str) -> None:
    found = page.evaluate(
        "async () => (await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})).violations"
        ".map(v => ({id: v.id, help: v.help, nodes: v.nodes.slice(0, 3).map(n => n.html.slice(0, 200) + ' ' + (n.any[0] ? n.any[0].message : ''))}))"
    )
    assert not found, f"{what}: {json.dumps(found, indent=1)}"


def test_everything_is_reached_with_the_keyboard(browser: Browser, desperado: Served) -> None:
    page = opened(browser, desperado)
    page.locator("#tab-findings").focus()
    for name in TABS[1:]:
        page.keyboard.press("ArrowRight")
        expect(page.locator(f"#tab-{name}")).to_be_focused()
        expect(page.locator(f"#panel-{name}")).to_be_visible()
    page.keyboard.press("Home")
    expect(page.locator("#tab-findings")).to_be_focused()
    page.keyboard.press("Tab")
    reached = {page.evaluate("document.activeElement.className")}
    for _ in range(6):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.className"))
    assert any("finding" in one or "apply" in one or "link" in one for one in reached), reached


def test_who_is_here_for_the_first_time_is_shown_around(
    browser: Browser, desperado: Served
) -> None:
    page = opened(browser, desperado)
    page.get_by_role("button", name="Tour").click()
    tour = page.get_by_role("region", name="Tour")
    expect(tour).to_be_visible()
    shot(page, "tour")
    for _ in range(5):
        page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Done").click()
    expect(tour).to_have_count(0)
