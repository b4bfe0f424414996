import { expect, it } from "vitest";
import { pictureAddress } from "./address";
import { LEAST, MOST, clampScale, fitScale, keepPoint, openScale, sizeOf } from "./scale";

it("fits a picture into its frame and never makes it larger", () => {
  expect(fitScale({ width: 2000, height: 500 }, { width: 1000, height: 1000 })).toBe(0.5);
  expect(fitScale({ width: 100, height: 100 }, { width: 1000, height: 1000 })).toBe(1);
  expect(fitScale({ width: 0, height: 0 }, { width: 10, height: 10 })).toBe(1);
});
it("opens a picture so that it can be read", () => {
  expect(openScale({ width: 4000, height: 4000 }, { width: 600, height: 600 })).toBe(0.85);
  expect(openScale({ width: 4000, height: 700 }, { width: 600, height: 630 })).toBe(0.85);
  expect(openScale({ width: 700, height: 4000 }, { width: 630, height: 600 })).toBeCloseTo(0.9);
  expect(openScale({ width: 300, height: 300 }, { width: 600, height: 600 })).toBe(1);
});
it("keeps within bounds", () => {
  expect(clampScale(0)).toBe(LEAST);
  expect(clampScale(99)).toBe(MOST);
});
it("keeps the point under the pointer where it is", () => {
  const scroll = keepPoint(100, 50, 1, 2);
  expect((scroll + 50) / 2).toBe(150);
  expect(keepPoint(0, 50, 2, 1)).toBe(0);
});
it("reads a size", () => {
  expect(sizeOf("0 0 12.5 7")).toEqual({ width: 12.5, height: 7 });
  expect(sizeOf("nonsense")).toEqual({ width: 0, height: 0 });
  expect(sizeOf(null)).toEqual({ width: 0, height: 0 });
});
it("writes an address whose parts cannot be mistaken", () => {
  expect(pictureAddress("a b/c?d", "svg", "ways", "t&t")).toBe("/picture/a%20b/c%3Fd.svg?as=ways&token=t%26t");
});
