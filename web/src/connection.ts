// The socket: opened again for as long as it takes, and every message told to whoever asked for its type.

import type { FromServer, ToServer } from "./protocol";
import { Watched } from "./app";

type Listener = (message: never) => void;
const FIRST = 250;
const MOST = 4000;

/** The token stays in the address: a page that is loaded again needs it; the page's other parts read it here. */
export function tokenOf(address: Location, store: Storage): string {
  const token = new URLSearchParams(address.search).get("token") ?? store.getItem("token") ?? "";
  store.setItem("token", token);
  return token;
}

export class Connection {
  readonly open = new Watched(false);
  private socket: WebSocket | null = null;
  private wait = FIRST;
  private readonly listeners = new Map<string, Set<Listener>>();

  constructor(private readonly address: string) {}

  start(): void {
    const socket = new WebSocket(this.address);
    this.socket = socket;
    socket.addEventListener("open", () => {
      this.wait = FIRST;
      this.open.value = true;
    });
    socket.addEventListener("message", (event) => this.take(JSON.parse(String(event.data)) as FromServer));
    socket.addEventListener("close", () => {
      if (this.socket !== socket) return;
      this.open.value = false;
      setTimeout(() => this.start(), this.wait);
      this.wait = Math.min(MOST, this.wait * 2);
    });
  }

  private take(message: FromServer): void {
    for (const listener of [...(this.listeners.get(message.type) ?? [])]) listener(message as never);
  }

  /** What cannot be sent now is not kept: the text is pushed again on coming back, and questions can be asked again. */
  send(message: ToServer): boolean {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(message));
    return true;
  }

  on<K extends FromServer["type"]>(type: K, listener: (message: Extract<FromServer, { type: K }>) => void): () => void {
    const all = this.listeners.get(type) ?? new Set<Listener>();
    this.listeners.set(type, all);
    all.add(listener as Listener);
    return () => all.delete(listener as Listener);
  }
}
