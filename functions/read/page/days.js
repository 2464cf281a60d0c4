/**
 * Days as numbers and as words. A day is counted from 1970-01-01 in the proleptic Gregorian calendar; years before 1
 * are counted astronomically (0 is 1 BCE), as the API writes them. Bounds are never worked out here, only shown.
 */

import { MONTHS } from "./terms.js";

const DAY_MS = 86_400_000;

/** @typedef {{year: number, month: number, day: number}} Parts month and day begin with 1 */

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
 * Write the first day of something, as briefly as it allows: the first of January is the year.
 * @param {Parts} first
 */
function beginningText(first) {
  if (first.day !== 1) return dayText(first);
  return first.month === 1 ? yearText(first.year) : `${monthText(first.month)} ${yearText(first.year)}`;
}

/**
 * Write the last day of something, as briefly as it allows.
 * @param {Parts} last
 */
function endText(last) {
  if (!endsMonth(last)) return dayText(last);
  return last.month === 12 ? yearText(last.year) : `${monthText(last.month)} ${yearText(last.year)}`;
}

/**
 * Write an interval for people: `6 Jun 2024`, `Sep–Dec 2023`, `1994–1997`, `from 2015`, `until Mar 44 BCE`; of what
 * happened once, `2015 or later` and `by Mar 44 BCE`.
 * @param {string | null} earliest
 * @param {string | null} latest
 * @param {boolean} [once]
 * @returns {string}
 */
export function spanText(earliest, latest, once = false) {
  const first = earliest === null ? null : partsOf(parseDay(earliest));
  const last = latest === null ? null : partsOf(parseDay(latest));
  if (first && last) return closedText(first, last);
  if (first) return once ? `${beginningText(first)} or later` : `from ${beginningText(first)}`;
  if (last) return `${once ? "by" : "until"} ${endText(last)}`;
  return "undated";
}

/**
 * @param {Parts} first
 * @param {Parts} last
 */
function closedText(first, last) {
  const wholeMonths = first.day === 1 && endsMonth(last);
  if (wholeMonths && first.month === 1 && last.month === 12) return yearsText(first.year, last.year);
  if (first.year !== last.year) return `${beginningOf(first, wholeMonths)} – ${endOf(last, wholeMonths)}`;
  if (first.month === last.month) {
    if (wholeMonths) return `${monthText(first.month)} ${yearText(first.year)}`;
    return first.day === last.day ? dayText(first) : `${first.day}–${dayText(last)}`;
  }
  if (wholeMonths) return `${monthText(first.month)}–${monthText(last.month)} ${yearText(last.year)}`;
  return `${first.day} ${monthText(first.month)} – ${dayText(last)}`;
}

/**
 * @param {Parts} first
 * @param {boolean} wholeMonths
 */
function beginningOf(first, wholeMonths) {
  return wholeMonths ? `${monthText(first.month)} ${yearText(first.year)}` : dayText(first);
}

/**
 * @param {Parts} last
 * @param {boolean} wholeMonths
 */
function endOf(last, wholeMonths) {
  return wholeMonths ? `${monthText(last.month)} ${yearText(last.year)}` : dayText(last);
}

/**
 * @param {number} first
 * @param {number} last
 */
function yearsText(first, last) {
  if (first === last) return yearText(first);
  return last < 1 ? `${1 - first}–${yearText(last)}` : `${yearText(first)}–${yearText(last)}`;
}
