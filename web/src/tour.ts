// A short walk through the page for who is here for the first time; it can be left at any step.

import type { App } from "./app";
import { button, el } from "./dom";

interface Step { title: string; text: string; at: string }

const STEPS: readonly Step[] = [
  { title: "A story that runs", text: "One side is the text of a story, told in plain sentences. Every sentence is read and played: who is where, has what, knows and wants what.", at: ".text-side" },
  { title: "What cannot be", text: "Let somebody die and then act: in Desperado, type “Bucho kills Carolina.” somewhere in the middle. The line is underlined further on, and Findings says why. One click takes it back.", at: "#tab-findings" },
  { title: "See it", text: "Ways shows who goes where and meets whom; Minds who knows what, and since when; Causes what led to what; Times how it is told.", at: "#tab-ways" },
  { title: "Any moment, any eyes", text: "World shows what is so after any event, or what somebody takes to be so: Bucho, or what Bucho believes that El believes.", at: "#tab-world" },
  { title: "Ask", text: "“Why did Bucho kill Carolina?”, “Where is the guitar case?”, “Who knows that Navajas is dead?” Answers name the sentences they rest on.", at: "#tab-ask" },
  { title: "It is your file", text: "What you type is saved by itself, into plain Markdown. New … begins a story of your own. F8 goes from finding to finding.", at: ".bar" },
];

export class Tour {
  private card: HTMLElement | null = null;
  private at = 0;

  constructor(private readonly app: App) {}

  start(): void {
    this.at = 0;
    this.show();
  }

  private show(): void {
    this.end(false);
    const step = STEPS[this.at]!;
    document.querySelector(step.at)?.classList.add("toured");
    const last = this.at === STEPS.length - 1;
    const next = button(last ? "Done" : "Next", () => (last ? this.end(true) : this.go()), { class: "strong" });
    this.card = el("aside", { class: "tour", attrs: { "aria-label": "Tour", role: "region" }, on: {
      keydown: (event: KeyboardEvent) => { if (event.key === "Escape") this.end(true); },
    } },
      el("h2", { text: step.title }), el("p", { text: step.text, attrs: { "aria-live": "polite" } }),
      el("div", { class: "choices" },
        el("span", { class: "quiet", text: `${this.at + 1} of ${STEPS.length}` }),
        button("Skip", () => this.end(true)), next));
    document.body.append(this.card);
    next.focus();
  }

  private go(): void {
    this.at++;
    this.show();
  }

  private end(done: boolean): void {
    document.querySelector(".toured")?.classList.remove("toured");
    this.card?.remove();
    this.card = null;
    if (!done) return;
    localStorage.setItem("fabula.toured", "yes");
    this.app.text?.focus?.();
  }
}
