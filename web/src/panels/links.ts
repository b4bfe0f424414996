// Events as buttons that lead to their place in the text, in whatever tab they stand.

import type { App } from "../app";
import type { Ground } from "../protocol";
import { el } from "../dom";

/** Choose an event and go to its sentence; where it is not among the results, only to the line given. */
export function goToEvent(app: App, n: number, otherwise?: { file: string; line: number }): void {
  app.chosen.set(n);
  const event = app.results.value?.events.find((one) => one.n === n);
  if (event) app.text?.goTo(event.file, event.line, event.column, event.length);
  else if (otherwise) app.text?.goTo(otherwise.file, otherwise.line, 1, 0);
}

/** What something rests on, as a list of links into the text. */
export function grounds(app: App, because: readonly Ground[]): HTMLElement {
  return el("ul", { class: "grounds" }, ...because.map((ground) => el("li", {}, groundLink(app, ground))));
}

export function groundLink(app: App, ground: Ground): HTMLElement {
  const link = el("button", { class: "link", attrs: { type: "button" } },
    ground.n > 0 ? el("span", { class: "number", text: String(ground.n) }) : null, ground.text);
  link.addEventListener("click", (clicked) => {
    clicked.stopPropagation();
    if (ground.n > 0) goToEvent(app, ground.n, ground);
    else app.text?.goTo(ground.file, ground.line, 1, 0);
  });
  return link;
}

/** "desperado/02-the-bar.md" and 14 as a writer says it: "02-the-bar, line 14". */
export function sayPlace(file: string, line: number): string {
  return `${(file.split("/").pop() ?? file).replace(/\.md$/u, "")}, line ${line}`;
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}
