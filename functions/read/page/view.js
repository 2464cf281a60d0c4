/** What is being looked at, as the address holds it: everything behind `#`, so that a view can be sent to somebody. */

import { CONFLICTS } from "./terms.js";

/**
 * @typedef {object} View
 * @property {string} collection
 * @property {string} documentId empty for the whole collection
 * @property {string} rows `events` for single reports; empty for occurrences. A document's are its events in any case
 * @property {string} occurrence id of the opened one
 * @property {string} event id of the opened one, which may be a report of the opened occurrence
 * @property {string} source id of the document whose text is opened at `at`
 * @property {string} at code points `612-695`
 * @property {string} find words that are looked for in titles, quotes and texts
 * @property {string} scope `all`: they are looked for in all collections; empty for the one that is shown
 * @property {string} lanes what the drawing has lanes by; empty for none
 * @property {string} see days `2019-03-01..2025-06-30` that the drawing shows
 * @property {Filters} filters
 */

/** @type {readonly (readonly [Exclude<keyof View, "filters">, string])[]} */
const NAMES = [
  ["collection", "in"],
  ["documentId", "doc"],
  ["rows", "view"],
  ["occurrence", "occurrence"],
  ["event", "event"],
  ["source", "source"],
  ["at", "at"],
  ["find", "find"],
  ["scope", "scope"],
  ["lanes", "lanes"],
  ["see", "see"],
];
/** The API's filters that are a text each: `from` and `to` are `2019`, `2019-05` or `2019-05-31`; empty for any. */
export const TEXTS = /** @satisfies {readonly Parameter[]} */ (/** @type {const} */ (["from", "to", "q", "who", "place"]));
/** Those that are a list; empty for any. */
export const LISTS = /** @satisfies {readonly Parameter[]} */ (/** @type {const} */ (["status", "course"]));
/** Those of occurrences alone, with the values that the page offers; empty for any. */
const CHOICES = /** @satisfies {Partial<Record<Parameter, readonly string[]>>} */ ({
  conflict: ["any", ...Object.keys(CONFLICTS)],
  max_sources: ["1"],
});
const CHOSEN = /** @type {(keyof typeof CHOICES)[]} */ (Object.keys(CHOICES));

/** @typedef {keyof import("./records.js").OccurrencesQuery} Parameter */
/** @typedef {Record<(typeof TEXTS)[number], string> & Record<(typeof LISTS)[number], string[]> & Record<keyof typeof CHOICES, string>} Filters */

/** @type {Readonly<Filters>} */
export const NO_FILTERS = Object.freeze({
  from: "", to: "", q: "", status: [], course: [], who: "", place: "", conflict: "", max_sources: "",
});

/**
 * Return whether a view shows occurrences; else it shows single reports.
 * @param {View} view
 */
export function isOfOccurrences({ rows, documentId }) {
  return !documentId && rows !== "events";
}

/**
 * Read the address; what it does not know is left out.
 * @param {string} hash
 * @returns {View}
 */
export function readView(hash) {
  const query = new URLSearchParams(hash.replace(/^#/, ""));
  const view = {
    collection: "", documentId: "", rows: "", occurrence: "", event: "", source: "", at: "", find: "", scope: "", lanes: "", see: "", filters: { ...NO_FILTERS },
  };
  for (const [field, name] of NAMES) view[field] = query.get(name) ?? "";
  for (const name of TEXTS) view.filters[name] = query.get(name) ?? "";
  for (const name of LISTS) view.filters[name] = (query.get(name) ?? "").split(",").filter(Boolean);
  for (const name of CHOSEN) view.filters[name] = CHOICES[name].find((value) => value === query.get(name)) ?? "";
  return view;
}

/**
 * Write the address of a view.
 * @param {View} view
 * @returns {string}
 */
export function writeView(view) {
  const query = new URLSearchParams();
  for (const [field, name] of NAMES) if (view[field]) query.set(name, view[field]);
  for (const [name, value] of parameters(view.filters)) query.set(name, value);
  return `#${query}`;
}

/**
 * Write a view's filters as the API's parameters: those that are set, and that what it shows has.
 * @param {View} view
 * @returns {[string, string][]}
 */
export function filterParameters(view) {
  const hidden = isOfOccurrences(view) ? [] : Object.keys(CHOICES);
  return parameters(view.filters).filter(([name]) => !hidden.includes(name));
}

/**
 * @param {Filters} filters
 * @returns {[string, string][]}
 */
function parameters(filters) {
  /** @type {[string, string][]} */
  const all = [
    ...[...TEXTS, ...CHOSEN].map((name) => /** @type {[string, string]} */ ([name, filters[name].trim()])),
    ...LISTS.map((name) => /** @type {[string, string]} */ ([name, filters[name].join(",")])),
  ];
  return all.filter(([, value]) => value !== "");
}

/**
 * Read a place in a text.
 * @param {string} at
 * @returns {import("./text.js").Place | null}
 */
export function readPlace(at) {
  const match = /^(\d{1,9})-(\d{1,9})$/.exec(at);
  return match ? { start: Number(match[1]), end: Number(match[2]) } : null;
}
