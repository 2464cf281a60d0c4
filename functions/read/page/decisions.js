/** Editors' decisions as data: what a form asks for, what is wrong with it, and whether one is followed by now. */

import { isOccurrence } from "./told.js";
import { firstDayOf, lastDayOf } from "./words.js";

/** @typedef {import("./api.js").Row} Row */
/** @typedef {import("./records.js").NewDecision} NewDecision */
/** @typedef {import("./records.js").Occurrence} Occurrence */
/** @typedef {import("./records.js").OccurrenceInFull} OccurrenceInFull */
/** @typedef {NewDecision["kind"]} Kind */
/** @typedef {Record<"reason" | "title" | "date" | "status" | "other", string> & {events: string[]}} Given in a form; empty: not asked for */
/** @typedef {{id: string, kind: Kind | "undo", events: readonly string[]}} Done a decision that was written or deleted */

const ID = /\bocc_[a-z2-7]+/;

/**
 * Make a decision of what a form holds. A correction has only what is other than it was.
 * @param {Kind} kind
 * @param {Occurrence | OccurrenceInFull} occurrence
 * @param {Given} given
 * @returns {NewDecision}
 */
export function decisionOf(kind, occurrence, given) {
  /** @type {NewDecision} */
  const decision = { kind, occurrences: [occurrence.id], reason: given.reason.trim() };
  if (kind === "split") return { ...decision, events: given.events };
  if (kind === "join") {
    const other = ID.exec(given.other)?.[0] ?? given.other.trim();
    return other ? { ...decision, occurrences: [occurrence.id, other] } : decision;
  }
  if (kind !== "correct") return decision;
  const was = { title: occurrence.title, date: occurrence.when.edtf, status: occurrence.status };
  const wanted = { title: given.title.trim(), date: given.date.trim(), status: given.status };
  const changed = Object.entries(wanted).filter(([name, value]) => value && value !== was[/** @type {keyof typeof was} */ (name)]);
  return { ...decision, ...Object.fromEntries(changed) };
}

/**
 * Say what a decision lacks, by the field that lacks it (`""`: none of its own).
 * @param {NewDecision} decision
 * @returns {Map<string, string>}
 */
export function lacks(decision) {
  const { kind, occurrences, events, title, date, status, reason } = decision;
  const found = new Map();
  if (kind === "join" && occurrences.length < 2) found.set("other", "Choose an occurrence, or paste its id.");
  if (kind === "split" && !events?.length) found.set("events", "Tick a report.");
  if (kind === "correct" && !title && !date && !status) found.set("", "Change the title, the date or the status.");
  if (!reason) found.set("reason", kind === "note" ? "Write the note." : "Say why.");
  return found;
}

/**
 * Tell the faults that the API found apart by the form's fields; what is of no field stands under `""`.
 * @param {string} detail such as `date: write it as EDTF; reason: too long`
 * @param {string[]} names
 * @returns {Map<string, string>}
 */
export function faultsOf(detail, names) {
  const found = new Map();
  for (const part of detail.split("; ")) {
    const [, named = "", said = ""] = /^(\w+)(?:\.\w+)*: (.*)$/s.exec(part) ?? [];
    const [name, words] = named && names.includes(named) ? [named, said] : ["", part];
    found.set(name, found.has(name) ? `${found.get(name)}; ${words}` : words);
  }
  return found;
}

/**
 * Return whether an occurrence shows what was decided about it. Parted reports may show their decision elsewhere.
 * @param {Done} done
 * @param {OccurrenceInFull} now
 */
export function isFollowed({ id, kind, events }, now) {
  const isShown = now.edits.some((one) => one.id === id);
  if (kind === "undo") return !isShown;
  if (kind !== "split") return isShown;
  const parted = now.told.filter(({ event }) => events.includes(event.id)).length;
  return parted === 0 || parted === now.told.length;
}

/**
 * Choose the occurrences that are nearest in time to one, which it may be one with.
 * @param {Occurrence | OccurrenceInFull} occurrence
 * @param {Row[]} rows
 * @param {number} most
 * @returns {Occurrence[]}
 */
export function nearest(occurrence, rows, most) {
  const others = rows.filter(isOccurrence).filter(({ id }) => id !== occurrence.id);
  const apart = new Map(others.map((one) => [one, daysBetween(one, occurrence)]));
  return others.sort((one, other) => (apart.get(one) ?? 0) - (apart.get(other) ?? 0)).slice(0, most);
}

/**
 * @param {Occurrence | OccurrenceInFull} one
 * @param {Occurrence | OccurrenceInFull} other
 */
function daysBetween(one, other) {
  return Math.max(0, firstDayOf(one) - lastDayOf(other), firstDayOf(other) - lastDayOf(one));
}
