// Where the scenes of a story begin and end, counted in its events.

import type { Results, Scene, StoryEvent } from "../protocol";

export interface Range { scene: Scene; first: number; last: number }
type Told = Pick<Results, "scenes" | "events">;

/** Each scene that has events, in the order told, with its first and last event. */
export function sceneRanges(results: Told): Range[] {
  const starts = [...results.scenes].sort(byPlace(results.events));
  const ranges: Range[] = [];
  const at = new Map<Scene, Range>();
  const scenes = perFile(starts);
  for (const event of results.events) {
    const scene = sceneOf(event, scenes);
    if (!scene) continue;
    const held = at.get(scene);
    if (held) {
      held.first = Math.min(held.first, event.n);
      held.last = Math.max(held.last, event.n);
    } else {
      const range = { scene, first: event.n, last: event.n };
      at.set(scene, range);
      ranges.push(range);
    }
  }
  return ranges;
}

/** Files come in the order in which their events are told; within a file, lines count. */
function byPlace(events: readonly StoryEvent[]): (a: Scene, b: Scene) => number {
  const order = new Map<string, number>();
  for (const event of events) if (!order.has(event.file)) order.set(event.file, order.size);
  const rank = (scene: Scene): number => order.get(scene.file) ?? order.size;
  return (a, b) => rank(a) - rank(b) || a.line - b.line;
}

function perFile(scenes: readonly Scene[]): Map<string, Scene[]> {
  const files = new Map<string, Scene[]>();
  for (const scene of scenes) {
    const held = files.get(scene.file);
    if (held) held.push(scene);
    else files.set(scene.file, [scene]);
  }
  return files;
}

/** The last heading above an event in its file: titles may repeat, places do not. */
function sceneOf(event: StoryEvent, scenes: Map<string, Scene[]>): Scene | null {
  let found: Scene | null = null;
  for (const scene of scenes.get(event.file) ?? []) {
    if (scene.line > event.line) break;
    found = scene;
  }
  return found;
}

/** The range in which an event lies; null before the first scene. */
export function rangeAt(ranges: readonly Range[], n: number): Range | null {
  let found: Range | null = null;
  for (const range of ranges) if (range.first <= n && (found === null || range.first >= found.first)) found = range;
  return found;
}

/** Where "previous scene" and "next scene" lead from an event: the first event of a scene, or the ends of the story. */
export function sceneStep(ranges: readonly Range[], n: number, way: -1 | 1, last: number): number {
  const firsts = ranges.map((range) => range.first).sort((a, b) => a - b);
  if (way === 1) return firsts.find((first) => first > n) ?? last;
  const before = firsts.filter((first) => first < n);
  return before[before.length - 1] ?? 0;
}
