/** Documents as what they are cited by: whose they are, what they are called, of which day, and where they lie. */

import { oneDayText } from "./days.js";
import { el, foreign } from "./dom.js";
import { shortened } from "./text.js";

/** @typedef {import("./dom.js").Child} Child */
/** @typedef {import("./records.js").Source} Source */
/** @typedef {Omit<Source, "language" | "recipients"> & Partial<Source>} Cited what is shown of a document */

const MOST_OF_A_NAME = 80;
const MOST_OF_A_TITLE = 120;

/**
 * Name a document for short: by its medium, else by its author, its title or its path.
 * @param {Pick<Cited, "medium" | "author" | "title" | "path">} source
 */
export function nameOf({ medium, author, title, path }) {
  return shortened(medium ?? author ?? title ?? path, MOST_OF_A_NAME);
}

/**
 * Cite a document in a row: whose it is, what it is called, of which day. `besides` is named already.
 * @param {Cited} source
 * @param {string} [besides]
 * @returns {HTMLElement[]}
 */
export function citation({ medium, author, title, path, published, language }, besides = "") {
  const names = [medium, author].filter((name) => name !== null && name !== besides);
  const called = title ?? (medium || author ? null : path);
  return [
    ...new Set(names),
  ].map((name) => el("span", {}, foreign(shortened(name ?? "", MOST_OF_A_NAME))))
    .concat(called && called !== besides ? [el("span", { class: "cited-title" }, foreign(shortened(called, MOST_OF_A_TITLE), language))] : [])
    .concat(published ? [el("span", { class: "date" }, oneDayText(published))] : []);
}

/**
 * List what is known of a document, with its address on the web and its file.
 * @param {string} id
 * @param {Cited} source
 * @param {Child} title leads to the document
 * @returns {[string, Child][]}
 */
export function facts(id, source, title) {
  const { medium, author, recipients, published, url, path } = source;
  /** @type {[string, Child][]} */
  const all = [
    ["Medium", medium && foreign(medium)],
    [recipients ? "From" : "Author", author && foreign(author)],
    ["To", recipients ? foreign(recipients) : null],
    [recipients ? "Subject" : "Title", title],
    ["Published", published ? oneDayText(published) : "day unknown"],
    ["On the web", web(url)],
    ["File", el("span", {}, foreign(path), " ", original(id))],
  ];
  return all.filter(([, value]) => value);
}

/**
 * Lead to a document's address on the web, if it is one.
 * @param {string | null} url
 * @returns {HTMLElement | null}
 */
export function web(url) {
  if (!url || !/^https?:\/\//i.test(url)) return null;
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer", class: "web" }, foreign(url));
}

/**
 * Offer a document's file as it was read; the link to it is asked for when it is wanted, since it ends soon.
 * @param {string} id
 */
export function original(id) {
  return el("button", { type: "button", class: "original", "data-original": id }, "Original file");
}
