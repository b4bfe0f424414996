// Facts of one moment, as the World tab shows them: grouped by whom they are about, and what is new among them.

export interface FactGroup { about: string; facts: string[] }
export interface Difference { fresh: Set<string>; gone: string[] }

/** Who or what a fact is about, as it says it: the longest known name it begins with, else its words up to the verb. */
export function aboutOf(fact: string, names: readonly string[]): string {
  const article = /^the /iu.test(fact) ? 4 : 0;
  const low = fact.toLocaleLowerCase();
  let found = 0;
  for (const name of names) {
    for (const start of article ? [0, article] : [0]) {
      const end = start + name.length;
      // "El's room" is about the room, "Elsa" about Elsa.
      if (end > found && low.startsWith(name.toLocaleLowerCase(), start) && !/^[\p{L}\p{N}'’-]/u.test(fact.slice(end))) found = end;
    }
  }
  if (found) return fact.slice(0, found);
  const words = fact.split(/\s+/);
  const verb = words.findIndex((word, at) => at > 0 && VERB.test(word));
  const upTo = verb > 0 ? verb : Math.min(words.length, ARTICLE.test(words[0] ?? "") ? 2 : 1);
  return words.slice(0, upTo).join(" ").replace(/[.,;:]$/u, "");
}

const VERB = /^(is|are|was|were|has|have|had|can|cannot|knows?|believes?|wants?|owns?|holds?|carries|wears|lies|stands|contains|does|do|will|must|may|took|gave|feels?|loves?|hates?|fears?|likes?|suspects?|sees|thinks)$/u;
const ARTICLE = /^(the|an?|some|no|every)$/iu;

/** The facts by what they are about: people first, in the story's order, then the rest by name. */
export function groupFacts(facts: readonly string[], people: readonly string[], names: readonly string[] = people): FactGroup[] {
  const groups = new Map<string, FactGroup>();
  const known = [...new Set([...people, ...names])];
  for (const fact of facts) {
    const about = aboutOf(fact, known);
    const held = groups.get(bare(about));
    if (held) held.facts.push(fact);
    else groups.set(bare(about), { about, facts: [fact] });
  }
  const rank = new Map(people.map((name, at) => [bare(name), at]));
  const of = (key: string): number => rank.get(key) ?? people.length;
  const sorted = [...groups].sort(([a], [b]) => of(a) - of(b) || (a < b ? -1 : a > b ? 1 : 0));
  // A heading over a single fact would say its beginning twice.
  const lone = ([key, group]: [string, FactGroup]): boolean => !rank.has(key) && group.facts.length === 1;
  const rest = sorted.filter(lone).flatMap(([, group]) => group.facts);
  const headed = sorted.filter((one) => !lone(one)).map(([, group]) => group);
  return rest.length ? [...headed, { about: REST, facts: rest }] : headed;
}
export const REST = "Everything else";

function bare(name: string): string {
  return name.toLocaleLowerCase().replace(/^the /u, "");
}

/** What an event changed: the facts that hold now and did not before, and those that held and no longer do. */
export function difference(before: readonly string[] | null, now: readonly string[]): Difference {
  if (before === null) return { fresh: new Set(), gone: [] };
  const old = new Set(before), held = new Set(now);
  return { fresh: new Set(now.filter((fact) => !old.has(fact))), gone: before.filter((fact) => !held.has(fact)) };
}

/** The facts in which every word looked for stands, in any order and any case. */
export function filterFacts(facts: readonly string[], sought: string): string[] {
  const words = sought.toLocaleLowerCase().split(/\s+/).filter((word) => word !== "");
  if (words.length === 0) return [...facts];
  return facts.filter((fact) => {
    const low = fact.toLocaleLowerCase();
    return words.every((word) => low.includes(word));
  });
}

/** How a chain of eyes is said: whose world it is that is shown. */
export function sayEyes(eyes: readonly string[]): string {
  const [first, ...rest] = eyes;
  if (first === undefined) return "the world as it is";
  if (rest.length === 0) return `the world as ${first} takes it to be`;
  const inner = rest.slice(0, -1).map((name) => `that ${name} believes `).join("");
  return `the world as ${first} believes ${inner}that ${rest[rest.length - 1]} takes it to be`;
}

/** A small memory of worlds already asked for, emptied when the story was read anew. */
export class Worlds {
  private readonly held = new Map<string, string[]>();
  private revision = -1;
  constructor(private readonly most = 60) {}
  static key(after: number, eyes: readonly string[]): string { return JSON.stringify([after, ...eyes]); }
  at(revision: number): this {
    if (revision !== this.revision) this.held.clear();
    this.revision = revision;
    return this;
  }
  get(after: number, eyes: readonly string[]): string[] | null { return this.held.get(Worlds.key(after, eyes)) ?? null; }
  put(after: number, eyes: readonly string[], facts: string[]): void {
    const key = Worlds.key(after, eyes);
    this.held.delete(key);
    this.held.set(key, facts);
    while (this.held.size > this.most) this.held.delete(this.held.keys().next().value as string);
  }
}
