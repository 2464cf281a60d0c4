/**
 * Days as numbers and as words. A day is counted from 1970-01-01 in the proleptic Gregorian calendar; years before 1
 * are counted astronomically (0 is 1 BCE), as the API writes them. Bounds are never worked out here, only shown.
 */

import { MONTHS } from "./terms.js";

const DAY_MS = 86_400_000;

/** @typedef {{year: number, month: number, day: number}} Parts month and day begin with 1 */
/** @typedef {"day" | "month" | "year"} Unit */

/**
 * Count the days up to a day of the calendar.
 * @param {number} year
 * @param {number} month may run over: 13 is the next year's January
 * @param {number} day
 * @returns {number}
 */
export function numberOf(year, month, day) {
  const date = new Date(0);
  // `Date.UTC` takes the years 0 to 99 for 1900 to 1999; this does not.
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime() / DAY_MS;
}

/**
 * Read `2024-05-31` or `-0043-03-15`.
 * @param {string} text
 * @returns {number}
 */
export function parseDay(text) {
  const match = /^(-?\d{4,})-(\d\d)-(\d\d)$/.exec(text);
  if (!match) throw new RangeError(`no day: ${text}`);
  return numberOf(Number(match[1]), Number(match[2]), Number(match[3]));
}

/**
 * Find the day of a number; fractions fall to their day.
 * @param {number} number
 * @returns {Parts}
 */
export function partsOf(number) {
  const date = new Date(Math.floor(number) * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/**
 * Write a day as the API reads it.
 * @param {number} number
 * @returns {string}
 */
export function writeDay(number) {
  const { year, month, day } = partsOf(number);
  const digits = String(Math.abs(year)).padStart(4, "0");
  return `${year < 0 ? "-" : ""}${digits}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

/**
 * Today, where the reader is.
 * @returns {number}
 */
export function today() {
  const now = new Date();
  return numberOf(now.getFullYear(), now.getMonth() + 1, now.getDate());
}

/**
 * @param {number} year
 * @returns {string} `2024`, `33 CE`, `44 BCE`
 */
export function yearText(year) {
  if (year < 1) return `${1 - year} BCE`;
  return year < 1000 ? `${year} CE` : String(year);
}

/**
 * @param {number} month
 * @returns {string}
 */
export function monthText(month) {
  return MONTHS[month - 1] ?? "";
}

/** @param {Parts} parts */
function dayText({ year, month, day }) {
  return `${day} ${monthText(month)} ${yearText(year)}`;
}

/** @param {Parts} parts */
function endsMonth({ year, month, day }) {
  return partsOf(numberOf(year, month, day) + 1).day === 1;
}

/**
 * Find the smallest unit that a date is written in: `since January 2022` is 2022-01/.., `since 2022` is 2022/..
 * @param {string | null} edtf
 * @returns {Unit}
 */
function unitOf(edtf) {
  const text = edtf ?? "";
  if (/\d{4}-\d\d-\d\d/.test(text)) return "day";
  return /\d{4}-\d\d/.test(text) ? "month" : "year";
}

/**
 * Find the largest unit, up to the one that a date is written in, that a first day begins and a last day ends.
 * @param {Unit} written
 * @param {Parts | null} first
 * @param {Parts | null} last
 * @returns {Unit}
 */
function fitting(written, first, last) {
  const months = (!first || first.day === 1) && (!last || endsMonth(last));
  if (written === "day" || !months) return "day";
  const years = (!first || first.month === 1) && (!last || last.month === 12);
  return written === "year" && years ? "year" : "month";
}

/**
 * Write a day, or the month or year that it is in.
 * @param {Parts} parts
 * @param {Unit} unit
 */
function partText(parts, unit) {
  if (unit === "day") return dayText(parts);
  return unit === "year" ? yearText(parts.year) : `${monthText(parts.month)} ${yearText(parts.year)}`;
}

/**
 * Write a day for people: `6 Jun 2024`.
 * @param {string} day
 * @returns {string}
 */
export function oneDayText(day) {
  return dayText(partsOf(parseDay(day)));
}

/**
 * Write an interval for people, as exactly as it is written: `6 Jun 2024`, `Sep–Dec 2023`, `1994–1997`, `from 2015`,
 * `until Mar 44 BCE`; of what happened once, `2015 or later` and `by Mar 44 BCE`.
 * @param {Pick<import("./records.js").When, "edtf" | "earliest" | "latest">} dates
 * @param {boolean} [once]
 * @returns {string}
 */
export function spanText({ edtf, earliest, latest }, once = false) {
  const first = earliest === null ? null : partsOf(parseDay(earliest));
  const last = latest === null ? null : partsOf(parseDay(latest));
  const unit = fitting(unitOf(edtf), first, last);
  if (first && last) return closedText(first, last, unit);
  if (first) return once ? `${partText(first, unit)} or later` : `from ${partText(first, unit)}`;
  if (last) return `${once ? "by" : "until"} ${partText(last, unit)}`;
  return "undated";
}

/**
 * @param {Parts} first
 * @param {Parts} last
 * @param {Unit} unit
 */
function closedText(first, last, unit) {
  if (unit === "year") return yearsText(first.year, last.year);
  const [begins, ends] = [partText(first, unit), partText(last, unit)];
  if (begins === ends) return begins;
  if (first.year !== last.year) return `${begins} – ${ends}`;
  if (unit === "month") return `${monthText(first.month)}–${ends}`;
  return first.month === last.month ? `${first.day}–${ends}` : `${first.day} ${monthText(first.month)} – ${ends}`;
}

/**
 * @param {number} first
 * @param {number} last
 */
function yearsText(first, last) {
  if (first === last) return yearText(first);
  return last < 1 ? `${1 - first}–${yearText(last)}` : `${yearText(first)}–${yearText(last)}`;
}
