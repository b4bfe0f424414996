// A picture's SVG made safe to stand in the page: only what draws is let through, whatever the text says.

const SVG = "http://www.w3.org/2000/svg";
const ELEMENTS = new Set([
  "svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "title", "desc", "defs",
  "clipPath", "mask", "marker", "linearGradient", "radialGradient", "stop", "pattern", "use", "symbol", "a",
]);
const ATTRIBUTES = new Set([
  "id", "class", "role", "tabindex", "lang", "viewBox", "preserveAspectRatio", "width", "height", "x", "y", "x1", "y1", "x2", "y2",
  "cx", "cy", "r", "rx", "ry", "d", "points", "dx", "dy", "transform", "rotate", "textLength", "lengthAdjust", "pathLength",
  "text-anchor", "dominant-baseline", "alignment-baseline", "font-size", "font-family", "font-weight", "font-style", "letter-spacing",
  "fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-dasharray", "stroke-dashoffset", "stroke-linecap",
  "stroke-linejoin", "stroke-miterlimit", "stroke-opacity", "opacity", "visibility", "pointer-events", "paint-order",
  "clip-path", "clip-rule", "mask", "marker-start", "marker-mid", "marker-end", "markerWidth", "markerHeight", "markerUnits",
  "refX", "refY", "orient", "offset", "stop-color", "stop-opacity", "gradientUnits", "gradientTransform", "patternUnits",
  "patternTransform", "spreadMethod", "fx", "fy", "clipPathUnits", "maskUnits", "vector-effect", "href",
]);

/** Whether an element may stand in the page. */
export function elementAllowed(name: string, namespace: string | null): boolean {
  return namespace === SVG && ELEMENTS.has(name);
}

/** Whether an attribute may: known by name, and pointing nowhere but into the picture itself. */
export function attributeAllowed(name: string, value: string): boolean {
  const local = name.startsWith("xlink:") ? name.slice("xlink:".length) : name;
  if (local === "href") return /^#[\w.:-]+$/u.test(value);
  if (/url\s*\(/iu.test(value) && !/^url\(\s*["']?#[\w.:-]+["']?\s*\)$/u.test(value.trim())) return false;
  return ATTRIBUTES.has(name) || /^(data|aria)-[a-z-]+$/u.test(name);
}

/** Parse a picture and rebuild it from what is allowed; null where the text is no SVG. */
export function readPicture(text: string, into: Document = document): SVGSVGElement | null {
  const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
  const root = parsed.documentElement;
  if (root.localName !== "svg" || root.namespaceURI !== SVG || parsed.getElementsByTagName("parsererror").length > 0) return null;
  return copy(root, into) as SVGSVGElement;
}

// Rebuilt instead of cleaned in place: what is not known never reaches the document.
function copy(from: Element, into: Document): Element {
  const made = into.createElementNS(SVG, from.localName);
  for (const given of from.attributes) {
    if (!attributeAllowed(given.name, given.value)) continue;
    made.setAttribute(given.name === "xlink:href" ? "href" : given.name, given.value);
  }
  for (const child of from.childNodes) {
    if (child.nodeType === Node.TEXT_NODE || child.nodeType === Node.CDATA_SECTION_NODE) made.append(child.nodeValue ?? "");
    else if (child.nodeType === Node.ELEMENT_NODE) {
      const inner = child as Element;
      if (elementAllowed(inner.localName, inner.namespaceURI)) made.append(copy(inner, into));
    }
  }
  return made;
}
