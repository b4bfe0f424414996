// The text pane: one editor for all files of the story, with what was found laid over it.

import { closeCompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { forEachDiagnostic, lintKeymap, nextDiagnostic, previousDiagnostic, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { EditorSelection } from "@codemirror/state";
import type { Extension, StateEffect, Transaction, TransactionSpec } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap } from "@codemirror/view";
import type { Command } from "@codemirror/view";
import type { App, Text } from "../app";
import { Watched } from "../app";
import type { Proposal } from "../protocol";
import { completion } from "./completion";
import { setChosen, setEvents, storyEvents } from "./events";
import type { Placed } from "./events";
import { fromElsewhere } from "./file";
import type { StoryFile } from "./file";
import { changesOf, diagnostics } from "./findings";
import { known, setKnown, storyLanguage } from "./language";
import type { Known } from "./language";
import type { Files } from "./files";
import { rangeOf } from "./places";

export class StoryEditor implements Text {
  readonly shown = new Watched<string | null>(null);
  /** The scene in which the writer is, by its place among the results'. */
  readonly scene = new Watched<number | null>(null);
  /** Told that the writer wants to see the scenes. */
  onScenes: () => void = () => {};
  private readonly view: EditorView;
  private files!: Files;
  private words: Known = known(null);
  private placed: Placed[] = [];
  private scenes: { at: number; from: number }[] = [];
  private readonly scrolled = new WeakMap<StoryFile, StateEffect<unknown>>();
  private following: ReturnType<typeof setTimeout> | null = null;

  constructor(private readonly app: App, parent: HTMLElement, private readonly nonce: string) {
    this.view = new EditorView({
      parent,
      extensions: EditorView.cspNonce.of(nonce),
      dispatchTransactions: (transactions, view) => this.dispatched(transactions, view),
    });
  }

  /** What every file's state is made with. */
  extensions(): Extension {
    return [
      EditorView.cspNonce.of(this.nonce),
      history(),
      storyEvents((n) => { this.app.chosen.value = n; }),
      drawSelection(),
      highlightActiveLine(),
      highlightSelectionMatches(),
      storyLanguage(),
      completion(() => this.app.results.value?.words ?? null),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ tabindex: "0", "aria-label": "The story's text", spellcheck: "true", autocapitalize: "sentences" }),
      keymap.of([
        { key: "F8", run: (view) => this.walk(view, nextDiagnostic) },
        { key: "Shift-F8", run: (view) => this.walk(view, previousDiagnostic) },
        { key: "F9", run: () => (this.onScenes(), true) },
        { key: "Escape", run: (view) => closeCompletion(view) },
        ...completionKeymap, ...lintKeymap, ...searchKeymap, ...historyKeymap, ...defaultKeymap,
      ]),
    ];
  }

  /** Goes to the finding before or after, which is then looked at everywhere. */
  private walk(view: EditorView, step: Command): boolean {
    if (!step(view)) {
      // the only one, and it is selected already: gone to once more, so that what is said of it shows
      view.dispatch({ selection: { anchor: view.state.selection.main.from } });
      if (!step(view)) return false;
    }
    const { from } = view.state.selection.main;
    const file = this.file;
    const results = this.app.results.value;
    const index = results?.findings.findIndex((one) => {
      const version = results.versions[one.file];
      return one.file === file?.name && version !== undefined && file.range(version, one.line, one.column, one.length)?.from === from;
    }) ?? -1;
    if (index >= 0) this.app.finding.value = index;
    return true;
  }

  follow(files: Files): void {
    this.files = files;
    files.onReplaced = (file) => {
      if (this.shown.value === null || !files.all.has(this.shown.value)) this.show(this.first() ?? file.name);
      else if (this.shown.value === file.name) this.lay();
    };
    files.onReceived = (file, spec) => this.change(file, spec);
    files.onStory = () => { this.shown.value = null; };
    this.app.results.watch(() => requestAnimationFrame(() => this.lay()));
    this.app.chosen.watch((n) => this.reveal(n));
  }

  private first(): string | undefined {
    return this.files.names()[0];
  }

  private get file(): StoryFile | null {
    return this.shown.value === null ? null : this.files.all.get(this.shown.value) ?? null;
  }

  /** Shows a file; the others keep their text, their undo and where the writer was in them. */
  show(name: string): void {
    const file = this.files.all.get(name);
    if (!file) return;
    const before = this.file;
    if (before) this.scrolled.set(before, this.view.scrollSnapshot());
    this.shown.value = name;
    this.view.setState(file.state);
    this.lay();
    this.view.dispatch({ effects: this.scrolled.get(file) ?? EditorView.scrollIntoView(0, { y: "start" }) });
  }

  private dispatched(transactions: readonly Transaction[], view: EditorView): void {
    view.update(transactions);
    const file = this.file;
    if (!file) return;
    file.state = view.state;
    for (const { changes, docChanged } of transactions) {
      if (!docChanged) continue;
      this.placed = this.placed.map((one) => ({ ...one, from: changes.mapPos(one.from, 1), to: changes.mapPos(one.to, -1) }));
      this.scenes = this.scenes.map((one) => ({ ...one, from: changes.mapPos(one.from, 1) }));
    }
    if (transactions.some((one) => one.docChanged || one.selection)) this.within(view.state.selection.main.head);
    const mine = transactions.some((one) => one.docChanged && !one.annotation(fromElsewhere));
    if (mine && file.unsent.length) this.files.wrote(file);
    if (!transactions.some((one) => one.docChanged) && transactions.some((one) => one.isUserEvent("select"))) this.choose();
  }

  private change(file: StoryFile, spec: TransactionSpec): void {
    if (file === this.file) {
      this.view.dispatch(spec);
      file.state = this.view.state;
    } else {
      file.state = file.state.update(spec).state;
    }
  }

  /** Lays what was found over the text that is shown. */
  private lay(): void {
    const file = this.file;
    const results = this.app.results.value;
    if (!file) return;
    if (results?.words) this.words = known(results.words);
    const version = results?.versions[file.name];
    if (!results || version === undefined) {
      this.view.dispatch({ effects: setKnown.of(this.words) });
      return;
    }
    this.scenes = [];
    results.scenes.forEach((scene, at) => {
      const range = scene.file === file.name ? file.range(version, scene.line, 1, 0) : null;
      if (range) this.scenes.push({ at, from: range.from });
    });
    this.within(this.view.state.selection.main.head);
    this.placed = [];
    for (const event of results.events) {
      if (event.file !== file.name) continue;
      const range = file.range(version, event.line, event.column, event.length);
      if (range) this.placed.push({ n: event.n, status: event.status, ...range });
    }
    this.view.dispatch({ effects: [setKnown.of(this.words), setEvents.of(this.placed), setChosen.of(this.rangeOf(this.app.chosen.value))] });
    this.view.dispatch(setDiagnostics(this.view.state, diagnostics(this.app, file)));
    file.state = this.view.state;
  }

  private rangeOf(n: number | null): { from: number; to: number } | null {
    return n === null ? null : this.placed.find((one) => one.n === n) ?? null;
  }

  /** Notes in which scene a place of the text is. */
  private within(place: number): void {
    this.scene.value = this.scenes.filter((one) => one.from <= place).at(-1)?.at ?? null;
  }

  /** The event in whose sentence the writer is now, once he rests there. */
  private choose(): void {
    if (this.following) clearTimeout(this.following);
    this.following = setTimeout(() => {
      const head = this.view.state.selection.main.head;
      const here = this.placed.find((one) => one.from <= head && head <= one.to);
      if (here) this.app.chosen.value = here.n;
    }, 120);
  }

  private reveal(n: number | null): void {
    const event = n === null ? undefined : this.app.results.value?.events.find((one) => one.n === n);
    if (event && event.file !== this.shown.value) this.show(event.file);
    const range = this.rangeOf(n);
    this.view.dispatch({ effects: setChosen.of(range) });
    if (!range) return;
    this.within(range.from);
    const head = this.view.state.selection.main.head;
    if (head < range.from || head > range.to) this.view.dispatch({ effects: EditorView.scrollIntoView(range.from, { y: "center" }) });
  }

  goTo(name: string, line: number, column: number, length: number): void {
    if (name !== this.shown.value) this.show(name);
    const file = this.file;
    if (!file || file.name !== name) return;
    const version = this.app.results.value?.versions[name];
    const range = (version === undefined ? null : file.range(version, line, column, length)) ?? rangeOf(file.state.doc, line, column, length);
    this.view.dispatch({
      selection: EditorSelection.single(range.from, range.to),
      effects: EditorView.scrollIntoView(range.from, { y: "center" }),
    });
    this.view.focus();
  }

  /** Makes all edits of a proposal as one step, which one undo takes back. */
  apply(proposal: Proposal): void {
    const versions = this.app.results.value?.versions ?? {};
    const names = [...new Set(proposal.edits.map((edit) => edit.file))];
    for (const name of names) {
      const file = this.files.all.get(name);
      if (!file || file.readonly !== null) continue;
      if (name !== this.shown.value) this.show(name);
      const changes = changesOf(file, versions[name], proposal.edits.filter((edit) => edit.file === name));
      this.view.dispatch({ changes, userEvent: "input.mend", scrollIntoView: true });
    }
    this.view.focus();
  }

  focus(): void {
    this.view.focus();
  }

  /** How many findings are laid over the text that is shown. */
  get found(): number {
    let count = 0;
    forEachDiagnostic(this.view.state, () => count++);
    return count;
  }
}
