/** Lanes of the drawing: by document, medium, speaker or status, those with most rows, and one for all others. */

import { STATUS } from "./terms.js";
import { isOccurrence } from "./told.js";

/** @typedef {import("./api.js").Row} Row */
/** @typedef {import("./api.js").Sources} Sources */
/** @typedef {{name: string, rows: number, isForeign: boolean}} Lane `isForeign`: a name is a document's words */

/** What lanes may be by, in words. */
export const LANES = Object.freeze({ document: "document", medium: "medium", speaker: "speaker", status: "status" });
const NONE = /** @type {const} */ ({ document: "unknown document", medium: "no medium known", speaker: "no speaker named", status: "" });

/**
 * Sort rows into lanes.
 * @param {Row[]} rows
 * @param {keyof typeof LANES} by
 * @param {Sources} sources
 * @param {number} most lanes that have room
 * @returns {{lanes: Lane[], of: number[]}} the lanes, and the place of each row's among them
 */
export function sorted(rows, by, sources, most) {
  const names = rows.map((row) => NAMES[by](row, sources));
  /** @type {Map<string | null, number>} */
  const counts = new Map();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const all = [...counts].sort(([one, rowsOfOne], [other, rowsOfOther]) => rowsOfOther - rowsOfOne || String(one).localeCompare(String(other)));
  const shown = all.length > most ? all.slice(0, Math.max(most - 1, 0)) : all;
  const lanes = shown.map(([name, count]) => ({ name: name ?? NONE[by], rows: count, isForeign: name !== null && by !== "status" }));
  const rest = rows.length - lanes.reduce((sum, lane) => sum + lane.rows, 0);
  if (rest > 0) lanes.push({ name: `${all.length - shown.length} others`, rows: rest, isForeign: false });
  const places = new Map(shown.map(([name], place) => [name, place]));
  return { lanes, of: names.map((name) => places.get(name) ?? shown.length) };
}

/**
 * Share out what there is of room: at least one to each lane, and the rest where most rows are.
 * @param {Lane[]} lanes
 * @param {number} room
 * @returns {number[]}
 */
export function shared(lanes, room) {
  const shares = lanes.map(() => 1);
  for (let left = room - lanes.length; left > 0; left -= 1) {
    const crowded = lanes.map((lane, place) => lane.rows / (shares[place] ?? 1));
    const place = crowded.indexOf(Math.max(...crowded));
    shares[place] = (shares[place] ?? 0) + 1;
  }
  return shares;
}

/** @type {Record<keyof typeof LANES, (row: Row, sources: Sources) => string | null>} */
const NAMES = {
  document: (row, sources) => {
    const id = isOccurrence(row) ? row.samples[0]?.document : row.document_id;
    const source = sources[id ?? ""];
    return source?.title ?? source?.path ?? (isOccurrence(row) ? (row.samples[0]?.path ?? null) : null);
  },
  medium: (row, sources) => (isOccurrence(row) ? row.media[0] : sources[row.document_id]?.medium) ?? null,
  speaker: (row) => (isOccurrence(row) ? row.speakers[0] : row.said_by.find(({ who }) => who !== null)?.who) ?? null,
  status: (row) => STATUS[row.status],
};
