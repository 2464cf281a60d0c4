/** The list of occurrences or events: the same content as the drawing, for reading, for narrow screens and for screen readers. */

import { monthText, partsOf, yearText } from "./days.js";
import { byId, el, foreign, separated } from "./dom.js";
import { glyph } from "./marks.js";
import { citation } from "./sources.js";
import { STATUS } from "./terms.js";
import { shortened } from "./text.js";
import { briefConflict, datesTold, isOccurrence, reportsText, sources } from "./told.js";
import { courseText, firstDayOf, lastDayOf, stanceText, whoText } from "./words.js";

/** @typedef {import("./api.js").Row} Row */
/** @typedef {import("./records.js").Event} DatelineEvent */
/** @typedef {import("./records.js").Occurrence} Occurrence */
/** @typedef {import("./axis.js").Window} Window */

const MOST_VOICES = 3;
const MOST_OF_A_TITLE = 400;
/** What one heading covers, in months; the first that makes no more headings than are worth it. */
const UNITS = [1, 12, 120, 1200];
const MONTHS_OF_A_YEAR = 12;
const DAYS_OF_A_MONTH = 31;
/** There are at most so many headings for each event. */
const MOST_HEADINGS = 0.5;
/** What a heading and a row of one line take, until they are seen. */
const HEADING_PX = 27;
const ROW_PX = 49;

/**
 * @typedef {object} Made a row, with what is asked of it each time that the list or the drawing changes
 * @property {Row} event
 * @property {HTMLLIElement} item
 * @property {HTMLAnchorElement} link
 * @property {unknown} source
 * @property {number} start first day
 * @property {number} end last day
 * @property {boolean} seen whether the drawing shows it
 */

/** @type {WeakMap<Row, Made>} rows that were made before: thousands are shown again with each filter */
const made = new WeakMap();
/** @type {Made[]} the rows that are listed, in order */
let listed = [];
/** @type {HTMLAnchorElement | null} the row that is marked as open */
let opened = null;

/**
 * @param {Row[]} events in order
 * @param {(event: Row) => string} address of an event's view
 * @param {import("./api.js").Sources} sources
 * @param {import("./dom.js").Child[]} none what to say where there are none
 * @param {boolean} isMore what stands there stays, with more below it: it is read already
 */
export function show(events, address, sources, none, isMore) {
  const list = byId("list", HTMLElement);
  const focused = document.activeElement instanceof HTMLElement ? (document.activeElement.dataset.id ?? "") : "";
  // Asked for only where it matters: it has the browser lay out all that stands there.
  const scrollTop = isMore ? list.scrollTop : 0;
  // Rows that are shown again are taken out all at once, and not each from its place.
  list.replaceChildren();
  listed = [];
  const sections = grouped(events).map(([heading, members]) => {
    const rows = members.map((event) => kept(event, address(event), sources));
    listed.push(...rows);
    const count = el("span", { class: "many" }, `(${members.length.toLocaleString("en")})`);
    const section = el("section", {}, el("h3", {}, heading, " ", count), el("ol", {}, ...rows.map(({ item }) => item)));
    section.style.containIntrinsicBlockSize = `auto ${HEADING_PX + ROW_PX * members.length}px`;
    return section;
  });
  list.replaceChildren(...(sections.length > 0 ? sections : [el("p", { class: "none" }, ...none)]));
  if (isMore) list.scrollTop = scrollTop;
  if (focused) focus(focused);
}

/**
 * Make a row, or take the one that was made before.
 * @param {Row} event
 * @param {string} href
 * @param {import("./api.js").Sources} sources
 */
function kept(event, href, sources) {
  const source = isOccurrence(event) ? undefined : sources[event.document_id];
  const known = made.get(event);
  if (known && known.source === source) {
    known.link.setAttribute("href", href);
    return known;
  }
  const link = row(event, href, sources);
  const one = { event, item: el("li", {}, link), link, source, start: firstDayOf(event), end: lastDayOf(event), seen: false };
  made.set(event, one);
  return one;
}

/**
 * Mark the event that is open, and bring it into the list's view.
 * @param {string} id
 */
export function select(id) {
  const link = found(id)?.link ?? null;
  if (opened !== link) opened?.removeAttribute("aria-current");
  opened = link;
  if (!link) return;
  link.setAttribute("aria-current", "true");
  // Rows that were never seen have no size yet: what is meant to be at an edge may land behind it.
  if (!isSeen(link)) link.scrollIntoView({ block: "center" });
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
  for (const one of listed) {
    const seen = one.start <= window.to && one.end >= window.from;
    if (seen !== one.seen) one.link.classList.toggle("seen", seen);
    one.seen = seen;
  }
  const list = byId("list", HTMLElement);
  const first = listed.find(({ seen, start }) => seen && start >= window.from)?.link;
  if (!follow || !first || list.contains(document.activeElement)) return;
  const down = first.getBoundingClientRect().top - list.getBoundingClientRect().top;
  if (list.scrollHeight > list.clientHeight) list.scrollTop += down - 34;
}

/**
 * Find the row before or after another.
 * @param {string} id
 * @param {1 | -1} step
 * @returns {HTMLAnchorElement | null} null at an end
 */
export function beside(id, step) {
  const at = listed.findIndex(({ event }) => event.id === id);
  return (at < 0 ? listed[0] : listed[at + step])?.link ?? null;
}

/** Have all rows laid out, so that each section is as high as it will be; what is not looked at remembers that. */
export function measure() {
  const list = byId("list", HTMLElement);
  list.classList.add("measured");
  requestAnimationFrame(() => requestAnimationFrame(() => list.classList.remove("measured")));
}

/** Put the keyboard's focus on an event's row. @param {string} id */
export function focus(id) {
  found(id)?.link.focus();
}

/** @returns {Iterable<[HTMLElement, Row]>} the rows that are listed, with what they stand for */
export function rows() {
  return listed.map(({ link, event }) => [link, event]);
}

/** @param {string} id */
function found(id) {
  return id ? listed.find(({ event }) => event.id === id) : undefined;
}

/**
 * @param {Row} event
 * @param {string} href
 * @param {import("./api.js").Sources} sources
 */
function row(event, href, sources) {
  const { course, status } = event;
  const url = isOccurrence(event) ? null : sources[event.document_id]?.url;
  return el(
    "a",
    {
      href,
      class: `row ${status} ${course}`,
      "data-id": event.id,
    },
    el("span", { class: "when" }, ...separated(datesTold(event).map((date) => el("span", { class: "date" }, date)))),
    glyph(event),
    el(
      "span",
      { class: "what" },
      el("span", { class: "title" }, foreign(shortened(event.title, MOST_OF_A_TITLE), event.title_language)),
      el("span", { class: "told" }, ...told(event, sources)),
      url && el("span", { class: "printed" }, foreign(url)),
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
  const by = (event.status === "stated" && (source?.medium ?? source?.author)) || "";
  const status = el("span", { class: `status ${event.status}` }, STATUS[event.status]);
  const parts = [
    by ? el("span", {}, status, " by ", foreign(shortened(by, 80))) : status,
    course && el("span", { class: "course" }, course),
    ...(isOccurrence(event) ? toldByMany(event) : toldByOne(event)),
    ...(source ? citation(source, by) : []),
  ].filter((part) => part instanceof HTMLElement);
  return separated(parts);
}

/** @param {DatelineEvent} event */
function toldByOne({ place, said_by: said }) {
  return [place && el("span", {}, foreign(place)), ...voices(said)];
}

/** @param {Row["said_by"]} said */
function voices(said) {
  return said.slice(0, MOST_VOICES).map((one) => el("span", {}, foreign(shortened(whoText(one), 80)), ` ${stanceText(one)}`));
}

/** @param {Occurrence} occurrence */
function toldByMany(occurrence) {
  const [place] = occurrence.places;
  const parts = occurrence.conflicts.some(({ kind }) => kind === "place");
  return [
    el("span", {}, reportsText(occurrence)),
    sources(occurrence),
    place && !parts && el("span", {}, foreign(place)),
    ...voices(occurrence.said_by),
  ];
}

/**
 * Group events under headings: by month, or by year, decade or century where months would be headings of little.
 * @param {Row[]} events
 * @returns {[string, Row[]][]}
 */
function grouped(events) {
  /** @type {Map<string, Row[]>} */
  let found = new Map();
  for (const months of UNITS) {
    found = new Map();
    for (const event of events) {
      const heading = headingOf(event, months);
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
 * @param {number} months that one heading covers
 */
function headingOf(event, months) {
  if (event.when.basis === "undated") return "Undated";
  const day = firstDayOf(event);
  if (day === -Infinity) return "Open beginning";
  const { year, month } = partsOf(day);
  // What takes more than a month happened in no month that could be named.
  if (months === 1 && lastDayOf(event) - day < DAYS_OF_A_MONTH) return `${monthText(month)} ${yearText(year)}`;
  const years = Math.max(months / MONTHS_OF_A_YEAR, 1);
  const first = Math.floor(year / years) * years;
  if (years === 1) return yearText(first);
  return years === 10 && first >= 1000 ? `${first}s` : `${yearText(first)} – ${yearText(first + years - 1)}`;
}
