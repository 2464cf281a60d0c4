/** The file of a document that is opened, for who may write: it is replaced by another, or deleted. */

import { ApiError } from "./api.js";
import { el } from "./dom.js";
import { SignInError } from "./signin.js";

/** @typedef {import("./api.js").Api} Api */
/** @typedef {import("./records.js").Document} DocumentRecord */
/** @typedef {{replace: (record: DocumentRecord) => void, deleted: (record: DocumentRecord) => void}} Doings `deleted`: it is gone */

const GONE_WITHIN_MS = 15_000;
const PAUSE_MS = 500;

/**
 * Offer what may be done with a document's file.
 * @param {DocumentRecord} record
 * @param {Api} api
 * @param {Doings} doings
 * @returns {HTMLElement}
 */
export function fileSection(record, api, { replace, deleted }) {
  const told = el("p", { class: "following", role: "status", tabindex: -1 });
  const ask = el("button", { type: "button", "aria-expanded": "false", click: () => toggle(true) }, "Delete…");
  const sure = el(
    "div",
    { class: "decide", hidden: true },
    el("p", {}, "The file is deleted, and all that was made of it."),
    el(
      "div",
      { class: "decisions" },
      el("button", { type: "button", class: "act", click: () => remove() }, "Delete"),
      el("button", { type: "button", click: () => toggle(false) }, "Keep it"),
    ),
  );
  const toggle = (/** @type {boolean} */ open) => {
    sure.hidden = !open;
    ask.setAttribute("aria-expanded", String(open));
    if (open) sure.querySelector("button")?.focus();
    else ask.focus();
  };
  const remove = async () => {
    sure.hidden = true;
    told.textContent = "It is being deleted …";
    told.focus();
    try {
      await api.delete(record.id);
      await untilGone(api, record);
      deleted(record);
    } catch (error) {
      if (!(error instanceof ApiError || error instanceof SignInError)) throw error;
      told.textContent = error.message;
      told.classList.add("problem");
    }
  };
  const day =
    record.run && !record.run.published
      ? el("p", { class: "fine" }, "Its day of publication is not known: replace it by the same file, and say the day with it.")
      : null;
  const offered = el("button", { type: "button", click: () => replace(record) }, "Replace…");
  return el("section", { class: "editing" }, el("h3", {}, "Its file"), day, el("div", { class: "decisions" }, offered, ask), sure, told);
}

/**
 * @param {Api} api
 * @param {DocumentRecord} record
 */
async function untilGone(api, record) {
  const until = performance.now() + GONE_WITHIN_MS;
  while (performance.now() < until && (await api.state(record))) await new Promise((resume) => setTimeout(resume, PAUSE_MS));
}
