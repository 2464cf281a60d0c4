/** Searching: the documents whose words hold what is looked for, each with its hits, and their places in a text. */

import { oneDayText } from "./days.js";
import { byId, el, foreign } from "./dom.js";
import { withLit } from "./text.js";

/** @typedef {import("./records.js").FoundDocument} FoundDocument */
/** @typedef {import("./records.js").SearchHit} SearchHit */
/** @typedef {import("./records.js").SearchPage} SearchPage */
/** @typedef {import("./text.js").Place} Place */
/** @typedef {import("./view.js").View} View */

const WHERE = Object.freeze({ title: "title", medium: "medium", name: "name", quote: "quoted by an event", text: "text" });

/**
 * What a search needs of the page: addresses of views.
 * @typedef {object} Addresses
 * @property {(changes: Partial<View>) => string} view
 * @property {(found: FoundDocument, hit: SearchHit | null) => string} hit
 */

export class Search {
  /**
   * @param {import("./api.js").Api} api
   * @param {(error: unknown) => void} failed is told why more could not be had
   */
  constructor(api, failed) {
    this.api = api;
    this.failed = failed;
    /** @type {{asked: string, documents: FoundDocument[]}} the last search, and what of it is shown */
    this.last = { asked: "", documents: [] };
  }

  /**
   * Show what a view looks for.
   * @param {View} view
   * @param {Addresses} addresses
   * @returns {Promise<HTMLElement[]>}
   */
  async parts(view, addresses) {
    const asked = key(view);
    const page = await this.api.search(view.find, view.scope ? "" : view.collection, null);
    this.last = { asked, documents: page.documents };
    const list = el("ul", { class: "found", "data-asked": asked }, ...page.documents.map((one) => shown(one, view, addresses)));
    return [
      el("h2", { tabindex: -1 }, "Found: ", foreign(view.find)),
      el("p", { class: "fine" }, `${countText(page)} in `, view.scope ? "all collections" : foreign(view.collection), ". ", scopeLink(view, addresses)),
      leftOut(page),
      list,
      this.#more(view, addresses, list, page.cursor),
    ].filter((part) => part !== null);
  }

  /**
   * The places of a document's text that hold what a view looks for, as far as they are known.
   * @param {string} documentId
   * @param {View} view
   * @returns {Promise<Place[]>}
   */
  async places(documentId, view) {
    if (!view.find) return [];
    if (this.last.asked !== key(view)) {
      const page = await this.api.search(view.find, view.scope ? "" : view.collection, null);
      this.last = { asked: key(view), documents: page.documents };
    }
    return this.last.documents.find(({ id }) => id === documentId)?.places ?? [];
  }

  /**
   * @param {View} view
   * @param {Addresses} addresses
   * @param {HTMLElement} list where more goes
   * @param {string | null} cursor
   * @returns {HTMLElement | null}
   */
  #more(view, addresses, list, cursor) {
    if (!cursor) return null;
    const button = el("button", { type: "button", class: "more" }, "Show more");
    button.addEventListener("click", async () => {
      button.disabled = true;
      try {
        const page = await this.api.search(view.find, view.scope ? "" : view.collection, cursor);
        if (this.last.asked === list.dataset.asked) this.last.documents.push(...page.documents);
        const items = page.documents.map((one) => shown(one, view, addresses));
        list.append(...items);
        const next = this.#more(view, addresses, list, page.cursor);
        if (next) button.replaceWith(next);
        else button.remove();
        items[0]?.querySelector("a")?.focus();
      } catch (error) {
        button.disabled = false;
        this.failed(error);
      }
    });
    return button;
  }
}

/**
 * Ask for a search when the form is sent, and for none when its words are taken out.
 * @param {(find: string) => void} wanted
 */
export function listen(wanted) {
  const form = byId("search", HTMLFormElement);
  const input = byId("find", HTMLInputElement);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    wanted(input.value.trim());
  });
  input.addEventListener("search", () => {
    if (!input.value) wanted("");
  });
}

/** @param {string} find */
export function fill(find) {
  const input = byId("find", HTMLInputElement);
  if (document.activeElement !== input || !find) input.value = find;
}

/** @param {View} view */
function key({ find, scope, collection }) {
  return JSON.stringify([find, scope || collection]);
}

/** @param {SearchPage} page */
function countText({ about, cursor, documents }) {
  const number = cursor || documents.length < about ? about : documents.length;
  if (documents.length === 0 && !cursor) return "No document";
  return number === 1 ? "1 document" : `${number.toLocaleString("en")} documents`;
}

/**
 * @param {View} view
 * @param {Addresses} addresses
 */
function scopeLink(view, addresses) {
  const other = view.scope ? "" : "all";
  return el("a", { href: addresses.view({ scope: other }) }, other ? "Search all collections" : "Search this collection only");
}

/** @param {SearchPage} page */
function leftOut({ searched }) {
  const { documents_left: documents, collections_left: collections } = searched;
  if (!documents && !collections) return null;
  const parts = [
    documents && `${documents.toLocaleString("en")} older documents`,
    collections && `${collections.toLocaleString("en")} collections`,
  ];
  return el("p", { class: "problem" }, `Not searched, as they are too many at a time: ${parts.filter(Boolean).join(" and ")}.`);
}

/**
 * @param {FoundDocument} found
 * @param {View} view
 * @param {Addresses} addresses
 */
function shown(found, view, addresses) {
  const told = [
    foreign(found.path),
    view.scope && found.collection !== view.collection && foreign(found.collection),
    found.medium && foreign(found.medium),
    found.published && oneDayText(found.published),
  ].filter(Boolean);
  return el(
    "li",
    {},
    el(
      "a",
      { class: "document", href: addresses.hit(found, null) },
      el("span", { class: "title" }, foreign(found.headline ?? found.title ?? found.path)),
      el("span", { class: "told" }, ...told.flatMap((part, index) => (index ? [" · ", part] : [part]))),
    ),
    el("ul", { class: "hits" }, ...found.hits.map((hit) => el("li", {}, hitLink(found, hit, addresses)))),
  );
}

/**
 * @param {FoundDocument} found
 * @param {SearchHit} hit
 * @param {Addresses} addresses
 */
function hitLink(found, hit, addresses) {
  const language = hit.place ? found.language : null;
  return el(
    "a",
    { class: "hit", href: addresses.hit(found, hit) },
    withLit(hit.snippet, hit.spans, language),
    el("span", { class: "told" }, ` ${WHERE[hit.where]}`),
  );
}
