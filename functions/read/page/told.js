/** What the reports of an occurrence tell, in words and in days. */

import { parseDay, partsOf, spanText, yearText } from "./days.js";
import { el, foreign } from "./dom.js";
import { CONFLICTS } from "./terms.js";
import { firstDayOf, lastDayOf, whenText } from "./words.js";

/** @typedef {import("./api.js").Row} Row */
/** @typedef {import("./records.js").Conflict} Conflict */
/** @typedef {import("./records.js").Occurrence} Occurrence */
/** @typedef {import("./records.js").ToldDate} ToldDate */

/** So many of the other dates are named in a row. */
const MOST_RIVALS = 3;
const MOST_SOURCES = 3;

/**
 * Tell an occurrence from a single report.
 * @param {Row} row
 * @returns {row is Occurrence}
 */
export function isOccurrence(row) {
  return "independent_sources" in row;
}

/**
 * Find the days that an occurrence's reports tell, where its own date is not all of them. An open end adds nothing.
 * @param {Row} row
 * @returns {import("./axis.js").Window | null}
 */
export function daysTold(row) {
  if (!isOccurrence(row)) return null;
  const days = row.dates.flatMap(({ earliest, latest }) => [earliest, latest]).filter((day) => day !== null).map(parseDay);
  const [from, to] = [Math.min(...days), Math.max(...days) + 1];
  return from < firstDayOf(row) || to > lastDayOf(row) + 1 ? { from, to } : null;
}

/**
 * Say when, and then the dates that exclude this one, each with how many reports tell it: `3 Mar 2025`, `4 Mar (1)`.
 * @param {Row} row
 * @returns {string[]}
 */
export function datesTold(row) {
  const shown = whenText(row.when);
  if (!isOccurrence(row)) return [shown];
  const rivals = row.dates.filter((one) => excludes(one, row));
  const few = rivals.slice(0, MOST_RIVALS).map((one) => `${briefly(one, shown)} (${one.reports})`);
  return [shown, ...few, ...(rivals.length > few.length ? ["…"] : [])];
}

/**
 * @param {ToldDate} told
 * @param {Occurrence} occurrence
 */
function excludes({ earliest, latest }, occurrence) {
  const first = earliest === null ? -Infinity : parseDay(earliest);
  const last = latest === null ? Infinity : parseDay(latest);
  return last < firstDayOf(occurrence) || first > lastDayOf(occurrence);
}

/**
 * Write a date without its year, where the text before it ends with the same.
 * @param {ToldDate} told
 * @param {string} before
 */
function briefly({ earliest, latest }, before) {
  const text = spanText({ edtf: null, earliest, latest });
  const year = latest === null ? "" : ` ${yearText(partsOf(parseDay(latest)).year)}`;
  return year && text.endsWith(year) && before.endsWith(year) ? text.slice(0, -year.length) : text;
}

/**
 * Say how many tell it: `10 reports, 7 independent, 4 languages`.
 * @param {Occurrence} occurrence
 * @returns {string}
 */
export function reportsText({ reports, independent_sources: independent, languages }) {
  if (reports === 1) return "1 report";
  const several = languages.length > 1 ? `, ${languages.length} languages` : "";
  return `${reports} reports, ${independent} independent${several}`;
}

/**
 * Name the media that tell it, and documents without a known medium; a few of them.
 * @param {Occurrence} occurrence
 * @returns {HTMLElement}
 */
export function sources({ media, samples }) {
  const named = [...media, ...samples.filter(({ medium }) => medium === null).map(({ path }) => path)];
  return el("span", {}, ...listed(named.slice(0, MOST_SOURCES)), named.length > MOST_SOURCES && " and others");
}

/**
 * List names, which may hold commas themselves.
 * @param {string[]} names
 */
export function listed(names) {
  return names.flatMap((name, index) => [index ? "; " : null, foreign(name)]);
}

/**
 * Say where reports part, with a sign before the words.
 * @param {Conflict} conflict
 * @returns {HTMLElement}
 */
export function conflict({ kind }) {
  return signed(CONFLICTS[kind]);
}

/**
 * Say the same in a row, with the numbers or places that are told.
 * @param {Conflict} conflict
 * @returns {HTMLElement}
 */
export function briefConflict({ kind, subject, told }) {
  const values = told.flatMap(({ value }, index) => [index ? " / " : null, foreign(value)]);
  const words = CONFLICTS[kind];
  if (kind === "number") return signed(el("span", { class: "unseen" }, `${words}: `), ...values, " ", foreign(subject ?? ""));
  return kind === "place" ? signed(`${words}: `, ...values) : signed(words);
}

/** @param {...import("./dom.js").Child} words */
function signed(...words) {
  return el("span", { class: "conflict" }, el("span", { class: "sign", "aria-hidden": "true" }, "≠ "), ...words);
}
