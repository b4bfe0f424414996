// The files of the open story: kept the same as the server's, and kept here while there is no server.

import { Text } from "@codemirror/state";
import type { Extension, TransactionSpec } from "@codemirror/state";
import { Watched } from "../app";
import type { Connection } from "../connection";
import type { CollabUpdate } from "../protocol";
import { fromElsewhere, hashOf, StoryFile } from "./file";
import type { Kept } from "./kept";
import { difference } from "./places";

const KEEP_AFTER = 180; // with the time to work out a hash, within a quarter of a second
const GROUP = 40;

export type Saving = "saved" | "saving" | "unconnected";
type Socket = Pick<Connection, "send" | "on" | "open">;

export class Files {
  readonly all = new Map<string, StoryFile>();
  readonly saving = new Watched<Saving>("saved");
  /** Told of every file that is another than before: all of it, only what was received, or which files there are. */
  onReplaced: (file: StoryFile) => void = () => {};
  onReceived: (file: StoryFile, spec: TransactionSpec) => void = (file, spec) => { file.state = file.state.update(spec).state; };
  onListed: () => void = () => {};
  onStory: () => void = () => {};
  private order: string[] = [];
  private session = "";
  private keeping: ReturnType<typeof setTimeout> | null = null;
  private pushing: ReturnType<typeof setTimeout> | null = null;
  private readonly changed = new Set<string>();
  /** How many texts of a file were asked for: any other one says that what was pushed is refused. */
  private readonly expected = new Map<string, number>();
  private readonly adopted = new Map<string, string>();

  constructor(
    private readonly connection: Socket,
    private readonly story: Watched<string | null>,
    private readonly client: string,
    private readonly kept: Kept,
    private readonly extensions: () => Extension,
  ) {
    connection.on("hello", (message) => void this.greeted(message.session, message.open));
    connection.on("story", (message) => this.listed(message.story, message.files));
    connection.on("doc", (message) => this.replace(message.file, message.text, message.version, message.hash, message.saved, message.readonly));
    connection.on("updates", (message) => this.receive(message.file, message.version, message.updates));
    connection.on("refused", (message) => {
      const file = this.all.get(message.file);
      if (!file) return;
      file.pushing = false;
      this.pull(file);
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
      if (!open) {
        this.expected.clear();
        for (const file of this.all.values()) {
          file.pushing = file.pulling = false;
          if (file.resumed) this.session = ""; // it has to be sent again
        }
      }
      this.tell();
    });
  }

  /** The files of the story in its order. */
  names(): string[] {
    return this.order.filter((name) => this.all.has(name));
  }

  /** The writer chooses between two texts of a file: the one that comes next is meant. False while there is no server. */
  settle(name: string, choice: "mine" | "theirs"): boolean {
    if (!this.connection.send({ type: "settle", file: name, choice })) return false;
    this.expect(name);
    return true;
  }

  private expect(name: string): void {
    this.expected.set(name, (this.expected.get(name) ?? 0) + 1);
  }

  private pull(file: StoryFile): void {
    file.pulling = this.connection.send({ type: "pull", file: file.name, version: file.version });
  }

  /** The connection is there (again): what was written meanwhile is brought to the server before anything is read from it. */
  private async greeted(session: string, opening: string | null): Promise<void> {
    const anew = session !== this.session;
    this.session = session;
    for (const file of this.all.values()) {
      if (anew) await this.resume(file);
      else this.pull(file);
    }
    const wanted = this.story.value ?? opening;
    if (wanted !== null) this.connection.send({ type: "open", story: wanted });
  }

  private async resume(file: StoryFile): Promise<void> {
    file.resumed = file.state.doc;
    const text = file.resumed.toString();
    const hash = await this.hashed(file);
    this.expect(file.name);
    this.connection.send({ type: "resume", file: file.name, hash, text, client: this.client });
  }

  private listed(story: string, files: string[]): void {
    if (this.story.value !== story) {
      this.all.clear();
      this.onStory();
    }
    for (const name of [...this.all.keys()]) if (!files.includes(name)) this.all.delete(name);
    this.order = files;
    for (const name of files) this.expect(name);
    this.story.set(story);
    this.onListed();
  }

  /** The text of a file as the server has it takes the place of ours; what it does not know yet is put on top. */
  private replace(name: string, text: string, version: number, hash: string, saved: boolean, readonly: string | null): void {
    const expected = this.expected.get(name) ?? 0;
    if (expected) this.expected.set(name, expected - 1);
    let file = this.all.get(name);
    if (!file) {
      if (this.order.length && !this.order.includes(name)) return; // of a story that was open before
      file = new StoryFile(name, text, version, hash, readonly, this.client, this.extensions());
      this.all.set(name, file);
      this.onListed();
    } else if (file.resumed || (file.pushing && !expected && !file.pulling) || file.version !== version || file.confirmed.toString() !== text || file.readonly !== readonly) {
      const refused = file.pushing && !expected && !file.pulling;
      const known = file;
      file.restart(text, version, hash, readonly, refused, (spec) => this.onReceived(known, spec));
      if (refused || !file.unsent.length) this.kept.forget(name);
    }
    file.pulling = false;
    file.saved = saved; // the server may have a text that the disk has not yet
    this.adopt(file);
    this.onReplaced(file);
    if (file.unsent.length) this.wrote(file);
    this.push();
    this.tell();
  }

  /** What an earlier page could not send any more is sent in its name. */
  private adopt(file: StoryFile): void {
    const before = this.adopted.get(file.name);
    if (before !== undefined) {
      this.adopted.delete(file.name);
      this.kept.forget(file.name, before);
    }
    if (file.readonly !== null) return;
    void this.kept.left(file.name).then((left) => {
      if (!left || file.resumed || this.all.get(file.name) !== file) return;
      if (left.text === file.confirmed.toString()) return this.kept.forget(file.name, left.client);
      if (file.unsent.length) return; // another time: it stays kept
      this.onReceived(file, { changes: difference(file.state.doc.toString(), left.text), annotations: fromElsewhere.of(true) });
      file.resumed = Text.of(left.text.split("\n"));
      this.adopted.set(file.name, left.client);
      this.expect(file.name);
      this.connection.send({ type: "resume", file: file.name, ...left });
    });
  }

  private receive(name: string, version: number, updates: CollabUpdate[]): void {
    const file = this.all.get(name);
    if (!file || file.resumed) return;
    file.pulling = false;
    const spec = file.received(version, updates);
    if (!spec) return this.pull(file);
    if (updates.some((update) => update.clientID === this.client)) file.pushing = false;
    if (updates.length) file.saved = false;
    this.onReceived(file, spec);
    if (!file.unsent.length) this.kept.forget(name);
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

  private readonly hashes = new WeakMap<Text, Promise<string>>();

  private hashed(file: StoryFile): Promise<string> {
    const found = this.hashes.get(file.confirmed) ?? hashOf(file.confirmed.toString());
    this.hashes.set(file.confirmed, found);
    return found;
  }

  private async keep(): Promise<void> {
    this.keeping = null;
    for (const name of [...this.changed]) {
      this.changed.delete(name);
      const file = this.all.get(name);
      if (!file || !(file.unsent.length || file.resumed)) continue;
      const hash = await this.hashed(file);
      // no room in the browser: the text is still in the page, and with the server as soon as it listens
      if (file.unsent.length || file.resumed) this.kept.keep(name, hash, file.state.doc.toString());
    }
  }

  private tell(): void {
    const files = [...this.all.values()];
    const saved = files.every((file) => file.saved && !file.unsent.length && !file.resumed);
    this.saving.set(!this.connection.open.value ? "unconnected" : saved ? "saved" : "saving");
  }
}
