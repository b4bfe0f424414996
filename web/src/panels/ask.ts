// The Ask tab: questions to the story, answered with what each answer rests on.

import type { App } from "../app";
import type { FromServer } from "../protocol";
import { el } from "../dom";
import type { Panel } from "./index";
import { grounds, plural } from "./links";
import { Asked, completions, examples, sayList } from "./questions";

type Answer = Extract<FromServer, { type: "answer" }>;
interface Held { question: string; after: number | null; revision: number; item: HTMLElement }
const KEPT = "fabula.asked", FEW = 8, MOST_SHOWN = 100;
let lastId = 0;

export function askPanel(app: App): Panel {
  let names: string[] = [], story: string | null = null, visible = false;
  let asked = new Asked();
  const waiting = new Map<number, Held>(), stale: Held[] = [];

  const list = el("datalist", { attrs: { id: "ask-names" } });
  const input = el("input", { attrs: { type: "text", list: "ask-names", autocomplete: "off", spellcheck: "false", placeholder: "Ask the story a question", "aria-label": "Question", "aria-describedby": "ask-hint", enterkeyhint: "go" } });
  const send = el("button", { text: "Ask", attrs: { type: "submit" } });
  const box = el("input", { attrs: { type: "checkbox" } });
  const asOf = el("span", { text: "as of the chosen event" });
  const hint = el("p", { class: "quiet hint", text: "↑ and ↓ walk through what you asked before.", attrs: { id: "ask-hint" } });
  const form = el("form", { class: "ask-form" }, el("div", { class: "ask-line" }, input, send, list), el("label", { class: "as-of" }, box, asOf), hint);
  const suggested = el("div", { class: "examples", attrs: { role: "group", "aria-label": "Questions to begin with" } });
  const answers = el("ol", { class: "answers", attrs: { "aria-label": "Answers, the newest first" } });
  const live = el("p", { class: "visually-hidden", attrs: { role: "status" } });

  const ask = (question: string, after: number | null): void => {
    const plain = question.trim();
    if (plain === "") return;
    lastId += 1;
    asked.add(plain);
    keep();
    const item = el("li", { class: "answer waiting" }, el("p", { class: "question" }, plain, moment(after)), el("p", { class: "quiet", text: "…" }));
    answers.prepend(item);
    while (answers.children.length > MOST_SHOWN) answers.lastElementChild?.remove();
    waiting.set(lastId, { question: plain, after, revision: app.results.value?.revision ?? -1, item });
    app.send({ type: "ask", id: lastId, question: plain, after });
  };
  const keep = (): void => {
    if (story !== null) sessionStorage.setItem(`${KEPT}.${story}`, JSON.stringify(asked.all));
  };
  const chosen = (): number | null => (box.checked ? app.chosen.value : null);

  form.addEventListener("submit", (submitted) => {
    submitted.preventDefault();
    ask(input.value, chosen());
    input.value = "";
    list.replaceChildren();
  });
  input.addEventListener("input", () => {
    list.replaceChildren(...completions(input.value, names).map((text) => el("option", { attrs: { value: text } })));
  });
  input.addEventListener("keydown", (pressed) => {
    // While names are offered, the arrows belong to them.
    if (list.children.length > 0 && input.value !== "" && !asked.walking) return;
    const to = pressed.key === "ArrowUp" ? asked.back(input.value) : pressed.key === "ArrowDown" ? asked.on() : null;
    if (to === null) return;
    pressed.preventDefault();
    input.value = to;
    list.replaceChildren();
  });

  const show = (held: Held, message: Answer): void => {
    const { item } = held;
    item.className = "answer";
    const again = el("button", { class: "again quiet-button", text: "Ask again", attrs: { type: "button", "aria-label": `Ask again: ${held.question}` }, on: { click: () => ask(held.question, held.after) } });
    const head = el("p", { class: "question" }, held.question, moment(held.after), again);
    if (message.error !== undefined) {
      item.classList.add("failed");
      item.replaceChildren(head, el("p", { class: "unread" }, el("span", { class: "mark error", text: "?", attrs: { "aria-hidden": "true" } }), message.error));
      live.textContent = message.error;
      return;
    }
    const said = sayList(message.answer ?? "");
    const several = Array.isArray(message.answer) && message.answer.length > 1;
    item.classList.toggle("uncertain", message.certain === false);
    item.replaceChildren(head,
      el("p", { class: "said" }, message.certain === false ? el("span", { class: "maybe", text: "maybe" }) : null,
        several ? el("span", { class: "how-many quiet", text: `${(message.answer as string[]).length}: ` }) : null, said));
    if (message.certain === false) item.append(el("p", { class: "quiet", text: "The text leaves this open." }));
    const because = message.because ?? [];
    if (because.length) {
      item.append(el("details", { class: "rests" }, el("summary", { text: `It rests on ${plural(because.length, "sentence")}` }), grounds(app, because)));
      (item.lastElementChild as HTMLDetailsElement).open = because.length <= FEW;
    }
    live.textContent = `${message.certain === false ? "Maybe: " : ""}${said}`;
  };
  app.on("answer", (message) => {
    const held = waiting.get(message.id);
    if (!held) return;
    waiting.delete(message.id);
    show(held, message);
    stale.push(held);
    age();
  });

  // What was asked on a connection that is gone is never answered.
  app.on("hello", () => {
    for (const held of waiting.values()) show(held, { type: "answer", id: 0, question: held.question, error: "the connection was lost before an answer came: ask again" });
    waiting.clear();
  });

  // An answer belongs to the text that it was asked of.
  const age = (): void => {
    const revision = app.results.value?.revision ?? -1;
    for (let at = stale.length - 1; at >= 0; at -= 1) {
      const held = stale[at]!;
      if (held.revision === revision && held.item.isConnected) continue;
      held.item.classList.add("old");
      if (held.item.isConnected) held.item.querySelector(".question")?.append(el("span", { class: "badge", text: "the text has changed since" }));
      stale.splice(at, 1);
    }
  };

  const suggest = (): void => {
    const results = app.results.value;
    if (!results || !visible) return;
    suggested.replaceChildren(el("span", { class: "quiet", text: "Try" }), ...examples(results, names).map((question) =>
      el("button", { class: "example", text: question, attrs: { type: "button" }, on: { click: () => ask(question, chosen()) } })));
  };
  app.results.watch((results) => {
    if (!results) return;
    if (results.story !== story) {
      story = results.story;
      asked = new Asked(keptQuestions(story));
      answers.replaceChildren();
      waiting.clear();
      names = [];
    }
    if (results.words) names = [...new Set([...results.people, ...results.words.names].map(written))];
    age();
    suggest();
  });
  app.chosen.watch((n) => {
    box.disabled = n === null;
    asOf.textContent = n === null ? "as of the chosen event (none is chosen)" : `as of the chosen event, ${n}`;
  });
  return {
    content: el("div", { class: "ask-panel scroll" }, form, suggested, live, answers),
    show() {
      visible = true;
      suggest();
      app.send({ type: "look", tab: "ask" });
    },
    hide() { visible = false; },
  };
}

/** A name as it is written: words are told apart before an "'s", people do not write so. */
function written(name: string): string {
  return name.replace(/ (?=['’]s\b)/gu, "");
}

function moment(after: number | null): HTMLElement | null {
  return after === null ? null : el("span", { class: "badge", text: `as of event ${after}` });
}

function keptQuestions(story: string): string[] {
  try {
    const held: unknown = JSON.parse(sessionStorage.getItem(`${KEPT}.${story}`) ?? "[]");
    return Array.isArray(held) ? held.filter((one): one is string => typeof one === "string") : [];
  } catch {
    return [];
  }
}
