// Elements made in one call; text only ever goes in as text.

type Given = {
  class?: string;
  text?: string;
  attrs?: Record<string, string>;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  on?: Partial<Record<string, (e: any) => void>>;
};

export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  given: Given = {},
  ...children: (Node | string | null)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (given.class) made.className = given.class;
  if (given.text !== undefined) made.textContent = given.text;
  for (const [name, value] of Object.entries(given.attrs ?? {})) made.setAttribute(name, value);
  for (const [name, listener] of Object.entries(given.on ?? {})) if (listener) made.addEventListener(name, listener);
  made.append(...children.filter((child): child is Node | string => child !== null));
  return made;
}

export function button(text: string, click: () => void, given: Given = {}): HTMLButtonElement {
  return el("button", { ...given, text, attrs: { type: "button", ...given.attrs }, on: { click, ...given.on } });
}
