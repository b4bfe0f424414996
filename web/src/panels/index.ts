// The right half of the page: seven tabs on one story, of which only the one shown is kept up to date.

import "./panels.css";
import type { App } from "../app";
import type { TabName } from "../protocol";
import { el } from "../dom";
import { askPanel } from "./ask";
import { findingsPanel } from "./findings";
import { picturePanel } from "./picture";
import { worldPanel } from "./world";

/** What a tab holds: its content, what is asked of the server when it is shown, and what it does when it is left. */
export interface Panel {
  readonly content: HTMLElement;
  show(): void;
  hide(): void;
}

const TABS: readonly { name: TabName; label: string; hint: string; make: (app: App) => Panel }[] = [
  { name: "findings", label: "Findings", hint: "What cannot be, and what would mend it", make: findingsPanel },
  { name: "ways", label: "Ways", hint: "Who is where, with whom", make: (app) => picturePanel(app, "ways") },
  { name: "minds", label: "Minds", hint: "Who knows what, and who is wrong", make: (app) => picturePanel(app, "minds") },
  { name: "causes", label: "Causes", hint: "What made each event possible", make: (app) => picturePanel(app, "causes") },
  { name: "times", label: "Times", hint: "Story time against the order of telling", make: (app) => picturePanel(app, "times") },
  { name: "world", label: "World", hint: "Any moment, through anybody's eyes", make: worldPanel },
  { name: "ask", label: "Ask", hint: "Questions to the story", make: askPanel },
];
const KEPT = "fabula.tab";

export function mountPanels(app: App, tablist: HTMLElement, panel: HTMLElement): void {
  tablist.setAttribute("role", "tablist");
  if (!tablist.hasAttribute("aria-label")) tablist.setAttribute("aria-label", "Views of the story");
  tablist.classList.add("panels-tabs");
  panel.classList.add("panels");
  const count = el("span", { class: "count" });
  count.hidden = true;
  const tabs = TABS.map(({ name, label, hint }) =>
    el("button", { class: "tab", attrs: { type: "button", role: "tab", id: `tab-${name}`, "aria-controls": `panel-${name}`, title: hint } },
      label, name === "findings" ? " " : null, name === "findings" ? count : null));
  const held = TABS.map((tab) => {
    const made = tab.make(app);
    const body = el("section", { class: `panel panel-${tab.name}`,
      attrs: { role: "tabpanel", id: `panel-${tab.name}`, "aria-labelledby": `tab-${tab.name}`, tabindex: "-1" } }, made.content);
    body.hidden = true;
    return { ...made, body };
  });
  tablist.replaceChildren(...tabs);
  panel.replaceChildren(...held.map((one) => one.body));

  let shown = -1;
  const choose = (at: number, focus: boolean): void => {
    if (at !== shown) {
      if (shown >= 0) { held[shown]!.body.hidden = true; held[shown]!.hide(); }
      shown = at;
      tabs.forEach((tab, place) => {
        tab.setAttribute("aria-selected", String(place === at));
        tab.tabIndex = place === at ? 0 : -1;
      });
      held[at]!.body.hidden = false;
      sessionStorage.setItem(KEPT, TABS[at]!.name);
      held[at]!.show();
      tabs[at]!.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
    if (focus) tabs[at]!.focus();
  };
  tabs.forEach((tab, at) => tab.addEventListener("click", () => choose(at, false)));
  tablist.addEventListener("keydown", (pressed) => {
    const last = tabs.length - 1;
    const to: Partial<Record<string, number>> = {
      ArrowRight: shown === last ? 0 : shown + 1, ArrowLeft: shown === 0 ? last : shown - 1, Home: 0, End: last,
    };
    const at = to[pressed.key];
    if (at === undefined) return;
    pressed.preventDefault();
    choose(at, true);
  });

  app.results.watch((results) => {
    const found = results?.findings.length ?? 0;
    const worst = results?.findings.some((one) => one.severity === "error") ? "error"
      : results?.findings.some((one) => one.severity === "warning") ? "warning" : "note";
    count.hidden = found === 0;
    count.textContent = String(found);
    count.className = `count ${worst}`;
  });
  // A server that was started anew knows nothing of what is looked at.
  app.on("story", () => held[shown]?.show());
  const kept = TABS.findIndex((tab) => tab.name === sessionStorage.getItem(KEPT));
  choose(kept < 0 ? 0 : kept, false);
}
