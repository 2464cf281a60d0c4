/** The filters: the form that a reader fills in, and what passes them where all rows are at hand. */

import { numberOf, partsOf } from "./days.js";
import { byId, el } from "./dom.js";
import { CONFLICTS, COURSE, STATUS } from "./terms.js";
import { isOccurrence } from "./told.js";
import { LISTS, TEXTS } from "./view.js";
import { firstDayOf, lastDayOf } from "./words.js";

/** @typedef {import("./api.js").Row} Row */
/** @typedef {import("./records.js").Occurrence} Occurrence */
/** @typedef {import("./view.js").Filters} Filters */

const DATE = /^(-?\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?$/;
const TYPING_MS = 250;
const MOST_SUGGESTIONS = 200;

/** The timer of a change that was not handed on yet. */
let typing = 0;

/**
 * Listen to the form; what cannot be read as a date is marked and not handed on.
 * @param {(filters: Filters) => void} changed
 */
export function listen(changed) {
  const form = byId("filters", HTMLFormElement);
  offerChips("status", STATUS);
  offerChips("course", COURSE);
  const words = { any: "in anything", ...CONFLICTS };
  field(form, "conflict").append(...Object.entries(words).map(([value, name]) => el("option", { value }, name)));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", (event) => {
    clearTimeout(typing);
    const wait = event.target instanceof HTMLInputElement && event.target.type !== "checkbox" ? TYPING_MS : 0;
    typing = setTimeout(() => {
      typing = 0;
      const filters = read(form);
      if (filters) changed(filters);
    }, wait);
  });
}

/**
 * Fill the form in; what is being typed is left alone.
 * @param {Filters} filters
 * @param {boolean} ofOccurrences whether to offer the filters that occurrences alone have
 */
export function fill(filters, ofOccurrences) {
  byId("source-filters", HTMLFieldSetElement).hidden = !ofOccurrences;
  if (typing) return;
  const form = byId("filters", HTMLFormElement);
  for (const name of TEXTS) {
    const input = field(form, name);
    if (document.activeElement !== input) input.value = filters[name];
    input.removeAttribute("aria-invalid");
  }
  for (const name of LISTS) {
    for (const box of boxes(form, name)) box.checked = filters[name].includes(box.value);
  }
  field(form, "conflict").value = filters.conflict;
  for (const box of boxes(form, "max_sources")) box.checked = filters.max_sources === box.value;
}

/**
 * Offer the speakers, media and places that there are.
 * @param {Row[]} rows
 * @param {import("./api.js").Sources} sources
 */
export function suggest(rows, sources) {
  offer("speakers", [...Object.values(sources).map(({ medium }) => medium), ...rows.flatMap(speakersOf)]);
  offer("places", rows.flatMap(placesOf));
}

/**
 * Return whether an event or an occurrence passes, as the API's own filters would.
 * @param {Row} row
 * @param {Filters} filters
 * @param {import("./api.js").Sources} sources
 * @returns {boolean}
 */
export function passes(row, filters, sources) {
  return (
    overlaps(row, filters) &&
    holds([row.title], filters.q) &&
    (filters.status.length === 0 || filters.status.includes(row.status)) &&
    (filters.course.length === 0 || filters.course.includes(row.course)) &&
    holds(heardIn(row, sources), filters.who) &&
    holds(placesOf(row), filters.place) &&
    (!isOccurrence(row) || parts(row, filters))
  );
}

/** @param {Row} row */
function speakersOf(row) {
  return isOccurrence(row) ? [...row.speakers, ...row.media] : row.said_by.flatMap(({ who, via }) => [who, via]);
}

/**
 * @param {Row} row
 * @param {import("./api.js").Sources} sources
 */
function heardIn(row, sources) {
  if (isOccurrence(row)) return speakersOf(row);
  return [...row.said_by.flatMap(({ who, words, via }) => [who, words, via]), sources[row.document_id]?.medium ?? null];
}

/** @param {Row} row */
function placesOf(row) {
  return isOccurrence(row) ? row.places : [row.place];
}

/**
 * @param {Occurrence} occurrence
 * @param {Filters} filters
 */
function parts({ conflicts, independent_sources: sources }, { conflict, max_sources: most }) {
  const told = !conflict || conflicts.some(({ kind }) => conflict === "any" || kind === conflict);
  return told && (!most || sources <= Number(most));
}

/**
 * @param {Row} event
 * @param {Filters} filters
 */
function overlaps(event, { from, to }) {
  if (!from && !to) return true;
  if (event.when.basis === "undated") return false;
  const reaches = lastDayOf(event) >= (from ? firstDay(from) : -Infinity);
  return reaches && firstDayOf(event) <= (to ? lastDay(to) : Infinity);
}

/**
 * @param {(string | null)[]} texts
 * @param {string} words
 */
function holds(texts, words) {
  const wanted = folded(words.trim());
  return !wanted || texts.some((text) => text !== null && folded(text).includes(wanted));
}

/**
 * Make texts alike that differ in capitals or composition alone; as the API does.
 * @param {string} text
 */
export function folded(text) {
  return text.normalize("NFKC").toLowerCase().toUpperCase();
}

/**
 * Read the first day of `2019`, `2019-05` or `2019-05-31`.
 * @param {string} text
 * @returns {number}
 */
export function firstDay(text) {
  const [, year, month, day] = DATE.exec(text) ?? [];
  return numberOf(Number(year), Number(month ?? 1), Number(day ?? 1));
}

/**
 * Read the last day of `2019`, `2019-05` or `2019-05-31`.
 * @param {string} text
 * @returns {number}
 */
export function lastDay(text) {
  const [, year, month, day] = DATE.exec(text) ?? [];
  if (day) return firstDay(text);
  return month ? numberOf(Number(year), Number(month) + 1, 1) - 1 : numberOf(Number(year) + 1, 1, 1) - 1;
}

/**
 * @param {string} text
 * @returns {boolean}
 */
function isDate(text) {
  const match = DATE.exec(text);
  return match !== null && (!match[3] || partsOf(firstDay(text)).day === Number(match[3]));
}

/**
 * @param {HTMLFormElement} form
 * @returns {Filters | null} null where a date cannot be read
 */
function read(form) {
  const texts = Object.fromEntries(TEXTS.map((name) => [name, field(form, name).value.trim()]));
  const lists = Object.fromEntries(
    LISTS.map((name) => [name, boxes(form, name).filter((box) => box.checked).map((box) => box.value)]),
  );
  const [most] = boxes(form, "max_sources").filter((box) => box.checked);
  const choices = { conflict: field(form, "conflict").value, max_sources: most?.value ?? "" };
  const filters = /** @type {Filters} */ ({ ...texts, ...lists, ...choices });
  const wrong = /** @type {const} */ (["from", "to"]).filter((name) => filters[name] && !isDate(filters[name]));
  if (!wrong.length && filters.from && filters.to && firstDay(filters.from) > lastDay(filters.to)) wrong.push("to");
  for (const name of /** @type {const} */ (["from", "to"])) {
    field(form, name).toggleAttribute("aria-invalid", false);
    if (wrong.includes(name)) field(form, name).setAttribute("aria-invalid", "true");
  }
  byId("date-help", HTMLElement).hidden = wrong.length === 0;
  return wrong.length === 0 ? filters : null;
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 */
function field(form, name) {
  return /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 */
function boxes(form, name) {
  return [.../** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll(`input[type=checkbox][name=${name}]`))];
}

/**
 * @param {"status" | "course"} name
 * @param {Readonly<Record<string, string>>} terms
 */
function offerChips(name, terms) {
  byId(`${name}-chips`, HTMLFieldSetElement).append(
    ...Object.entries(terms).map(([value, words]) =>
      el("label", { class: name === "status" ? `chip ${value}` : "chip" }, el("input", { type: "checkbox", name, value }), words),
    ),
  );
}

/**
 * @param {string} id
 * @param {(string | null)[]} words
 */
function offer(id, words) {
  const known = [...new Set(words)].filter((word) => word !== null).sort((one, other) => one.localeCompare(other));
  byId(id, HTMLElement).replaceChildren(...known.slice(0, MOST_SUGGESTIONS).map((value) => el("option", { value })));
}
