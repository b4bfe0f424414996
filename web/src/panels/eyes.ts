// Whose world is shown: a chain of choices, "as Bucho believes that El takes it to be".

import { el } from "../dom";
import { sayEyes } from "./facts";

const DEEPEST = 4;

export interface Eyes { content: HTMLElement; chain(): readonly string[]; fill(people: readonly string[]): void }

export function eyesChooser(changed: () => void): Eyes {
  let chain: string[] = [], people: readonly string[] = [], filled = "";
  const row = el("div", { class: "eyes-row" });
  const said = el("p", { class: "eyes-said", attrs: { "aria-live": "polite" } });

  const draw = (focus?: number): void => {
    const selects = [...chain, ...(chain.length === 0 ? [""] : [])].map((held, at) => {
      const label = at === 0 ? "Through the eyes of" : `Whose mind, as ${chain[at - 1]} takes it to be`;
      const select = el("select", { attrs: { "aria-label": label } });
      if (at === 0) select.append(new Option("the world as it is", ""));
      for (const name of people) if (at === 0 || name !== chain[at - 1]) select.append(new Option(name, name));
      select.value = held;
      select.addEventListener("change", () => {
        chain = select.value === "" ? [] : chain.map((name, place) => (place === at ? select.value : name));
        if (chain.length === 0 && select.value !== "") chain = [select.value];
        chain = chain.filter((name, place) => name !== chain[place - 1]);
        draw(at);
        changed();
      });
      return select;
    });
    const add = el("button", { text: "+ within it, the mind of…", attrs: { type: "button" } });
    add.addEventListener("click", () => {
      const other = people.find((name) => name !== chain[chain.length - 1]);
      if (other === undefined) return;
      chain = [...chain, other];
      draw(chain.length - 1);
      changed();
    });
    const remove = el("button", { text: "−", attrs: { type: "button", "aria-label": `Leave the mind of ${chain[chain.length - 1] ?? ""}`, title: "One mind less" } });
    remove.addEventListener("click", () => {
      chain = chain.slice(0, -1);
      draw(Math.max(0, chain.length - 1));
      changed();
    });
    row.replaceChildren(el("span", { class: "quiet", text: chain.length ? "as" : "show" }), ...selects.flatMap((select, at) => (at === 0 ? [select] : [el("span", { class: "quiet", text: "believes that" }), select])),
      ...(chain.length > 0 ? [el("span", { class: "quiet", text: "takes it to be" }), remove] : []),
      ...(chain.length > 0 && chain.length < DEEPEST && people.length > 1 ? [add] : []));
    said.textContent = `You see ${sayEyes(chain)}.`;
    if (focus !== undefined) selects[Math.min(focus, selects.length - 1)]?.focus();
  };

  return {
    content: el("div", { class: "eyes", attrs: { role: "group", "aria-label": "Whose eyes" } }, row, said),
    chain: () => chain,
    fill(given) {
      const key = JSON.stringify(given);
      if (key === filled) return;
      filled = key;
      people = given;
      chain = chain.filter((name) => given.includes(name)).filter((name, at, all) => name !== all[at - 1]);
      draw();
    },
  };
}
