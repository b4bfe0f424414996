// The Ways, Minds, Causes and Times tabs: a picture to look at, to walk through and to choose events in.

import type { App } from "../app";
import type { PictureName } from "../protocol";
import { el } from "../dom";
import { pictureAddress } from "./address";
import { Choosing } from "./choosing";
import type { Panel } from "./index";
import { optionsBar } from "./options";
import { readPicture } from "./sanitise";
import { Frame } from "./zoom";

const LABELS: Record<PictureName, string> = {
  ways: "The ways of the people, a picture", minds: "Who knows what, a picture", causes: "What made what possible, a picture", times: "Story time and telling, a picture",
};

export function picturePanel(app: App, as: PictureName): Panel {
  const frame = new Frame(LABELS[as]);
  const choosing = new Choosing(app, frame);
  const status = el("p", { class: "picture-status quiet", text: "Drawing…", attrs: { role: "status" } });
  const said = el("p", {});
  const description = el("details", { class: "description" }, el("summary", { text: "In words" }), said);
  description.hidden = true;
  const keep = el("div", { class: "keep-as", attrs: { role: "group", "aria-label": "Keep the picture" } });
  let visible = false, drawn = "", pending: string | null = null, asked = "";

  const look = (again = false): void => {
    if (!visible) return;
    const message = { type: "look" as const, tab: as, ...bar.choice() };
    const key = JSON.stringify(message);
    if (key === asked && !again) return;
    asked = key;
    links();
    app.send(message);
  };
  const bar = optionsBar(as, () => {
    status.textContent = "Drawing…";
    status.hidden = false;
    look();
  });

  // Links are real, so that they can be opened or copied; a file holds what is shown.
  const links = (): void => {
    const story = app.story.value ?? app.results.value?.story ?? null;
    if (story === null) { keep.replaceChildren(); return; }
    keep.replaceChildren(el("span", { text: "Keep as " }), ...(["svg", "png", "html"] as const).map((kind) => el("a", {
      text: kind.toUpperCase(),
      attrs: { href: pictureAddress(story, kind, as, sessionStorage.getItem("token") ?? "", bar.choice()), download: "", title: `Keep this picture as ${kind.toUpperCase()}` },
    })));
  };

  const draw = (): void => {
    const text = pending;
    pending = null;
    if (text === null) return;
    if (text === drawn) { status.hidden = true; return; }
    const picture = readPicture(text);
    if (!picture) {
      status.hidden = false;
      status.textContent = "The picture could not be read; it comes with the next change of the text.";
      return;
    }
    drawn = text;
    status.hidden = true;
    choosing.put(picture);
  };

  app.on("picture", (message) => {
    if (message.as !== as || (app.story.value !== null && message.story !== app.story.value)) return;
    if (pending === null) requestAnimationFrame(draw); // of several in one frame, the last
    pending = message.svg;
    said.textContent = message.description;
    if (message.facts_known) bar.facts(message.facts_known);
    description.hidden = message.description === "";
  });
  app.on("trouble", (message) => {
    if (!visible || message.file !== null || status.hidden) return;
    status.textContent = message.message;
  });
  app.results.watch((results) => {
    if (!results) return;
    bar.fill(results);
    if (!visible) return;
    links();
    look();
    if (results.events.length === 0 && drawn === "") status.textContent = "There is nothing to draw yet: no event is told.";
  });
  // Another story has other people and scenes: nothing of the one before is left standing.
  app.story.watch(() => {
    asked = drawn = "";
    pending = null;
    bar.clear();
    choosing.clear();
    description.hidden = true;
    status.hidden = false;
    status.textContent = "Drawing…";
  });
  return {
    content: el("div", { class: "picture-panel" },
      el("div", { class: "picture-bar" }, bar.content, frame.buttons), status, frame.view,
      el("div", { class: "picture-foot" }, description, keep)),
    show() {
      visible = true;
      look(true);
      choosing.follow();
    },
    hide() { visible = false; },
  };
}
