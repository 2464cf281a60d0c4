/** A collection's documents as they are followed: what has become of them, what of it is new, and how that is said. */

/** @typedef {import("./records.js").DocumentLine} DocumentLine */
/** @typedef {import("./api.js").Changes} Changes */
/** @typedef {ReadonlyMap<string, DocumentLine>} Lines documents by their ids */
/** @typedef {{to: string, from: string | null, seen: number}} Visit up to which moment was seen, since when is new, when the page looked last (ms) */

/** @typedef {object} News what readers of rows would not see in them
 * @property {number} added events of documents that had none
 * @property {number} changed documents that tell something else
 * @property {number} removed documents that tell nothing any more
 */

/** Somebody who was away for so long comes back for a new visit. */
const AWAY_MS = 30 * 60_000;

/**
 * Take in what has changed. What is told again changes nothing.
 * @param {Lines} lines
 * @param {Changes} changes
 * @returns {Map<string, DocumentLine>} newest drop first
 */
export function merged(lines, { documents, gone }) {
  const found = new Map(lines);
  for (const id of gone) found.delete(id);
  for (const line of documents) found.set(line.id, line);
  return new Map([...found].sort(([, one], [, other]) => other.dropped.localeCompare(one.dropped)));
}

/**
 * Compare what the shown rows were made of with what there is now.
 * @param {Lines} shown
 * @param {Lines} now
 * @param {{ofOccurrences: boolean, documentId: string}} view occurrences tell only of what is linked
 * @returns {News}
 */
export function news(shown, now, { ofOccurrences, documentId }) {
  const told = (/** @type {DocumentLine | undefined} */ line) => {
    if (!line || line.run === null || (documentId && line.id !== documentId)) return null;
    return ofOccurrences && line.linking !== "done" ? null : line;
  };
  const found = { added: 0, changed: 0, removed: 0 };
  for (const [id, line] of now) {
    const before = told(shown.get(id));
    const after = told(line);
    if (after && !before) found.added += after.events ?? 0;
    else if (after && before && after.run !== before.run) found.changed += 1;
    // While a new run is linked anew, its old rows are all that there is.
    else if (before && line.run === null) found.removed += 1;
  }
  for (const [id, line] of shown) if (told(line) && !now.has(id)) found.removed += 1;
  return found;
}

/**
 * @param {News} news
 * @returns {string} empty: there are none
 */
export function newsText({ added, changed, removed }) {
  return [
    added && `${counted(added, "new event")}`,
    changed && `${counted(changed, "document")} changed`,
    removed && `${counted(removed, "document")} gone`,
  ].filter(Boolean).join(", ");
}

/**
 * Say how far a collection's documents are while one of them waits.
 * @param {Lines} lines
 * @returns {string} empty: none waits
 */
export function progressText(lines) {
  const all = [...lines.values()];
  if (!all.some((line) => line.state === "waiting")) return "";
  const [done, rejected] = ["done", "rejected"].map((state) => all.filter((line) => line.state === state).length);
  return `${done?.toLocaleString("en")} of ${counted(all.length, "document")} done${rejected ? `, ${rejected} rejected` : ""}`;
}

/**
 * Return whether something is still to come of a document.
 * @param {Lines} lines
 */
export function isWaiting(lines) {
  return [...lines.values()].some((line) => line.state === "waiting" || line.linking === "waiting");
}

/**
 * Go on with a visit, or begin one where the reader was away.
 * @param {string | null} text as it was kept
 * @param {string} to up to which moment is seen now
 * @param {number} now in ms
 * @returns {Visit}
 */
export function visited(text, to, now) {
  const last = read(text);
  if (!last) return { to, from: null, seen: now };
  return { to, from: now - last.seen < AWAY_MS ? last.from : last.to, seen: now };
}

/**
 * @param {string | null} text
 * @returns {Visit | null} null: nothing was kept, or nothing that can be read
 */
function read(text) {
  try {
    const found = JSON.parse(text ?? "");
    return typeof found.to === "string" && typeof found.seen === "number" ? { from: null, ...found } : null;
  } catch {
    return null;
  }
}

/**
 * Find the documents that were dropped since the last visit; in the first visit nothing is new.
 * @param {Lines} lines
 * @param {Visit | null} visit
 * @returns {Set<string>} their ids
 */
export function droppedSince(lines, visit) {
  if (!visit?.from) return new Set();
  const from = Date.parse(visit.from);
  return new Set([...lines.values()].filter((line) => Date.parse(line.dropped) > from).map((line) => line.id));
}

/**
 * @param {number} number
 * @param {string} noun
 */
export function counted(number, noun) {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}
