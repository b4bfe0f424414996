// Where a picture can be fetched as a file.

import type { PictureName } from "../protocol";

/** The address of a picture: each part of the story's name is encoded, its slashes stay. */
export function pictureAddress(story: string, kind: "svg" | "png" | "html", as: PictureName, token: string): string {
  const path = story.split("/").map(encodeURIComponent).join("/");
  return `/picture/${path}.${kind}?${new URLSearchParams({ as, token })}`;
}
