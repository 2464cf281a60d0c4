/** The time axis: which stretch of days is seen, where a day lies in it, and where ticks stand. */

import { monthText, numberOf, partsOf, yearText } from "./days.js";

/** @typedef {{from: number, to: number}} Window the days seen: `from` at the left edge, `to` at the right one */
/** @typedef {{day: number, label: string, major: boolean}} Tick */

const NARROWEST_DAYS = 6;
const LEAST_PX_BETWEEN_TICKS = 64;
const DAYS_OF_A_MONTH = 30.44;
const DAYS_OF_A_YEAR = 365.25;
const DAY_STEPS = [1, 2, 7, 14];
const MONTH_STEPS = [1, 3, 6];
const YEAR_STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000];

/**
 * Tell how many pixels right of the left edge a day's beginning lies.
 * @param {number} day
 * @param {Window} window
 * @param {number} width pixels
 * @returns {number}
 */
export function positionOf(day, window, width) {
  return ((day - window.from) / (window.to - window.from)) * width;
}

/**
 * Tell which day, with fractions, lies at a position: the inverse of `positionOf`.
 * @param {number} x pixels
 * @param {Window} window
 * @param {number} width pixels
 * @returns {number}
 */
export function dayAt(x, window, width) {
  return window.from + (x / width) * (window.to - window.from);
}

/**
 * Zoom around a day that stays where it is; `factor` above 1 shows more days.
 * @param {Window} window
 * @param {number} factor
 * @param {number} around day
 * @param {Window} bounds nothing beyond them is shown
 * @returns {Window}
 */
export function zoomed(window, factor, around, bounds) {
  const days = window.to - window.from;
  const wanted = Math.max(days * factor, NARROWEST_DAYS);
  const from = around - ((around - window.from) / days) * wanted;
  return within({ from, to: from + wanted }, bounds);
}

/**
 * Move a window into its bounds, cutting it where it is wider.
 * @param {Window} window
 * @param {Window} bounds
 * @returns {Window}
 */
export function within(window, bounds) {
  const days = Math.min(Math.max(window.to - window.from, NARROWEST_DAYS), bounds.to - bounds.from);
  const from = Math.min(Math.max(window.from, bounds.from), bounds.to - days);
  return { from, to: from + days };
}

/**
 * Choose ticks that stand on round days, months or years and leave room for their labels.
 * @param {Window} window
 * @param {number} width pixels
 * @returns {Tick[]}
 */
export function ticks(window, width) {
  const daysBetween = ((window.to - window.from) / width) * LEAST_PX_BETWEEN_TICKS;
  const days = DAY_STEPS.find((step) => step >= daysBetween);
  if (days !== undefined) return dayTicks(window, days);
  const months = MONTH_STEPS.find((step) => step * DAYS_OF_A_MONTH >= daysBetween);
  if (months !== undefined) return monthTicks(window, months);
  const last = /** @type {number} */ (YEAR_STEPS.at(-1));
  return yearTicks(window, YEAR_STEPS.find((step) => step * DAYS_OF_A_YEAR >= daysBetween) ?? last);
}

/**
 * Name what the left edge lies in, for the ticks that do not say it themselves.
 * @param {Window} window
 * @param {number} width pixels
 * @returns {string}
 */
export function surrounding(window, width) {
  const { year, month } = partsOf(window.from);
  const daysBetween = ((window.to - window.from) / width) * LEAST_PX_BETWEEN_TICKS;
  if (daysBetween <= /** @type {number} */ (DAY_STEPS.at(-1))) return `${monthText(month)} ${yearText(year)}`;
  return daysBetween <= 6 * DAYS_OF_A_MONTH ? yearText(year) : "";
}

/**
 * @param {Window} window
 * @param {number} step
 * @returns {Tick[]}
 */
function dayTicks(window, step) {
  const found = [];
  const begin = partsOf(window.from);
  for (let month = numberOf(begin.year, begin.month, 1); month <= window.to; month = nextMonth(month)) {
    const end = nextMonth(month);
    // The last step of a month is left out where the first of the next one stands too near.
    for (let day = month; day < end - step / 2; day += step) {
      const { year, month: number, day: date } = partsOf(day);
      const label = date === 1 ? `${monthText(number)} ${yearText(year)}` : String(date);
      found.push({ day, label, major: date === 1 });
    }
  }
  return seen(found, window);
}

/** @param {number} day */
function nextMonth(day) {
  const { year, month } = partsOf(day);
  return numberOf(year, month + 1, 1);
}

/**
 * @param {Window} window
 * @param {number} step
 * @returns {Tick[]}
 */
function monthTicks(window, step) {
  const found = [];
  for (let month = partsOf(window.from).year * 12; ; month += step) {
    const day = numberOf(Math.floor(month / 12), (((month % 12) + 12) % 12) + 1, 1);
    if (day > window.to) return seen(found, window);
    const parts = partsOf(day);
    const major = parts.month === 1;
    found.push({ day, label: major ? yearText(parts.year) : monthText(parts.month), major });
  }
}

/**
 * @param {Window} window
 * @param {number} step
 * @returns {Tick[]}
 */
function yearTicks(window, step) {
  const found = [];
  const first = Math.floor(partsOf(window.from).year / step) * step;
  for (let year = first; ; year += step) {
    const day = numberOf(year, 1, 1);
    if (day > window.to) return seen(found, window);
    found.push({ day, label: yearText(year), major: year % (step * 10) === 0 || step === 1 });
  }
}

/**
 * @param {Tick[]} found
 * @param {Window} window
 */
function seen(found, window) {
  return found.filter((tick) => tick.day >= window.from && tick.day <= window.to);
}
