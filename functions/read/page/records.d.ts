/** The records of the API, as much of them as the page shows. Only for the type check; it is not served. */

export type Status = "stated" | "claimed" | "confirmed" | "disputed" | "denied";
export type Course = "done" | "planned" | "called_off";
export type Stance = "asserts" | "confirms" | "denies" | "doubts" | "declines" | "withdraws";

export interface Evidence {
  sentence: number;
  start: number;
  end: number;
  quote: string;
}

export interface Interval {
  edtf: string;
  earliest: string | null;
  latest: string | null;
}

export interface When {
  words: string | null;
  edtf: string | null;
  earliest: string | null;
  latest: string | null;
  precision: string | null;
  extent: "within" | "throughout" | null;
  basis: "explicit" | "relative" | "context" | "published" | "undated";
  anchor: {
    source: "published" | "neighbour";
    sentence: number | null;
    words: string | null;
    published: string | null;
  } | null;
  rule: string | null;
  checked: "agrees" | "differs" | "model" | "resolver" | null;
  model: Interval | null;
}

export interface SaidBy {
  who: string;
  words: string;
  named: boolean;
  stance: Stance;
  via: string | null;
}

export interface DatelineEvent {
  id: string;
  document_id: string;
  model: string;
  title: string;
  title_language: string;
  when: When;
  course: Course;
  status: Status;
  place: string | null;
  names: { name: string; words: string }[];
  said_by: SaidBy[];
  evidence: Evidence[];
  /** Where it begins on the timeline; null where that is open. */
  starts: string | null;
}

export interface Note {
  code: string;
  message: string;
  subject: string | null;
}

export interface Cited {
  text: string;
  evidence: Evidence[];
}

export interface Statement {
  text: string;
  who: string | null;
  words: string | null;
  named: boolean;
  evidence: Evidence[];
}

export interface DocumentLine {
  id: string;
  collection: string;
  path: string;
  state: string;
  waiting_for: string | null;
  rejection: { code: string; reason: string } | null;
  dropped: string;
  headline: string | null;
  language: string | null;
  model: string | null;
  events: number | null;
}

export interface DocumentRecord {
  id: string;
  collection: string;
  path: string;
  state: string;
  waiting_for: string | null;
  rejection: { code: string; reason: string } | null;
  dropped: string;
  summary: { language: string; headline: Cited; sentences: Cited[] } | null;
  statements: Statement[];
  notes: Note[];
  run: {
    made_at: string;
    recipe: { ask: string; judge: string; model: string };
    usage: { calls: number; input: number; output: number };
    language: string | null;
    title: string | null;
    published: { day: string; source: string } | null;
    cost: { usd: string; prices: string } | null;
  } | null;
}

export interface SourceText {
  document_id: string;
  text: string;
  sentences: { number: number; start: number; end: number; role: string }[];
}
