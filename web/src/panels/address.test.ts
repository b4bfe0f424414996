import { expect, it } from "vitest";
import { pictureAddress } from "./address";
import { EVERYTHING } from "./options";

it("asks for what is chosen, whatever is in its name", () => {
  expect(pictureAddress("my story.md", "svg", "ways", "t")).toBe("/picture/my%20story.md.svg?as=ways&token=t");
  const address = pictureAddress("a", "png", "minds", "t", { ...EVERYTHING, people: ["Ann", "Ben & Carl"], start: 3, fact: "It's so.", eyes: "Ann" });
  const asked = new URL(address, "http://x").searchParams;
  expect(asked.getAll("people")).toEqual(["Ann", "Ben & Carl"]);
  expect([asked.get("start"), asked.get("end"), asked.get("fact"), asked.get("eyes"), asked.get("token")]).toEqual(["3", null, "It's so.", "Ann", "t"]);
});
