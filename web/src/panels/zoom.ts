// A picture in a frame: its size, its scrolling, and both kept when the picture is drawn anew.

import { el } from "../dom";
import { clampScale, fitScale, keepPoint, openScale, sizeOf } from "./scale";

const STEP = 1.25;

export class Frame {
  readonly view: HTMLElement;
  readonly buttons: HTMLElement;
  private readonly percent: HTMLButtonElement;
  private picture: SVGSVGElement | null = null;
  private size = { width: 0, height: 0 };
  private scale = 1;
  private mode: "open" | "fit" | "free" = "open";

  constructor(label: string) {
    this.view = el("div", { class: "picture-view", attrs: { tabindex: "0", role: "region", "aria-label": label } });
    const button = (text: string, name: string, act: () => void): HTMLButtonElement =>
      el("button", { text, attrs: { type: "button", "aria-label": name, title: name }, on: { click: act } });
    this.percent = button("100%", "Zoom to 100%", () => this.zoom(1));
    this.buttons = el("div", { class: "zoom", attrs: { role: "group", "aria-label": "Zoom" } },
      button("−", "Zoom out", () => this.zoom(this.scale / STEP)), this.percent,
      button("+", "Zoom in", () => this.zoom(this.scale * STEP)), button("Fit", "Fit the whole picture", () => this.fit()));
    this.view.addEventListener("wheel", (turned) => {
      if (!turned.ctrlKey && !turned.metaKey) return;
      turned.preventDefault();
      const box = this.view.getBoundingClientRect();
      this.zoom(this.scale * Math.exp(-Math.max(-80, Math.min(80, turned.deltaY)) / 240), turned.clientX - box.left, turned.clientY - box.top);
    }, { passive: false });
    this.view.addEventListener("keydown", (pressed) => {
      if (pressed.ctrlKey || pressed.metaKey || pressed.altKey) return;
      if (pressed.key === "+" || pressed.key === "=") this.zoom(this.scale * STEP);
      else if (pressed.key === "-") this.zoom(this.scale / STEP);
      else if (pressed.key === "0") this.zoom(1);
      else if (pressed.key === "f") this.fit();
      else return;
      pressed.preventDefault();
    });
    this.drag();
    if (typeof ResizeObserver !== "undefined") new ResizeObserver(() => this.again()).observe(this.view);
  }

  /** Show a picture where the one before it stood. */
  put(picture: SVGSVGElement): void {
    const { scrollLeft, scrollTop } = this.view;
    this.picture = picture;
    this.size = sizeOf(picture.getAttribute("viewBox"));
    this.view.replaceChildren(picture);
    if (this.mode === "free") this.scaleTo(this.scale);
    else this.again();
    this.view.scrollTo({ left: scrollLeft, top: scrollTop, behavior: "instant" });
  }

  clear(): void {
    this.picture = null;
    this.mode = "open";
    this.view.replaceChildren();
  }

  /** Bring an element of the picture into the middle where it is out of sight. */
  reveal(shown: Element): void {
    const box = shown.getBoundingClientRect(), frame = this.view.getBoundingClientRect();
    const near = 24;
    if (box.left >= frame.left && box.right <= frame.right - near && box.top >= frame.top && box.bottom <= frame.bottom - near) return;
    this.view.scrollTo({
      left: this.view.scrollLeft + (box.left + box.right) / 2 - (frame.left + frame.right) / 2,
      top: this.view.scrollTop + (box.top + box.bottom) / 2 - (frame.top + frame.bottom) / 2,
      behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth",
    });
  }

  fit(): void {
    this.mode = "fit";
    this.again();
  }

  private again(): void {
    const frame = { width: this.view.clientWidth, height: this.view.clientHeight };
    if (!this.picture || frame.width === 0) return;
    if (this.mode === "fit") this.scaleTo(fitScale(this.size, frame));
    else if (this.mode === "open") this.scaleTo(openScale(this.size, frame));
  }

  private zoom(to: number, x = this.view.clientWidth / 2, y = this.view.clientHeight / 2): void {
    const from = this.scale;
    const left = keepPoint(this.view.scrollLeft, x, from, clampScale(to)), top = keepPoint(this.view.scrollTop, y, from, clampScale(to));
    this.mode = "free";
    this.scaleTo(to);
    this.view.scrollTo({ left, top, behavior: "instant" });
  }

  private scaleTo(scale: number): void {
    this.scale = clampScale(scale);
    this.picture?.setAttribute("width", String(Math.round(this.size.width * this.scale)));
    this.picture?.setAttribute("height", String(Math.round(this.size.height * this.scale)));
    const percent = `${Math.round(this.scale * 100)}%`;
    this.percent.textContent = percent;
    this.percent.setAttribute("aria-label", `${percent}, back to 100%`);
  }

  // The mouse takes hold of the ground of the picture; its words stay selectable, and fingers scroll as they do everywhere.
  private drag(): void {
    let held: { x: number; y: number; left: number; top: number } | null = null;
    this.view.addEventListener("pointerdown", (down) => {
      const on = down.target as Element;
      if (down.pointerType !== "mouse" || down.button !== 0 || on.closest("text, [data-event], [data-finding]")) return;
      if (down.offsetX > this.view.clientWidth && on === this.view) return;
      held = { x: down.clientX, y: down.clientY, left: this.view.scrollLeft, top: this.view.scrollTop };
    });
    this.view.addEventListener("pointermove", (moved) => {
      if (!held) return;
      if (moved.buttons === 0) { end(); return; }
      this.view.classList.add("dragged");
      this.view.scrollTo({ left: held.left - moved.clientX + held.x, top: held.top - moved.clientY + held.y, behavior: "instant" });
    });
    const end = (): void => {
      held = null;
      this.view.classList.remove("dragged");
    };
    for (const type of ["pointerup", "pointercancel", "pointerleave"]) this.view.addEventListener(type, end);
  }
}
