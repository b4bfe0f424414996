import { describe, expect, it } from "vitest";
import type { CollabUpdate } from "../protocol";
import { hashOf, StoryFile } from "./file";

/** A server that takes whatever fits its version, as the real one does. */
class Server {
  updates: CollabUpdate[] = [];
  push(version: number, updates: CollabUpdate[]): boolean {
    if (version !== this.updates.length) return false;
    this.updates.push(...updates);
    return true;
  }
}

function exchange(server: Server, file: StoryFile): void {
  const fresh = server.updates.slice(file.version);
  if (fresh.length) {
    const version = file.version;
    const spec = file.received(version, fresh)!;
    file.state = file.state.update(spec).state;
  }
  const updates = file.toPush();
  if (updates) server.push(file.version, updates);
}

function write(file: StoryFile, from: number, to: number, insert: string): void {
  file.state = file.state.update({ changes: { from, to, insert } }).state;
}

const made = (name: string): StoryFile => new StoryFile("a.md", "Ann goes.\nBen stays.\n", 0, "", null, name, []);

describe("a file in two windows", () => {
  it("comes to be the same in both, whoever writes where", () => {
    let seed = 7;
    const random = (below: number): number => (seed = (seed * 1103515245 + 12345) % 2147483648) % below;
    const server = new Server();
    const files = [made("one"), made("two")];
    for (let step = 0; step < 300; step++) {
      const file = files[random(2)]!;
      const length = file.state.doc.length;
      const from = random(length + 1);
      if (random(3) === 0) exchange(server, file);
      else write(file, from, Math.min(length, from + random(3)), ["x", "Carl. ", "\n", "😀"][random(4)]!);
    }
    for (let step = 0; step < 4; step++) for (const file of files) exchange(server, file);
    expect(files[0]!.state.doc.toString()).toBe(files[1]!.state.doc.toString());
    expect(files[0]!.confirmed.toString()).toBe(files[0]!.state.doc.toString());
    expect(files[0]!.unsent.length).toBe(0);
  });
  it("knows where something is that stood elsewhere in an older version", () => {
    const server = new Server();
    const [one, two] = [made("one"), made("two")];
    write(two, 0, 0, "First. ");
    exchange(server, two);
    exchange(server, one);
    write(one, 0, 0, "Zero. ");
    const range = one.range(0, 2, 1, 10)!;
    expect(one.state.doc.sliceString(range.from, range.to)).toBe("Ben stays.");
    expect(one.range(99, 1, 1, 1)).toBeNull();
    expect(one.received(5, [])).toBeNull();
  });
});

it("knows a text as the server does", async () => {
  expect(await hashOf("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
});
