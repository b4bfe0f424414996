// What the server has not confirmed yet, kept in the browser; after a crash the next page takes it over.

export interface Unsent { hash: string; text: string; client: string }
/** Whether a name is ours from now on: only of pages that are gone can it be. */
export type Lock = (name: string) => Promise<boolean>;

const PREFIX = "fabula.unsent.";
const SEPARATOR = "|";

/** A lock that is held as long as the page lives, even where the page is killed. */
export const browserLock: Lock = (name) => new Promise((done) => {
  if (!("locks" in navigator)) return done(true);
  void navigator.locks.request(`fabula.${name}`, { ifAvailable: true }, (lock) => {
    done(lock !== null);
    return lock ? new Promise<never>(() => {}) : undefined;
  });
});

export class Kept {
  constructor(private readonly store: Storage, private readonly client: string, private readonly lock: Lock) {
    void lock(client);
  }

  private key(file: string, client: string): string {
    return `${PREFIX}${client}${SEPARATOR}${file}`;
  }

  /** Keeps a text; false where the browser has no room for it. */
  keep(file: string, hash: string, text: string): boolean {
    try {
      this.store.setItem(this.key(file, this.client), JSON.stringify({ hash, text, client: this.client } satisfies Unsent));
      return true;
    } catch {
      return false;
    }
  }

  forget(file: string, client = this.client): void {
    this.store.removeItem(this.key(file, client));
  }

  /** What a page that is gone could not send any more of a file. */
  async left(file: string): Promise<Unsent | null> {
    const keys = Array.from({ length: this.store.length }, (_, at) => this.store.key(at) ?? "");
    for (const key of keys.sort()) {
      if (!key.startsWith(PREFIX) || !key.endsWith(`${SEPARATOR}${file}`)) continue;
      const client = key.slice(PREFIX.length, key.length - file.length - SEPARATOR.length);
      if (client === this.client || !(await this.ours(client))) continue;
      const found = read(this.store.getItem(key));
      if (found) return found;
      this.store.removeItem(key);
    }
    return null;
  }

  private readonly taken = new Set<string>();

  private async ours(client: string): Promise<boolean> {
    if (!this.taken.has(client) && (await this.lock(client))) this.taken.add(client);
    return this.taken.has(client);
  }
}

function read(data: string | null): Unsent | null {
  try {
    const found = JSON.parse(data ?? "null") as Partial<Unsent> | null;
    return found && typeof found.hash === "string" && typeof found.text === "string" && typeof found.client === "string" ? (found as Unsent) : null;
  } catch {
    return null;
  }
}
