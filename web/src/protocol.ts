// The messages of PROTOCOL.md as types: what the page sends and what the server answers.

export interface Edit { file: string; line: number; column: number; length: number; text: string }
export interface Proposal { label: string; edits: Edit[] }
export interface Ground { n: number; text: string; file: string; line: number }
export type Severity = "error" | "warning" | "note";
export interface Finding {
  code: string; name: string; severity: Severity; message: string; n: number | null;
  file: string; line: number; column: number; length: number;
  because: Ground[]; therefore: string[]; fix: string | null; edits: Proposal[]; repairable: boolean;
}
export interface StoryEvent {
  n: number; text: string; scene: string; file: string; line: number; column: number; length: number;
  status: "happens" | "assumes" | "impossible"; sources: string[]; people: string[];
}
export interface Scene { n: number; title: string; file: string; line: number; level: number }
export interface Words { names: string[]; kinds: string[]; verbs: string[]; properties: string[] }
export interface Results {
  type: "results"; story: string; revision: number; versions: Record<string, number>; title: string;
  scenes: Scene[]; events: StoryEvent[]; findings: Finding[]; assumptions: { text: string; event: number }[];
  counts: { events: number; people: number; facts: number }; words: Words | null; people: string[];
  facts_known: string[]; milliseconds: number;
}
export interface StoryEntry { story: string; title: string; files: string[] }
export interface CollabUpdate { clientID: string; changes: unknown }
export type PictureName = "ways" | "minds" | "causes" | "times";
export type TabName = "findings" | PictureName | "world" | "ask";
export type FromServer =
  | { type: "hello"; session: string; version: string; stories: StoryEntry[]; open: string | null; tour: boolean }
  | { type: "stories"; stories: StoryEntry[] }
  | { type: "story"; story: string; files: string[] }
  | { type: "doc"; file: string; version: number; text: string; hash: string; saved: boolean; readonly: string | null }
  | { type: "updates"; file: string; version: number; updates: CollabUpdate[] }
  | { type: "refused"; file: string; version: number }
  | { type: "saved"; file: string; version: number; hash: string }
  | { type: "trouble"; file: string | null; message: string }
  | { type: "conflict"; file: string; mine: string; theirs: string }
  | { type: "unmade"; name: string; message: string }
  | { type: "busy"; story: string; revision: number; what: string }
  | Results
  | { type: "picture"; story: string; revision: number; as: PictureName; svg: string; title: string; description: string; facts_known?: string[] }
  | { type: "world"; after: number; eyes: string[]; facts?: string[]; error?: string }
  | { type: "answer"; id: number; question: string; answer?: string | string[]; because?: Ground[]; certain?: boolean; error?: string }
  | { type: "repairs"; id: number; finding: number; repairs: Proposal[]; error?: string };
export type ToServer =
  | { type: "open"; story: string }
  | { type: "push"; file: string; version: number; updates: CollabUpdate[] }
  | { type: "pull"; file: string; version: number }
  | { type: "resume"; file: string; hash: string; text: string; client: string }
  | { type: "look"; tab: TabName; people?: string[]; start?: number | null; end?: number | null; fact?: string | null; eyes?: string | null }
  | { type: "world"; after: number; eyes: string[] }
  | { type: "ask"; id: number; question: string; after: number | null }
  | { type: "repairs"; id: number; finding: number; revision?: number | null }
  | { type: "settle"; file: string; choice: "mine" | "theirs" }
  | { type: "new"; name: string; template: string };
