// One file as the page has it: its state, what the server has confirmed of it, and what of it is still under way.

import { collab, getSyncedVersion, receiveUpdates, sendableUpdates } from "@codemirror/collab";
import type { Update } from "@codemirror/collab";
import { ChangeSet, EditorState, Text } from "@codemirror/state";
import type { Extension, TransactionSpec } from "@codemirror/state";
import type { CollabUpdate } from "../protocol";
import { moved, rangeOf } from "./places";

const KEPT = 300;

export class StoryFile {
  state: EditorState;
  /** The text at the version that the server has confirmed. */
  confirmed: Text;
  hash: string;
  saved: boolean;
  pushing = false;
  /** What was sent to be taken over after the server came back, until it answers. */
  resumed: string | null = null;
  private docs = new Map<number, Text>();
  private log = new Map<number, ChangeSet>();

  constructor(
    readonly name: string,
    text: string,
    version: number,
    hash: string,
    readonly readonly: string | null,
    readonly client: string,
    extensions: Extension,
  ) {
    this.confirmed = Text.of(text.split("\n"));
    this.hash = hash;
    this.saved = true;
    this.docs.set(version, this.confirmed);
    this.state = EditorState.create({
      doc: this.confirmed,
      extensions: [
        collab({ startVersion: version, clientID: client }),
        EditorState.readOnly.of(readonly !== null),
        extensions,
      ],
    });
  }

  get version(): number {
    return getSyncedVersion(this.state);
  }

  get unsent(): readonly Update[] {
    return sendableUpdates(this.state);
  }

  /** What to push; null where there is nothing, or something is under way. */
  toPush(): CollabUpdate[] | null {
    if (this.pushing || this.resumed !== null) return null;
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
