/** The list of occurrences or events: the same content as the drawing, for reading, for narrow screens and for screen readers. */

import { partsOf, yearText } from "./days.js";
import { byId, el, foreign, separated } from "./dom.js";
import { glyph } from "./marks.js";
import { citation, nameOf } from "./sources.js";
import { STATUS } from "./terms.js";
import { shortened } from "./text.js";
import { briefConflict, datesTold, isOccurrence, reportsText, sources } from "./told.js";
import { courseText, firstDayOf, lastDayOf, stanceText, whoText } from "./words.js";

/** @typedef {import("./api.js").Row} Row */
/** @typedef {import("./records.js").Event} DatelineEvent */
/** @typedef {import("./records.js").Occurrence} Occurrence */
/** @typedef {import("./axis.js").Window} Window */

const MOST_OF_A_TITLE = 400;
const YEARS = [1, 10, 100];
/** There are at most so many headings for each event. */
const MOST_HEADINGS = 0.5;

/**
 * @param {Row[]} events in order
 * @param {(event: Row) => string} address of an event's view
 * @param {import("./api.js").Sources} sources
 * @param {import("./dom.js").Child[]} none what to say where there are none
 */
export function show(events, address, sources, none) {
  const sections = [];
  for (const [heading, members] of grouped(events)) {
    sections.push(
      el(
        "section",
        {},
        el("h3", {}, heading),
        el("ol", {}, ...members.map((event) => el("li", {}, row(event, address(event), sources)))),
      ),
    );
  }
  byId("list", HTMLElement).replaceChildren(...(sections.length > 0 ? sections : [el("p", { class: "none" }, ...none)]));
}

/**
 * Mark the event that is open, and bring it into the list's view.
 * @param {string} id
 */
export function select(id) {
  for (const row of rows()) {
    const open = row.dataset.id === id;
    if (open) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
    // Rows that were never seen have no size yet: what is meant to be at an edge may land behind it.
    if (open && !isSeen(row)) row.scrollIntoView({ block: "center" });
  }
}

/** @param {HTMLElement} row */
function isSeen(row) {
  const { top, bottom } = row.getBoundingClientRect();
  const list = byId("list", HTMLElement).getBoundingClientRect();
  return top >= Math.max(list.top, 0) && bottom <= Math.min(list.bottom, innerHeight);
}

/**
 * Mark the rows whose events the drawing shows, and bring the first of them to the top.
 * @param {Window} window
 * @param {boolean} follow
 */
export function markSeen(window, follow) {
  const all = rows();
  let first = null;
  for (const row of all) {
    const seen = Number(row.dataset.start) <= window.to && Number(row.dataset.end) >= window.from;
    row.classList.toggle("seen", seen);
    const begins = Number(row.dataset.start) >= window.from;
    if (seen && begins) first ??= row;
  }
  const list = byId("list", HTMLElement);
  if (!follow || !first || list.contains(document.activeElement)) return;
  const down = first.getBoundingClientRect().top - list.getBoundingClientRect().top;
  if (list.scrollHeight > list.clientHeight) list.scrollTop += down - 34;
}

/** Put the keyboard's focus on an event's row. @param {string} id */
export function focus(id) {
  rows().find((row) => row.dataset.id === id)?.focus();
}

/** @returns {HTMLAnchorElement[]} */
function rows() {
  return [...byId("list", HTMLElement).querySelectorAll("a")];
}

/**
 * @param {Row} event
 * @param {string} href
 * @param {import("./api.js").Sources} sources
 */
function row(event, href, sources) {
  const { course, status } = event;
  return el(
    "a",
    {
      href,
      class: `row ${status} ${course}`,
      "data-id": event.id,
      "data-start": firstDayOf(event),
      "data-end": lastDayOf(event),
    },
    el("span", { class: "when" }, ...separated(datesTold(event).map((date) => el("span", { class: "date" }, date)))),
    glyph(event),
    el(
      "span",
      { class: "what" },
      el("span", { class: "title" }, foreign(shortened(event.title, MOST_OF_A_TITLE), event.title_language)),
      el("span", { class: "told" }, ...told(event, sources)),
      isOccurrence(event) && event.conflicts.length > 0 && el("span", { class: "told" }, ...separated(event.conflicts.map(briefConflict))),
    ),
  );
}

/**
 * @param {Row} event
 * @param {import("./api.js").Sources} sources
 */
function told(event, sources) {
  const course = courseText(event);
  const source = isOccurrence(event) ? undefined : sources[event.document_id];
  // What is stated in a document's own voice is stated by whoever published it.
  const by = source && event.status === "stated" ? nameOf(source) : "";
  const status = el("span", { class: `status ${event.status}` }, STATUS[event.status]);
  const parts = [
    by ? el("span", {}, status, " by ", foreign(by)) : status,
    course && el("span", { class: "course" }, course),
    ...(isOccurrence(event) ? toldByMany(event) : toldByOne(event)),
    ...(source ? citation(source, by) : []),
  ].filter((part) => part instanceof HTMLElement);
  return separated(parts);
}

/** @param {DatelineEvent} event */
function toldByOne({ place, said_by: said }) {
  const speakers = said.slice(0, 3).map((one) => el("span", {}, foreign(shortened(whoText(one), 80)), ` ${stanceText(one)}`));
  return [place && el("span", {}, foreign(place)), ...speakers];
}

/** @param {Occurrence} occurrence */
function toldByMany(occurrence) {
  const [place] = occurrence.places;
  const parts = occurrence.conflicts.some(({ kind }) => kind === "place");
  return [el("span", {}, reportsText(occurrence)), sources(occurrence), place && !parts && el("span", {}, foreign(place))];
}

/**
 * Group events under headings: by year, or by decade or century where years would be headings of little.
 * @param {Row[]} events
 * @returns {[string, Row[]][]}
 */
function grouped(events) {
  /** @type {Map<string, Row[]>} */
  let found = new Map();
  for (const years of YEARS) {
    found = new Map();
    for (const event of events) {
      const heading = headingOf(event, years);
      const members = found.get(heading);
      if (members) members.push(event);
      else found.set(heading, [event]);
    }
    if (found.size <= Math.max(events.length * MOST_HEADINGS, 1)) break;
  }
  return [...found];
}

/**
 * @param {Row} event
 * @param {number} years that one heading covers
 */
function headingOf(event, years) {
  if (event.when.basis === "undated") return "Undated";
  const day = firstDayOf(event);
  if (day === -Infinity) return "Open beginning";
  const first = Math.floor(partsOf(day).year / years) * years;
  if (years === 1) return yearText(first);
  return years === 10 && first >= 1000 ? `${first}s` : `${yearText(first)} – ${yearText(first + years - 1)}`;
}
