// One file as the page has it: its state, what the server has confirmed of it, and what of it is still under way.

import { collab, getSyncedVersion, receiveUpdates, sendableUpdates } from "@codemirror/collab";
import type { Update } from "@codemirror/collab";
import { Annotation, ChangeSet, Compartment, EditorState, Text, Transaction } from "@codemirror/state";
import type { Extension, TransactionSpec } from "@codemirror/state";
import type { CollabUpdate } from "../protocol";
import { difference, moved, rangeOf } from "./places";

const KEPT = 300;
/** Marks what comes from the server, so that it is not taken for something the writer did. */
export const fromElsewhere = Annotation.define<boolean>();

export class StoryFile {
  state: EditorState;
  /** The text at the version that the server has confirmed. */
  confirmed: Text;
  hash: string;
  saved: boolean;
  pushing = false;
  /** What was missed is asked for: until it is here there is no use in pushing. */
  pulling = false;
  /** What was sent to be taken over after the server came back, until it answers. */
  resumed: Text | null = null;
  readonly: string | null = null;
  private readonly link = new Compartment();
  private linked = true;
  private docs = new Map<number, Text>();
  private log = new Map<number, ChangeSet>();

  constructor(
    readonly name: string,
    text: string,
    version: number,
    hash: string,
    readonly: string | null,
    readonly client: string,
    extensions: Extension,
  ) {
    this.confirmed = Text.of(text.split("\n"));
    this.hash = hash;
    this.saved = true;
    this.readonly = readonly;
    this.docs.set(version, this.confirmed);
    this.state = EditorState.create({ doc: this.confirmed, extensions: [this.link.of(this.linkTo(version)), extensions] });
  }

  private linkTo(version: number): Extension {
    return [collab({ startVersion: version, clientID: this.client }), EditorState.readOnly.of(this.readonly !== null)];
  }

  get version(): number {
    return getSyncedVersion(this.state);
  }

  get unsent(): readonly Update[] {
    return this.linked ? sendableUpdates(this.state) : [];
  }

  /** What to push; null where there is nothing, or something is under way. */
  toPush(): CollabUpdate[] | null {
    if (this.pushing || this.pulling || this.resumed !== null) return null;
    const updates = this.unsent;
    return updates.length ? updates.map((u) => ({ clientID: u.clientID, changes: u.changes.toJSON() as unknown })) : null;
  }

  /** What makes a state of these updates, from a version on; null where some before them are missing. */
  received(version: number, updates: CollabUpdate[]): TransactionSpec | null {
    const here = this.version;
    if (version > here) return null;
    const fresh = updates.slice(here - version).map((u) => ({ clientID: u.clientID, changes: ChangeSet.fromJSON(u.changes) }));
    fresh.forEach((update, at) => {
      this.log.set(here + at, update.changes);
      this.confirmed = update.changes.apply(this.confirmed);
      this.docs.set(here + at + 1, this.confirmed);
    });
    const oldest = here + fresh.length - KEPT;
    for (const known of this.docs.keys()) if (known < oldest) { this.docs.delete(known); this.log.delete(known); }
    return receiveUpdates(this.state, fresh);
  }

  /**
   * Begins again with a text of the server's. What was written since the last text that it had is put on top; where that is
   * not wanted (it was refused), undo has it. `dispatch` carries out one step in the text, shown or not.
   */
  restart(text: string, version: number, hash: string, readonly: string | null, refused: boolean, dispatch: (spec: TransactionSpec) => void): void {
    const base = this.resumed ?? this.confirmed;
    const now = this.state.doc;
    let mine: ChangeSet;
    if (this.resumed) mine = ChangeSet.of(difference(base.toString(), now.toString()), base.length);
    else mine = this.unsent.reduce((all, update) => all.compose(update.changes), ChangeSet.empty(base.length));
    const theirs = ChangeSet.of(difference(base.toString(), text), base.length);
    this.linked = false;
    dispatch({ effects: this.link.reconfigure([]), annotations: fromElsewhere.of(true) });
    const step = difference(now.toString(), text);
    if (step.from !== step.to || step.insert) {
      dispatch({ changes: step, annotations: [Transaction.addToHistory.of(refused), fromElsewhere.of(true)], filter: false });
    }
    this.readonly = readonly;
    this.hash = hash;
    this.resumed = null;
    this.pushing = false;
    this.confirmed = Text.of(text.split("\n"));
    this.docs = new Map([[version, this.confirmed]]);
    this.log = new Map();
    dispatch({ effects: this.link.reconfigure(this.linkTo(version)), annotations: fromElsewhere.of(true) });
    this.linked = true;
    if (!refused && !mine.empty) dispatch({ changes: mine.map(theirs), annotations: fromElsewhere.of(true), filter: false });
  }

  /** Where something stands now that stood at a line and column of a version; null where that is too long ago. */
  range(version: number, line: number, column: number, length: number): { from: number; to: number } | null {
    const doc = this.docs.get(version);
    if (!doc) return null;
    const changes: ChangeSet[] = [];
    for (let at = version; at < this.version; at++) {
      const change = this.log.get(at);
      if (!change) return null;
      changes.push(change);
    }
    for (const update of this.unsent) changes.push(update.changes);
    const found = moved(rangeOf(doc, line, column, length), changes);
    return found.to <= this.state.doc.length ? found : null;
  }
}

/** What a text is known by: the SHA-256 of its UTF-8, in small hex digits. */
export async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
