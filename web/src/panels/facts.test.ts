import { describe, expect, it } from "vitest";
import { REST, Worlds, aboutOf, difference, filterFacts, groupFacts, sayEyes } from "./facts";

describe("what a fact is about", () => {
  const names = ["El", "El Mariachi", "bartender", "Bucho", "Bucho's men"];
  it("is the longest name it begins with", () => {
    expect(aboutOf("El Mariachi is in the bar.", names)).toBe("El Mariachi");
    expect(aboutOf("Bucho's men are dead.", names)).toBe("Bucho's men");
  });
  it("counts a name after its article", () => expect(aboutOf("The bartender is dead.", names)).toBe("The bartender"));
  it("is no name that another word or owner begins with", () => {
    expect(aboutOf("Elsa is dead.", names)).toBe("Elsa");
    expect(aboutOf("El's room is in the inn.", names)).toBe("El's room");
  });
  it("is the words before the verb where no name is known", () => expect(aboutOf("Most of the shops are closed.", names)).toBe("Most of the shops"));
});

describe("groups of facts", () => {
  it("put people first in the story's order, and lone facts last under one heading", () => {
    const groups = groupFacts(["The church is in the town.", "Ben is dead.", "The key is old.", "Anna has the key.", "The key is gold."], ["Anna", "Ben"]);
    expect(groups.map((group) => group.about)).toEqual(["Anna", "Ben", "The key", REST]);
    expect(groups[2]!.facts).toEqual(["The key is old.", "The key is gold."]);
    expect(groups[3]!.facts).toEqual(["The church is in the town."]);
  });
  it("lose no fact", () => {
    const facts = ["A is b.", "A has c.", "D is e.", "It rains."];
    expect(groupFacts(facts, ["A"]).flatMap((group) => group.facts).sort()).toEqual([...facts].sort());
  });
});

describe("what an event changed", () => {
  it("is what holds now and did not, and what did and does not", () => {
    const { fresh, gone } = difference(["a", "b"], ["b", "c"]);
    expect([...fresh]).toEqual(["c"]);
    expect(gone).toEqual(["a"]);
  });
  it("is nothing where the moment before is not known", () => expect(difference(null, ["a"]).fresh.size).toBe(0));
});

it("finds every word in any order and case", () => {
  expect(filterFacts(["Anna has the Key.", "Ben has the lamp."], " key ANNA")).toEqual(["Anna has the Key."]);
  expect(filterFacts(["a", "b"], "  ")).toEqual(["a", "b"]);
});

it("says whose eyes", () => {
  expect(sayEyes([])).toBe("the world as it is");
  expect(sayEyes(["Bucho"])).toBe("the world as Bucho takes it to be");
  expect(sayEyes(["Bucho", "El"])).toBe("the world as Bucho believes that El takes it to be");
  expect(sayEyes(["A", "B", "C"])).toBe("the world as A believes that B believes that C takes it to be");
});

describe("worlds kept", () => {
  it("are told apart by moment and eyes, and forgotten with the revision", () => {
    const worlds = new Worlds().at(1);
    worlds.put(3, ["A"], ["x"]);
    expect(worlds.get(3, ["A"])).toEqual(["x"]);
    expect(worlds.get(3, [])).toBeNull();
    expect(worlds.at(1).get(3, ["A"])).toEqual(["x"]);
    expect(worlds.at(2).get(3, ["A"])).toBeNull();
  });
  it("are never more than a few", () => {
    const worlds = new Worlds(2).at(1);
    for (const n of [1, 2, 3]) worlds.put(n, [], [String(n)]);
    expect(worlds.get(1, [])).toBeNull();
    expect(worlds.get(3, [])).toEqual(["3"]);
  });
});
