// The Findings tab: what cannot be, what it rests on, and what would mend it at a click.

import type { App } from "../app";
import type { Finding, Proposal, Results, Severity } from "../protocol";
import { el } from "../dom";
import type { Panel } from "./index";
import { goToEvent, grounds, plural, sayPlace } from "./links";

type Kind = Severity | "unread";
const SAID: Record<Kind, { word: string; mark: string }> = {
  unread: { word: "Not understood", mark: "?" },
  error: { word: "Cannot be", mark: "✕" },
  warning: { word: "Doubtful", mark: "!" },
  note: { word: "Note", mark: "i" },
};
interface Search { finding: number; revision: number; into: HTMLElement; button: HTMLButtonElement }
let lastId = 0;

export function findingsPanel(app: App): Panel {
  const summary = el("p", { class: "summary", attrs: { role: "status" } });
  const list = el("ol", { class: "findings", attrs: { "aria-label": "Findings" } });
  const assumed = el("div", { class: "assumed" });
  const first = firstSteps();
  const content = el("div", { class: "findings-panel scroll" }, summary, first, list, assumed);
  const searches = new Map<number, Search>();
  const looking = new Map<string, HTMLElement>();
  let visible = false, drawn: Results | null = null, stop = 0;

  const heads = (): HTMLButtonElement[] => [...list.querySelectorAll<HTMLButtonElement>(".finding-head")];
  const rove = (to: number, focus: boolean): void => {
    const all = heads();
    stop = Math.max(0, Math.min(all.length - 1, to));
    all.forEach((head, at) => { head.tabIndex = at === stop ? 0 : -1; });
    if (focus) all[stop]?.focus();
  };
  const choose = (at: number, finding: Finding): void => {
    app.finding.set(at);
    if (finding.n !== null && finding.n > 0) app.chosen.set(finding.n);
    app.text?.goTo(finding.file, finding.line, finding.column, finding.length);
    rove(at, false);
  };

  const proposals = (given: readonly Proposal[]): HTMLElement =>
    el("ul", { class: "proposals" }, ...given.map((one) => {
      const told = one.edits.map((edit) => edit.text.trim()).filter((text) => text !== "");
      const apply = el("button", { class: "apply", text: "Apply", attrs: { type: "button", "aria-label": `Apply: ${one.label}` } });
      apply.addEventListener("click", () => app.text?.apply(one));
      return el("li", {}, el("div", { class: "proposal" }, el("span", { class: "label", text: one.label }),
        ...told.filter((text) => !flat(one.label).includes(flat(text))).map((text) => el("q", { class: "told", text }))), apply);
    }));

  const mend = (at: number, revision: number): HTMLElement => {
    const into = el("div", { class: "mends", attrs: { "aria-live": "polite" } });
    const button = el("button", { class: "find-mends", text: "Find what would mend it", attrs: { type: "button" } });
    button.addEventListener("click", () => {
      lastId += 1;
      searches.set(lastId, { finding: at, revision, into, button });
      button.disabled = true;
      into.replaceChildren(el("p", { class: "quiet working", text: "Looking for acts that would mend it…" }));
      app.send({ type: "repairs", id: lastId, finding: at, revision });
    });
    return el("div", { class: "seek-mends" }, button, into);
  };

  const one = (finding: Finding, at: number, results: Results): HTMLElement => {
    const { word, mark } = SAID[kindOf(finding)];
    const head = el("button", { class: "finding-head", attrs: { type: "button" } },
      el("span", { class: `mark ${finding.severity}`, attrs: { "aria-hidden": "true" }, text: mark }),
      el("span", { class: "severity", text: word }),
      el("span", { class: "message", text: finding.message }),
      el("span", { class: "place quiet", text: `${finding.n === null ? "" : `event ${finding.n} · `}${sayPlace(finding.file, finding.line)} · ${finding.code}` }));
    head.addEventListener("click", () => choose(at, finding));
    head.addEventListener("focus", () => rove(at, false));
    const body = el("div", { class: "finding-body" },
      finding.because.length ? el("div", { class: "part" }, el("h2", { text: "because" }), grounds(app, finding.because)) : null,
      finding.therefore.length ? el("div", { class: "part" }, el("h2", { text: "therefore" }),
        therefore(app, finding.therefore)) : null,
      finding.fix ? el("p", { class: "fix" }, el("span", { class: "fix-word", text: "What to do: " }), finding.fix) : null,
      finding.edits.length ? proposals(finding.edits) : null,
      finding.repairable ? reused(finding, at, results) : null);
    return el("li", { class: `finding ${finding.severity}`, attrs: { "data-at": String(at) } }, head, body.childNodes.length ? body : null);
  };

  // What was found for a finding stays with it while the text around it stands as it stood.
  const reused = (finding: Finding, at: number, results: Results): HTMLElement => {
    const key = JSON.stringify([results.revision, at, finding.message]);
    const held = looking.get(key) ?? mend(at, results.revision);
    looking.set(key, held);
    return held;
  };

  const mark = (): void => {
    for (const item of list.children) {
      const is = Number((item as HTMLElement).dataset.at) === app.finding.value;
      item.classList.toggle("chosen", is);
      const head = item.querySelector(".finding-head");
      if (is) head?.setAttribute("aria-current", "true");
      else head?.removeAttribute("aria-current");
      if (is && visible) item.scrollIntoView({ block: "nearest" });
    }
  };

  const draw = (): void => {
    const results = app.results.value;
    if (!visible || results === drawn) return;
    drawn = results;
    for (const key of looking.keys()) if (JSON.parse(key)[0] !== results?.revision) looking.delete(key);
    const focused = list.contains(document.activeElement);
    if (!results) {
      summary.textContent = "Reading the story…";
      list.replaceChildren();
      assumed.replaceChildren();
      return;
    }
    summary.textContent = summarise(results);
    first.hidden = results.counts.events > 0 || results.findings.length > 0;
    summary.classList.toggle("good", results.findings.length === 0);
    list.replaceChildren(...results.findings.map((finding, at) => one(finding, at, results)));
    rove(stop, focused);
    assumed.replaceChildren(...(results.assumptions.length ? [assumptions(app, results)] : []));
    mark();
  };

  list.addEventListener("keydown", (pressed) => {
    if (!(pressed.target as Element).classList.contains("finding-head")) return;
    const to: Partial<Record<string, number>> = { ArrowDown: stop + 1, ArrowUp: stop - 1, Home: 0, End: heads().length - 1 };
    const at = to[pressed.key];
    if (at === undefined) return;
    pressed.preventDefault();
    rove(at, true);
  });
  app.on("repairs", (message) => {
    const search = searches.get(message.id);
    if (!search) return;
    searches.delete(message.id);
    search.button.disabled = false;
    search.button.textContent = "Look again";
    if (message.error) search.into.replaceChildren(el("p", { class: "quiet", text: message.error }));
    else if (message.repairs.length === 0) search.into.replaceChildren(el("p", { class: "quiet", text: "No few acts would mend it: the story itself has to change here." }));
    else search.into.replaceChildren(el("p", { class: "quiet", text: "Any one of these, told before it, would mend it:" }), proposals(message.repairs));
  });
  app.on("hello", () => {
    for (const search of searches.values()) {
      search.button.disabled = false;
      search.into.replaceChildren(el("p", { class: "quiet", text: "The connection was lost while looking." }));
    }
    searches.clear();
  });
  app.results.watch(draw);
  app.finding.watch(mark);
  return {
    content,
    show() { visible = true; draw(); mark(); app.send({ type: "look", tab: "findings" }); },
    hide() { visible = false; },
  };
}

/** What cannot be read is no judgement on the story: it is said apart from what cannot be. */
export function kindOf(finding: Pick<Finding, "name" | "severity">): Kind {
  return finding.name === "unread" ? "unread" : finding.severity;
}

/** One sentence on what was looked at and what came of it. */
export function summarise(results: Pick<Results, "findings" | "counts">): string {
  const { events, people, facts } = results.counts;
  const over = `${plural(events, "event")}, ${plural(people, "person", "people")} and ${plural(facts, "fact")}`;
  const of = (kind: Kind): number => results.findings.filter((one) => kindOf(one) === kind).length;
  if (results.findings.length === 0) return events === 0 ? "Nothing is told yet: there is nothing to check." : `Nothing found in ${over}: all of it can be.`;
  const parts = [
    of("unread") ? `${of("unread")} not understood` : "", of("error") ? `${of("error")} that cannot be` : "", of("warning") ? `${of("warning")} doubtful` : "", of("note") ? plural(of("note"), "note") : "",
  ].filter((part) => part !== "");
  return `${plural(results.findings.length, "finding")} in ${over}: ${parts.join(", ")}.`;
}

/** What helps who has an empty page before him: a story in six sentences. */
function firstSteps(): HTMLElement {
  const made = el("div", { class: "first-steps" },
    el("p", { text: "First say what there is and who is where; then, under a heading, what happens:" }),
    el("pre", { text: "The hall is a hall. The garden is a garden.\nAnna is a woman in the hall. Ben is a man in the garden.\nAnna has a letter.\n\n# The morning\n\nAnna goes to the garden.\nAnna gives the letter to Ben." }),
    el("p", { class: "quiet", text: "Each sentence is read as you write it; what cannot be read, and what cannot be, is shown here." }));
  made.hidden = true;
  return made;
}

function flat(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}

const FEW = 3;
/** What follows, of which the first few are shown; each that names its event leads there. */
function therefore(app: App, texts: readonly string[]): HTMLElement {
  const item = (text: string): HTMLElement => {
    const { said, n } = consequence(text);
    if (n === null) return el("li", { text });
    return el("li", {}, el("button", { class: "link", attrs: { type: "button" }, on: { click: () => goToEvent(app, n) } },
      el("span", { class: "number", text: String(n) }), said));
  };
  const items = texts.map(item);
  const rest = items.slice(FEW);
  return el("div", { class: "therefore" }, el("ul", {}, ...items.slice(0, FEW)),
    rest.length ? el("details", {}, el("summary", { text: `and ${rest.length} more` }), el("ul", {}, ...rest)) : null);
}

/** "… (event 386, line 41)" taken apart: what is said, and the event it is said of. */
export function consequence(text: string): { said: string; n: number | null } {
  const found = /^(.*\S)\s*\(event (\d+)(?:, line \d+)?\)\.?$/su.exec(text);
  return found ? { said: found[1]!, n: Number(found[2]) } : { said: text, n: null };
}

function assumptions(app: App, results: Results): HTMLElement {
  return el("details", { class: "assumptions" }, el("summary", { text: `${plural(results.assumptions.length, "assumption")} made for the story to be possible` }),
    el("ul", {}, ...results.assumptions.map((one) => {
      const link = el("button", { class: "link", attrs: { type: "button" } },
        el("span", { class: "number", text: String(one.event) }), one.text);
      link.addEventListener("click", () => goToEvent(app, one.event));
      return el("li", {}, link);
    })));
}
