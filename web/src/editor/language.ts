// How the story language looks: headings, notes, citations, and the words that the story knows.

import { RangeSetBuilder, StateEffect, StateField } from "@codemirror/state";
import type { Extension } from "@codemirror/state";
import { Decoration, EditorView, ViewPlugin } from "@codemirror/view";
import type { DecorationSet, ViewUpdate } from "@codemirror/view";
import type { Words } from "../protocol";

export interface Known {
  names: RegExp | null;
  kinds: Set<string>;
  verbs: Set<string>;
}

export function known(words: Words | null): Known {
  const names = [...(words?.names ?? [])].filter((name) => name.length > 1).sort((a, b) => b.length - a.length);
  const escaped = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return {
    names: escaped.length ? new RegExp(`(?<![\\p{L}\\p{N}])(?:${escaped.join("|")})(?![\\p{L}\\p{N}])`, "gu") : null,
    kinds: new Set(words?.kinds ?? []),
    verbs: new Set((words?.verbs ?? []).map((verb) => verb.split(" ")[0]!)),
  };
}

/** Whether a word is a form of a known verb, as far as endings tell. */
export function isVerb(word: string, verbs: ReadonlySet<string>): boolean {
  if (verbs.has(word)) return true;
  const stems = [
    [/ies$/, "y"], [/es$/, ""], [/s$/, ""], [/ied$/, "y"], [/ed$/, ""], [/ed$/, "e"], [/d$/, ""],
    [/ing$/, ""], [/ing$/, "e"], [/(.)\1(?:ed|ing)$/, "$1"],
  ] as const;
  return stems.some(([ending, instead]) => ending.test(word) && verbs.has(word.replace(ending, instead)));
}

export interface Piece { from: number; to: number; kind: string }

// Words that hold sentences together, though there are things that are called so: a can, a may.
const CLOSED = new Set("a an the is are was were be been has have had can may must will would should do does did not and or but with without of in on at to from by as that who which it he she they him her them his its their one".split(" "));
const MINDS = /\b(?:believes?|knows?|thinks?|suspects?|wants?|fears?|hopes?|intends?)\b(?: (?:that|to))?/g;
const TIMES = /\b(?:Before the story begins|Meanwhile|Earlier|Later|Afterwards|(?:The|That|Next|the next) (?:day|night|morning|evening)|At first|In the end|no longer|still|already|never)\b/g;

/** The pieces of a line that look different, none within another, in order. */
export function pieces(line: string, words: Known): Piece[] {
  if (/^#{1,6}\s/.test(line)) return [{ from: 0, to: line.length, kind: "heading" }];
  if (/^\s*>/.test(line)) return [{ from: 0, to: line.length, kind: "note" }];
  if (/^\s*<!--.*-->\s*$/.test(line)) return [{ from: 0, to: line.length, kind: "note" }];
  const found: Piece[] = [];
  const add = (pattern: RegExp, kind: string): void => {
    for (const match of line.matchAll(pattern)) {
      const from = match.index;
      const to = from + match[0].length;
      if (!found.some((one) => from < one.to && one.from < to)) found.push({ from, to, kind });
    }
  };
  add(/<!--.*?-->/g, "note");
  add(/\[allow [^\]]*\]/g, "allow");
  add(/\[[\d., \-–]+\]/g, "citation");
  add(/["“„][^"”“]*["”“]/g, "quoted");
  if (words.names) add(words.names, "name");
  add(TIMES, "time");
  add(MINDS, "mind");
  for (const match of line.matchAll(/[\p{L}][\p{L}'’-]*/gu)) {
    const word = match[0].toLowerCase();
    if (CLOSED.has(word)) continue;
    const kind = words.kinds.has(word) ? "kind" : isVerb(word, words.verbs) ? "verb" : null;
    if (kind && !found.some((one) => match.index < one.to && one.from < match.index + word.length))
      found.push({ from: match.index, to: match.index + match[0].length, kind });
  }
  return found.sort((a, b) => a.from - b.from);
}

export const setKnown = StateEffect.define<Known>();
const knownField = StateField.define<Known>({
  create: () => known(null),
  update: (value, transaction) => transaction.effects.reduce((now, effect) => (effect.is(setKnown) ? effect.value : now), value),
});

const MARKS = new Map<string, Decoration>();
function mark(kind: string): Decoration {
  const made = MARKS.get(kind) ?? Decoration.mark({ class: `story-${kind}` });
  MARKS.set(kind, made);
  return made;
}

function decorated(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  const words = view.state.field(knownField);
  for (const { from, to } of view.visibleRanges) {
    for (let at = from; at <= to; ) {
      const line = view.state.doc.lineAt(at);
      for (const piece of pieces(line.text, words)) {
        if (piece.to > piece.from) builder.add(line.from + piece.from, line.from + piece.to, mark(piece.kind));
      }
      at = line.to + 1;
    }
  }
  return builder.finish();
}

export function storyLanguage(): Extension {
  return [
    knownField,
    ViewPlugin.fromClass(
      class {
        decorations: DecorationSet;
        constructor(view: EditorView) {
          this.decorations = decorated(view);
        }
        update(update: ViewUpdate): void {
          const learned = update.transactions.some((one) => one.effects.some((effect) => effect.is(setKnown)));
          if (update.docChanged || update.viewportChanged || learned) this.decorations = decorated(update.view);
        }
      },
      { decorations: (plugin) => plugin.decorations },
    ),
  ];
}
