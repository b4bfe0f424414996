"""Writing in the page: what is typed is found, mended, kept and shared."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from tests.page.pages import (
    PATIENCE,
    Served,
    faults_of,
    opened,
    shot,
    show_file,
    until,
    write_behind,
)

FOUND = ".finding-head .message"


def found(page: Page) -> list[str]:
    return page.locator(FOUND).all_inner_texts()


def saved(page: Page) -> None:
    expect(page.locator(".saving")).to_have_text("saved", timeout=PATIENCE)


def test_a_flaw_is_found_mended_and_undone(browser: Browser, desperado: Served) -> None:
    page = opened(browser, desperado)
    before = found(page)
    shot(page, "open")
    show_file(page, "03-carolina")
    write_behind(page, "Carolina gives the painkiller to El.", "\nBucho kills Carolina.")
    flaw = page.locator(FOUND, has_text="Carolina cannot leave the bookstore: Carolina is dead")
    expect(flaw).to_have_count(1, timeout=PATIENCE)
    assert len(found(page)) == len(before) + 1, "exactly the one finding comes of it"
    expect(page.locator(".event-number.impossible").first).to_be_visible()
    shot(page, "flaw")
    saved(page)
    assert "Bucho kills Carolina." in desperado.text("03-carolina.md")

    mend = page.locator(".finding", has=flaw).get_by_role(
        "button", name=re.compile("^Apply: take away event")
    )
    mend.first.click()
    expect(flaw).to_have_count(0, timeout=PATIENCE)
    assert found(page) == before
    saved(page)
    assert "Bucho kills Carolina." not in desperado.text("03-carolina.md")
    shot(page, "mended")

    page.keyboard.press("ControlOrMeta+z")  # one step back takes the whole of it back
    expect(flaw).to_have_count(1, timeout=PATIENCE)
    shot(page, "undone")
    page.keyboard.press("ControlOrMeta+z")
    page.keyboard.press("ControlOrMeta+z")
    assert not faults_of(page)


def test_what_would_mend_a_finding_is_looked_for(browser: Browser, desperado: Served) -> None:
    page = opened(browser, desperado)
    page.get_by_role("button", name="Find what would mend it").first.click()
    proposal = page.get_by_role("button", name=re.compile("^Apply: .*guards")).first
    expect(proposal).to_be_visible(timeout=2 * PATIENCE)
    shot(page, "repairs")
    proposal.click()
    expect(page.locator(FOUND)).to_have_count(0, timeout=PATIENCE)
    shot(page, "repaired")
    saved(page)


def test_a_finding_leads_to_its_place(browser: Browser, desperado: Served) -> None:
    page = opened(browser, desperado)
    page.locator(".finding-head").first.click()
    expect(page.locator(".file[title*='06-brothers']")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".chosen-sentence").first).to_be_visible()
    assert "hospital" in "".join(page.locator(".chosen-sentence").all_inner_texts())
    page.keyboard.press("F8")
    expect(page.locator(".cm-activeLine")).to_contain_text("hospital")
    shot(page, "finding-in-text")


def test_the_file_changes_outside(browser: Browser, desperado: Served) -> None:
    page = opened(browser, desperado)
    file = desperado.folder / "desperado" / "06-brothers.md"
    file.write_text(file.read_text(encoding="utf-8") + "\nEl smiles.\n", encoding="utf-8")
    show_file(page, "06-brothers")
    page.locator(".cm-content").click()
    page.keyboard.press("ControlOrMeta+End")
    expect(page.locator(".cm-line", has_text="El smiles.")).to_be_visible(timeout=PATIENCE)
    shot(page, "changed-outside")


def test_changed_outside_and_here_both_are_shown(browser: Browser, desperado: Served) -> None:
    page = opened(browser, desperado)
    show_file(page, "06-brothers")
    file = desperado.folder / "desperado" / "06-brothers.md"
    theirs = file.read_text(encoding="utf-8") + "\nEl smiles outside.\n"
    desperado.kill()  # nobody is there to tell the page while both change
    file.write_text(theirs, encoding="utf-8")
    page.locator(".cm-content").click()
    page.keyboard.press("ControlOrMeta+End")
    page.keyboard.type("\nEl smiles inside.")
    desperado.start()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible(timeout=PATIENCE)
    expect(dialog).to_contain_text("El smiles inside.")
    expect(dialog).to_contain_text("El smiles outside.")
    assert desperado.text("06-brothers.md") == theirs, "nothing is overwritten before the choice"
    shot(page, "conflict")
    page.get_by_role("button", name="Keep mine").click()
    until(page, lambda: "El smiles inside." in desperado.text("06-brothers.md"))
    assert "outside" not in desperado.text("06-brothers.md")


def test_the_server_is_killed_while_somebody_types(browser: Browser, desperado: Served) -> None:
    page = opened(browser, desperado)
    show_file(page, "06-brothers")
    page.locator(".cm-content").click()
    page.keyboard.press("ControlOrMeta+End")
    page.keyboard.type("\nEl smiles before.", delay=10)
    desperado.kill()
    page.keyboard.type("\nEl smiles meanwhile.", delay=10)
    expect(page.locator(".saving")).to_contain_text("not connected", timeout=PATIENCE)
    shot(page, "killed")
    desperado.start()
    page.keyboard.type("\nEl smiles after.", delay=10)
    until(page, lambda: "El smiles after." in desperado.text("06-brothers.md"))
    saved(page)
    text = desperado.text("06-brothers.md")
    assert [text.count(f"El smiles {when}.") for when in ("before", "meanwhile", "after")] == [
        1,
        1,
        1,
    ]
    shot(page, "come-back")


def test_the_browser_is_killed_while_the_server_is_away(
    browser: Browser, desperado: Served
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(desperado.address)
    page.wait_for_selector(".finding-head", timeout=PATIENCE)
    show_file(page, "06-brothers")
    desperado.kill()
    page.locator(".cm-content").click()
    page.keyboard.press("ControlOrMeta+End")
    page.keyboard.type("\nEl smiles alone.")
    page.wait_for_timeout(700)
    page.close()
    desperado.start()
    page = context.new_page()
    page.goto(desperado.address)
    page.wait_for_selector(".finding-head", timeout=PATIENCE)
    until(page, lambda: "El smiles alone." in desperado.text("06-brothers.md"))
    context.close()


def test_two_windows_on_one_file(browser: Browser, desperado: Served) -> None:
    one, other = opened(browser, desperado), opened(browser, desperado)
    for page in (one, other):
        show_file(page, "06-brothers")
        page.locator(".cm-content").click()
    one.keyboard.press("ControlOrMeta+End")
    other.keyboard.press("ControlOrMeta+Home")
    one.keyboard.type("\nEl smiles at the end.")
    other.keyboard.type("El smiles at the beginning.\n")
    for page in (one, other):
        saved(page)
    text = desperado.text("06-brothers.md")
    assert text.count("El smiles at the end.") == 1
    assert text.count("El smiles at the beginning.") == 1
    one.keyboard.press("ControlOrMeta+Home")
    expect(one.locator(".cm-line").first).to_have_text("El smiles at the beginning.")
    shot(one, "two-windows-one")
    shot(other, "two-windows-other")
    assert not faults_of(one)
    assert not faults_of(other)
