/** One occurrence opened: where its sources part, and its reports side by side. */

import { oneDayText } from "./days.js";
import { byRules } from "./detail.js";
import { el, foreign } from "./dom.js";
import { glyph } from "./marks.js";
import { original, web } from "./sources.js";
import { COURSE, EDITS, STATUS } from "./terms.js";
import { conflict, listed, reportsText, sources } from "./told.js";
import { courseText, extentText, sentenceText, stanceText, whenText, whoText } from "./words.js";

/** @typedef {import("./dom.js").Child} Child */
/** @typedef {import("./editing.js").Editing} Editing */
/** @typedef {import("./records.js").Conflict} Conflict */
/** @typedef {import("./records.js").Event} DatelineEvent */
/** @typedef {import("./records.js").Occurrence} Occurrence */
/** @typedef {import("./records.js").OccurrenceInFull} OccurrenceInFull */
/** @typedef {import("./records.js").Report} Report */
/** @typedef {import("./records.js").ShownEdit} ShownEdit */
/** @typedef {import("./records.js").Told} Told */
/** @typedef {import("./text.js").Place} Place */
/**
 * @typedef {object} Addresses
 * @property {(event: DatelineEvent) => string} event of a report opened
 * @property {import("./api.js").Sources} sources the documents of its reports
 * @property {(documentId: string) => (place: Place) => string} quote of a place in a document's text
 */

/** @type {Record<Occurrence["status"], string>} */
const STATUS_MEANS = {
  stated: "A document says so in its own voice; nobody denies it in these reports.",
  claimed: "Somebody says so; nobody denies it in these reports.",
  confirmed: "Confirmed by somebody else than who asserts it, by name.",
  disputed: "Asserted by some and denied or doubted by others.",
  denied: "Only denied or doubted: nobody asserts it in these reports.",
  withdrawn: "Taken back by who said so: nobody else asserts it in these reports.",
};
const MOST_QUOTES = 3;

/**
 * @param {Occurrence | OccurrenceInFull} occurrence without its reports while they are on their way
 * @param {Addresses} addresses
 * @param {Editing | null} editing null: nobody decides here
 * @returns {HTMLElement[]}
 */
export function occurrenceDetail(occurrence, addresses, editing) {
  const { when, course, status, conflicts, samples } = occurrence;
  const full = "told" in occurrence ? occurrence : null;
  const told = full?.told ?? [];
  const became = courseText(occurrence);
  return [
    el("p", { class: "dateline" }, glyph(occurrence), el("strong", {}, whenText(when)), became && el("span", { class: "course" }, became)),
    el("h2", { tabindex: -1, class: course }, foreign(occurrence.title, occurrence.title_language)),
    el("p", { class: "verdict" }, el("span", { class: `status ${status}` }, STATUS[status]), ` ${STATUS_MEANS[status]}`),
    el("p", { class: "fine" }, reportsText(occurrence), " · ", sources(occurrence)),
    byRules(samples[0]?.model ?? ""),
    conflicts.length === 0 ? null : el("section", {}, el("h3", {}, "Where the sources part"), ...conflicts.map((one) => parting(one, told))),
    occurrence.edits.length === 0 ? null : el("section", {}, el("h3", {}, "What editors decided"), el("ul", {}, ...occurrence.edits.map((one) => edited(one, full && editing?.undo(full, one))))),
    el("section", {}, el("h3", {}, "What each report says"), told.length > 0 ? table(told, conflicts, addresses) : el("p", {}, "Loading …")),
    full && editing ? editing.section(full) : null,
  ].filter((part) => part !== null);
}

/**
 * @param {ShownEdit} one
 * @param {Child} undo
 */
function edited({ kind, reason, author, by, at }, undo) {
  const who = author ?? by;
  return el("li", {}, `${EDITS[kind]}, ${oneDayText(at.slice(0, 10))}`, who && ", ", who && foreign(who), ": ", foreign(reason), undo && " ", undo);
}

/**
 * @param {Conflict} one
 * @param {Report[]} reports
 */
function parting(one, reports) {
  return el(
    "div",
    { class: "parting" },
    el("p", {}, conflict(one)),
    el("ul", {}, ...one.told.map((told) => el("li", {}, el("strong", {}, ...rival(one, told, reports)), " ", ...tellers(told, reports)))),
  );
}

/**
 * Name one of the values that exclude each other.
 * @param {Conflict} conflict
 * @param {Told} told
 * @param {Report[]} reports
 * @returns {Child[]}
 */
function rival({ kind, subject }, { value, events }, reports) {
  const report = reports.find(({ event }) => events.includes(event.id));
  if (kind === "date" && report) return [whenText(report.event.when)];
  if (kind === "number") return [foreign(value), " ", foreign(subject ?? "")];
  /** @type {Readonly<Record<string, string>>} */
  const courses = COURSE;
  return [foreign((kind === "course" && courses[value]) || value)];
}

/**
 * @param {Told} told
 * @param {Report[]} reports
 * @returns {Child[]}
 */
function tellers({ events, reports: count }, reports) {
  const names = new Set(reports.filter(({ event }) => events.includes(event.id)).map(sourceName));
  return [...listed([...names]), count > events.length && " and others"];
}

/** @param {Report} report */
function sourceName({ medium, path }) {
  return medium ?? path;
}

/**
 * @param {Report[]} reports
 * @param {Conflict[]} conflicts
 * @param {Addresses} addresses
 */
function table(reports, conflicts, addresses) {
  const numbers = conflicts.filter(({ kind }) => kind === "number");
  /** @type {[string, (report: Report) => Child[]][]} */
  const columns = [
    ["Date", ({ event }) => date(event)],
    ["Number", (report) => numbers.flatMap((one) => number(one, report))],
    ["Place", ({ event }) => [event.place && foreign(event.place)]],
    ["Who says so", (report) => voices(report)],
    ["In its words", (report) => words(report, addresses)],
  ];
  const told = columns.filter(([, cell]) => reports.some((report) => cell(report).some(Boolean)));
  // The roles are spoken also where the style sheet makes cards of the rows.
  return el(
    "div",
    { class: "compare", role: "region", "aria-label": "Reports side by side", tabindex: 0 },
    el(
      "table",
      { role: "table" },
      el(
        "thead",
        { role: "rowgroup" },
        el("tr", { role: "row" }, ...["Source", ...told.map(([name]) => name)].map((name) => el("th", { role: "columnheader", scope: "col" }, foreign(name)))),
      ),
      el(
        "tbody",
        { role: "rowgroup" },
        ...reports.map((report) =>
          el(
            "tr",
            { role: "row" },
            el("th", { role: "rowheader", scope: "row" }, ...source(report, addresses)),
            ...told.map(([name, cell]) => labelled(name, cell(report))),
          ),
        ),
      ),
    ),
  );
}

/**
 * @param {string} name of the column, shown where a row is a card
 * @param {Child[]} children
 */
function labelled(name, children) {
  const empty = !children.some(Boolean);
  return el("td", { role: "cell", class: empty && "empty" }, el("span", { class: "label", "aria-hidden": "true" }, foreign(name)), ...children);
}

/**
 * @param {Report} report
 * @param {Addresses} addresses
 * @returns {Child[]}
 */
function source(report, addresses) {
  const { medium, path, published, language, event } = report;
  const about = addresses.sources[event.document_id];
  return [
    el("a", { class: "report", href: addresses.event(event) }, foreign(sourceName(report))),
    about?.author && el("span", { class: "fine" }, foreign(about.author)),
    about?.title && el("span", { class: "fine cited-title" }, foreign(about.title, about.language)),
    el("span", { class: "fine" }, published ? `published ${oneDayText(published)}` : "day of publication unknown", language && `, ${language}`),
    medium && el("span", { class: "fine path" }, foreign(path)),
    about && el("span", { class: "fine" }, web(about.url), about.url && " ", original(event.document_id)),
  ];
}

/**
 * @param {DatelineEvent} event
 * @returns {Child[]}
 */
function date(event) {
  const course = courseText(event);
  return [
    el("span", { class: "when" }, whenText(event.when)),
    event.when.words && el("span", { class: "fine" }, el("q", {}, foreign(event.when.words))),
    event.when.extent === "throughout" && el("span", { class: "fine" }, extentText(event.when)),
    course && el("span", { class: "course" }, course),
  ];
}

/**
 * @param {Conflict} conflict
 * @param {Report} report
 * @returns {Child[]}
 */
function number({ subject, told }, { event }) {
  const values = told.filter(({ events }) => events.includes(event.id));
  return values.map(({ value }) => el("span", { class: "number" }, foreign(value), " ", foreign(subject ?? "")));
}

/**
 * @param {Report} report
 * @returns {Child[]}
 */
function voices(report) {
  const { status, said_by: said } = report.event;
  if (said.length === 0) return [foreign(sourceName(report)), ", in its own voice"];
  return [
    el("span", { class: `status ${status}` }, STATUS[status]),
    el("ul", {}, ...said.map((one) => el("li", {}, el("span", { class: "who" }, foreign(whoText(one))), ` ${stanceText(one)}`, one.via && " via ", one.via && foreign(one.via)))),
  ];
}

/**
 * @param {Report} report
 * @param {Addresses} addresses
 * @returns {Child[]}
 */
function words({ event, language }, addresses) {
  const left = event.evidence.length - MOST_QUOTES;
  const address = addresses.quote(event.document_id);
  return [
    ...event.evidence
      .slice(0, MOST_QUOTES)
      .map((one) => el("blockquote", {}, foreign(one.quote, language), " ", el("a", { class: "cite quote", href: address(one) }, `${sentenceText(one)} in the text`))),
    left > 0 && el("p", { class: "fine" }, `${left} more in the report`),
  ];
}
