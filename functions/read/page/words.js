/** The records' terms in words for readers. */

import { oneDayText, parseDay, spanText, today } from "./days.js";
import {
  BY_RULES, COURSE, DOCUMENT, NO_FINDING, NO_OUTCOME, NOTE, RECOGNISED, STANCE, STANDIN_NAMES,
} from "./terms.js";

/** @typedef {import("./api.js").Row} Row */
/** @typedef {import("./records.js").Event} DatelineEvent */
/** @typedef {import("./records.js").SaidBy} SaidBy */
/** @typedef {import("./records.js").When} When */

/**
 * Tell the stand-in for a model by its name.
 * @param {string | null | undefined} model
 */
export function isStandIn(model) {
  return new RegExp(`^(?:${STANDIN_NAMES})$`, "s").test(model ?? "");
}

/**
 * Say who or what wrote a title or a summary.
 * @param {string} model
 */
export function writerText(model) {
  return isStandIn(model) ? BY_RULES : model;
}

/** @type {Record<DatelineEvent["status"], string>} */
export const STATUS_MEANS = {
  stated: "The document says so in its own voice.",
  claimed: "Somebody says so; nobody in this document denies it.",
  confirmed: "Confirmed by somebody else than who asserts it, by name.",
  disputed: "Asserted by some and denied or doubted by others.",
  denied: "Only denied or doubted: nobody in this document asserts it.",
  withdrawn: "Taken back by who said so: nobody else in this document asserts it.",
};

/**
 * Name a speaker.
 * @param {SaidBy | import("./records.js").Statement} one
 */
export function whoText({ who }) {
  return who ?? DOCUMENT;
}

/**
 * Say what a speaker did, after the name; a document does not decline to comment.
 * @param {SaidBy | import("./records.js").Statement} one
 */
export function stanceText({ kind, stance }) {
  return kind === "document" && stance === "declines" ? NO_FINDING : STANCE[stance];
}

/**
 * Return whether an event was planned for a day that has passed, with nothing said of what became of it.
 * @param {Row} event
 * @param {number} [now] today
 * @returns {boolean}
 */
function isOverdue(event, now = today()) {
  const { latest } = event.when;
  return event.course === "planned" && latest !== null && parseDay(latest) < now;
}

/**
 * Say what became of an event, where it did not simply happen.
 * @param {Row} event
 * @returns {string}
 */
export function courseText(event) {
  if (event.course === "done") return "";
  return isOverdue(event) ? `${COURSE[event.course]} · ${NO_OUTCOME}` : COURSE[event.course];
}

/**
 * Tell on which day an event begins on the timeline: its latest one, where it happened once and has no start.
 * @param {When} when
 * @returns {string | null} null for an open start
 */
export function beginsOn({ earliest, latest, extent }) {
  return earliest ?? (extent === "within" ? latest : null);
}

/**
 * Find the first day that an event takes on the timeline.
 * @param {Row} event
 * @returns {number} -Infinity for an open start
 */
export function firstDayOf({ when }) {
  return daysOf(when).first;
}

/**
 * Find the last day that an event takes on the timeline.
 * @param {Row} event
 * @returns {number} Infinity for an open end
 */
export function lastDayOf({ when }) {
  return daysOf(when).last;
}

/** @type {WeakMap<When, {first: number, last: number}>} each is asked for many times when thousands are sorted and drawn */
const days = new WeakMap();

/** @param {When} when */
function daysOf(when) {
  const known = days.get(when);
  if (known) return known;
  const begins = beginsOn(when);
  const read = { first: begins === null ? -Infinity : parseDay(begins), last: when.latest === null ? Infinity : parseDay(when.latest) };
  days.set(when, read);
  return read;
}

/**
 * Say when in one line: `between Sep and Dec` is the drawing's business, this names the stretch.
 * @param {When} when
 * @returns {string}
 */
export function whenText(when) {
  if (when.basis === "reported" && when.latest !== null) return `reported ${oneDayText(when.latest)}`;
  const span = spanText(when, when.extent === "within");
  return when.time !== null && when.earliest === when.latest ? `${span}, ${when.time}` : span;
}

/**
 * Say what a stretch of days means for an event.
 * @param {When} when
 * @returns {string}
 */
export function extentText(when) {
  if (when.basis === "undated") return "The document gives no date that holds.";
  if (when.basis === "reported") return "On this day or before.";
  if (when.earliest !== null && when.earliest === when.latest) return "On this day.";
  if (when.extent === "throughout") return "All through this time.";
  if (when.earliest === null) return "Once, at some time up to then. On the timeline it stands on the last day that it can have been.";
  return when.latest === null ? "Once, at some time since then." : "Once, on a day that is not known more exactly.";
}

/**
 * Name the sentence that is cited, with its page where the source has pages, and say where a machine read it.
 * @param {import("./records.js").Evidence | import("./records.js").StoredSentence} one
 */
export function sentenceText(one) {
  const sentence = `sentence ${"sentence" in one ? one.sentence : one.number}`;
  const place = one.page === null ? sentence : `${sentence}, page ${one.page}`;
  return one.recognised ? `${place}, ${RECOGNISED}` : place;
}

/** @type {Record<NonNullable<When["precision"]>, string>} */
export const PRECISION = {
  day: "the day",
  part_of_month: "a part of the month",
  week: "the week",
  month: "the month",
  quarter: "the quarter",
  season: "the season",
  part_of_year: "a part of the year",
  half: "half a year",
  year: "the year",
  part_of_decade: "a part of the decade",
  decade: "the decade",
  part_of_century: "a part of the century",
  century: "the century",
};

/**
 * Say how a date was checked.
 * @param {When} when
 * @returns {string}
 */
export function checkedText(when) {
  switch (when.checked) {
    case "agrees":
      return "The model and the rules read these words alike.";
    case "differs":
      return `The model and the rules read these words differently. The timeline shows what ${when.resolver ? "the model says, which the text bears out better" : "the rules say"}.`;
    case "model":
      return "No rule reads these words; the date is the model’s, and the text allows it.";
    case "resolver":
      return "Read by rules; the model gave no date to compare.";
    default:
      return "";
  }
}

/**
 * Name a kind of note. What a newer judge calls otherwise is named by its code.
 * @param {string} code
 * @returns {string}
 */
export function noteText(code) {
  /** @type {Readonly<Record<string, string>>} */
  const names = NOTE;
  return names[code] ?? code.replaceAll("_", " ");
}
