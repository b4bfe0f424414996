// What stands around text and story: the bar above, the outline, the files, and how the two sides share the room.

import type { App } from "./app";
import type { Connection } from "./connection";
import { conflictDialog, newDialog } from "./dialogs";
import { button, el } from "./dom";
import type { StoryEditor } from "./editor/editor";
import type { Files } from "./editor/files";
import { Outline } from "./outline";
import type { StoryEntry } from "./protocol";
import { Tour } from "./tour";

const SAVING = { saved: "saved", saving: "saving …", unconnected: "not connected: your words are kept here" } as const;
const THEMES = ["auto", "light", "dark"] as const;
const STEP = 2;
const LAST = "fabula.story";

/** What a file is called on the page: "desperado/02-the-bar.md" is "the bar", the number only orders the files. */
function fileTitle(file: string): string {
  const stem = file.slice(file.lastIndexOf("/") + 1).replace(/\.md$/, "");
  return stem.replace(/^\d+[-_ ]+(?=.)/, "").replace(/[-_]+/g, " ");
}

export class Shell {
  readonly text = el("div", { class: "text-body" });
  readonly tablist = el("div", { class: "tabs", attrs: { role: "tablist", "aria-label": "The story" } });
  readonly panel = el("div", { class: "panel-body" });
  private readonly stories = el("select", { class: "stories", attrs: { "aria-label": "Story" } });
  private readonly saving = el("output", { class: "saving", attrs: { "aria-live": "polite" } });
  private readonly busy = el("span", { class: "busy", attrs: { "aria-hidden": "true" } });
  private readonly trouble = el("div", { class: "trouble", attrs: { role: "alert", hidden: "" } });
  private readonly files = el("div", { class: "files", attrs: { role: "group", "aria-label": "Files of the story" } });
  private readonly outline = new Outline();
  private readonly tour: Tour;
  private readonly pictures = el("link", { attrs: { rel: "stylesheet" } });
  private known: StoryEntry[] = [];

  /** Shows a side where there is room for one only. */
  look: (side: "text" | "story") => void = () => {};

  constructor(private readonly root: HTMLElement, private readonly app: App, private readonly connection: Connection, private readonly token: string) {
    document.head.append(this.pictures);
    this.tour = new Tour(app);
    root.append(this.bar(), this.trouble, this.main());
    this.theme(localStorage.getItem("fabula.theme") ?? "auto");
    this.listen();
  }

  private bar(): HTMLElement {
    const theme = el("select", {
      class: "theme",
      attrs: { "aria-label": "Colours" },
      on: { change: () => this.theme(theme.value) },
    }, ...THEMES.map((name) => el("option", { text: name === "auto" ? "colours: auto" : name, attrs: { value: name } })));
    theme.value = localStorage.getItem("fabula.theme") ?? "auto";
    this.stories.addEventListener("change", () => this.app.send({ type: "open", story: this.stories.value }));
    const report = el("a", { class: "button", text: "Report", attrs: { href: "#", download: "", title: "The story, its findings and pictures as one file" } });
    this.app.story.watch((story) => {
      report.href = story === null ? "#" : `/report/${encodeURIComponent(story)}?token=${encodeURIComponent(this.token)}`;
      report.toggleAttribute("hidden", story === null);
      if (story !== null) this.stories.value = story;
    });
    return el("header", { class: "bar" },
      el("h1", { class: "mark", text: "Fabula" }),
      this.stories,
      button("New …", () => newDialog(this.app)),
      this.saving, this.busy,
      el("span", { class: "room" }),
      report, theme,
      button("Tour", () => this.tour.start(), { class: "tour-button", attrs: { title: "What is where" } }),
      this.sides());
  }

  /** Where there is room for one side only, which one. */
  private sides(): HTMLElement {
    const made = (["text", "story"] as const).map((side) => {
      const one = button(side === "text" ? "Text" : "Story", () => choose(side), { attrs: { "aria-pressed": "false" } });
      return { side, one };
    });
    const choose = (side: "text" | "story"): void => {
      this.root.dataset.side = side;
      for (const { side: its, one } of made) one.setAttribute("aria-pressed", String(its === side));
    };
    this.look = choose;
    choose("text");
    return el("div", { class: "sides", attrs: { role: "group", "aria-label": "Side" } }, ...made.map(({ one }) => one));
  }

  private main(): HTMLElement {
    const left = el("section", { class: "text-side", attrs: { "aria-label": "Text" } }, this.files, this.outline.content, this.text);
    const right = el("section", { class: "story-side", attrs: { "aria-label": "Story" } }, this.tablist, this.panel);
    const made = el("main", { class: "sides-by-side" }, left, this.splitter(), right);
    return made;
  }

  private splitter(): HTMLElement {
    const made = el("div", {
      class: "splitter",
      attrs: { role: "separator", "aria-orientation": "vertical", "aria-label": "Room for the text", tabindex: "0", "aria-valuemin": "20", "aria-valuemax": "80" },
    });
    const set = (share: number): void => {
      const held = Math.min(80, Math.max(20, share));
      this.root.style.setProperty("--share", `${held}%`);
      made.setAttribute("aria-valuenow", String(Math.round(held)));
      localStorage.setItem("fabula.share", String(held));
    };
    set(Number(localStorage.getItem("fabula.share") ?? 46));
    made.addEventListener("keydown", (event) => {
      const by = event.key === "ArrowLeft" ? -STEP : event.key === "ArrowRight" ? STEP : 0;
      if (!by) return;
      event.preventDefault();
      set(Number(made.getAttribute("aria-valuenow")) + by);
    });
    made.addEventListener("pointerdown", (event) => {
      made.setPointerCapture(event.pointerId);
      const move = (to: PointerEvent): void => set((100 * to.clientX) / window.innerWidth);
      made.addEventListener("pointermove", move);
      made.addEventListener("pointerup", () => made.removeEventListener("pointermove", move), { once: true });
    });
    return made;
  }

  private theme(name: string): void {
    if (name === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = name;
    localStorage.setItem("fabula.theme", name);
    this.pictures.href = `assets/picture.css?scheme=${encodeURIComponent(name)}`; // pictures are as the page is
  }

  private listen(): void {
    const stories = (list: StoryEntry[]): void => {
      this.known = list;
      this.stories.replaceChildren(...list.map((one) => el("option", { text: one.title || one.story, attrs: { value: one.story } })));
      if (this.app.story.value !== null) this.stories.value = this.app.story.value;
    };
    this.connection.on("hello", (message) => {
      stories(message.stories);
      const last = sessionStorage.getItem(LAST) ?? localStorage.getItem(LAST);
      const first = message.stories.find((one) => one.story === last) ?? message.stories[0];
      if (message.open === null && this.app.story.value === null && first) this.app.send({ type: "open", story: first.story });
      if (message.tour && localStorage.getItem("fabula.toured") === null) this.tour.start();
    });
    this.connection.on("stories", (message) => stories(message.stories));
    this.connection.on("busy", (message) => { this.busy.textContent = message.what === "looking for repairs" ? "looking for repairs …" : ""; });
    this.connection.on("results", () => { this.busy.textContent = ""; });
    this.connection.on("trouble", (message) => this.complain(message.message));
    this.app.story.watch((story) => {
      if (story !== null) for (const store of [sessionStorage, localStorage]) store.setItem(LAST, story); // this window's, and the newest
      const entry = this.known.find((one) => one.story === story);
      document.title = story === null ? "Fabula" : `${entry?.title || story} – Fabula`;
    });
  }

  private complain(message: string): void {
    this.trouble.replaceChildren(el("span", { text: message }), button("Close", () => this.trouble.setAttribute("hidden", "")));
    this.trouble.removeAttribute("hidden");
  }

  follow(editor: StoryEditor, files: Files): void {
    files.saving.watch((state) => {
      this.saving.textContent = SAVING[state];
      this.saving.dataset.state = state;
    });
    const draw = (): void => {
      const names = files.names();
      const faults = new Map<string, number>();
      for (const { file } of this.app.results.value?.findings ?? []) faults.set(file, (faults.get(file) ?? 0) + 1);
      this.files.toggleAttribute("hidden", names.length < 2);
      this.files.replaceChildren(...names.map((name) =>
        el("button", {
          class: "file",
          attrs: { type: "button", "aria-pressed": String(name === editor.shown.value), title: files.all.get(name)?.readonly ?? name },
          on: { click: () => editor.show(name) },
        }, fileTitle(name), faults.has(name) ? el("span", { class: "faults", text: String(faults.get(name)), attrs: { title: "findings in this file" } }) : null)));
      this.files.querySelector('[aria-pressed="true"]')?.scrollIntoView({ block: "nearest", inline: "nearest" });
    };
    editor.shown.watch(draw);
    const asked = new Map<string, () => void>();
    this.connection.on("conflict", ({ file, mine, theirs }) => {
      asked.get(file)?.(); // the same, told again on coming back
      asked.set(file, conflictDialog(file, mine, theirs, (choice) => files.settle(file, choice)));
    });
    this.connection.on("saved", ({ file }) => { // it was chosen in another window
      asked.get(file)?.();
      asked.delete(file);
    });
    files.onListed = draw;
    this.app.results.watch(draw);
    this.outline.follow(this.app, editor);
  }
}
