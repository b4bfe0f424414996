// Findings in the text: underlined, with what to do about them one click away.

import type { Action, Diagnostic } from "@codemirror/lint";
import type { ChangeSpec } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import type { App } from "../app";
import { button, el } from "../dom";
import type { Edit, Finding, Proposal } from "../protocol";
import { rangeOf } from "./places";
import type { StoryFile } from "./file";

const SEVERITY = { error: "error", warning: "warning", note: "info" } as const;

/** The changes of edits in one file, as its text is now; they were made for a version that may be older. */
export function changesOf(file: StoryFile, version: number | undefined, edits: readonly Edit[]): ChangeSpec[] {
  return edits.map((edit) => {
    const found = (version === undefined ? null : file.range(version, edit.line, edit.column, edit.length))
      ?? rangeOf(file.state.doc, edit.line, edit.column, edit.length);
    return { from: found.from, to: Math.max(found.from, found.to), insert: edit.text };
  });
}

export function diagnostics(app: App, file: StoryFile): Diagnostic[] {
  const results = app.results.value;
  const version = results?.versions[file.name];
  if (!results || version === undefined) return [];
  const found: Diagnostic[] = [];
  results.findings.forEach((finding, index) => {
    if (finding.file !== file.name) return;
    const range = file.range(version, finding.line, finding.column, Math.max(finding.length, 1));
    if (!range) return;
    found.push({
      from: range.from,
      to: Math.max(range.from, range.to),
      severity: SEVERITY[finding.severity],
      source: finding.code,
      message: finding.message,
      actions: actions(app, finding, index),
      renderMessage: () => explained(app, finding),
    });
  });
  return found;
}

function actions(app: App, finding: Finding, index: number): Action[] {
  const given: Action[] = finding.edits.map((proposal) => ({ name: proposal.label, apply: () => app.text?.apply(proposal) }));
  if (finding.repairable) given.unshift({ name: "Find what would mend it", apply: (view) => seek(app, view, index) });
  return given;
}

/** Asks for repairs, and puts what is found where the action's button stands. */
function seek(app: App, view: EditorView, index: number): void {
  app.finding.value = index;
  const place = view.dom.ownerDocument.querySelector(".cm-tooltip-lint, .cm-panel-lint");
  const told = el("div", { class: "mending", attrs: { role: "status" }, text: "looking for what would mend it …" });
  place?.append(told);
  const id = Date.now();
  const end = app.on("repairs", (message) => {
    if (message.id !== id) return;
    end();
    const none = message.error ?? "no act was found that mends it";
    told.replaceChildren(...(message.repairs.length ? message.repairs.map((one) => offered(app, one)) : [none]));
  });
  app.send({ type: "repairs", id, finding: index, revision: app.results.value?.revision ?? null });
}

function offered(app: App, proposal: Proposal): HTMLElement {
  return button(proposal.label, () => app.text?.apply(proposal), { class: "proposal" });
}

function explained(app: App, finding: Finding): Node {
  const because = finding.because.map((ground) =>
    el("li", {}, button(ground.text, () => {
      app.text?.goTo(ground.file, ground.line, 1, 0);
      if (ground.n) app.chosen.value = ground.n;
    }, { class: "link" })));
  return el("div", { class: "finding-told" },
    el("p", {}, el("b", { text: finding.code }), ` ${finding.message}`),
    because.length ? el("ul", {}, ...because) : null,
    finding.fix ? el("p", { class: "fix", text: `To mend it: ${finding.fix}.` }) : null);
}
