/** The exports as links: of the collection or the document that is looked at, as it is shown, with its filters. */

import { ApiError, collectionOccurrences, collectionTimeline, documentTimeline } from "./api.js";
import { byId, el } from "./dom.js";
import { filterParameters, isOfOccurrences } from "./view.js";

/** @typedef {import("./api.js").Api} Api */
/** @typedef {import("./view.js").View} View */

/** Suffix, name, what it is for. */
const FORMATS = /** @type {const} */ ([
  ["html", "Web page", "one file, to send, print or publish"],
  ["csv", "CSV", "spreadsheets"],
  ["ics", "iCalendar", "calendars"],
  ["timelinejs", "TimelineJS", "Knight Lab’s timeline"],
  ["atom", "Atom", "feed readers"],
  ["jsonld", "JSON-LD", "linked data"],
  ["markdown", "Markdown", "notes and articles"],
]);

/** @param {View} view a document's exports hold all of it: the filters are of collections */
export function show(view) {
  const { collection, documentId } = view;
  const filters = filterParameters(view);
  const query = new URLSearchParams(documentId ? [] : filters).toString();
  const path = pathOf(view);
  byId("exports", HTMLElement).replaceChildren(
    ...FORMATS.map(([suffix, name, use]) =>
      el("li", {}, el("a", { href: `${path}.${suffix}${query && "?"}${query}`, download: `${documentId || collection}.${suffix}` }, name), ` ${use}`),
    ),
    ...(documentId && filters.length > 0 ? [el("li", { class: "fine" }, "All of the document, also what the filters hide.")] : []),
  );
}

/** @param {View} view */
function pathOf(view) {
  if (view.documentId) return documentTimeline(view.documentId);
  return isOfOccurrences(view) ? collectionOccurrences(view.collection) : collectionTimeline(view.collection);
}

/** A spreadsheet takes a file for UTF-8 only with this mark at its beginning. Programs ask the API, and want none. */
const MARK = "\ufeff";

/**
 * Fetch a file with the token where there is one: a plain link could not carry it. A table gets its mark.
 * @param {Api} api
 * @param {(error: unknown) => void} failed
 */
export function listen(api, failed) {
  byId("exports", HTMLElement).addEventListener("click", async (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const isTable = link?.download.endsWith(".csv");
    if (!link || !(api.signIn || isTable)) return;
    event.preventDefault();
    try {
      const file = await api.file(link.getAttribute("href") ?? "");
      const address = URL.createObjectURL(isTable ? new Blob([MARK, file], { type: file.type }) : file);
      el("a", { href: address, download: link.download }).click();
      URL.revokeObjectURL(address);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      failed(error);
    }
  });
}
