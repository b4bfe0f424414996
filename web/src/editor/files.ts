// The files of the open story: kept the same as the server's, and kept here while there is no server.

import type { TransactionSpec } from "@codemirror/state";
import { Watched } from "../app";
import type { CollabUpdate } from "../protocol";
import type { Connection } from "../connection";
import { difference } from "./places";
import { hashOf, StoryFile } from "./file";
import type { Extension } from "@codemirror/state";

const KEEP_AFTER = 200;
const GROUP = 40;
interface Kept { hash: string; text: string; client: string }

export type Saving = "saved" | "saving" | "unconnected";

export class Files {
  readonly all = new Map<string, StoryFile>();
  readonly saving = new Watched<Saving>("saved");
  /** Told of every file that is another than before: all of it, or only what was received. */
  onReplaced: (file: StoryFile) => void = () => {};
  onReceived: (file: StoryFile, spec: TransactionSpec) => void = () => {};
  private session = "";
  private keeping: ReturnType<typeof setTimeout> | null = null;
  private pushing: ReturnType<typeof setTimeout> | null = null;
  private readonly changed = new Set<string>();

  constructor(
    private readonly connection: Connection,
    private readonly story: Watched<string | null>,
    private readonly client: string,
    private readonly token: string,
    private readonly extensions: () => Extension,
    private readonly store: Storage,
  ) {
    connection.on("hello", (message) => void this.greeted(message.session, message.open));
    connection.on("story", (message) => {
      if (story.value !== message.story) this.all.clear();
      for (const name of [...this.all.keys()]) if (!message.files.includes(name)) this.all.delete(name);
      story.value = message.story;
    });
    connection.on("doc", (message) => this.replace(message.file, message.text, message.version, message.hash, message.readonly));
    connection.on("updates", (message) => this.receive(message.file, message.version, message.updates));
    connection.on("refused", (message) => {
      const file = this.all.get(message.file);
      if (!file) return;
      file.pushing = false;
      connection.send({ type: "pull", file: file.name, version: file.version });
    });
    connection.on("saved", (message) => {
      const file = this.all.get(message.file);
      if (!file || message.version < file.version) return;
      file.saved = true;
      file.hash = message.hash;
      this.tell();
    });
    connection.on("trouble", (message) => {
      const file = message.file === null ? undefined : this.all.get(message.file);
      if (file) file.pushing = false;
    });
    connection.open.watch((open) => {
      if (!open) for (const file of this.all.values()) file.pushing = false;
      this.tell();
    });
  }

  /** The connection is there (again): what was written meanwhile is brought to the server before anything is read from it. */
  private async greeted(session: string, opening: string | null): Promise<void> {
    const anew = session !== this.session;
    this.session = session;
    if (anew && this.all.size) {
      for (const file of this.all.values()) {
        const text = file.state.doc.toString();
        file.resumed = text;
        this.connection.send({ type: "resume", file: file.name, hash: await hashOf(file.confirmed.toString()), text, client: this.client });
      }
    }
    const wanted = this.story.value ?? opening;
    if (!anew && this.all.size) {
      for (const file of this.all.values()) this.connection.send({ type: "pull", file: file.name, version: file.version });
      if (this.story.value !== null) this.connection.send({ type: "open", story: this.story.value });
    } else if (wanted !== null) {
      this.connection.send({ type: "open", story: wanted });
    }
    this.push();
  }

  /** The text of a file as the server has it takes the place of ours; what was typed since it was asked for is put on top. */
  private replace(name: string, text: string, version: number, hash: string, readonly: string | null): void {
    const before = this.all.get(name);
    if (before && before.resumed === null && before.version === version && before.confirmed.toString() === text) {
      before.pushing = false;
      this.push();
      return;
    }
    const file = new StoryFile(name, text, version, hash, readonly, this.client, this.extensions());
    const now = before?.state.doc.toString();
    const sent = before?.resumed ?? null;
    this.all.set(name, file);
    if (now !== undefined && sent !== null && sent === text && now !== sent) {
      file.state = file.state.update({ changes: difference(sent, now) }).state;
    }
    if (before) {
      const head = Math.min(before.state.selection.main.head, file.state.doc.length);
      file.state = file.state.update({ selection: { anchor: head } }).state;
    } else {
      this.takeOver(file);
    }
    this.onReplaced(file);
    this.push();
    this.tell();
  }

  /** What an earlier page could not send any more. */
  private takeOver(file: StoryFile): void {
    const kept = this.kept(file.name);
    if (!kept) return;
    if (kept.text === file.confirmed.toString()) {
      this.store.removeItem(this.key(file.name));
      return;
    }
    file.state = file.state.update({ changes: difference(file.confirmed.toString(), kept.text) }).state;
    file.resumed = kept.text;
    this.connection.send({ type: "resume", file: file.name, hash: kept.hash, text: kept.text, client: kept.client });
    this.store.removeItem(this.key(file.name));
  }

  private receive(name: string, version: number, updates: CollabUpdate[]): void {
    const file = this.all.get(name);
    if (!file || file.resumed !== null) return;
    const spec = file.received(version, updates);
    if (!spec) {
      this.connection.send({ type: "pull", file: name, version: file.version });
      return;
    }
    if (updates.some((update) => update.clientID === this.client)) file.pushing = false;
    if (updates.length) file.saved = false;
    this.onReceived(file, spec);
    if (!file.unsent.length) this.store.removeItem(this.key(name));
    this.push();
    this.tell();
  }

  /** A file was written in: it is sent at once (with what else comes in the same moment), and kept here until it is confirmed. */
  wrote(file: StoryFile): void {
    file.saved = false;
    this.changed.add(file.name);
    this.keeping ??= setTimeout(() => void this.keep(), KEEP_AFTER);
    this.pushing ??= setTimeout(() => {
      this.pushing = null;
      this.push();
    }, GROUP);
    this.tell();
  }

  push(): void {
    if (!this.connection.open.value) return;
    for (const file of this.all.values()) {
      const updates = file.toPush();
      if (updates) file.pushing = this.connection.send({ type: "push", file: file.name, version: file.version, updates });
    }
  }

  private async keep(): Promise<void> {
    this.keeping = null;
    for (const name of [...this.changed]) {
      this.changed.delete(name);
      const file = this.all.get(name);
      if (!file || !file.unsent.length) continue;
      const kept: Kept = { text: file.state.doc.toString(), hash: await hashOf(file.confirmed.toString()), client: this.client };
      if (!file.unsent.length) continue;
      try {
        this.store.setItem(this.key(name), JSON.stringify(kept));
      } catch {
        // no room: the text is still here, and with the server as soon as it listens
      }
    }
  }

  private kept(name: string): Kept | null {
    try {
      return JSON.parse(this.store.getItem(this.key(name)) ?? "null") as Kept | null;
    } catch {
      return null;
    }
  }

  private key(name: string): string {
    return `fabula.unsent.${this.token.slice(0, 12)}.${name}`;
  }

  private tell(): void {
    const files = [...this.all.values()];
    this.saving.value = !this.connection.open.value ? "unconnected" : files.every((f) => f.saved && !f.unsent.length) ? "saved" : "saving";
  }
}
