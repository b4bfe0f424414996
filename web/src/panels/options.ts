// What a picture shows, chosen in a compact bar: people, scenes, a fact, and whose eyes.

import type { PictureName, Results } from "../protocol";
import { el } from "../dom";
import { sceneRanges, type Range } from "./scenes";

export interface Choice { people: string[]; start: number | null; end: number | null; fact: string | null; eyes: string | null }
export const EVERYTHING: Choice = { people: [], start: null, end: null, fact: null, eyes: null };

/** A choice without what the story no longer has. */
export function stillThere(choice: Choice, results: Pick<Results, "people" | "facts_known" | "events">): Choice {
  const last = results.events.length ? Math.max(...results.events.map((event) => event.n)) : 0;
  const inside = (n: number | null): number | null => (n !== null && n <= last ? n : null);
  return {
    people: choice.people.filter((name) => results.people.includes(name)),
    start: inside(choice.start),
    end: choice.end !== null && choice.end <= last ? choice.end : null,
    fact: choice.fact !== null && results.facts_known.includes(choice.fact) ? choice.fact : null,
    eyes: choice.eyes !== null && results.people.includes(choice.eyes) ? choice.eyes : null,
  };
}

/** A chosen scene as events: an end before the start is moved along, so that something is always shown. */
export function rangeOf(ranges: readonly Range[], from: number, to: number): { start: number | null; end: number | null } {
  const first = ranges[from], last = ranges[to < 0 ? ranges.length - 1 : Math.max(to, from)];
  return { start: from > 0 && first ? first.first : null, end: to >= 0 && to < ranges.length - 1 && last ? last.last : null };
}

export interface Bar { content: HTMLElement; fill(results: Results): void; facts(known: readonly string[]): void; choice(): Choice; clear(): void }

export function optionsBar(as: PictureName, changed: () => void): Bar {
  let choice: Choice = { ...EVERYTHING };
  let ranges: Range[] = [];
  let filledPeople = "", filledScenes = "", filledFacts = "";
  const set = (part: Partial<Choice>): void => {
    choice = { ...choice, ...part };
    said();
    changed();
  };

  const summary = el("summary", { text: "Everybody" });
  const names = el("div", { class: "names" });
  const everybody = el("button", { text: "Everybody", attrs: { type: "button" }, on: { click: () => { tick([]); set({ people: [] }); } } });
  const people = el("details", { class: "popover" }, summary, el("fieldset", {}, el("legend", { text: "People shown" }), everybody, names));
  people.addEventListener("keydown", (pressed) => {
    if (pressed.key !== "Escape" || !people.open) return;
    people.open = false;
    summary.focus();
    pressed.stopPropagation();
  });
  document.addEventListener("pointerdown", (down) => { if (people.open && !people.contains(down.target as Node)) people.open = false; });
  people.addEventListener("focusout", (left) => {
    if (left.relatedTarget instanceof Node && !people.contains(left.relatedTarget)) people.open = false;
  });
  const boxes = (): HTMLInputElement[] => [...names.querySelectorAll("input")];
  const tick = (chosen: readonly string[]): void => { for (const box of boxes()) box.checked = chosen.includes(box.value); };

  const picker = (label: string): HTMLSelectElement => el("select", { attrs: { "aria-label": label } });
  const from = picker("From scene"), to = picker("To scene"), fact = picker("One fact over time"), eyes = picker("Through the eyes of");
  const moved = (): void => {
    const first = from.selectedIndex;
    if (to.selectedIndex > 0 && to.selectedIndex - 1 < first) to.selectedIndex = first + 1;
    set(rangeOf(ranges, first, to.selectedIndex - 1));
  };
  from.addEventListener("change", moved);
  to.addEventListener("change", moved);
  fact.addEventListener("change", () => set({ fact: fact.value || null }));
  eyes.addEventListener("change", () => set({ eyes: eyes.value || null }));

  const said = (): void => {
    const [first, ...more] = choice.people;
    summary.textContent = first === undefined ? "Everybody" : more.length === 0 ? first : `${first} and ${more.length} more`;
    everybody.disabled = choice.people.length === 0;
  };
  const field = (name: string, control: HTMLElement, kind = ""): HTMLElement => el("label", { class: `option ${kind}` }, el("span", { class: "quiet", text: name }), control);
  const content = el("div", { class: "options", attrs: { role: "group", "aria-label": "What is shown" } },
    people, field("from", from), field("to", to),
    as === "minds" ? field("fact", fact, "wide") : null, as === "minds" ? field("through", eyes, "wide") : null);

  const fillSelect = (select: HTMLSelectElement, first: string | null, values: readonly { value: string; text: string }[], held: string): void => {
    select.replaceChildren(...(first === null ? [] : [new Option(first, "")]), ...values.map((one) => new Option(one.text, one.value)));
    select.value = held;
    if (select.selectedIndex < 0) select.selectedIndex = 0;
  };

  const facts = (known: readonly string[]): void => {
    const key = JSON.stringify(known);
    if (key === filledFacts) return;
    filledFacts = key;
    fillSelect(fact, "all of them", known.map((text) => ({ value: text, text })), choice.fact ?? "");
    fact.disabled = known.length === 0;
  };

  return {
    content,
    facts,
    choice: () => choice,
    clear() {
      choice = { ...EVERYTHING };
      filledPeople = filledScenes = filledFacts = "";
    },
    fill(results) {
      choice = stillThere(choice, results);
      const peopleKey = JSON.stringify(results.people);
      ranges = sceneRanges(results);
      const sceneKey = JSON.stringify(ranges.map((range) => [range.scene.title, range.first, range.last]));
      if (peopleKey !== filledPeople) {
        filledPeople = peopleKey;
        names.replaceChildren(...results.people.map((name) =>
          el("label", {}, el("input", { attrs: { type: "checkbox", value: name }, on: { change: () => set({ people: boxes().filter((box) => box.checked).map((box) => box.value) }) } }), name)));
        tick(choice.people);
        fillSelect(eyes, "everybody's own", results.people.map((name) => ({ value: name, text: `the eyes of ${name}` })), choice.eyes ?? "");
      }
      if (sceneKey !== filledScenes) {
        filledScenes = sceneKey;
        const titles = ranges.map((range, at) => ({ value: String(at), text: range.scene.title }));
        const start = choice.start, end = choice.end;
        const first = Math.max(0, ranges.findIndex((range) => start !== null && range.first <= start && start <= range.last));
        const last = ranges.findIndex((range) => end !== null && range.first <= end && end <= range.last);
        fillSelect(from, null, titles, String(first));
        fillSelect(to, "the end", titles, last < 0 ? "" : String(last));
        choice = { ...choice, ...rangeOf(ranges, first, last) };
      }
      facts(results.facts_known);
      said();
    },
  };
}
