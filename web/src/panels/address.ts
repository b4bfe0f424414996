// Where a picture can be fetched as a file.

import type { PictureName } from "../protocol";
import { EVERYTHING, type Choice } from "./options";

/** The address of a picture of what is chosen: each part of the story's name is encoded, its slashes stay. */
export function pictureAddress(story: string, kind: "svg" | "png" | "html", as: PictureName, token: string, choice: Choice = EVERYTHING): string {
  const path = story.split("/").map(encodeURIComponent).join("/");
  const asked = new URLSearchParams({ as });
  for (const name of choice.people) asked.append("people", name);
  for (const part of ["start", "end", "fact", "eyes"] as const) {
    const given = choice[part];
    if (given !== null) asked.set(part, String(given));
  }
  asked.set("token", token);
  return `/picture/${path}.${kind}?${asked}`;
}
