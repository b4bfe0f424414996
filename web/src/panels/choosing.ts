// Events in a picture: chosen with the mouse or the keyboard, and shown where they were chosen elsewhere.

import type { App } from "../app";
import { goToEvent } from "./links";
import type { Frame } from "./zoom";

const SVG = "http://www.w3.org/2000/svg";
const MOST_HALOS = 60;

export class Choosing {
  private picture: SVGSVGElement | null = null;
  private readonly marks = new Map<number, SVGGraphicsElement[]>();
  private order: number[] = [];
  private halos: SVGGElement | null = null;
  private stop: SVGGraphicsElement | null = null;

  constructor(private readonly app: App, private readonly frame: Frame) {
    frame.view.addEventListener("click", (clicked) => this.click(clicked.target as Element));
    frame.view.addEventListener("dblclick", (clicked) => this.click(clicked.target as Element, true));
    frame.view.addEventListener("keydown", (pressed) => this.key(pressed));
    frame.view.addEventListener("focusin", (focused) => {
      const mark = (focused.target as Element).closest<SVGGraphicsElement>("[data-event]");
      if (mark) this.rove(mark, false);
    });
    app.chosen.watch(() => this.follow());
  }

  put(picture: SVGSVGElement): void {
    const active = document.activeElement;
    const focused = active && this.frame.view.contains(active) && active !== this.frame.view ? Number((active as SVGElement).dataset.event) : null;
    // What can be chosen inside would be hidden by the role "img"; the title would hang over every spot as a tooltip.
    picture.setAttribute("role", "group");
    for (const child of [...picture.children]) if (child.localName === "title") child.remove();
    this.picture = picture;
    this.marks.clear();
    for (const mark of picture.querySelectorAll<SVGGraphicsElement>("[data-event]")) {
      const n = Number(mark.dataset.event);
      if (!Number.isInteger(n)) continue;
      const held = this.marks.get(n);
      if (held) held.push(mark);
      else this.marks.set(n, [mark]);
      mark.setAttribute("role", "button");
      mark.setAttribute("tabindex", "-1");
      // Its title is its name; where it has none, the sentence is.
      if (![...mark.children].some((child) => child.localName === "title")) mark.setAttribute("aria-label", this.sentence(n));
    }
    this.order = [...this.marks.keys()].sort((a, b) => a - b);
    this.halos = document.createElementNS(SVG, "g");
    this.halos.setAttribute("class", "halos");
    this.halos.setAttribute("aria-hidden", "true");
    picture.append(this.halos);
    this.frame.put(picture);
    this.stop = null;
    const first = this.marks.get(focused ?? this.app.chosen.value ?? -1)?.[0] ?? this.marks.get(this.order[0] ?? -1)?.[0];
    if (first) this.rove(first, focused !== null);
    this.mark();
  }

  clear(): void {
    this.picture = this.halos = this.stop = null;
    this.marks.clear();
    this.order = [];
    this.frame.clear();
  }

  /** Mark what is chosen, and bring it into sight. */
  follow(): void {
    this.mark();
    const n = this.app.chosen.value;
    const marks = n === null ? undefined : this.marks.get(n);
    if (!marks || !this.frame.view.offsetParent) return;
    const inside = this.frame.view.contains(document.activeElement) && document.activeElement !== this.frame.view;
    if (!inside) this.rove(marks[0]!, false);
    this.frame.reveal(marks[0]!);
  }

  private mark(): void {
    if (!this.picture || !this.halos) return;
    for (const old of this.picture.querySelectorAll(".chosen")) {
      old.classList.remove("chosen");
      old.setAttribute("aria-pressed", "false");
    }
    this.halos.replaceChildren();
    const n = this.app.chosen.value;
    if (n === null) return;
    for (const mark of (this.marks.get(n) ?? []).slice(0, MOST_HALOS)) {
      mark.classList.add("chosen");
      mark.setAttribute("aria-pressed", "true");
      this.halos.append(...this.halosOf(mark));
    }
  }

  // A long line is its own halo; everything else gets a frame around it, which can be seen in black and white too.
  private halosOf(mark: SVGGraphicsElement): SVGRectElement[] {
    if (!this.picture || !this.frame.view.offsetParent || mark.classList.contains("touch")) return [];
    const box = mark.getBBox(), from = mark.getScreenCTM(), to = this.picture.getScreenCTM();
    if (!from || !to) return [];
    const matrix = to.inverse().multiply(from);
    const a = new DOMPoint(box.x, box.y).matrixTransform(matrix), b = new DOMPoint(box.x + box.width, box.y + box.height).matrixTransform(matrix);
    const room = 5;
    return ["chosen-halo under", "chosen-halo"].map((kind) => {
      const halo = document.createElementNS(SVG, "rect");
      const given = {
        class: kind, x: Math.min(a.x, b.x) - room, y: Math.min(a.y, b.y) - room,
        width: Math.abs(b.x - a.x) + 2 * room, height: Math.abs(b.y - a.y) + 2 * room, rx: 5,
      };
      for (const [name, value] of Object.entries(given)) halo.setAttribute(name, String(value));
      return halo;
    });
  }

  private click(target: Element, again = false): void {
    const found = target.closest<SVGElement>("[data-event], [data-finding]");
    if (!found) return;
    const finding = Number(found.dataset.finding ?? NaN);
    if (Number.isInteger(finding)) this.app.finding.set(finding);
    const n = Number(found.dataset.event ?? NaN);
    if (Number.isInteger(n)) {
      // The text shows it too; only who chooses it again is taken there, so that a picture can be walked through.
      if (again && this.app.chosen.value === n) goToEvent(this.app, n);
      else this.app.chosen.set(n);
      this.rove(found as SVGGraphicsElement, false);
      return;
    }
    const one = this.app.results.value?.findings[finding];
    if (!one) return;
    if (one.n !== null) this.app.chosen.set(one.n);
    this.app.text?.goTo(one.file, one.line, one.column, one.length);
  }

  private key(pressed: KeyboardEvent): void {
    const mark = (pressed.target as Element).closest<SVGGraphicsElement>("[data-event]");
    if (!mark) return;
    const n = Number(mark.dataset.event), at = this.order.indexOf(n), same = this.marks.get(n) ?? [];
    const within = same.indexOf(mark);
    let to: SVGGraphicsElement | undefined;
    switch (pressed.key) {
      case "Enter": case " ": this.click(mark, true); break;
      case "ArrowRight": to = this.marks.get(this.order[at + 1] ?? -1)?.[0]; break;
      case "ArrowLeft": to = this.marks.get(this.order[at - 1] ?? -1)?.[0]; break;
      case "ArrowDown": to = same[within + 1]; break;
      case "ArrowUp": to = same[within - 1]; break;
      case "Home": to = this.marks.get(this.order[0] ?? -1)?.[0]; break;
      case "End": to = this.marks.get(this.order[this.order.length - 1] ?? -1)?.[0]; break;
      default: return;
    }
    pressed.preventDefault();
    if (to) {
      this.rove(to, true);
      this.frame.reveal(to);
    }
  }

  private rove(to: SVGGraphicsElement, focus: boolean): void {
    this.stop?.setAttribute("tabindex", "-1");
    this.stop = to;
    to.setAttribute("tabindex", "0");
    if (focus) to.focus({ preventScroll: true });
  }

  private sentence(n: number): string {
    const event = this.app.results.value?.events.find((one) => one.n === n);
    return event ? `Event ${n}: ${event.text}` : `Event ${n}`;
  }
}
