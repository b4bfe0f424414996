import { history, isolateHistory, undo } from "@codemirror/commands";
import type { TransactionSpec } from "@codemirror/state";
import { beforeEach, describe, expect, it } from "vitest";
import { Watched } from "../app";
import type { CollabUpdate, FromServer, ToServer } from "../protocol";
import { hashOf } from "./file";
import type { StoryFile } from "./file";
import { Files } from "./files";
import { Kept } from "./kept";

class Store {
  private readonly held = new Map<string, string>();
  get length(): number { return this.held.size; }
  key(at: number): string | null { return [...this.held.keys()][at] ?? null; }
  getItem(key: string): string | null { return this.held.get(key) ?? null; }
  setItem(key: string, value: string): void { this.held.set(key, value); }
  removeItem(key: string): void { this.held.delete(key); }
  clear(): void { this.held.clear(); }
}

/** The socket's page side: what was sent is looked at, and what the server would say is said. */
class Socket {
  readonly open = new Watched(false);
  readonly sent: ToServer[] = [];
  private readonly listeners = new Map<string, ((message: never) => void)[]>();
  send(message: ToServer): boolean {
    if (this.open.value) this.sent.push(message);
    return this.open.value;
  }
  on<K extends FromServer["type"]>(type: K, listener: (message: Extract<FromServer, { type: K }>) => void): () => void {
    this.listeners.set(type, [...(this.listeners.get(type) ?? []), listener as (message: never) => void]);
    return () => {};
  }
  say(message: FromServer): void {
    for (const listener of this.listeners.get(message.type) ?? []) listener(message as never);
  }
  last<K extends ToServer["type"]>(type: K): Extract<ToServer, { type: K }> {
    return this.sent.filter((one): one is Extract<ToServer, { type: K }> => one.type === type).at(-1)!;
  }
}

const FILE = "a.md";
const ALL = new Set<string>();
const lock = async (name: string): Promise<boolean> => !ALL.has(name) && Boolean(ALL.add(name));
const rest = (milliseconds = 0): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));
let store: Store;

class Page {
  readonly socket = new Socket();
  readonly files: Files;
  constructor(readonly client: string) {
    this.files = new Files(this.socket, new Watched<string | null>(null), client, new Kept(store as Storage, client, lock), () => history());
  }
  get file(): StoryFile { return this.files.all.get(FILE)!; }
  get text(): string { return this.file.state.doc.toString(); }
  async greet(session: string): Promise<void> {
    this.socket.open.value = true;
    this.socket.say({ type: "hello", session, version: "1", stories: [], open: FILE, tour: false });
    await rest(5);
  }
  async opened(text: string, version = 0): Promise<void> {
    this.socket.say({ type: "story", story: FILE, files: [FILE] });
    await this.doc(text, version);
  }
  async doc(text: string, version: number, saved = true): Promise<void> {
    this.socket.say({ type: "doc", file: FILE, version, text, hash: await hashOf(text), saved, readonly: null });
    await rest(5);
  }
  write(from: number, insert: string): void {
    const spec: TransactionSpec = { changes: { from, insert }, annotations: isolateHistory.of("full") };
    this.file.state = this.file.state.update(spec).state;
    this.files.wrote(this.file);
  }
  confirm(version: number, updates: CollabUpdate[]): void {
    this.socket.say({ type: "updates", file: FILE, version, updates });
  }
  undo(): void {
    undo({ state: this.file.state, dispatch: (transaction) => { this.file.state = transaction.state; } });
  }
}

async function open(client: string, text: string): Promise<Page> {
  const page = new Page(client);
  await page.greet("one");
  await page.opened(text);
  return page;
}

beforeEach(() => {
  store = new Store();
  ALL.clear();
});

describe("a page and its server", () => {
  it("pushes what is written, and keeps it only until it is confirmed", async () => {
    const page = await open("p", "Ann goes.");
    expect(page.socket.last("open").story).toBe(FILE);
    page.write(0, "Well. ");
    await rest(260);
    const push = page.socket.last("push");
    expect(push.version).toBe(0);
    expect(page.files.saving.value).toBe("saving");
    expect(JSON.parse(store.getItem(store.key(0)!)!)).toEqual({ client: "p", text: "Well. Ann goes.", hash: await hashOf("Ann goes.") });
    page.confirm(0, push.updates);
    expect(store.length).toBe(0);
    page.socket.say({ type: "saved", file: FILE, version: 1, hash: "" });
    expect(page.files.saving.value).toBe("saved");
  });

  it("brings what was written without a server to a new one, with what is typed before the answer", async () => {
    const page = await open("p", "Ann goes.");
    page.socket.open.value = false;
    page.write(0, "One. ");
    expect(page.files.saving.value).toBe("unconnected");
    await page.greet("two");
    const resume = page.socket.last("resume");
    expect(resume).toMatchObject({ text: "One. Ann goes.", client: "p", hash: await hashOf("Ann goes.") });
    page.write(5, "Two. ");
    await page.doc("One. Ann goes. Ben came.", 7); // and another had written there
    expect(page.text).toBe("One. Two. Ann goes. Ben came.");
    await page.opened("One. Ann goes. Ben came.", 7);
    expect(page.text).toBe("One. Two. Ann goes. Ben came.");
    await rest(60);
    expect(page.socket.last("push").version).toBe(7);
    page.undo();
    expect(page.text).toBe("One. Ann goes. Ben came.");
  });

  it("calls nothing saved that the disk has not", async () => {
    const page = await open("p", "Ann goes.");
    const told: string[] = [];
    page.files.saving.watch((state) => told.push(state));
    page.socket.open.value = false;
    page.write(0, "One. ");
    await page.greet("two");
    await page.doc("One. Ann goes.", 3, false); // taken over, and not written yet
    expect(page.files.saving.value).toBe("saving");
    page.socket.say({ type: "saved", file: FILE, version: 3, hash: "" });
    expect(page.files.saving.value).toBe("saved");
    expect(told.filter((state) => state === "saved").length).toBe(2); // at first, and in the end

    const fresh = new Page("q"); // who opens what the server has saved from an earlier crash
    await fresh.greet("two");
    fresh.socket.say({ type: "story", story: FILE, files: [FILE] });
    await fresh.doc("Ann went.", 4, false);
    expect(fresh.files.saving.value).toBe("saving");
  });

  it("keeps words and undo over a break of the same server", async () => {
    const page = await open("p", "Ann goes.");
    page.write(9, " Ben stays.");
    await rest(60);
    const lost = page.socket.last("push"); // taken by the server, but never confirmed
    page.socket.open.value = false;
    page.write(0, "So: ");
    await page.greet("one");
    expect(page.socket.last("pull").version).toBe(0);
    page.confirm(0, lost.updates);
    await page.opened("Ann goes. Ben stays.", 1);
    expect(page.text).toBe("So: Ann goes. Ben stays.");
    expect(page.socket.last("push")).toMatchObject({ version: 1 });
    page.undo();
    expect(page.text).toBe("Ann goes. Ben stays.");
    page.undo();
    expect(page.text).toBe("Ann goes.");
  });

  it("keeps words where the server's changes are no longer known", async () => {
    const page = await open("p", "Ann goes.");
    page.socket.open.value = false;
    page.write(9, " Ben stays.");
    await page.greet("one");
    await page.opened("Now Ann goes.", 4000);
    expect(page.text).toBe("Now Ann goes. Ben stays.");
    await rest(60);
    expect(page.socket.last("push").version).toBe(4000);
  });

  it("takes back what is refused for good, and undo has it", async () => {
    const page = await open("p", "Ann goes.");
    page.write(0, "Much too much. ");
    await rest(60);
    await page.doc("Ann goes.", 0);
    page.socket.say({ type: "trouble", file: FILE, message: "too large" });
    expect(page.text).toBe("Ann goes.");
    await rest(60);
    expect(page.socket.sent.filter((one) => one.type === "push").length).toBe(1);
    page.undo();
    expect(page.text).toBe("Much too much. Ann goes.");
  });

  it("pulls and pushes again where another was first", async () => {
    const page = await open("p", "Ann goes.");
    page.write(9, " Ben stays.");
    await rest(60);
    page.socket.say({ type: "refused", file: FILE, version: 1 });
    expect(page.socket.last("pull")).toMatchObject({ version: 0 });
    page.confirm(0, [{ clientID: "q", changes: [[0, "Today "], 9] }]);
    expect(page.text).toBe("Today Ann goes. Ben stays.");
    expect(page.socket.last("push")).toMatchObject({ version: 1 });
  });

  it("takes over what a page that is gone could not send, and only of one that is gone", async () => {
    const gone = await open("gone", "Ann goes.");
    gone.socket.open.value = false;
    gone.write(9, " Ben stays.");
    await rest(260);
    const other = await open("other", "Ann goes.");
    expect(other.text).toBe("Ann goes."); // it lives: what it has is its own
    ALL.delete("gone");
    const next = await open("next", "Ann goes.");
    expect(next.text).toBe("Ann goes. Ben stays.");
    expect(next.socket.last("resume")).toMatchObject({ client: "gone", text: "Ann goes. Ben stays." });
    expect(store.length).toBe(1);
    await next.doc("Ann goes. Ben stays.", 1);
    expect(store.length).toBe(0);
    expect(next.file.unsent.length).toBe(0);
  });

  it("asks again where the server went away before it answered", async () => {
    const page = await open("p", "Ann goes.");
    await page.greet("two");
    page.socket.open.value = false;
    page.socket.sent.length = 0;
    await page.greet("two");
    expect(page.socket.last("resume").text).toBe("Ann goes.");
  });

  it("keeps nothing that the server has taken over", async () => {
    const page = await open("p", "Ann goes.");
    page.socket.open.value = false;
    page.write(0, "One. ");
    await rest(260);
    expect(store.length).toBe(1);
    await page.greet("two");
    await page.doc("One. Ann goes.", 3);
    expect(store.length).toBe(0);
  });

  it("waits for the text that a choice between two brings", async () => {
    const page = await open("p", "Ann goes.");
    page.write(0, "Hm. ");
    await rest(60);
    expect(page.files.settle(FILE, "theirs")).toBe(true);
    await page.doc("Theirs.", 9);
    expect(page.text.endsWith("Theirs.")).toBe(true);
    expect(page.socket.last("settle").choice).toBe("theirs");
  });
});
