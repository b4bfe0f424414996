import { expect, it } from "vitest";
import type { Scene, StoryEvent } from "../protocol";
import { rangeOf, stillThere } from "./options";
import { rangeAt, sceneRanges, sceneStep } from "./scenes";

const event = (n: number, file: string, line: number): StoryEvent =>
  ({ n, text: `${n}`, scene: "", file, line, column: 1, length: 1, status: "happens", sources: [], people: [] });
const scene = (n: number, title: string, file: string, line: number): Scene => ({ n, title, file, line, level: 2 });
const told = {
  scenes: [scene(1, "Words", "b.md", 1), scene(2, "Night", "b.md", 10), scene(3, "Night", "a.md", 1)],
  events: [event(1, "b.md", 11), event(2, "b.md", 12), event(3, "a.md", 5)],
};
const ranges = sceneRanges(told);

it("gives the scenes that have events, equal titles apart, in the order told", () => {
  expect(ranges.map((range) => [range.scene.n, range.first, range.last])).toEqual([[2, 1, 2], [3, 3, 3]]);
});
it("finds the scene of an event", () => {
  expect(rangeAt(ranges, 2)?.scene.n).toBe(2);
  expect(rangeAt(ranges, 3)?.scene.n).toBe(3);
  expect(rangeAt(ranges, 0)).toBeNull();
});
it("steps to the first event of a scene, and stops at the ends", () => {
  expect(sceneStep(ranges, 1, 1, 3)).toBe(3);
  expect(sceneStep(ranges, 3, 1, 3)).toBe(3);
  expect(sceneStep(ranges, 3, -1, 3)).toBe(1);
  expect(sceneStep(ranges, 2, -1, 3)).toBe(1);
  expect(sceneStep(ranges, 1, -1, 3)).toBe(0);
});
it("makes a choice of scenes one of events, open at the story's ends", () => {
  expect(rangeOf(ranges, 0, -1)).toEqual({ start: null, end: null });
  expect(rangeOf(ranges, 1, -1)).toEqual({ start: 3, end: null });
  expect(rangeOf(ranges, 0, 0)).toEqual({ start: null, end: 2 });
  expect(rangeOf([], 0, -1)).toEqual({ start: null, end: null });
});
it("lets go of what the story no longer has", () => {
  const choice = { people: ["Anna", "Ben"], start: 2, end: 9, fact: "gone", eyes: "Ben" };
  expect(stillThere(choice, { people: ["Anna"], facts_known: ["kept"], events: told.events })).toEqual({ people: ["Anna"], start: 2, end: null, fact: null, eyes: null });
});
