import { expect, it } from "vitest";
import { tokenOf } from "./connection";

it("keeps the token for the page's other parts", () => {
  const kept = new Map<string, string>();
  const store = { getItem: (name: string) => kept.get(name) ?? null, setItem: (name: string, value: string) => void kept.set(name, value) } as unknown as Storage;
  expect(tokenOf({ search: "?token=abc" } as Location, store)).toBe("abc");
  expect(tokenOf({ search: "" } as Location, store)).toBe("abc");
});
