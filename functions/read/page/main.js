/** The page as a whole: from the address to what is shown, and from what the reader does to the address. */

import { Api, ApiError, readConfig } from "./api.js";
import * as bubble from "./bubble.js";
import { parseDay, writeDay } from "./days.js";
import { eventDetail } from "./detail.js";
import { documentDetail, overview, readdress } from "./documents.js";
import { byId, el, foreign } from "./dom.js";
import { Editing } from "./editing.js";
import * as exportLinks from "./exports.js";
import { fileSection } from "./filed.js";
import * as filters from "./filters.js";
import { counted, news, newsText, progressText } from "./followed.js";
import { showKey } from "./key.js";
import { LANES } from "./lanes.js";
import { listenToKeys } from "./keys.js";
import * as list from "./list.js";
import { anchored, Live, markFresh } from "./live.js";
import { definitions } from "./marks.js";
import { occurrenceDetail } from "./occurrence.js";
import * as searching from "./search.js";
import { SignIn, SignInError } from "./signin.js";
import { shortened, sourceText } from "./text.js";
import { startTheme } from "./theme.js";
import { Timeline } from "./timeline.js";
import { isOccurrence } from "./told.js";
import { UploadWindow } from "./upload.js";
import { filterParameters, isOfOccurrences, NO_FILTERS, readPlace, readView, writeView } from "./view.js";
import { isStandIn } from "./words.js";

/** @typedef {import("./api.js").Row} Row */
/** @typedef {import("./records.js").Event} DatelineEvent */
/** @typedef {import("./records.js").OccurrenceInFull} OccurrenceInFull */
/** @typedef {import("./records.js").Evidence} Evidence */
/** @typedef {import("./view.js").View} View */
/** @typedef {import("./axis.js").Window} Window */

const SETTLED_MS = 200;
/** While many documents come, rows come by themselves no more often than this: each time all of them are asked for. */
const APART_MS = 15_000;
/** As the style sheet has it. */
const NARROW = "(max-width: 860px)";
/** Where an occurrence was joined to another, the API's refusal names that. */
const JOINED = /\bocc_[a-z2-7]+/;
const CLOSED = Object.freeze({ event: "", occurrence: "", source: "", at: "" });
const OPENED = /** @type {const} */ (["event", "occurrence", "documentId"]);
const MOST_OF_A_TITLE = 80;
const SEE = /^(-?\d{4,}-\d\d-\d\d)\.\.(-?\d{4,}-\d\d-\d\d)$/;

class Page {
  /** @param {Api} api */
  constructor(api) {
    this.api = api;
    this.view = readView(location.hash);
    /** @type {Row[]} what the API gave */
    this.loaded = [];
    /** @type {import("./api.js").Sources} the documents of what was loaded */
    this.sources = {};
    /** @type {Row[]} what of it passes the filters */
    this.events = [];
    /** @type {OccurrenceInFull | null} the last one that was opened */
    this.occurrence = null;
    this.complete = false;
    /** The report that the reader comes back from. */
    this.left = "";
    /** What `loaded` was asked for. */
    this.asked = "";
    /** Whether there are more events than are loaded. */
    this.partial = false;
    /** @type {{of: View | null, address: string}} what the rows' addresses begin with, of the view that it was made of */
    this.shared = { of: null, address: "" };
    /** The view that the list links to. */
    this.listed = "";
    /** Counts what was asked to be shown: only the last is. */
    this.turn = 0;
    /** What the panel holds. */
    this.shown = "";
    /** @type {string[]} the collections */
    this.names = [];
    this.loading = new AbortController();
    /** Whether more rows are on their way. */
    this.coming = false;
    /** Told once there are rows to be looked at. */
    this.sighted = () => {};
    this.live = new Live(api, (changed) => this.#unasked(() => this.#lived(changed)));
    /** When rows came by themselves the last time, in ms. */
    this.came = 0;
    this.search = new searching.Search(api, complain);
    this.editing = api.config.editing ? new Editing(api, this.#surroundings) : null;
    this.uploads = api.config.uploading ? new UploadWindow(api, this.#files) : null;
    /** @type {number} */
    this.settling = 0;
    /** @type {Window | null} where the drawing was moved to, until it is noted */
    this.moved = null;
    /** @type {HTMLElement | null} what had the focus when something was opened */
    this.opener = null;
    this.timeline = new Timeline(byId("drawing", HTMLElement), {
      moved: (window) => this.#moved(window),
      opened: (id) => {
        const event = this.events.find((one) => one.id === id);
        if (event) this.go(this.#opening(event));
      },
      grouped: (rows, x, zoom) => bubble.open(rows, x, (row) => this.#rowAddress(row), zoom),
      said: (words) => say(words),
    });
  }

  async start() {
    this.#listen();
    byId("filter-box", HTMLDetailsElement).open = !matchMedia(NARROW).matches;
    await this.#showAll();
  }

  /** Ask which collections there are, and show what is looked at, which may have become another meanwhile. */
  async #showAll() {
    // A collection that the address names need not wait for the names of all.
    const showing = this.view.collection ? this.show(this.view) : null;
    showing?.catch(() => {});
    const names = await this.api.collections();
    const choice = byId("collection", HTMLSelectElement);
    choice.replaceChildren(
      el("option", { value: "", hidden: true }, "Choose …"),
      ...names.map((name) => el("option", { value: name }, name)),
    );
    this.names = names;
    choice.value = names.includes(this.view.collection) ? this.view.collection : "";
    if (names.length === 0) {
      await showing?.catch(() => {});
      say("Nothing has been dropped yet.");
      byId("count", HTMLElement).textContent = "Nothing has been dropped yet: put a file below drop/<collection>/.";
      return;
    }
    await (showing ?? this.show(this.view));
  }

  /**
   * Change what is looked at, and the address with it.
   * @param {Partial<View>} changes
   * @param {{replace?: boolean}} [how] replace: not a step to come back to
   */
  go(changes, { replace = false } = {}) {
    this.#settle();
    const view = { ...this.view, ...changes };
    history[replace ? "replaceState" : "pushState"](null, "", writeView(view));
    if (changes.event || changes.occurrence || changes.source) this.opener ??= focused();
    this.#guarded(() => this.show(view, Boolean(changes.event || changes.occurrence || changes.documentId)));
  }

  /**
   * The address of a changed view.
   * @param {Partial<View>} changes
   */
  address(changes) {
    return writeView({ ...this.view, ...changes });
  }

  /**
   * Show a view; of one that names what has gone, the rest, and then fail with the reason.
   * @param {View} view
   * @param {boolean} [focus] put the focus on what is opened
   */
  async show(view, focus = false) {
    this.turn += 1;
    const { turn } = this;
    try {
      await this.#show(view, focus);
    } catch (error) {
      const rest = isGone(error) && turn === this.turn ? withoutOpened(this.view) : null;
      if (!rest) throw error;
      history.replaceState(null, "", writeView(rest));
      await this.#show(rest, false);
      throw error;
    }
  }

  /**
   * @param {View} view
   * @param {boolean} focus
   */
  async #show(view, focus) {
    const known = this.names.includes(view.collection);
    const before = this.view;
    this.view = known ? view : { ...view, collection: view.collection || (this.names[0] ?? "") };
    byId("collection", HTMLSelectElement).value = this.names.includes(this.view.collection) ? this.view.collection : "";
    const ofOccurrences = isOfOccurrences(this.view);
    filters.fill(this.view.filters, ofOccurrences);
    searching.fill(this.view.find);
    exportLinks.show(this.view);
    this.#tellFilters();
    byId("lanes", HTMLSelectElement).value = this.view.lanes in LANES ? this.view.lanes : "";
    if (before.lanes !== this.view.lanes) this.timeline.show(this.events, this.view.lanes, this.sources);
    byId("rows", HTMLElement).hidden = this.view.documentId !== "";
    byId("as-occurrences", HTMLElement).setAttribute("aria-pressed", String(ofOccurrences));
    byId("as-events", HTMLElement).setAttribute("aria-pressed", String(!ofOccurrences));
    const sight = new Promise((resolve) => (this.sighted = () => resolve(undefined)));
    // The rows are asked for first: they are what is waited for.
    const loading = this.#load();
    this.live.follow(this.view.collection);
    // What is opened need not wait for the last of thousands of rows.
    await Promise.race([loading, sight]);
    this.#tellNews();
    this.#select(before);
    await Promise.all([loading, this.#panel(focus), this.#source()]);
    this.#entitle();
    // What was opened may have left the list less room.
    list.select(this.#selected);
  }

  /** The row that stands for what is open. */
  get #selected() {
    return isOfOccurrences(this.view) ? this.view.occurrence : this.view.event;
  }

  /** Get the rows that the view asks for, unless they are at hand. */
  async #load() {
    const { collection, documentId } = this.view;
    const scope = `${collection}\n${documentId}\n${isOfOccurrences(this.view)}`;
    const all = this.complete && this.asked.startsWith(`${scope}\n`);
    const asked = `${scope}\n${all ? "" : filterParameters(this.view)}`;
    if (all || asked === this.asked) return this.#sift(false);
    this.loading.abort();
    // What stands there belongs to another collection or document.
    if (!this.asked.startsWith(`${scope}\n`)) this.#empty("Loading …");
    this.loading = new AbortController();
    const { signal } = this.loading;
    this.asked = asked;
    this.complete = false;
    this.coming = false;
    this.live.renewed();
    byId("drawing", HTMLElement).setAttribute("aria-busy", "true");
    let more = false;
    try {
      const got = await this.#ask(this.view, signal, (rows, sources) => {
        if (signal.aborted) return;
        if (!this.coming) this.#look([...rows], { ...sources });
        count(`${this.#named(rows.length)} so far …`);
      });
      if (signal.aborted) return undefined;
      this.#take(got);
      more = this.coming;
      this.coming = false;
    } catch (error) {
      if (signal.aborted) return undefined;
      this.#empty(`${documentId ? "This document" : collection} could not be loaded.`);
      throw error;
    }
    byId("drawing", HTMLElement).removeAttribute("aria-busy");
    return this.#sift(true, more);
  }

  /** @param {import("./api.js").Rows & {all: boolean}} got */
  #take({ rows, sources, complete, all }) {
    this.loaded = rows;
    this.sources = sources;
    this.complete = complete && all;
    this.partial = !complete;
  }

  /**
   * Show what has become of the collection's documents: where nothing is disturbed by it at once, else on request.
   * @param {string[]} changed ids of documents
   */
  async #lived(changed) {
    const words = this.#tellNews();
    const { documentId, event, occurrence, find } = this.view;
    if (words && this.#isCalm && Date.now() - this.came >= APART_MS) await this.#insert();
    else this.#markFresh();
    if (event || occurrence || (find && !documentId) || !this.shown) return;
    if (!documentId && changed.length > 0) await this.#renewOverview();
    else if (changed.includes(documentId) && !this.live.shown.get(documentId)?.run) {
      this.shown = "";
      await this.#panel(false);
    }
  }

  /** Say how far the documents are, and offer what is new. */
  #tellNews() {
    const { lines, shown, fresh } = this.live;
    const since = fresh.size ? `${counted(fresh.size, "new document")} since your last visit` : "";
    byId("live", HTMLElement).textContent = progressText(lines) || since;
    const words = newsText(news(shown, lines, { ofOccurrences: isOfOccurrences(this.view), documentId: this.view.documentId }));
    const button = byId("news", HTMLElement);
    if (words && button.hidden) say(words);
    button.hidden = !words;
    button.textContent = words;
    return words;
  }

  /** Whether rows can come without disturbing anybody: nothing is opened, moved, scrolled or gone to by keyboard. */
  get #isCalm() {
    const { documentId, event, occurrence, source, see } = this.view;
    const rows = byId("list", HTMLElement);
    const isRead = event || occurrence || source || see || this.moved || this.live.shown.get(documentId)?.run;
    const isWorkedIn = [rows, byId("drawing", HTMLElement)].some((one) => one.contains(document.activeElement));
    return !isRead && !isWorkedIn && rows.scrollTop === 0 && scrollY === 0;
  }

  /** Put in the rows that have come since these were asked for; what is being read stays where it is. */
  async #insert() {
    const { asked, view } = this;
    const { lines } = this.live;
    this.came = Date.now();
    const got = await this.#ask(view, this.loading.signal, () => {});
    if (this.asked !== asked) return;
    this.live.renewed(lines);
    const back = anchored(byId("list", HTMLElement));
    this.#take(got);
    this.#sift(true);
    this.#select(this.view);
    list.measure();
    back();
    this.#tellNews();
    if (!view.documentId) return;
    this.shown = "";
    await this.#panel(false);
  }

  /** Show the documents as they are now; while somebody chooses among them, once that is over. */
  async #renewOverview() {
    const { shown } = this;
    const chosen = byId("panel", HTMLElement).querySelector("input:focus, select:focus");
    if (chosen) {
      chosen.addEventListener("blur", () => this.#unasked(() => this.#renewOverview()), { once: true });
      return;
    }
    const parts = await this.#overviewParts(this.view.collection);
    if (this.shown !== shown) return;
    const back = anchored(byId("panel", HTMLElement));
    byId("panel-body", HTMLElement).replaceChildren(...parts);
    back();
  }

  /** Mark the rows that documents tell which were dropped since the last visit. */
  #markFresh() {
    const { fresh } = this.live;
    if (fresh.size === 0 && !byId("list", HTMLElement).querySelector(".fresh")) return;
    const isFresh = (/** @type {Row} */ row) =>
      isOccurrence(row) ? row.samples.some((one) => fresh.has(one.document)) : fresh.has(row.document_id);
    markFresh([...list.rows()].map(([link, row]) => [link, isFresh(row)]));
  }

  /**
   * Ask for the rows of a view. `all`: no filter was left to the API.
   * @param {View} view
   * @param {AbortSignal} signal
   * @param {(rows: Row[], sources: import("./api.js").Sources) => void} progress hears of the rows that are there so far
   * @returns {Promise<import("./api.js").Rows & {all: boolean}>}
   */
  async #ask(view, signal, progress) {
    const { collection, documentId } = view;
    const ask = (/** @type {[string, string][]} */ filtered) => {
      if (documentId) return this.api.documentTimeline(documentId, signal, progress);
      if (isOfOccurrences(view)) return this.api.occurrences(collection, filtered, signal, progress);
      return this.api.timeline(collection, filtered, signal, progress);
    };
    // At first all are asked for: where they are few enough to have at hand, filters then act at once.
    const got = await ask([]);
    const filtered = filterParameters(view);
    if (got.complete || filtered.length === 0 || documentId) return { ...got, all: true };
    return { ...(await ask(filtered)), all: false };
  }

  /**
   * Show the first rows, while others are still on their way.
   * @param {Row[]} rows
   * @param {import("./api.js").Sources} sources
   */
  #look(rows, sources) {
    this.coming = true;
    this.loaded = rows;
    this.sources = sources;
    this.#sift(true);
    this.sighted();
  }

  /**
   * Show no rows and nothing opened, and say why.
   * @param {string} words
   */
  #empty(words) {
    this.asked = "";
    this.loaded = [];
    this.complete = false;
    this.partial = false;
    this.#sift(true);
    this.#emptyPanel();
    byId("page", HTMLElement).classList.remove("opened", "compared");
    byId("close", HTMLElement).hidden = true;
    byId("steps", HTMLElement).hidden = true;
    this.#openSource("");
    count(words);
    byId("drawing", HTMLElement).removeAttribute("aria-busy");
  }

  #emptyPanel() {
    this.shown = "";
    const body = byId("panel-body", HTMLElement);
    body.replaceChildren();
    delete body.dataset.opened;
  }

  /**
   * @param {boolean} fresh whether the rows were just loaded
   * @param {boolean} [more] whether they begin with those that are shown
   */
  #sift(fresh, more = false) {
    const passing = this.loaded.filter((event) => filters.passes(event, this.view.filters, this.sources));
    const same = !fresh && passing.length === this.events.length && passing.every((event, index) => event === this.events[index]);
    this.events = passing;
    if (fresh) filters.suggest(this.loaded, this.sources);
    if (!same) {
      this.timeline.show(this.events, this.view.lanes, this.sources);
      count(this.#countText());
      showStandIn(this.events);
    }
    // Before the list changes: the drawing measures its room, and the browser would lay out all rows for that.
    const see = SEE.exec(this.view.see);
    if (see) this.timeline.look({ from: parseDay(see[1] ?? ""), to: parseDay(see[2] ?? "") });
    else if (!same) this.timeline.look(null);
    const plain = `${this.#sharedAddress} ${this.view.source !== ""}`;
    if (!same || this.listed !== plain) {
      list.show(this.events, (event) => this.#rowAddress(event), this.sources, this.#nothing(), more);
      this.listed = plain;
      this.#markFresh();
    }
    list.markSeen(this.timeline.window, false);
  }

  /**
   * What changes when a row is opened. A source text that stands open follows it.
   * @param {Row} row
   * @returns {Partial<View>}
   */
  #opening(row) {
    const opened = isOccurrence(row) ? { occurrence: row.id, event: "" } : { occurrence: "", event: row.id };
    const [sample] = isOccurrence(row) ? row.samples : [{ document: row.document_id, evidence: row.evidence[0] }];
    if (!this.view.source || !sample?.evidence) return { ...opened, source: "", at: "" };
    return { ...opened, source: sample.document, at: `${sample.evidence.start}-${sample.evidence.end}` };
  }

  /** What the addresses of all rows have in common, written once for all. */
  get #sharedAddress() {
    if (this.shared.of !== this.view) this.shared = { of: this.view, address: this.address({ ...CLOSED, see: "" }) };
    return this.shared.address;
  }

  /**
   * Write the address of a row opened.
   * @param {Row} row
   */
  #rowAddress(row) {
    const own = Object.entries(this.#opening(row)).filter(([, value]) => value);
    return own.reduce((text, [name, value]) => `${text}&${name}=${encodeURIComponent(String(value))}`, this.#sharedAddress);
  }

  /**
   * Say why there are no rows, in the drawing too, and offer the way out.
   * @returns {import("./dom.js").Child[]}
   */
  #nothing() {
    const none = this.events.length === 0 ? this.#none : "";
    const note = byId("nothing", HTMLElement);
    note.textContent = none;
    note.hidden = !none;
    const isFiltered = this.asked && filterParameters(this.view).length > 0;
    return [none, isFiltered && el("button", { type: "button", click: () => this.#clear() }, "Clear filters")];
  }

  #tellFilters() {
    const set = filterParameters(this.view).length;
    byId("clear", HTMLButtonElement).disabled = set === 0;
    byId("filter-count", HTMLElement).textContent = set ? `(${set} set)` : "";
  }

  #clear() {
    this.go({ filters: { ...NO_FILTERS }, see: "" });
  }

  /** What to say in place of rows; nothing while it is not known. */
  get #none() {
    if (!this.asked || this.coming) return "";
    if (filterParameters(this.view).length > 0) return "Nothing passes these filters.";
    if (!isOfOccurrences(this.view)) return "No event has a date.";
    return "No occurrence yet: documents still have to be linked, or tell nothing with a date. Single reports are there before.";
  }

  #countText() {
    const few = this.events.length < this.loaded.length || this.partial;
    const shown = this.#named(this.events.length);
    if (this.coming) return `${this.#named(this.loaded.length)} so far …`;
    if (this.partial) return `The first ${shown}: narrow the dates to see others`;
    return few ? `${shown} of ${this.loaded.length.toLocaleString("en")}` : shown;
  }

  /** @param {number} rows */
  #named(rows) {
    const noun = isOfOccurrences(this.view) ? "occurrence" : "event";
    return `${rows.toLocaleString("en")} ${noun}${rows === 1 ? "" : "s"}`;
  }

  /** Name the view in the tab's title, so that tabs and bookmarks can be told from each other. */
  #entitle() {
    const { event, occurrence, documentId, collection } = this.view;
    const heading = event || occurrence || documentId ? byId("panel-body", HTMLElement).querySelector("h2 bdi")?.textContent : "";
    const filtered = filterParameters(this.view).map(([, value]) => value).join(", ");
    document.title = [heading, filtered, collection, "Dateline"].filter(Boolean).map((part) => shortened(part ?? "", MOST_OF_A_TITLE)).join(" · ");
  }

  /** Open the row before or after the one that is open. @param {1 | -1} step */
  #step(step) {
    const row = list.beside(this.#selected, step);
    if (!row) return say(step > 0 ? "This is the last one." : "This is the first one.");
    this.opener ??= focused();
    return this.go(this.#opened(row.hash));
  }

  /** @param {string} hash of a row's address */
  #opened(hash) {
    const { event, occurrence, source, at } = readView(hash);
    return { event, occurrence, source, at };
  }

  /** @param {View} before */
  #select(before) {
    const selected = this.#selected;
    if (selected || before.event || before.occurrence) this.timeline.select(selected);
    list.select(selected);
  }

  /** @param {boolean} focus */
  async #panel(focus) {
    const panel = byId("panel", HTMLElement);
    const { event, occurrence, documentId, collection, find } = this.view;
    const open = Boolean(event || occurrence || documentId || find);
    byId("page", HTMLElement).classList.toggle("opened", open);
    byId("page", HTMLElement).classList.toggle("compared", Boolean(occurrence) && !event);
    byId("close", HTMLElement).hidden = !open;
    byId("steps", HTMLElement).hidden = !this.#selected;
    const body = byId("panel-body", HTMLElement);
    const what = JSON.stringify(open ? [event, occurrence, documentId, this.asked, this.#reports] : [collection]);
    if (this.shown === what && !event) {
      if (!open) readdress(this.#ofLine);
      return;
    }
    this.shown = what;
    try {
      if (event) await this.#event(body, event);
      else if (occurrence) await this.#occurrence(body, occurrence);
      else {
        const parts = await (documentId
          ? this.#documentParts(documentId)
          : find
            ? this.search.parts(this.view, { view: (changes) => this.address(changes), hit: (found, hit) => this.#hitAddress(found, hit) })
            : this.#overviewParts(collection));
        if (this.shown !== what) return;
        delete body.dataset.opened;
        body.replaceChildren(...parts);
      }
    } catch (error) {
      if (this.shown !== what) return;
      this.shown = "";
      // What was loaded with the list is shown also where nothing more of it can be had.
      if (body.dataset.opened !== (event || occurrence)) this.#emptyPanel();
      throw error;
    }
    panel.scrollTop = 0;
    if (focus) body.querySelector("h2")?.focus({ preventScroll: true });
    const links = [...body.querySelectorAll("a.report")].filter((link) => link instanceof HTMLAnchorElement);
    links.find((link) => readView(link.hash).event === this.left)?.focus();
    this.left = "";
  }

  /** @param {string} id */
  async #documentParts(id) {
    const record = await this.api.document(id);
    const parts = documentDetail(record, this.address({ source: id, at: "" }), this.#quote(id), light);
    const doings = {
      replace: () => this.uploads?.open(record),
      deleted: () => {
        if (this.view.documentId === id) this.go({ documentId: "", source: "", at: "" }, { replace: true });
        this.live.soon();
      },
    };
    return this.uploads ? [...parts, fileSection(record, this.api, doings)] : parts;
  }

  /** @param {string} collection */
  async #overviewParts(collection) {
    await this.live.follow(collection);
    const lines = [...this.live.lines.values()];
    return overview(collection, lines, this.live.fresh, this.#ofLine);
  }

  /** @param {import("./records.js").DocumentLine} line */
  #ofLine = (line) => this.#documentAddress(line.id, line.events !== null);

  /**
   * @param {HTMLElement} body
   * @param {string} id
   */
  async #event(body, id) {
    const event = this.#atHand(id) ?? (await this.api.event(id));
    if (this.view.event !== id) return;
    const source = this.#sourceOf(event);
    const around = {
      quoteAddress: this.#quote(event.document_id),
      documentAddress: this.#documentAddress(event.document_id, true),
      occurrenceAddress: this.view.occurrence && this.address({ event: "" }),
      source,
    };
    if (body.dataset.opened !== id) body.replaceChildren(...eventDetail(event, { ...around, record: null, text: null }));
    body.dataset.opened = id;
    const [record, text] = await Promise.all([this.api.document(event.document_id), this.api.text(event.document_id)]);
    if (this.view.event !== id) return;
    replace(body, eventDetail(event, { ...around, record, text }));
  }

  /**
   * Find what an event's document is.
   * @param {DatelineEvent | import("./records.js").EventInPlace} event
   */
  #sourceOf(event) {
    if ("source" in event) return event.source;
    return this.sources[event.document_id] ?? this.occurrence?.sources[event.document_id] ?? null;
  }

  /**
   * Find an event among what is listed or among the reports of what was opened.
   * @param {string} id
   * @returns {DatelineEvent | undefined}
   */
  #atHand(id) {
    const listed = this.loaded.flatMap((row) => (isOccurrence(row) ? [] : [row]));
    const told = (this.occurrence?.told ?? []).map(({ event }) => event);
    return [...listed, ...told].find((one) => one.id === id);
  }

  /**
   * @param {HTMLElement} body
   * @param {string} id
   */
  async #occurrence(body, id) {
    const base = this.#reports;
    const addresses = {
      sources: this.occurrence?.id === id ? this.occurrence.sources : {},
      event: (/** @type {DatelineEvent} */ { id: event }) => writeView({ ...base, event }),
      quote: (/** @type {string} */ source) => (/** @type {import("./text.js").Place} */ { start, end }) =>
        writeView({ ...base, source, at: `${start}-${end}` }),
    };
    const row = this.loaded.filter(isOccurrence).find((one) => one.id === id);
    const first = this.occurrence?.id === id ? this.occurrence : row;
    if (first && body.dataset.opened !== id) {
      body.replaceChildren(...occurrenceDetail(first, addresses, this.editing));
      body.dataset.opened = id;
    }
    const found = await this.#inFull(id);
    if (this.view.occurrence !== id || this.view.event) return;
    if (found.id !== id) return this.go({ occurrence: found.id }, { replace: true });
    this.occurrence = found;
    body.dataset.opened = id;
    replace(body, occurrenceDetail(found, { ...addresses, sources: found.sources }, this.editing));
  }

  /** @returns {import("./editing.js").Surroundings} what deciding needs of the page */
  get #surroundings() {
    return {
      rows: () => this.loaded,
      ask: (id) => this.#inFull(id),
      renew: (id) => this.#guarded(() => this.#renew(id)),
      say,
    };
  }

  /** @returns {import("./upload.js").Surroundings} what uploading needs of the page */
  get #files() {
    return {
      collections: () => this.names,
      collection: () => this.view.collection,
      address: (collection, documentId) => writeView({ ...readView(""), collection, documentId }),
      renew: (collection) => {
        if (!this.names.includes(collection)) this.#guarded(() => this.#changed());
        else if (this.view.collection === collection) this.live.soon();
      },
      say,
    };
  }

  /** Load what is shown anew: there is a collection more. */
  async #changed() {
    this.#settle();
    this.#outdate();
    this.shown = "";
    await this.#showAll();
  }

  /** Have the rows loaded anew the next time that they are shown. */
  #outdate() {
    this.complete = false;
    this.asked += "\n";
  }

  /**
   * Load the rows anew, and an occurrence if it is open still: it has become another.
   * @param {string} id
   */
  async #renew(id) {
    this.#settle();
    this.#outdate();
    if (this.view.occurrence === id) this.shown = "";
    await this.show(this.view);
  }

  /** The view of the opened occurrence's reports, whatever is opened of them and wherever the drawing was moved to. */
  get #reports() {
    return { ...this.view, event: "", source: "", at: "", see: "" };
  }

  /**
   * Ask for an occurrence, or for the one that it was joined to.
   * @param {string} id
   * @returns {Promise<OccurrenceInFull>}
   */
  async #inFull(id) {
    try {
      return await this.api.occurrence(id);
    } catch (error) {
      const [other] = (error instanceof ApiError && error.status === 410 && JOINED.exec(error.message)) || [];
      if (!other || other === id) throw error;
      return this.#inFull(other);
    }
  }

  /**
   * A document's own view; beside it stands its text, where there is one and room for it.
   * @param {string} documentId
   * @param {boolean} hasText
   */
  #documentAddress(documentId, hasText) {
    const source = hasText && !matchMedia(NARROW).matches ? documentId : "";
    return this.address({ documentId, source, at: "", event: "", occurrence: "", see: "" });
  }

  /**
   * Where a hit leads: its event, its place in the text beside what was found, or its document.
   * @param {import("./records.js").FoundDocument} found
   * @param {import("./records.js").SearchHit | null} hit
   */
  #hitAddress({ id, collection, hits }, hit) {
    const place = (hit ?? hits.find((one) => one.place))?.place ?? null;
    const wide = !matchMedia(NARROW).matches;
    const source = place && (wide || !hit?.event) ? { source: id, at: `${place.start}-${place.end}` } : { source: "", at: "" };
    const opened = { collection, occurrence: "", event: hit?.event ?? "", documentId: "", see: "" };
    if (!hit?.event && !place) return this.address({ ...opened, documentId: id, source: wide ? id : "", at: "" });
    return this.address({ ...opened, ...source });
  }

  /** @param {string} documentId */
  #quote(documentId) {
    return (/** @type {import("./text.js").Place} */ { start, end }) =>
      this.address({ source: documentId, at: `${start}-${end}` });
  }

  async #source() {
    const { source, at } = this.view;
    this.#openSource(source);
    if (!source) return;
    let record;
    let text;
    let found;
    try {
      record = await this.api.document(source);
      [text, found] = await Promise.all([record.run && this.api.text(source), this.search.places(source, this.view)]);
    } catch (error) {
      if (this.view.source === source) this.#openSource("");
      throw error;
    }
    if (this.view.source !== source || this.view.at !== at) return;
    if (!text) {
      // A document that was rejected, or waits for its first run, has none.
      this.#openSource("");
      this.view = { ...this.view, source: "", at: "" };
      history.replaceState(null, "", writeView(this.view));
      return;
    }
    const pane = byId("source", HTMLElement);
    byId("source-title", HTMLElement).replaceChildren(foreign(record.run?.title ?? record.path, record.run?.language));
    byId("source-body", HTMLElement).replaceChildren(
      sourceText(text.text, text.sentences, readPlace(at), record.run?.language ?? null, found),
    );
    const lit = pane.querySelector(".lit");
    if (lit) lit.scrollIntoView({ block: "center" });
    else byId("source-body", HTMLElement).scrollTop = 0;
  }

  /**
   * Open the pane for a document's text, or close it. It never holds the text of another document.
   * @param {string} id empty: close it
   */
  #openSource(id) {
    const pane = byId("source", HTMLElement);
    pane.hidden = !id;
    byId("page", HTMLElement).classList.toggle("sourced", Boolean(id));
    if (pane.dataset.document === id) return;
    pane.dataset.document = id;
    byId("source-title", HTMLElement).replaceChildren();
    byId("source-body", HTMLElement).replaceChildren();
  }

  /** @param {Window} window */
  #moved(window) {
    bubble.close();
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.#settle(), SETTLED_MS);
    this.moved = window;
  }

  /** Note in the address where the drawing was moved to, before anything else changes it. */
  #settle() {
    const window = this.moved;
    this.#forgetMove();
    if (!window) return;
    list.markSeen(window, true);
    this.view.see = `${writeDay(window.from)}..${writeDay(window.to)}`;
    history.replaceState(null, "", writeView(this.view));
  }

  #forgetMove() {
    clearTimeout(this.settling);
    this.moved = null;
  }

  #close() {
    const { event, occurrence, documentId, source, find } = this.view;
    if (event && occurrence) {
      this.left = event;
      return this.go({ event: "", source: "", at: "" });
    }
    if (event || occurrence) this.go({ event: "", occurrence: "", source: documentId ? source : "", at: "" });
    else if (find && !documentId) this.go({ find: "", scope: "", source: "", at: "" });
    else this.go({ documentId: "", source: "", at: "", see: "" });
    this.opener?.focus();
    if ((event || occurrence) && (!this.opener || !this.opener.isConnected)) list.focus(event || occurrence);
    this.opener = null;
  }

  #listen() {
    addEventListener("popstate", () => {
      this.#forgetMove();
      this.#guarded(() => this.show(readView(location.hash)));
    });
    byId("collection", HTMLSelectElement).addEventListener("change", (event) =>
      this.go({ ...readView(""), rows: this.view.rows, lanes: this.view.lanes, collection: /** @type {HTMLSelectElement} */ (event.target).value }),
    );
    for (const [id, rows] of /** @type {const} */ ([["as-occurrences", ""], ["as-events", "events"]])) {
      byId(id, HTMLElement).addEventListener("click", () => this.go({ rows, occurrence: "", event: "", source: "", at: "" }));
    }
    searching.listen((find) => this.go({ find, documentId: "", occurrence: "", event: "", source: "", at: "" }));
    filters.listen((wanted) => this.go({ filters: wanted, see: "" }, { replace: true }));
    byId("clear", HTMLElement).addEventListener("click", () => this.#clear());
    bubble.listen();
    const lanes = byId("lanes", HTMLSelectElement);
    lanes.append(...Object.entries(LANES).map(([value, words]) => el("option", { value }, `lanes by ${words}`)));
    lanes.addEventListener("change", () => this.go({ lanes: lanes.value }, { replace: true }));
    byId("zoom-in", HTMLElement).addEventListener("click", () => this.timeline.zoom(0.5));
    byId("zoom-out", HTMLElement).addEventListener("click", () => this.timeline.zoom(2));
    byId("zoom-all", HTMLElement).addEventListener("click", () => this.timeline.all());
    byId("previous", HTMLElement).addEventListener("click", () => this.#step(-1));
    byId("next", HTMLElement).addEventListener("click", () => this.#step(1));
    listenToKeys({
      "/": () => {
        byId("filter-box", HTMLDetailsElement).open = true;
        byId("filters", HTMLFormElement).querySelector("input")?.focus();
      },
      "?": () => byId("key-summary", HTMLElement).click(),
      j: () => this.#step(1),
      k: () => this.#step(-1),
    });
    byId("news", HTMLElement).addEventListener("click", () => this.#guarded(() => this.#insert()));
    byId("close", HTMLElement).addEventListener("click", () => this.#close());
    byId("close-source", HTMLElement).addEventListener("click", () => this.go({ source: "", at: "" }));
    document.addEventListener("click", (event) => this.#follow(event));
    document.addEventListener("keydown", (press) => {
      if (press.key !== "Escape" || press.defaultPrevented) return;
      const { source, event, occurrence, documentId, find } = this.view;
      if (source && (event || occurrence || (find && !documentId))) this.go({ source: "", at: "" });
      else if (event || occurrence || documentId || find) this.#close();
    });
    exportLinks.listen(this.api, (error) => complain(error));
  }

  /**
   * Follow a link to a view without leaving the page, so that it knows what was opened from where.
   * @param {MouseEvent} event
   */
  #follow(event) {
    const wished = event.target instanceof Element ? event.target.closest("[data-original]") : null;
    if (wished instanceof HTMLElement) return this.#guarded(() => this.#save(wished.dataset.original ?? ""));
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    const link = event.target instanceof Element ? event.target.closest("a[href^='#']") : null;
    if (!(link instanceof HTMLAnchorElement)) return;
    event.preventDefault();
    if (link.classList.contains("jump")) return byId(link.hash.slice(1), HTMLElement).focus();
    this.#settle();
    const wanted = readView(link.hash);
    const opens = OPENED.some((name) => wanted[name] !== this.view[name]);
    // A report of what is open already leads back to the row that this was opened from.
    if (opens && (wanted.occurrence ? wanted.occurrence !== this.view.occurrence : wanted.event)) this.opener = focused();
    // The link may be older than the last zoom.
    if (!wanted.see && wanted.documentId === this.view.documentId) wanted.see = this.view.see;
    history.pushState(null, "", writeView(wanted));
    return this.#guarded(() => this.show(wanted, opens));
  }

  /**
   * Have the browser save a document's file; it comes as an attachment, so that the page stays.
   * @param {string} id
   */
  async #save(id) {
    el("a", { href: await this.api.original(id), rel: "noreferrer" }).click();
  }

  /** Do what nobody asked for: it fails in silence, and hides no complaint. @param {() => Promise<void>} act */
  async #unasked(act) {
    try {
      await act();
    } catch (error) {
      if (!isExpected(error)) throw error;
    }
  }

  /** @param {() => Promise<void>} act */
  async #guarded(act) {
    try {
      await act();
      byId("problem", HTMLElement).hidden = true;
    } catch (error) {
      complain(error);
    }
  }
}

/** @param {unknown} error */
function isGone(error) {
  return error instanceof ApiError && (error.status === 404 || error.status === 410);
}

/**
 * Close the last thing that was opened.
 * @param {View} view
 * @returns {View | null} null: nothing is open
 */
function withoutOpened(view) {
  const { event, occurrence, documentId, source } = view;
  const plain = { ...view, source: "", at: "" };
  if (event) return { ...plain, event: "" };
  if (occurrence) return { ...plain, occurrence: "" };
  if (documentId) return { ...plain, documentId: "", see: "" };
  return source ? plain : null;
}

/** @returns {HTMLElement | null} */
function focused() {
  return document.activeElement instanceof HTMLElement ? document.activeElement : null;
}

/** @param {string} words for those who do not see */
function say(words) {
  byId("said", HTMLElement).textContent = words;
}

/** @param {string} words */
function count(words) {
  byId("count", HTMLElement).textContent = words;
}

/**
 * Put something else into a part of the page; its heading takes over the focus.
 * @param {HTMLElement} body
 * @param {HTMLElement[]} parts
 */
function replace(body, parts) {
  const hadFocus = body.contains(document.activeElement);
  body.replaceChildren(...parts);
  if (hadFocus) body.querySelector("h2")?.focus({ preventScroll: true });
}

/** @param {Row[]} rows */
function showStandIn(rows) {
  const made = rows.filter((row) => isStandIn(isOccurrence(row) ? row.samples[0]?.model : row.model)).length;
  const notice = byId("stand-in", HTMLElement);
  notice.hidden = made === 0;
  const which = made === rows.length ? "These titles were" : `${made} of these ${rows.length} titles were`;
  notice.textContent = `${which} copied out of the texts by simple rules (extractive): no language model was configured.`;
}

/**
 * Light sentences up in the source text.
 * @param {Evidence[]} evidence
 */
function light(evidence) {
  const numbers = new Set(evidence.map(({ sentence }) => String(sentence)));
  const body = byId("source-body", HTMLElement);
  let first = null;
  for (const sentence of body.querySelectorAll(".sentence")) {
    const lit = sentence instanceof HTMLElement && numbers.has(sentence.dataset.number ?? "");
    sentence.classList.toggle("glow", lit);
    if (lit) first ??= sentence;
  }
  if (first) first.scrollIntoView({ block: "nearest" });
}

/** @param {unknown} error */
function complain(error) {
  if (!isExpected(error)) throw error;
  if (error instanceof DOMException) return;
  const notice = byId("problem", HTMLElement);
  notice.textContent = error.message;
  notice.hidden = false;
}

/**
 * Return whether an error is none of the page's own: the API refuses or cannot be reached, or what was asked for is not
 * wanted any more.
 * @param {unknown} error
 * @returns {error is ApiError | SignInError | DOMException}
 */
function isExpected(error) {
  return error instanceof ApiError || error instanceof SignInError || (error instanceof DOMException && error.name === "AbortError");
}

async function start() {
  startTheme();
  document.body.append(definitions());
  showKey();
  try {
    const config = await readConfig();
    const signIn = config.sign_in === "jwt" ? new SignIn(config) : null;
    await signIn?.complete();
    await new Page(new Api(config, signIn)).start();
  } catch (error) {
    complain(error);
  }
}

await start();
