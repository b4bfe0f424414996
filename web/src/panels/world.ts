// The World tab: any moment of the story, as it is or as somebody takes it to be, and what each event changes.

import type { App } from "../app";
import type { Results, StoryEvent } from "../protocol";
import { el } from "../dom";
import { eyesChooser } from "./eyes";
import { Worlds, difference, filterFacts, groupFacts } from "./facts";
import type { Panel } from "./index";
import { goToEvent, plural } from "./links";
import { rangeAt, sceneRanges, sceneStep, type Range } from "./scenes";

const DEBOUNCE = 60;

export function worldPanel(app: App): Panel {
  let visible = false, moment = -1, touched = false, names: string[] = [], events: StoryEvent[] = [], ranges: Range[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting: string | null = null;
  const worlds = new Worlds(), failed = new Map<string, string>();

  const slider = el("input", { class: "slider", attrs: { type: "range", min: "0", max: "0", step: "1", "aria-label": "Moment of the story, by event" } });
  const button = (text: string, label: string, to: () => number): HTMLButtonElement =>
    el("button", { text, attrs: { type: "button", "aria-label": label, title: label }, on: { click: () => move(to()) } });
  const last = (): number => events[events.length - 1]?.n ?? 0;
  const earlier = button("‹", "Previous event", () => step(-1)), later = button("›", "Next event", () => step(1));
  const sceneBack = button("«", "Previous scene", () => sceneStep(ranges, moment, -1, last()));
  const sceneOn = button("»", "Next scene", () => sceneStep(ranges, moment, 1, last()));
  const where = el("p", { class: "moment-where quiet" });
  const sentence = el("button", { class: "link sentence", attrs: { type: "button" }, on: { click: () => { if (moment > 0) goToEvent(app, moment); } } });
  const search = el("input", { attrs: { type: "search", placeholder: "Search the facts", "aria-label": "Search the facts" } });
  const tally = el("p", { class: "quiet tally", attrs: { role: "status" } });
  const changes = el("div", { class: "changes" }), groups = el("div", { class: "groups" });
  const eyes = eyesChooser(() => { draw(); soon(); });

  const at = (n: number): number => events.findIndex((event) => event.n === n);
  const step = (way: 1 | -1): number => {
    const place = moment === 0 ? -1 : at(moment);
    return events[place + way]?.n ?? (way === -1 ? 0 : last());
  };
  const move = (to: number): void => {
    moment = to;
    touched = true;
    app.chosen.set(to === 0 ? null : to);
    place();
  };
  slider.addEventListener("input", () => move(Number(slider.value) === 0 ? 0 : events[Number(slider.value) - 1]?.n ?? 0));

  const place = (): void => {
    const index = moment === 0 ? 0 : at(moment) + 1;
    const event = events[index - 1];
    const scene = rangeAt(ranges, moment)?.scene.title ?? "";
    slider.max = String(events.length);
    slider.value = String(index);
    slider.setAttribute("aria-valuetext", event ? `Event ${event.n}: ${event.text}` : "Before the story begins");
    where.textContent = event ? `After event ${event.n} of ${last()}${scene ? ` · ${scene}` : ""}` : events.length ? `Before the first of ${plural(events.length, "event")}` : "No event is told yet";
    sentence.textContent = event ? event.text : "Before the story begins.";
    sentence.disabled = !event;
    earlier.disabled = sceneBack.disabled = index === 0;
    later.disabled = sceneOn.disabled = index >= events.length;
    draw();
    soon();
  };

  // Asked for when the hand rests, never for every event that it passes.
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(request, DEBOUNCE);
  };
  const request = (): void => {
    const results = app.results.value;
    if (!visible || !results || moment < 0) return;
    worlds.at(results.revision);
    const chain = [...eyes.chain()];
    // One at a time, the moment itself first: of several the server would answer the last only.
    if (waiting !== null) return;
    const wanted: [number, string[]][] = [[moment, chain]];
    if (moment > 0) wanted.push([step(-1), chain]);
    if (chain.length > 0) wanted.push([moment, []]);
    const next = wanted.find(([after, through]) => !worlds.get(after, through) && !failed.has(Worlds.key(after, through)));
    if (!next) return;
    waiting = Worlds.key(...next);
    app.send({ type: "world", after: next[0], eyes: next[1] });
  };

  const draw = (): void => {
    const results = app.results.value;
    if (!visible || !results || moment < 0) return;
    worlds.at(results.revision);
    const chain = eyes.chain(), facts = worlds.get(moment, chain);
    if (!facts) {
      const trouble = failed.get(Worlds.key(moment, chain));
      tally.textContent = trouble ?? "Looking…";
      groups.classList.toggle("waiting", trouble === undefined);
      if (trouble !== undefined) { groups.replaceChildren(); changes.replaceChildren(); }
      return;
    }
    groups.classList.remove("waiting");
    const changed = difference(moment > 0 ? worlds.get(step(-1), chain) : null, facts);
    const real = chain.length > 0 ? worlds.get(moment, []) : null;
    const only = real ? new Set(facts.filter(missing(real))) : new Set<string>();
    const shown = filterFacts(facts, search.value);
    changes.replaceChildren(...changeList(changed.fresh, filterFacts(changed.gone, search.value), shown, moment));
    groups.replaceChildren(...groupFacts(shown, results.people, names).map((group) =>
      el("section", { class: "group" }, el("h2", { text: group.about }), el("ul", {}, ...group.facts.map((fact) => factItem(fact, changed.fresh.has(fact), only.has(fact)))))));
    tally.textContent = (search.value.trim() === "" ? plural(facts.length, "fact") : `${shown.length} of ${plural(facts.length, "fact")}`)
      + (only.size ? `, ${only.size} only in this mind` : "") + ".";
  };

  search.addEventListener("input", draw);
  app.on("world", (message) => {
    const key = Worlds.key(message.after, message.eyes);
    if (waiting === key) waiting = null;
    if (message.error !== undefined) failed.set(key, message.error);
    else {
      failed.delete(key);
      worlds.at(app.results.value?.revision ?? -1).put(message.after, message.eyes, message.facts ?? []);
    }
    draw();
    request();
  });
  const take = (results: Results | null): void => {
    if (!results) return;
    waiting = null;
    failed.clear();
    events = [...results.events].sort((a, b) => a.n - b.n);
    ranges = sceneRanges(results);
    if (results.words) names = results.words.names;
    eyes.fill(results.people);
    // Nothing chosen is the end of the story: what came of it all.
    if (!touched) moment = app.chosen.value ?? last();
    if (moment !== 0 && at(moment) < 0) moment = last();
    place();
  };
  app.results.watch(take);
  app.on("hello", () => { waiting = null; });
  app.story.watch(() => { touched = false; });
  app.chosen.watch((n) => {
    if (n === null || n === moment || events.length === 0 || at(n) < 0) return;
    moment = n;
    touched = true;
    place();
  });

  return {
    content: el("div", { class: "world-panel" },
      el("div", { class: "world-head" },
        el("div", { class: "moment" }, sceneBack, earlier, slider, later, sceneOn),
        el("div", { class: "moment-said" }, where, sentence), eyes.content,
        el("div", { class: "seek" }, search, tally)),
      el("div", { class: "world-facts scroll", attrs: { tabindex: "0", role: "region", "aria-label": "Facts at this moment" } }, changes, groups)),
    show() {
      visible = true;
      app.send({ type: "look", tab: "world" });
      place();
    },
    hide() {
      visible = false;
      clearTimeout(timer);
    },
  };
}

function missing(facts: readonly string[]): (fact: string) => boolean {
  const held = new Set(facts);
  return (fact) => !held.has(fact);
}

function factItem(fact: string, fresh: boolean, only: boolean): HTMLElement {
  return el("li", { class: `fact${fresh ? " fresh" : ""}${only ? " only" : ""}` },
    fact, fresh ? el("span", { class: "badge new", text: "new" }) : null, only ? el("span", { class: "badge", text: "only in this mind" }) : null);
}

function changeList(fresh: ReadonlySet<string>, gone: readonly string[], shown: readonly string[], moment: number): HTMLElement[] {
  const now = shown.filter((fact) => fresh.has(fact));
  if (now.length + gone.length === 0) return [];
  return [el("h2", { text: `What event ${moment} changed` }), el("ul", { class: "change-list" },
    ...now.map((fact) => el("li", { class: "now" }, el("span", { class: "sign", text: "+", attrs: { "aria-label": "now" } }), fact)),
    ...gone.map((fact) => el("li", { class: "gone" }, el("span", { class: "sign", text: "−", attrs: { "aria-label": "no longer" } }), el("s", { text: fact }))))];
}
