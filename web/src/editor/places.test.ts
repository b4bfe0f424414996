import { ChangeSet, Text } from "@codemirror/state";
import { describe, expect, it } from "vitest";
import { columnOffset, difference, moved, offsetColumn, rangeOf } from "./places";

const doc = Text.of(["Ann 𝒳 goes.", "", "Ben 😀😀 stays."]);

describe("places", () => {
  it("counts characters, and not what they are made of", () => {
    expect(columnOffset("𝒳y", 2)).toBe(2);
    expect(columnOffset("ab", 9)).toBe(2);
    for (const line of ["", "abc", "a𝒳b😀c"]) {
      for (let column = 1; column <= [...line].length + 1; column++) expect(offsetColumn(line, columnOffset(line, column))).toBe(column);
    }
  });
  it("finds a sentence", () => {
    const { from, to } = rangeOf(doc, 3, 5, 2);
    expect(doc.sliceString(from, to)).toBe("😀😀");
    expect(rangeOf(doc, 9, 1, 4)).toEqual({ from: doc.length, to: doc.length });
    const over = rangeOf(doc, 1, 7, 9);
    expect([...doc.sliceString(over.from, over.to)].length).toBe(9);
  });
  it("follows changes", () => {
    const insert = ChangeSet.of({ from: 0, insert: "Carl. " }, doc.length);
    expect(moved({ from: 0, to: 3 }, [insert])).toEqual({ from: 6, to: 9 });
    const cut = ChangeSet.of({ from: 0, to: 5 }, doc.length);
    expect(moved({ from: 1, to: 4 }, [cut])).toEqual({ from: 0, to: 0 });
  });
  it("makes one text of the other", () => {
    for (const [old, now] of [["", "a"], ["abc", "abc"], ["aXc", "ac"], ["aaa", "aa"], ["abab", "ab"], ["ab", "cd"]] as const) {
      const { from, to, insert } = difference(old, now);
      expect(old.slice(0, from) + insert + old.slice(to)).toBe(now);
    }
  });
});
