// Starts the page: the socket, what its parts share, and the parts.

import "./style.css";
import type { App } from "./app";
import { Watched } from "./app";
import { Connection, tokenOf } from "./connection";
import { StoryEditor } from "./editor/editor";
import { Files } from "./editor/files";
import { browserLock, Kept } from "./editor/kept";
import { mountPanels } from "./panels";
import type { Results, Words } from "./protocol";
import { Shell } from "./shell";

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";
const token = tokenOf(location, sessionStorage);
const socket = location.protocol === "https:" ? "wss" : "ws";
const connection = new Connection(`${socket}://${location.host}/live?token=${encodeURIComponent(token)}`);

const app: App = {
  results: new Watched<Results | null>(null),
  chosen: new Watched<number | null>(null),
  finding: new Watched<number | null>(null),
  story: new Watched<string | null>(null),
  send: (message) => connection.send(message),
  on: (type, listener) => connection.on(type, listener),
  text: null,
};

const shell = new Shell(document.getElementById("page")!, app, connection, token);
const editor = new StoryEditor(app, shell.text, nonce);
app.text = {
  goTo: (...place) => {
    shell.look("text");
    editor.goTo(...place);
  },
  apply: (proposal) => editor.apply(proposal),
  focus: () => editor.focus(),
};
const client = [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(36)).join("");
const files = new Files(connection, app.story, client, new Kept(localStorage, client, browserLock), () => editor.extensions());
editor.follow(files);
shell.follow(editor, files);
mountPanels(app, shell.tablist, shell.panel);

let words: Words | null = null;
connection.on("results", (message) => {
  if (message.story !== app.story.value) return;
  words = message.words ?? words;
  app.results.value = { ...message, words };
  const n = app.chosen.value;
  if (n !== null && n > message.events.length) app.chosen.value = null;
});
app.story.watch(() => {
  words = null;
  app.results.value = null;
  app.chosen.value = null;
});
connection.start();
