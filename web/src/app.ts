// What the parts of the page share: one socket, the latest results, and one selection that all of them follow.

import type { FromServer, Proposal, Results, ToServer } from "./protocol";

export type Listener<T> = (value: T) => void;

/** A value that many look at: whoever listens is told of every change, and of the value there is. */
export class Watched<T> {
  private readonly listeners = new Set<Listener<T>>();
  constructor(private held: T) {}
  get value(): T { return this.held; }
  set value(value: T) { this.set(value); }
  set(value: T): void {
    if (Object.is(value, this.held)) return;
    this.held = value;
    for (const listener of [...this.listeners]) listener(value);
  }
  watch(listener: Listener<T>): () => void {
    this.listeners.add(listener);
    listener(this.held);
    return () => this.listeners.delete(listener);
  }
}

/** Where the text is shown: what other parts ask of the editor. */
export interface Text {
  goTo(file: string, line: number, column: number, length: number): void;
  apply(proposal: Proposal): void;
  focus?(): void;
}

export interface App {
  readonly results: Watched<Results | null>;
  /** The chosen event's number: choosing an event anywhere selects it everywhere. */
  readonly chosen: Watched<number | null>;
  /** The finding that is looked at, by its place in the results. */
  readonly finding: Watched<number | null>;
  readonly story: Watched<string | null>;
  /** Says something to the server; false where there is no connection now. */
  send(message: ToServer): boolean;
  /** Every message of a type from the server; returns what ends it. */
  on<K extends FromServer["type"]>(type: K, listener: (message: Extract<FromServer, { type: K }>) => void): () => void;
  text: Text | null;
}
