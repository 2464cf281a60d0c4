/** The records' terms in words for readers. */

import { parseDay, spanText, today } from "./days.js";

/** @typedef {import("./records.js").DatelineEvent} DatelineEvent */
/** @typedef {import("./records.js").When} When */

/**
 * Tells the stand-in for a model by its name: `extractive`, or `extractive-2` and the like.
 * @param {string | null | undefined} model
 */
export function isStandIn(model) {
  return model === "extractive" || Boolean(model?.startsWith("extractive-"));
}

/** @type {Record<import("./records.js").Status, string>} */
export const STATUS_MEANS = {
  stated: "The document says so in its own voice.",
  claimed: "Somebody says so; nobody in this document denies it.",
  confirmed: "Confirmed by somebody else than who asserts it, by name.",
  disputed: "Asserted by some and denied or doubted by others.",
  denied: "Only denied or doubted: nobody in this document asserts it.",
};

/** @type {Record<import("./records.js").Course, string>} */
export const COURSE = { done: "happened", planned: "planned", called_off: "called off" };

/** @type {Record<import("./records.js").Stance, string>} */
export const STANCE = {
  asserts: "asserted it",
  confirms: "confirmed it",
  denies: "denied it",
  doubts: "doubted it",
  declines: "declined to comment",
  withdraws: "took it back",
};

/**
 * Tell whether an event was planned for a day that has passed, with nothing said of what became of it.
 * @param {DatelineEvent} event
 * @param {number} [now] today
 * @returns {boolean}
 */
export function isOverdue(event, now = today()) {
  const { latest } = event.when;
  return event.course === "planned" && latest !== null && parseDay(latest) < now;
}

/**
 * Say what became of an event, where it did not simply happen.
 * @param {DatelineEvent} event
 * @returns {string}
 */
export function courseText(event) {
  if (event.course === "done") return "";
  return isOverdue(event) ? "planned · outcome not reported" : COURSE[event.course];
}

/**
 * Say when in one line: `between Sep and Dec` is the drawing's business, this names the stretch.
 * @param {When} when
 * @returns {string}
 */
export function whenText(when) {
  return spanText(when.earliest, when.latest, when.extent === "within");
}

/**
 * Say what a stretch of days means for an event.
 * @param {When} when
 * @returns {string}
 */
export function extentText(when) {
  if (when.basis === "undated") return "The document gives no date that holds.";
  if (when.earliest !== null && when.earliest === when.latest) return "On this day.";
  if (when.extent === "throughout") return "All through this time.";
  if (when.earliest === null) return "Once, at some time up to then.";
  return when.latest === null ? "Once, at some time since then." : "Once, on a day that is not known more exactly.";
}

/** @type {Record<string, string>} */
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
      return "The model and the rules read these words differently. The timeline shows what the rules say.";
    case "model":
      return "No rule reads these words; the date is the model’s, and the text allows it.";
    case "resolver":
      return "Read by rules; the model gave no date to compare.";
    default:
      return "";
  }
}

/** Notes by what they tell a reader. What no line here names is listed by its code. @type {Record<string, string>} */
export const NOTE = {
  answer_unreadable: "An answer that could not be read",
  answer_cut_off: "An answer that was cut off",
  answer_refused: "A part that the model refused",
  repair_pending: "To be completed: the model was asked to mend a part of its answer",
  repair_refused: "Incomplete: the model would not mend a part of its answer",
  repair_given_up: "Incomplete: the model could not be asked to mend a part of its answer",
  malformed: "Left out: not in the form asked for",
  no_title: "Left out: no usable title",
  sentence_unknown: "Left out: no sentence backs it",
  words_not_found: "Left out: its words are not in the text",
  reference_unknown: "Left out: refers to nobody declared",
  number_unsupported: "Left out: a number that the text does not hold",
  name_undeclared: "Left out: a name that the text does not hold",
  date_differs: "Dates that differ",
  date_unresolved: "Dates that say nothing certain",
  published_unknown: "Dates that hang on the day of publication, which is not known",
  published_unreadable: "A day of publication that cannot be read",
  date_unused: "Dates of the text that no event uses",
  dates_not_compared: "Too many dates to compare with the events",
  language_differs: "In another language than it says",
  duplicate: "Left out: said twice",
  too_many_cited: "Left out: cites too many sentences",
  too_many_heard: "Left out: names too many speakers",
  left_out: "Left out: no room for more",
  garbled: "Garbled sentences",
  planted_answer: "Not read as news: looks like a model's answer",
  planted_chat: "Not read as news: looks like a chat with a machine",
  more_notes: "And more",
};
