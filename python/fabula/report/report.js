"use strict";
// Choosing an event, a person or a finding lights it up wherever it stands: in the text and in all pictures.
const KINDS = ["event", "person", "finding"];
const numbers = (element, kind) => (element.dataset[kind] ?? "").split(kind === "person" ? "\n" : " ");

function choose(kind, value) {
  for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
  for (const element of document.querySelectorAll(`[data-${kind}]`))
    if (numbers(element, kind).includes(value)) element.classList.add("lit");
}

document.addEventListener("click", (click) => {
  for (const kind of KINDS) {
    const element = click.target.closest(`[data-${kind}]`);
    if (element) return choose(kind, numbers(element, kind)[0]);
  }
});

// On paper everything is open.
addEventListener("beforeprint", () => {
  for (const part of document.querySelectorAll("details")) part.open = true;
});
