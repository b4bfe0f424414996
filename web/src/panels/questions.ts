// Questions to a story: examples made of what is in it, names completed, and those asked before.

import type { Results } from "../protocol";

type Told = Pick<Results, "people" | "facts_known" | "events">;
const MOST_KEPT = 50;

/** Questions that can be asked of this very story, the people who act most first. */
export function examples(results: Told, names: readonly string[]): string[] {
  const acts = new Map(results.people.map((name) => [name, 0]));
  for (const event of results.events) for (const name of event.people) if (acts.has(name)) acts.set(name, (acts.get(name) ?? 0) + 1);
  const main = [...results.people].sort((a, b) => (acts.get(b) ?? 0) - (acts.get(a) ?? 0)).map((name) => spoken(name));
  const [first, second] = main;
  const people = new Set(results.people.map((name) => name.toLocaleLowerCase()));
  const thing = mostHandled(names.filter((name) => !people.has(name.toLocaleLowerCase())), results);
  const fact = results.facts_known[0];
  return [
    first ? `Where is ${first}?` : "", first ? `What does ${first} have?` : "", "Who is dead?",
    fact ? `Who knows that ${fact}?` : "",
    first && second ? `Where does ${second} think that ${first} is?` : "",
    thing ? `Who has ${spoken(thing)}?` : "", second ? `What does ${second} want?` : "",
  ].filter((question) => question !== "");
}

/** What is taken, given or used most: named often, and never as where somebody is or goes. */
function mostHandled(names: readonly string[], results: Told): string | undefined {
  const text = results.events.map((event) => event.text).join(" ").toLocaleLowerCase();
  let best: string | undefined, most = 0;
  for (const name of names) {
    const after = text.split(`the ${name.toLocaleLowerCase()}`);
    const place = after.slice(0, -1).some((before) => /\b(?:in|into|to|at|from|of|on|inside|outside|near|enters|leaves|reaches) $/u.test(before));
    if (!place && after.length - 1 > most) [best, most] = [name, after.length - 1];
  }
  return best;
}

/** "bartender" is asked for as "the bartender"; a name is asked for as it is. */
export function spoken(name: string): string {
  return /^\p{Lu}|^the /u.test(name) ? name : `the ${name}`;
}

/** Whole questions that go on with a name where the last words begin one; a list of inputs completes only wholes. */
export function completions(typed: string, names: readonly string[], most = 12): string[] {
  const found: string[] = [];
  const low = typed.toLocaleLowerCase();
  for (const name of names) {
    const start = beginning(low, name.toLocaleLowerCase());
    if (start < 0) continue;
    found.push(typed.slice(0, start) + name);
    if (found.length === most) break;
  }
  return found;
}

/** Where in the typed text a name begins that it ends in the middle of; -1 where it does not. */
function beginning(typed: string, name: string): number {
  for (let start = Math.max(0, typed.length - name.length + 1); start < typed.length - 1; start += 1) {
    const opens = start === 0 || typed.charAt(start - 1) === " ";
    if (opens && name.startsWith(typed.slice(start))) return start;
  }
  return -1;
}

/** What was asked before, walked with the arrow keys; what was being typed is kept at its end. */
export class Asked {
  private place: number;
  private draft = "";
  constructor(private questions: string[] = []) { this.place = questions.length; }
  get all(): readonly string[] { return this.questions; }
  get walking(): boolean { return this.place < this.questions.length; }
  add(question: string): void {
    this.questions = [...this.questions.filter((one) => one !== question), question].slice(-MOST_KEPT);
    this.place = this.questions.length;
    this.draft = "";
  }
  back(typed: string): string | null {
    if (this.place === 0) return null;
    if (!this.walking) this.draft = typed;
    this.place -= 1;
    return this.questions[this.place] ?? null;
  }
  on(): string | null {
    if (!this.walking) return null;
    this.place += 1;
    return this.walking ? this.questions[this.place] ?? null : this.draft;
  }
}

/** A list as it is said: "Anna, Ben and Carl". */
export function sayList(answer: string | readonly string[]): string {
  if (typeof answer === "string") return answer;
  if (answer.length === 0) return "none";
  if (answer.length === 1) return answer[0]!;
  return `${answer.slice(0, -1).join(", ")} and ${answer[answer.length - 1]}`;
}
