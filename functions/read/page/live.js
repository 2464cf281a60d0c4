/** Following the collection that is shown while the page is open: it asks what has changed, and tells the page. */

import { ApiError } from "./api.js";
import { el } from "./dom.js";
import { droppedSince, isWaiting, merged, visited } from "./followed.js";
import { keep, kept } from "./kept.js";

/** @typedef {import("./records.js").DocumentLine} DocumentLine */
/** @typedef {import("./followed.js").Lines} Lines */
/** @typedef {Pick<import("./api.js").Api, "following" | "forget" | "mayAsk">} Asked */

/** From one look to the next: while a document waits, and while none does, so that a later drop is seen, too. */
const SOON_MS = 5_000;
const LATER_MS = 60_000;
/** Where nothing has changed for so many looks, it may be a night until something does. */
const SOON_LOOKS = 60;
const VISIT = "dateline.visit:";

export class Live {
  /**
   * @param {Asked} api
   * @param {(changed: string[]) => void} told hears of every look, with the ids of the documents that have changed
   */
  constructor(api, told) {
    this.api = api;
    this.told = told;
    this.collection = "";
    /** @type {Lines} the documents as they are now */
    this.lines = new Map();
    /** @type {Lines} the documents as they were when the rows that are shown were asked for */
    this.shown = new Map();
    /** @type {import("./followed.js").Visit | null} */
    this.visit = null;
    /** @type {Promise<void>} ends when the collection's documents are known */
    this.ready = Promise.resolve();
    this.since = "";
    this.failures = 0;
    /** Looks that found nothing. */
    this.quiet = 0;
    this.looked = 0;
    this.stopping = new AbortController();
    /** @type {number} */
    this.timer = 0;
    document.addEventListener("visibilitychange", () => this.#plan(0));
  }

  /**
   * Follow a collection from now on, and no other.
   * @param {string} collection
   * @returns {Promise<void>} ends when its documents are known
   */
  follow(collection) {
    if (collection === this.collection) return this.ready;
    this.stopping.abort();
    this.stopping = new AbortController();
    clearTimeout(this.timer);
    this.collection = collection;
    this.lines = this.shown = new Map();
    this.visit = null;
    this.ready = collection ? this.#begin(this.stopping.signal) : Promise.resolve();
    // Whoever needs the documents hears of a failure by `ready`.
    this.ready.catch(() => {});
    return this.ready;
  }

  /** Look again soon: the reader has uploaded or deleted something. */
  soon() {
    this.#plan(0);
  }

  /**
   * Note as of which documents the rows that are shown were asked for: what had changed by then is no news.
   * @param {Lines} [lines]
   */
  renewed(lines = this.lines) {
    this.shown = lines;
  }

  /** @returns {Set<string>} ids of the documents that were dropped since the last visit */
  get fresh() {
    return droppedSince(this.lines, this.visit);
  }

  /** @param {AbortSignal} signal */
  async #begin(signal) {
    try {
      const { documents, since } = await this.api.following(this.collection, "", signal);
      this.lines = this.shown = merged(new Map(), { documents, gone: [], since });
      this.#seen(since);
    } catch (error) {
      if (!signal.aborted) this.collection = "";
      throw error;
    }
    this.told([]);
    this.#plan();
  }

  /**
   * Look again after a while; not while the page is hidden, or asking would lead away to the sign-in.
   * @param {number} [most] in ms
   */
  #plan(most = Infinity) {
    clearTimeout(this.timer);
    if (!this.collection || !this.since || document.hidden || !this.api.mayAsk) return;
    const isSoon = isWaiting(this.lines) && this.quiet < SOON_LOOKS;
    const pause = Math.min((isSoon ? SOON_MS : LATER_MS) * 2 ** this.failures, LATER_MS);
    const rested = Date.now() - this.looked;
    this.timer = setTimeout(() => this.#look(this.stopping.signal), Math.max(Math.min(pause, most), SOON_MS - rested));
  }

  /** @param {AbortSignal} signal */
  async #look(signal) {
    this.looked = Date.now();
    try {
      const before = this.lines;
      const { changes, all } = await this.#asked(signal);
      if (signal.aborted) return;
      this.lines = merged(all ? new Map() : before, changes);
      this.failures = 0;
      this.#seen(changes.since);
      const changed = [...new Set([...before.keys(), ...this.lines.keys()])].filter(
        (id) => JSON.stringify(before.get(id)) !== JSON.stringify(this.lines.get(id)),
      );
      for (const id of changed) this.api.forget(id);
      this.quiet = changed.length > 0 ? 0 : this.quiet + 1;
      this.told(changed);
      this.#plan();
    } catch (error) {
      if (signal.aborted) return;
      // Nobody asked for this look: it fails in silence, and the next one comes later.
      this.failures += 1;
      this.#plan();
      if (!(error instanceof ApiError)) throw error;
    }
  }

  /**
   * Ask what has changed; where that is not known any more, for all documents.
   * @param {AbortSignal} signal
   */
  async #asked(signal) {
    try {
      return { changes: await this.api.following(this.collection, this.since, signal), all: false };
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 410) throw error;
      return { changes: await this.api.following(this.collection, "", signal), all: true };
    }
  }

  /** @param {string} since up to which moment all is seen */
  #seen(since) {
    this.since = since;
    const name = `${VISIT}${this.collection}`;
    this.visit = visited(kept(name), since, Date.now());
    keep(name, JSON.stringify(this.visit));
  }
}

/**
 * Mark rows as new, and no others.
 * @param {Iterable<[HTMLElement, boolean]>} rows with whether they are
 */
export function markFresh(rows) {
  for (const [row, isFresh] of rows) {
    const mark = row.querySelector(".fresh");
    if (mark && !isFresh) mark.remove();
    if (!mark && isFresh) row.querySelector(".title")?.append(el("span", { class: "fresh" }, "new"));
  }
}

/**
 * Note what is being read in a list, so that it stands where it stood when other rows have come.
 * @param {HTMLElement} list
 * @returns {() => void} put it back
 */
export function anchored(list) {
  const nameOf = (/** @type {HTMLAnchorElement} */ row) => row.dataset.id ?? row.hash;
  const rows = () => [...list.querySelectorAll("a")];
  const edge = Math.max(list.getBoundingClientRect().top, 0);
  const focused = rows().find((row) => row === document.activeElement);
  const focus = focused && nameOf(focused);
  const seen = rows()
    .filter((row) => row.checkVisibility({ contentVisibilityAuto: true }))
    .map((row) => ({ id: nameOf(row), box: row.getBoundingClientRect() }))
    .filter(({ box }) => box.bottom > edge)
    .map(({ id, box }) => ({ id, top: box.top }));
  return () => {
    const there = new Map(rows().map((row) => [nameOf(row), row]));
    if (focus) there.get(focus)?.focus({ preventScroll: true });
    const anchor = seen.find(({ id }) => there.has(id));
    const row = anchor && there.get(anchor.id);
    if (!anchor || !row) return;
    // Rows that were never seen have no size yet: what is above grows once it is.
    for (let turn = 0; turn < 3; turn += 1) {
      const moved = row.getBoundingClientRect().top - anchor.top;
      if (list.scrollHeight > list.clientHeight) list.scrollTop += moved;
      else scrollBy(0, moved);
    }
  };
}
