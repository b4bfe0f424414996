import { expect, it } from "vitest";
import { attributeAllowed, elementAllowed } from "./sanitise";

const SVG = "http://www.w3.org/2000/svg";
it("lets through what draws, and nothing that runs or loads", () => {
  for (const name of ["svg", "g", "path", "text", "title"]) expect(elementAllowed(name, SVG)).toBe(true);
  for (const name of ["script", "foreignObject", "style", "image", "animate", "set", "iframe", "feImage", "SCRIPT"]) expect(elementAllowed(name, SVG)).toBe(false);
  expect(elementAllowed("g", "http://www.w3.org/1999/xhtml")).toBe(false);
  expect(elementAllowed("a", null)).toBe(false);
});
it("lets through what the pictures carry", () => {
  for (const [name, value] of [["d", "M0 0"], ["class", "way on"], ["data-event", "12"], ["aria-label", "x"], ["viewBox", "0 0 1 1"], ["href", "#a"], ["xlink:href", "#a-1"], ["fill", "url(#hatch)"]] as const) {
    expect(attributeAllowed(name, value), name).toBe(true);
  }
});
it("lets through no handler, style or address", () => {
  for (const [name, value] of [["onclick", "x()"], ["onload", "x()"], ["style", "x"], ["href", "https://a.b/"], ["href", "javascript:x()"], ["xlink:href", "data:x"], ["href", " #a"], ["fill", "url(https://a.b/x)"], ["fill", "url('//a.b')"], ["src", "x"], ["from", "x"]] as const) {
    expect(attributeAllowed(name, value), `${name}=${value}`).toBe(false);
  }
});
