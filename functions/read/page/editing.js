/** Deciding about an opened occurrence: a button and a form for each kind of decision, and undoing one. */

import { ApiError } from "./api.js";
import { decisionOf, faultsOf, isFollowed, lacks, nearest } from "./decisions.js";
import { oneDayText } from "./days.js";
import { el, foreign } from "./dom.js";
import { SignInError } from "./signin.js";
import { EDITS, STATUS } from "./terms.js";
import { shortened } from "./text.js";
import { whenText } from "./words.js";

/** @typedef {import("./api.js").Api} Api */
/** @typedef {import("./api.js").Row} Row */
/** @typedef {import("./decisions.js").Done} Done */
/** @typedef {import("./decisions.js").Given} Given */
/** @typedef {import("./decisions.js").Kind} Kind */
/** @typedef {import("./records.js").OccurrenceInFull} OccurrenceInFull */
/** @typedef {import("./records.js").ShownEdit} ShownEdit */
/**
 * @typedef {object} Surroundings
 * @property {() => Row[]} rows that an occurrence may be joined with
 * @property {(id: string) => Promise<OccurrenceInFull>} ask for an occurrence, or for the one that it was joined to
 * @property {(id: string) => Promise<void>} renew what is shown, an occurrence having become another
 * @property {(words: string) => void} say something to those who do not see
 */
/** @typedef {{occurrence: OccurrenceInFull, section: HTMLElement, bar: HTMLElement, place: HTMLElement, status: HTMLElement}} Parts */

/** @type {Record<Kind, {name: string, means: string}>} */
const KINDS = {
  hide: { name: "Hide", means: "It is left out of lists. Its address stays." },
  correct: { name: "Correct", means: "Change what is wrong. What each report says stays as it is." },
  note: { name: "Note", means: "A note is shown to all who open this." },
  split: { name: "Split", means: "Reports of another thing become an occurrence of their own." },
  join: { name: "Join", means: "Its reports and those of the other become one occurrence." },
};
/** Where a fault is shown that the API does not name a field for. */
const ABOUT = /** @type {Record<string, string>} */ ({ join: "other", split: "events" });
const NEAR = 25;
const LONGEST_OPTION = 90;
const LONGEST_TITLE = 300;
const LONGEST_REASON = 2000;
const FOLLOWED_WITHIN_MS = 10_000;
const PAUSE_MS = 400;

export class Editing {
  /**
   * @param {Api} api
   * @param {Surroundings} around
   */
  constructor(api, around) {
    this.api = api;
    this.around = around;
    /** What the parts below were made for. */
    this.made = "";
    /** @type {Parts | null} they stay while the occurrence is what it was, with what was typed into them */
    this.parts = null;
    this.isBusy = false;
  }

  /**
   * Make the buttons by which to decide about an occurrence.
   * @param {OccurrenceInFull} occurrence
   * @returns {HTMLElement}
   */
  section(occurrence) {
    const made = JSON.stringify([occurrence.id, occurrence.changed, occurrence.edits, occurrence.told.map(({ event }) => event.id)]);
    if (this.parts && this.made === made) return this.parts.section;
    this.made = made;
    const bar = el("div", { class: "decisions" });
    const place = el("div");
    const status = el("p", { class: "following", role: "status", tabindex: -1 });
    const section = el("section", { class: "editing" }, el("h3", {}, "Overrule it"), bar, place, status);
    const parts = { occurrence, section, bar, place, status };
    bar.append(...offered(occurrence).map((kind) => this.#button(kind, parts)));
    this.parts = parts;
    return section;
  }

  /**
   * Make the button that undoes a decision.
   * @param {OccurrenceInFull} occurrence
   * @param {ShownEdit} edit
   * @returns {HTMLElement}
   */
  undo(occurrence, { id, kind, at }) {
    const label = `Undo: ${EDITS[kind]}, ${oneDayText(at.slice(0, 10))}`;
    const act = () => this.#undo(occurrence, id);
    return el("button", { type: "button", class: "undo", "aria-label": label, click: act }, "Undo");
  }

  /**
   * @param {Kind} kind
   * @param {Parts} parts
   */
  #button(kind, parts) {
    const { bar, place } = parts;
    const button = el("button", { type: "button", "aria-expanded": "false", click: () => toggle() }, `${KINDS[kind].name}…`);
    const close = () => {
      place.replaceChildren();
      button.setAttribute("aria-expanded", "false");
    };
    const toggle = () => {
      const isOpen = button.getAttribute("aria-expanded") === "true";
      for (const one of bar.children) one.setAttribute("aria-expanded", "false");
      if (isOpen) return close();
      const form = this.#form(kind, parts, () => {
        close();
        button.focus();
      });
      button.setAttribute("aria-expanded", "true");
      place.replaceChildren(form);
      form.querySelector(/** @type {"input"} */ ("input, select, textarea"))?.focus();
    };
    return button;
  }

  /**
   * @param {Kind} kind
   * @param {Parts} parts
   * @param {() => void} cancel
   */
  #form(kind, parts, cancel) {
    const { occurrence } = parts;
    const { name, means } = KINDS[kind];
    const form = el(
      "form",
      { class: "decide", novalidate: true, "aria-label": name },
      el("p", { class: "fine" }, means),
      ...fields(kind, occurrence, this.around.rows()),
      labelled("reason", kind === "note" ? "Note" : "Reason, shown beside it", el("textarea", { rows: 3, maxlength: LONGEST_REASON })),
      el("p", { class: "problem", "data-of": "", role: "alert", hidden: true }),
      el("div", { class: "decisions" }, el("button", { type: "submit", class: "act" }, name), el("button", { type: "button", click: cancel }, "Cancel")),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#decide(kind, parts, form);
    });
    form.addEventListener("keydown", (press) => {
      if (press.key !== "Escape") return;
      press.preventDefault();
      cancel();
    });
    return form;
  }

  /**
   * @param {Kind} kind
   * @param {Parts} parts
   * @param {HTMLFormElement} form
   */
  async #decide(kind, { occurrence, bar, place, status }, form) {
    const decision = decisionOf(kind, occurrence, given(form));
    const missing = lacks(decision);
    complain(form, missing);
    if (missing.size > 0) return;
    await this.#once(async () => {
      /** @type {string} */
      let id;
      try {
        ({ id } = await this.api.decide(occurrence.collection, decision));
      } catch (error) {
        return complain(form, faults(error, kind, form));
      }
      place.replaceChildren();
      for (const one of bar.children) one.setAttribute("aria-expanded", "false");
      return this.#follow(occurrence.id, status, { id, kind, events: decision.events ?? [] });
    });
  }

  /**
   * @param {OccurrenceInFull} occurrence
   * @param {string} id
   */
  #undo(occurrence, id) {
    return this.#once(async () => {
      const status = this.parts?.status;
      if (!status) return;
      try {
        await this.api.undo(occurrence.collection, id);
      } catch (error) {
        tell(status, messageOf(error), true);
        return;
      }
      await this.#follow(occurrence.id, status, { id, kind: "undo", events: [] });
    });
  }

  /**
   * Wait until a decision is followed, and show what the occurrence has become.
   * @param {string} occurrence
   * @param {HTMLElement} status
   * @param {Done} done
   */
  async #follow(occurrence, status, done) {
    tell(status, "It is being followed …");
    const until = Date.now() + FOLLOWED_WITHIN_MS;
    while (!(await this.#isFollowed(occurrence, done))) {
      if (Date.now() > until) return tell(status, "It is written, but not followed yet: load the page anew in a while.");
      await new Promise((resume) => setTimeout(resume, PAUSE_MS));
    }
    await this.around.renew(occurrence);
    tell(status, "");
    this.around.say("It has been followed.");
  }

  /**
   * @param {string} occurrence
   * @param {Done} done
   */
  async #isFollowed(occurrence, done) {
    try {
      return isFollowed(done, await this.around.ask(occurrence));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // Nothing tells it any more: there is nothing to wait for.
      return error.status === 410;
    }
  }

  /** @param {() => Promise<void>} act unless something is being done */
  async #once(act) {
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      await act();
    } finally {
      this.isBusy = false;
    }
  }
}

/**
 * @param {OccurrenceInFull} occurrence
 * @returns {Kind[]}
 */
function offered({ hidden, told }) {
  return /** @type {Kind[]} */ (Object.keys(KINDS)).filter((kind) => !(kind === "hide" && hidden) && !(kind === "split" && told.length < 2));
}

/**
 * Make the fields of a form, but for the reason.
 * @param {Kind} kind
 * @param {OccurrenceInFull} occurrence
 * @param {Row[]} rows
 * @returns {HTMLElement[]}
 */
function fields(kind, occurrence, rows) {
  if (kind === "correct") {
    const statuses = Object.entries(STATUS).map(([value, name]) => el("option", { value, selected: value === occurrence.status }, name));
    return [
      labelled("title", "Title", el("input", { maxlength: LONGEST_TITLE, value: occurrence.title, lang: occurrence.title_language })),
      labelled("date", "Date", el("input", { value: occurrence.when.edtf ?? "" }), "EDTF: 2024-05-24, 2024-05, 2024, 2024-05-01/2024-05-03"),
      labelled("status", "Status", el("select", {}, ...statuses)),
    ];
  }
  if (kind === "split") return [ticks(occurrence)];
  if (kind !== "join") return [];
  const near = nearest(occurrence, rows, NEAR).map((row) =>
    el("option", { value: row.id }, shortened(`${whenText(row.when)} — ${row.title}`, LONGEST_OPTION)),
  );
  return [
    labelled("near", "With one that is near in time", el("select", {}, el("option", { value: "" }, "choose …"), ...near)),
    labelled("other", "Or with another, by its id or address", el("input", { placeholder: "occ_…", spellcheck: "false" })),
  ];
}

/**
 * @param {string} name
 * @param {string} label
 * @param {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} input
 * @param {string} [hint]
 */
function labelled(name, label, input, hint) {
  const id = `decide-${name}`;
  input.id = id;
  input.name = name;
  input.autocomplete = "off";
  input.setAttribute("aria-describedby", `${id}-hint ${id}-problem`);
  return el(
    "div",
    { class: "field" },
    el("label", { for: id }, label),
    input,
    hint && el("p", { class: "fine", id: `${id}-hint` }, hint),
    el("p", { class: "problem", id: `${id}-problem`, "data-of": name, hidden: true }),
  );
}

/** @param {OccurrenceInFull} occurrence */
function ticks({ told }) {
  return el(
    "fieldset",
    { class: "field", "aria-describedby": "decide-events-problem" },
    el("legend", {}, "Reports of another thing"),
    el(
      "div",
      { class: "ticks" },
      ...told.map(({ event, medium, path }) =>
        el(
          "label",
          {},
          el("input", { type: "checkbox", name: "events", value: event.id }),
          el("span", {}, foreign(medium ?? path), `, ${whenText(event.when)}: `, foreign(event.title, event.title_language)),
        ),
      ),
    ),
    el("p", { class: "problem", id: "decide-events-problem", "data-of": "events", hidden: true }),
  );
}

/**
 * @param {HTMLFormElement} form
 * @returns {Given}
 */
function given(form) {
  const data = new FormData(form);
  const text = (/** @type {string} */ name) => String(data.get(name) ?? "");
  return {
    reason: text("reason"),
    title: text("title"),
    date: text("date"),
    status: text("status"),
    other: text("other").trim() || text("near"),
    events: data.getAll("events").map(String),
  };
}

/**
 * Show faults beside their fields, and put the focus on the first that has one.
 * @param {HTMLFormElement} form
 * @param {Map<string, string>} found
 */
function complain(form, found) {
  /** @type {HTMLElement | null} */
  let first = null;
  for (const place of form.querySelectorAll("[data-of]")) {
    if (!(place instanceof HTMLElement)) continue;
    const name = place.dataset.of ?? "";
    const words = found.get(name);
    place.textContent = words ?? "";
    place.hidden = words === undefined;
    for (const input of form.querySelectorAll(`[name="${name}"]`)) {
      if (words === undefined) input.removeAttribute("aria-invalid");
      else input.setAttribute("aria-invalid", "true");
      if (words !== undefined && input instanceof HTMLElement) first ??= input;
    }
  }
  first?.focus();
}

/**
 * @param {unknown} error
 * @param {Kind} kind
 * @param {HTMLFormElement} form
 * @returns {Map<string, string>}
 */
function faults(error, kind, form) {
  const names = [...form.querySelectorAll("[data-of]")].map((one) => (one instanceof HTMLElement && one.dataset.of) || "");
  const message = messageOf(error);
  const isOfRequest = error instanceof ApiError && [400, 404].includes(error.status);
  const found = isOfRequest ? faultsOf(message, names) : new Map([["", message]]);
  const [about, loose] = [ABOUT[kind], found.get("")];
  if (isOfRequest && about && loose !== undefined && !found.has(about)) {
    found.delete("");
    found.set(about, loose);
  }
  return found;
}

/** @param {unknown} error */
function messageOf(error) {
  if (error instanceof ApiError || error instanceof SignInError) return error.message;
  throw error;
}

/**
 * Say how it goes, where the focus goes since what had it may have gone.
 * @param {HTMLElement} status
 * @param {string} words
 * @param {boolean} [isProblem]
 */
function tell(status, words, isProblem = false) {
  status.textContent = words;
  status.classList.toggle("problem", isProblem);
  if (words) status.focus();
}
