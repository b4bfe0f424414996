// What a sentence can go on with: the story's names, the library's kinds, verbs and properties.

import { autocompletion } from "@codemirror/autocomplete";
import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import type { Extension } from "@codemirror/state";
import type { Words } from "../protocol";

export function options(words: Words): Completion[] {
  const of = (labels: readonly string[], type: string, detail: string, boost: number): Completion[] =>
    labels.map((label) => ({ label, type, detail, boost }));
  return [
    ...of(words.names, "variable", "name", 20),
    ...of(words.verbs, "function", "verb", 5),
    ...of(words.kinds, "class", "kind", 0),
    ...of(words.properties, "property", "property", -5),
  ];
}

export function completion(words: () => Words | null): Extension {
  let made: { of: Words; options: Completion[] } | null = null;
  const source = (context: CompletionContext): CompletionResult | null => {
    const known = words();
    const word = context.matchBefore(/[\p{L}][\p{L}'’-]*$/u);
    if (!known || (!context.explicit && (!word || word.text.length < 2))) return null;
    if (/^\s*[>#]/.test(context.state.doc.lineAt(context.pos).text)) return null;
    if (made?.of !== known) made = { of: known, options: options(known) };
    return { from: word?.from ?? context.pos, options: made.options, validFor: /^[\p{L}'’ -]*$/u };
  };
  return autocompletion({ override: [source], icons: false, activateOnTypingDelay: 150 });
}
