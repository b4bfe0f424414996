import { describe, expect, it } from "vitest";
import type { StoryEvent } from "../protocol";
import { Asked, completions, examples, sayList, spoken } from "./questions";

const event = (n: number, text: string, people: string[]): StoryEvent =>
  ({ n, text, scene: "", file: "a.md", line: n, column: 1, length: 1, status: "happens", sources: [], people });

describe("examples", () => {
  it("ask for those who act most, a thing that is handled and a fact that minds hold", () => {
    const told = {
      people: ["Ben", "innkeeper"], facts_known: ["the chest is empty"],
      events: [event(1, "The innkeeper goes into the cellar.", ["innkeeper"]), event(2, "The innkeeper takes the key.", ["innkeeper"]), event(3, "Ben enters the cellar.", ["Ben"])],
    };
    const asked = examples(told, ["cellar", "key", "Ben"]);
    expect(asked[0]).toBe("Where is the innkeeper?");
    expect(asked).toContain("Who has the key?");
    expect(asked).toContain("Who knows that the chest is empty?");
    expect(asked).toContain("Where does Ben think that the innkeeper is?");
  });
  it("name nobody in a story without people", () => expect(examples({ people: [], facts_known: [], events: [] }, [])).toEqual(["Who is dead?"]));
});

describe("completion", () => {
  it("goes on with a name where its beginning was typed", () => {
    expect(completions("Where is Car", ["Carolina", "Campa"])).toEqual(["Where is Carolina"]);
    expect(completions("who has the guitar c", ["guitar case", "car"])).toEqual(["who has the guitar case"]);
  });
  it("offers nothing inside a word, for one letter, or for a whole name", () => {
    expect(completions("Oscar", ["Carolina"])).toEqual([]);
    expect(completions("Where is C", ["Carolina"])).toEqual([]);
    expect(completions("Where is Carolina", ["Carolina"])).toEqual([]);
  });
});

describe("what was asked before", () => {
  it("is walked back and on, and ends at what was being typed", () => {
    const asked = new Asked(["one", "two"]);
    expect(asked.back("dra")).toBe("two");
    expect(asked.back("two")).toBe("one");
    expect(asked.back("one")).toBeNull();
    expect(asked.on()).toBe("two");
    expect(asked.on()).toBe("dra");
    expect(asked.on()).toBeNull();
  });
  it("holds a question once, the last asked last", () => {
    const asked = new Asked(["one", "two"]);
    asked.add("one");
    expect(asked.all).toEqual(["two", "one"]);
  });
});

it("says lists and names as one says them", () => {
  expect(sayList([])).toBe("none");
  expect(sayList(["Anna", "Ben", "Carl"])).toBe("Anna, Ben and Carl");
  expect(spoken("bartender")).toBe("the bartender");
  expect(spoken("El")).toBe("El");
});
