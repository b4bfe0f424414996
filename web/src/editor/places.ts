// Places in a text: lines and columns in characters, as Fabula counts them, to offsets in UTF-16, as the browser counts.

import type { ChangeSet, Text } from "@codemirror/state";

/** The offset in a line of the character before which `column - 1` others stand. */
export function columnOffset(line: string, column: number): number {
  let at = 0;
  for (let count = 1; count < column && at < line.length; count++) at += line.codePointAt(at)! > 0xffff ? 2 : 1;
  return at;
}

/** The column, from 1, of an offset in a line. */
export function offsetColumn(line: string, offset: number): number {
  return [...line.slice(0, offset)].length + 1;
}

/** From and to of so many characters from a line and column on; what is beyond the text ends with it. */
export function rangeOf(doc: Text, line: number, column: number, length: number): { from: number; to: number } {
  if (line > doc.lines) return { from: doc.length, to: doc.length };
  const first = doc.line(Math.max(line, 1));
  const from = first.from + columnOffset(first.text, column);
  let to = from;
  const rest = doc.sliceString(from, Math.min(doc.length, from + 2 * length));
  let taken = 0;
  for (const character of rest) {
    if (taken++ >= length) break;
    to += character.length;
  }
  return { from, to };
}

/** Where a range is after changes; what was taken away shrinks to a point. */
export function moved(range: { from: number; to: number }, changes: readonly ChangeSet[]): { from: number; to: number } {
  let { from, to } = range;
  for (const change of changes) {
    if (change.length < to) return { from: 0, to: 0 };
    from = change.mapPos(from, 1);
    to = Math.max(from, change.mapPos(to, -1));
  }
  return { from, to };
}

/** The one change that makes one text of another: what stands the same before and behind stays. */
export function difference(old: string, now: string): { from: number; to: number; insert: string } {
  let from = 0;
  const most = Math.min(old.length, now.length);
  while (from < most && old[from] === now[from]) from++;
  let behind = 0;
  while (behind < most - from && old[old.length - 1 - behind] === now[now.length - 1 - behind]) behind++;
  return { from, to: old.length - behind, insert: now.slice(from, now.length - behind) };
}
