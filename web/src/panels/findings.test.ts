import { expect, it } from "vitest";
import type { Finding } from "../protocol";
import { consequence, kindOf, summarise } from "./findings";

const finding = (name: string, severity: Finding["severity"]): Finding =>
  ({ code: "X1", name, severity, message: "", n: null, file: "a.md", line: 1, column: 1, length: 0, because: [], therefore: [], fix: null, edits: [], repairable: false });
const counts = { events: 2, people: 1, facts: 1200 };

it("says what was checked where nothing was found", () => {
  expect(summarise({ findings: [], counts })).toBe("Nothing found in 2 events, 1 person and 1,200 facts: all of it can be.");
  expect(summarise({ findings: [], counts: { events: 0, people: 0, facts: 0 } })).toMatch(/nothing to check/);
});
it("counts what is not understood apart from what cannot be", () => {
  const findings = [finding("unread", "error"), finding("elsewhere", "error"), finding("x", "warning"), finding("y", "note")];
  expect(findings.map(kindOf)).toEqual(["unread", "error", "warning", "note"]);
  expect(summarise({ findings, counts })).toContain("4 findings");
  expect(summarise({ findings, counts })).toContain("1 not understood, 1 that cannot be, 1 doubtful, 1 note.");
});
it("takes the event out of a consequence", () => {
  expect(consequence("El cannot go: he is held (since event 3) (event 12, line 4)")).toEqual({ said: "El cannot go: he is held (since event 3)", n: 12 });
  expect(consequence("it all falls down")).toEqual({ said: "it all falls down", n: null });
});
