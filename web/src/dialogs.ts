// What the writer is asked: which of two texts stays, and what a new story is called.

import type { App } from "./app";
import { button, el } from "./dom";

function shown(dialog: HTMLDialogElement): void {
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** The file was changed outside while something here was not saved: both are shown, and none is lost before the choice. Returns what closes it. */
export function conflictDialog(file: string, mine: string, theirs: string, settle: (choice: "mine" | "theirs") => boolean): () => void {
  const choose = (choice: "mine" | "theirs"): void => {
    if (settle(choice)) dialog.close();
  };
  const side = (title: string, text: string, other: string): HTMLElement =>
    el("section", {}, el("h3", { text: title }), el("pre", { attrs: { tabindex: "0", "aria-label": title } }, ...different(text, other)));
  const dialog = el("dialog", { class: "conflict", attrs: { "aria-labelledby": "conflict-title" } },
    el("h2", { text: `${file} was changed outside`, attrs: { id: "conflict-title" } }),
    el("p", { text: "Both texts are here. Which one stays? Lines that only one of them has are marked." }),
    el("div", { class: "both" }, side("What you wrote here", mine, theirs), side("What the file has now", theirs, mine)),
    el("div", { class: "choices" }, button("Keep mine", () => choose("mine"), { class: "strong" }), button("Take theirs", () => choose("theirs"))));
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  shown(dialog);
  for (const pre of dialog.querySelectorAll("pre")) {
    const first = pre.querySelector("mark");
    if (first) pre.scrollTop = first.offsetTop - pre.offsetTop - 60;
  }
  return () => dialog.close();
}

/** A text line by line, with the lines marked that the other has not. */
function different(text: string, other: string): HTMLElement[] {
  const there = new Map<string, number>();
  for (const line of other.split("\n")) there.set(line, (there.get(line) ?? 0) + 1);
  return text.split("\n").map((line) => {
    const left = there.get(line) ?? 0;
    there.set(line, left - 1);
    return left > 0 ? el("span", { class: "line", text: `${line}\n` }) : el("mark", { class: "line", text: `${line || " "}\n` });
  });
}

const TEMPLATES = [
  ["small", "a small story to start from"],
  ["empty", "an empty page"],
  ["desperado", "a copy of Desperado"],
] as const;

/** Asks for a new story's name. It stays open until the story is there: where the name is refused, what was typed stays, with the reason. */
export function newDialog(app: App): void {
  const name = el("input", { attrs: { id: "new-name", required: "", autocomplete: "off", maxlength: "80", "aria-describedby": "new-why" } });
  const why = el("p", { class: "why", attrs: { id: "new-why", role: "alert" } });
  const before = app.story.value;
  const refused = (reason: string): void => {
    begin.disabled = false;
    why.textContent = reason;
    name.setAttribute("aria-invalid", "true");
    name.focus();
  };
  const from = el("select", { attrs: { id: "new-from" } }, ...TEMPLATES.map(([value, text]) => el("option", { text, attrs: { value } })));
  const begin = el("button", { class: "strong", text: "Begin", attrs: { type: "submit" } });
  const form = el("form", { on: {
    submit: (event: SubmitEvent) => {
      event.preventDefault();
      const called = name.value.trim();
      if (called === "") return refused("a story needs a name");
      begin.disabled = true;
      if (!app.send({ type: "new", name: called, template: from.value })) refused("there is no connection now: try again when it is back");
    },
    input: () => {
      why.textContent = "";
      name.removeAttribute("aria-invalid");
    },
  } },
    el("h2", { text: "A new story", attrs: { id: "new-title" } }),
    el("label", { text: "Its name", attrs: { for: "new-name" } }), name, why,
    el("label", { text: "It begins with", attrs: { for: "new-from" } }), from,
    el("div", { class: "choices" }, begin, button("Cancel", () => dialog.close())));
  const dialog = el("dialog", { attrs: { "aria-labelledby": "new-title" } }, form);
  const ends = [
    app.on("unmade", (message) => refused(message.message)),
    app.on("story", (message) => { if (message.story !== before) dialog.close(); }),
  ];
  dialog.addEventListener("close", () => ends.forEach((end) => end()));
  shown(dialog);
}
