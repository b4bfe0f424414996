// Events beside the text: their numbers in the gutter, and the chosen one's sentence.

import { RangeSet, StateEffect, StateField } from "@codemirror/state";
import type { Extension, Range } from "@codemirror/state";
import { Decoration, EditorView, gutter, GutterMarker } from "@codemirror/view";
import type { DecorationSet } from "@codemirror/view";

export interface Placed { n: number; from: number; to: number; status: string }

class EventMarker extends GutterMarker {
  constructor(readonly n: number, readonly status: string) {
    super();
  }
  override eq(other: EventMarker): boolean {
    return other.n === this.n && other.status === this.status;
  }
  override toDOM(): Node {
    const made = document.createElement("span");
    made.className = `event-number ${this.status}`;
    made.textContent = String(this.n);
    made.title = this.status === "happens" ? `event ${this.n}` : `event ${this.n}: ${this.status}`;
    return made;
  }
}

export const setEvents = StateEffect.define<Placed[]>();
export const setChosen = StateEffect.define<{ from: number; to: number } | null>();

const markers = StateField.define<RangeSet<EventMarker>>({
  create: () => RangeSet.empty,
  update(value, transaction) {
    let now = value.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(setEvents)) continue;
      const doc = transaction.state.doc;
      const first = new Map<number, Range<EventMarker>>();
      for (const one of effect.value) {
        const line = doc.lineAt(Math.min(one.from, doc.length)).from;
        if (!first.has(line)) first.set(line, new EventMarker(one.n, one.status).range(line));
      }
      now = RangeSet.of([...first.values()], true);
    }
    return now;
  },
});

const chosenField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(value, transaction) {
    let now = value.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(setChosen)) continue;
      const range = effect.value;
      now = range && range.to > range.from
        ? Decoration.set([Decoration.mark({ class: "chosen-sentence" }).range(range.from, range.to)])
        : Decoration.none;
    }
    return now;
  },
  provide: (field) => EditorView.decorations.from(field),
});

export function storyEvents(choose: (n: number) => void): Extension {
  return [
    markers,
    chosenField,
    gutter({
      class: "event-gutter",
      markers: (view) => view.state.field(markers),
      initialSpacer: () => new EventMarker(999, "happens"),
      domEventHandlers: {
        mousedown: (view, line) => {
          let n: number | null = null;
          view.state.field(markers).between(line.from, line.from, (_from, _to, marker) => {
            n = marker.n;
          });
          if (n === null) return false;
          choose(n);
          return true;
        },
      },
    }),
  ];
}
