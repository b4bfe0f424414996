// The scenes above the text: which one the writer is in, and, opened, all of them, to go to one.

import type { App } from "./app";
import { button, el } from "./dom";
import type { StoryEditor } from "./editor/editor";

export class Outline {
  readonly content: HTMLDetailsElement;
  private readonly summary = el("summary", { attrs: { title: "All scenes (F9)" } });
  private readonly list = el("ol", { class: "outline-list" });
  private readonly nav = el("nav", { attrs: { "aria-label": "Scenes" } }, this.list);
  private links: HTMLButtonElement[] = [];
  private titles: string[] = [];

  constructor() {
    this.content = el("details", { class: "outline", attrs: { hidden: "" } }, this.summary, this.nav);
    this.content.addEventListener("toggle", () => this.reveal());
  }

  follow(app: App, editor: StoryEditor): void {
    app.results.watch((results) => {
      const scenes = results?.scenes ?? [];
      const key = JSON.stringify(scenes);
      if (key !== this.drawn) {
        this.drawn = key;
        const focused = this.links.findIndex((link) => link === document.activeElement);
        this.titles = scenes.map((scene) => scene.title);
        this.links = scenes.map((scene) => button(scene.title, () => {
          this.content.open = false;
          editor.goTo(scene.file, scene.line, 1, 0);
        }, { class: "link", attrs: { tabindex: "-1" } }));
        this.list.replaceChildren(...this.links.map((link, at) => el("li", { class: `level-${Math.min(scenes[at]!.level, 3)}` }, link)));
        this.content.toggleAttribute("hidden", scenes.length === 0);
        this.links[focused]?.focus();
      }
      this.mark(editor.scene.value);
    });
    editor.scene.watch((at) => this.mark(at));
    editor.onScenes = () => this.start();
    this.content.addEventListener("keydown", (pressed) => this.key(pressed, editor));
    this.content.addEventListener("focusout", (left) => {
      if (left.relatedTarget instanceof Node && !this.content.contains(left.relatedTarget)) this.content.open = false;
    });
    document.addEventListener("pointerdown", (down) => {
      if (this.content.open && !this.content.contains(down.target as Node)) this.content.open = false;
    });
  }
  private drawn = "";

  /** Opens the list, with the scene that the writer is in under the hand. */
  private start(): void {
    if (this.links.length === 0) return;
    this.content.open = true;
    this.current()?.focus();
  }

  private current(): HTMLButtonElement | undefined {
    return this.links.find((link) => link.hasAttribute("aria-current")) ?? this.links[0];
  }

  private mark(at: number | null): void {
    this.links.forEach((link, place) => {
      link.tabIndex = place === (at ?? 0) ? 0 : -1;
      if (place === at) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    });
    const title = at === null ? undefined : this.titles[at];
    this.summary.replaceChildren(el("span", { class: "quiet", text: title === undefined ? "Scenes" : "Scene " }),
      ...(title === undefined ? [] : [el("span", { class: "here", text: title }), el("span", { class: "quiet count", text: `${at! + 1} of ${this.titles.length}` })]));
    this.reveal();
  }

  private reveal(): void {
    if (this.content.open) this.current()?.scrollIntoView({ block: "nearest" });
  }

  private key(pressed: KeyboardEvent, editor: StoryEditor): void {
    if (pressed.key === "Escape" && this.content.open) {
      const inside = this.nav.contains(document.activeElement);
      this.content.open = false;
      if (inside) editor.focus();
      pressed.preventDefault();
      return;
    }
    const at = this.links.indexOf(document.activeElement as HTMLButtonElement);
    if (at < 0 && !(pressed.key === "ArrowDown" && this.content.open)) return;
    const to: Partial<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: this.links.length - 1 };
    const next = to[pressed.key];
    if (next === undefined) return;
    pressed.preventDefault();
    (at < 0 ? this.current() : this.links[Math.max(0, Math.min(this.links.length - 1, next))])?.focus();
  }
}
