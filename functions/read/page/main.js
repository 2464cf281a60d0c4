/** The page as a whole: from the address to what is shown, and from what the reader does to the address. */

import { Api, ApiError, readConfig } from "./api.js";
import { parseDay, writeDay } from "./days.js";
import { eventDetail } from "./detail.js";
import { documentDetail, overview } from "./documents.js";
import { byId, el, foreign } from "./dom.js";
import * as exportLinks from "./exports.js";
import * as filters from "./filters.js";
import { showKey } from "./key.js";
import * as list from "./list.js";
import { definitions } from "./marks.js";
import { SignIn, SignInError } from "./signin.js";
import { sourceText } from "./text.js";
import { startTheme } from "./theme.js";
import { Timeline } from "./timeline.js";
import { filterParameters, NO_FILTERS, readPlace, readView, writeView } from "./view.js";
import { isStandIn } from "./words.js";

/** @typedef {import("./records.js").Event} DatelineEvent */
/** @typedef {import("./records.js").Evidence} Evidence */
/** @typedef {import("./view.js").View} View */
/** @typedef {import("./axis.js").Window} Window */

const SETTLED_MS = 200;
/** As the style sheet has it. */
const NARROW = "(max-width: 860px)";
const SEE = /^(-?\d{4,}-\d\d-\d\d)\.\.(-?\d{4,}-\d\d-\d\d)$/;

class Page {
  /** @param {Api} api */
  constructor(api) {
    this.api = api;
    this.view = readView(location.hash);
    /** @type {DatelineEvent[]} what the API gave */
    this.loaded = [];
    /** @type {DatelineEvent[]} what of it passes the filters */
    this.events = [];
    this.complete = false;
    /** What `loaded` was asked for. */
    this.asked = "";
    /** Whether there are more events than are loaded. */
    this.partial = false;
    /** The view that the list links to. */
    this.listed = "";
    /** What the panel holds. */
    this.shown = "";
    /** @type {string[]} the collections */
    this.names = [];
    this.loading = new AbortController();
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
      said: (words) => say(words),
    });
  }

  async start() {
    this.#listen();
    byId("filter-box", HTMLDetailsElement).open = !matchMedia(NARROW).matches;
    const names = await this.api.collections();
    byId("collection", HTMLSelectElement).replaceChildren(...names.map((name) => el("option", { value: name }, name)));
    this.names = names;
    if (names.length === 0) {
      say("Nothing has been dropped yet.");
      byId("count", HTMLElement).textContent = "Nothing has been dropped yet: put a file below drop/<collection>/.";
      return;
    }
    await this.show(readView(location.hash));
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
    if (changes.event || changes.source) this.opener ??= focused();
    this.#guarded(() => this.show(view, Boolean(changes.event ?? changes.documentId)));
  }

  /**
   * The address of a changed view.
   * @param {Partial<View>} changes
   */
  address(changes) {
    return writeView({ ...this.view, ...changes });
  }

  /**
   * @param {View} view
   * @param {boolean} [focus] put the focus on what is opened
   */
  async show(view, focus = false) {
    const known = this.names.includes(view.collection);
    const before = this.view;
    this.view = known ? view : { ...view, collection: view.collection || (this.names[0] ?? "") };
    byId("collection", HTMLSelectElement).value = this.view.collection;
    filters.fill(this.view.filters);
    exportLinks.show(this.view);
    byId("clear", HTMLElement).hidden = filterParameters(this.view.filters).length === 0;
    await this.#load();
    this.#select(before);
    await Promise.all([this.#panel(focus), this.#source()]);
    // What was opened may have left the list less room.
    list.select(this.view.event);
  }

  /** Get the events that the view asks for, unless they are at hand. */
  async #load() {
    const { collection, documentId, filters: wanted } = this.view;
    const scope = `${collection}\n${documentId}`;
    const all = this.complete && this.asked.startsWith(`${scope}\n`);
    const asked = `${scope}\n${all ? "" : filterParameters(wanted)}`;
    if (all || asked === this.asked) return this.#sift(false);
    this.loading.abort();
    // What stands there belongs to another collection or document.
    if (!this.asked.startsWith(`${scope}\n`)) this.#empty("Loading …");
    this.loading = new AbortController();
    const { signal } = this.loading;
    this.asked = asked;
    this.complete = false;
    byId("drawing", HTMLElement).setAttribute("aria-busy", "true");
    try {
      const { events, complete, all: whole } = await this.#ask(this.view, signal);
      if (signal.aborted) return undefined;
      this.loaded = events;
      this.complete = complete && whole;
      this.partial = !complete;
    } catch (error) {
      if (signal.aborted) return undefined;
      this.#empty(`${documentId ? "This document" : collection} could not be loaded.`);
      throw error;
    }
    byId("drawing", HTMLElement).removeAttribute("aria-busy");
    return this.#sift(true);
  }

  /**
   * Ask for the events of a view. `all`: no filter was left to the API.
   * @param {View} view
   * @param {AbortSignal} signal
   * @returns {Promise<import("./api.js").Events & {all: boolean}>}
   */
  async #ask({ collection, documentId, filters: wanted }, signal) {
    const progress = (/** @type {DatelineEvent[]} */ events) => count(`${events.length} events so far …`);
    // At first all events are asked for: where they are few enough to have at hand, filters then act at once.
    const got = documentId
      ? await this.api.documentTimeline(documentId, signal, progress)
      : await this.api.timeline(collection, [], signal, progress);
    const filtered = filterParameters(wanted);
    if (got.complete || filtered.length === 0 || documentId) return { ...got, all: true };
    return { ...(await this.api.timeline(collection, filtered, signal, progress)), all: false };
  }

  /**
   * Show no events and nothing opened, and say why.
   * @param {string} words
   */
  #empty(words) {
    this.asked = "";
    this.loaded = [];
    this.complete = false;
    this.partial = false;
    this.#sift(true);
    this.#emptyPanel();
    byId("page", HTMLElement).classList.remove("opened");
    byId("close", HTMLElement).hidden = true;
    this.#openSource("");
    count(words);
    byId("drawing", HTMLElement).removeAttribute("aria-busy");
  }

  #emptyPanel() {
    this.shown = "";
    const body = byId("panel-body", HTMLElement);
    body.replaceChildren();
    delete body.dataset.event;
  }

  /** @param {boolean} fresh whether the events were just loaded */
  #sift(fresh) {
    const passing = this.loaded.filter((event) => filters.passes(event, this.view.filters));
    const same = !fresh && passing.length === this.events.length && passing.every((event, index) => event === this.events[index]);
    this.events = passing;
    if (fresh) filters.suggest(this.loaded);
    if (!same) {
      this.timeline.show(this.events);
      count(this.#countText());
      showStandIn(this.events);
    }
    if (!same || this.listed !== this.address({ event: "" })) {
      list.show(this.events, (event) => this.address({ ...this.#opening(event), see: "" }));
      this.listed = this.address({ event: "" });
    }
    const see = SEE.exec(this.view.see);
    if (see) this.timeline.look({ from: parseDay(see[1] ?? ""), to: parseDay(see[2] ?? "") });
    else if (!same) this.timeline.look(null);
    list.markSeen(this.timeline.window, false);
  }

  /**
   * What changes when an event is opened. A source text that stands open follows it.
   * @param {DatelineEvent} event
   * @returns {Partial<View>}
   */
  #opening({ id, document_id: source, evidence }) {
    const [first] = evidence;
    if (!this.view.source || !first) return { event: id, source: "", at: "" };
    return { event: id, source, at: `${first.start}-${first.end}` };
  }

  #countText() {
    const few = this.events.length < this.loaded.length || this.partial;
    const shown = this.events.length === 1 ? "1 event" : `${this.events.length.toLocaleString("en")} events`;
    if (this.partial) return `The first ${shown}: narrow the dates to see others`;
    return few ? `${shown} of ${this.loaded.length.toLocaleString("en")}` : shown;
  }

  /** @param {View} before */
  #select(before) {
    if (this.view.event !== before.event || this.view.event) this.timeline.select(this.view.event);
    list.select(this.view.event);
  }

  /** @param {boolean} focus */
  async #panel(focus) {
    const panel = byId("panel", HTMLElement);
    const { event, documentId, collection } = this.view;
    const open = Boolean(event || documentId);
    byId("page", HTMLElement).classList.toggle("opened", open);
    byId("close", HTMLElement).hidden = !open;
    const body = byId("panel-body", HTMLElement);
    const what = JSON.stringify([event, documentId, collection, this.asked]);
    if (this.shown === what && !event) return;
    this.shown = what;
    try {
      if (event) await this.#event(body, event);
      else {
        const parts = documentId ? await this.#documentParts(documentId) : await this.#overviewParts(collection);
        if (this.shown !== what) return;
        delete body.dataset.event;
        body.replaceChildren(...parts);
      }
    } catch (error) {
      if (this.shown !== what) return;
      // An event that was loaded with the list is shown also where its document cannot be had.
      if (body.dataset.event !== event) this.#emptyPanel();
      throw error;
    }
    panel.scrollTop = 0;
    if (focus) body.querySelector("h2")?.focus({ preventScroll: true });
  }

  /** @param {string} id */
  async #documentParts(id) {
    const record = await this.api.document(id);
    return documentDetail(record, this.address({ source: id, at: "" }), this.#quote(id), light);
  }

  /** @param {string} collection */
  async #overviewParts(collection) {
    const lines = await this.api.documents(collection);
    return overview(collection, lines, (line) => this.#documentAddress(line.id, line.events !== null));
  }

  /**
   * @param {HTMLElement} body
   * @param {string} id
   */
  async #event(body, id) {
    const event = this.loaded.find((one) => one.id === id) ?? (await this.api.event(id));
    if (this.view.event !== id) return;
    const around = {
      quoteAddress: this.#quote(event.document_id),
      documentAddress: this.#documentAddress(event.document_id, true),
    };
    if (body.dataset.event !== id) body.replaceChildren(...eventDetail(event, { ...around, record: null, text: null }));
    body.dataset.event = id;
    const [record, text] = await Promise.all([this.api.document(event.document_id), this.api.text(event.document_id)]);
    if (this.view.event !== id) return;
    const hadFocus = body.contains(document.activeElement);
    body.replaceChildren(...eventDetail(event, { ...around, record, text }));
    if (hadFocus) body.querySelector("h2")?.focus({ preventScroll: true });
  }

  /**
   * A document's own view; beside it stands its text, where there is one and room for it.
   * @param {string} documentId
   * @param {boolean} hasText
   */
  #documentAddress(documentId, hasText) {
    const source = hasText && !matchMedia(NARROW).matches ? documentId : "";
    return this.address({ documentId, source, at: "", event: "", see: "" });
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
    try {
      record = await this.api.document(source);
      text = record.run && (await this.api.text(source));
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
      sourceText(text.text, text.sentences, readPlace(at), record.run?.language ?? null),
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
    const { event, source } = this.view;
    if (event) this.go({ event: "", source: this.view.documentId || source === "" ? source : "", at: "" });
    else this.go({ documentId: "", source: "", at: "", see: "" });
    this.opener?.focus();
    if (event && (!this.opener || !this.opener.isConnected)) list.focus(event);
    this.opener = null;
  }

  #listen() {
    addEventListener("popstate", () => {
      this.#forgetMove();
      this.#guarded(() => this.show(readView(location.hash)));
    });
    byId("collection", HTMLSelectElement).addEventListener("change", (event) =>
      this.go({ ...readView(""), collection: /** @type {HTMLSelectElement} */ (event.target).value }),
    );
    filters.listen((wanted) => this.go({ filters: wanted, see: "" }, { replace: true }));
    byId("clear", HTMLElement).addEventListener("click", () => this.go({ filters: { ...NO_FILTERS }, see: "" }));
    byId("zoom-in", HTMLElement).addEventListener("click", () => this.timeline.zoom(0.5));
    byId("zoom-out", HTMLElement).addEventListener("click", () => this.timeline.zoom(2));
    byId("zoom-all", HTMLElement).addEventListener("click", () => this.timeline.all());
    byId("close", HTMLElement).addEventListener("click", () => this.#close());
    byId("close-source", HTMLElement).addEventListener("click", () => this.go({ source: "", at: "" }));
    document.addEventListener("click", (event) => this.#follow(event));
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      if (this.view.source && this.view.event) this.go({ source: "", at: "" });
      else if (this.view.event || this.view.documentId) this.#close();
    });
    exportLinks.listen(this.api, (error) => complain(error));
  }

  /**
   * Follow a link to a view without leaving the page, so that it knows what was opened from where.
   * @param {MouseEvent} event
   */
  #follow(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    const link = event.target instanceof Element ? event.target.closest("a[href^='#']") : null;
    if (!(link instanceof HTMLAnchorElement)) return;
    event.preventDefault();
    if (link.classList.contains("jump")) return byId(link.hash.slice(1), HTMLElement).focus();
    this.#settle();
    const wanted = readView(link.hash);
    const opens = wanted.event !== this.view.event || wanted.documentId !== this.view.documentId;
    if (opens && wanted.event) this.opener = focused();
    // The link may be older than the last zoom.
    if (!wanted.see && wanted.documentId === this.view.documentId) wanted.see = this.view.see;
    history.pushState(null, "", writeView(wanted));
    return this.#guarded(() => this.show(wanted, opens));
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

/** @param {DatelineEvent[]} events */
function showStandIn(events) {
  const made = events.filter((event) => isStandIn(event.model)).length;
  const notice = byId("stand-in", HTMLElement);
  notice.hidden = made === 0;
  const which = made === events.length ? "These events were" : `${made} of these ${events.length} events were`;
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
  if (error instanceof DOMException && error.name === "AbortError") return;
  if (!(error instanceof ApiError) && !(error instanceof SignInError)) throw error;
  const notice = byId("problem", HTMLElement);
  notice.textContent = error.message;
  notice.hidden = false;
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
