// How large a picture is shown, worked out from its size and that of its frame.

export const LEAST = 0.1, MOST = 4;

export function clampScale(scale: number): number {
  return Math.min(MOST, Math.max(LEAST, scale));
}

/** The scale at which a picture fits a frame, never larger than it was drawn. */
export function fitScale(picture: { width: number; height: number }, frame: { width: number; height: number }): number {
  if (picture.width <= 0 || picture.height <= 0 || frame.width <= 0 || frame.height <= 0) return 1;
  return clampScale(Math.min(1, frame.width / picture.width, frame.height / picture.height));
}

/** Where a picture opens: its whole width where that can still be read, and as much of it as can be where not. */
export function openScale(picture: { width: number; height: number }, frame: { width: number; height: number }): number {
  const whole = fitScale(picture, frame);
  if (frame.width <= 0 || frame.height <= 0) return whole;
  return clampScale(Math.max(whole, Math.min(1, Math.max(READABLE, frame.width / picture.width))));
}
const READABLE = 0.85;

/** The scroll offset that keeps one point of the picture under one point of the frame. */
export function keepPoint(scroll: number, at: number, from: number, to: number): number {
  return Math.max(0, ((scroll + at) * to) / from - at);
}

/** How a width or height is read from a viewBox "x y w h". */
export function sizeOf(viewBox: string | null): { width: number; height: number } {
  const [, , width = 0, height = 0] = (viewBox ?? "").trim().split(/[\s,]+/u).map(Number);
  return { width: Number.isFinite(width) ? width : 0, height: Number.isFinite(height) ? height : 0 };
}
