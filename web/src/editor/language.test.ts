import { expect, it } from "vitest";
import { isVerb, known, pieces } from "./language";

const words = known({ names: ["El", "El Mariachi", "guitar case"], kinds: ["person", "can"], verbs: ["go", "carry", "stop", "take"], properties: [] });
const kinds = (line: string): [string, string][] => pieces(line, words).map((one) => [line.slice(one.from, one.to), one.kind]);

it("tells names, minds, citations and notes apart", () => {
  expect(kinds("# A scene")).toEqual([["# A scene", "heading"]]);
  expect(kinds("> a note")).toEqual([["> a note", "note"]]);
  expect(kinds("El Mariachi believes that the guitar case goes. [6.24]")).toEqual([
    ["El Mariachi", "name"], ["believes that", "mind"], ["guitar case", "name"], ["goes", "verb"], ["[6.24]", "citation"],
  ]);
  expect(kinds("Elsa can go. [allow K101: she saw it]")).toEqual([["go", "verb"], ["[allow K101: she saw it]", "allow"]]);
});

it("knows a verb in its forms", () => {
  const verbs = new Set(["go", "carry", "stop", "take"]);
  for (const form of ["go", "goes", "carries", "carried", "stopped", "stopping", "taking", "takes"]) expect(isVerb(form, verbs), form).toBe(true);
  expect(isVerb("cart", verbs)).toBe(false);
});
