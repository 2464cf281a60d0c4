/** Documents: those of a collection to choose from, and one opened with its summary and what was left out. */

import { spanText } from "./days.js";
import { byRules } from "./detail.js";
import { el, foreign } from "./dom.js";
import { isStandIn, NOTE } from "./words.js";

/** @typedef {import("./records.js").Cited} Cited */
/** @typedef {import("./records.js").DocumentLine} DocumentLine */
/** @typedef {import("./records.js").DocumentRecord} DocumentRecord */
/** @typedef {import("./records.js").Evidence} Evidence */
/** @typedef {import("./records.js").Note} Note */

/**
 * @param {string} collection
 * @param {DocumentLine[]} lines
 * @param {(line: DocumentLine) => string} address
 * @returns {HTMLElement[]}
 */
export function overview(collection, lines, address) {
  const count = lines.length === 1 ? "1 document" : `${lines.length} documents`;
  return [
    el("h2", { tabindex: -1 }, "Documents"),
    el("p", { class: "fine" }, `${count} in `, foreign(collection), ", the newest drop first"),
    el("ul", { class: "documents" }, ...lines.map((line) => el("li", {}, documentLink(line, address(line))))),
  ];
}

/**
 * @param {DocumentLine} line
 * @param {string} href
 */
function documentLink(line, href) {
  return el(
    "a",
    { href, class: "document" },
    el("span", { class: "title" }, foreign(line.headline ?? line.path, line.headline ? null : line.language)),
    el("span", { class: "told" }, foreign(line.path), ` · ${stateText(line)}`, isStandIn(line.model) && " · by rules, no model"),
  );
}

/** @param {DocumentLine | DocumentRecord} one */
function stateText(one) {
  if (one.state === "rejected") return `rejected: ${one.rejection?.reason ?? "no reason given"}`;
  if (one.state === "waiting") return `waiting${one.waiting_for ? ` for ${one.waiting_for}` : ""}`;
  const events = "events" in one ? one.events : null;
  if (events === null) return one.state;
  return events === 1 ? "1 event" : `${events} events`;
}

/**
 * @param {DocumentRecord} document
 * @param {string} textAddress
 * @param {(evidence: {start: number, end: number}) => string} quoteAddress
 * @param {(evidence: Evidence[]) => void} light told which sentences to light up; none: none
 * @returns {HTMLElement[]}
 */
export function documentDetail(document, textAddress, quoteAddress, light) {
  const { summary, run } = document;
  const heading = summary
    ? cited("h2", summary.headline, summary.language, quoteAddress, light)
    : el("h2", {}, foreign(run?.title ?? document.path, run?.language));
  heading.tabIndex = -1;
  return [
    el("p", { class: "dateline" }, foreign(document.path), run && el("a", { class: "cite", href: textAddress }, "its text")),
    heading,
    run ? byRules(run.recipe.model) : null,
    document.state === "done" ? null : el("p", { class: "problem" }, stateText(document)),
    document.state === "done" && document.rejection
      ? el("p", { class: "problem" }, `A newer model’s answer was rejected, and the earlier one is shown: ${document.rejection.reason}`)
      : null,
    summary &&
      el(
        "section",
        { class: "summary" },
        el("h3", {}, "Summary"),
        ...summary.sentences.map((one) => cited("p", one, summary.language, quoteAddress, light)),
      ),
    document.statements.length
      ? el(
          "section",
          {},
          el("h3", {}, "Also said"),
          ...document.statements.map((one) => statement(one, summary?.language ?? null, quoteAddress, light)),
        )
      : null,
    ...left(document.notes),
    run && about(document, run),
  ].filter((part) => part !== null);
}

/**
 * Show a sentence of ours with its citations; both light up what is cited.
 * @param {"h2" | "p"} tag
 * @param {Cited} cited
 * @param {string | null} language
 * @param {(evidence: {start: number, end: number}) => string} quoteAddress
 * @param {(evidence: Evidence[]) => void} light
 */
function cited(tag, { text, evidence }, language, quoteAddress, light) {
  const on = () => light(evidence);
  const off = () => light([]);
  return el(
    tag,
    { class: "cited", pointerenter: on, pointerleave: off, focusin: on, focusout: off },
    foreign(text, language),
    ...evidence.flatMap((one) => [
      " ",
      el("a", { class: "cite", href: quoteAddress(one), "aria-label": `sentence ${one.sentence} in the text` }, String(one.sentence)),
    ]),
  );
}

/**
 * Show something said that is no event, after who said it.
 * @param {import("./records.js").Statement} one
 * @param {string | null} language
 * @param {(evidence: {start: number, end: number}) => string} quoteAddress
 * @param {(evidence: Evidence[]) => void} light
 */
function statement(one, language, quoteAddress, light) {
  const line = cited("p", one, language, quoteAddress, light);
  if (one.who) line.prepend(el("span", { class: "who" }, foreign(one.who, language)), ": ");
  return line;
}

/**
 * @param {Note[]} notes
 * @returns {HTMLElement[]}
 */
function left(notes) {
  if (notes.length === 0) return [];
  /** @type {Map<string, Note[]>} */
  const byCode = new Map();
  for (const note of notes) byCode.set(note.code, [...(byCode.get(note.code) ?? []), note]);
  return [
    el(
      "section",
      { class: "notes" },
      el("h3", {}, "Left out, and why"),
      ...[...byCode].map(([code, members]) =>
        el(
          "details",
          { open: members.length <= 5 },
          el("summary", {}, `${NOTE[code] ?? code.replaceAll("_", " ")} (${members.length})`),
          el("ul", {}, ...members.map(({ subject, message }) => el("li", {}, subject && el("q", {}, foreign(subject)), " ", foreign(message)))),
        ),
      ),
    ),
  ];
}

/**
 * @param {DocumentRecord} document
 * @param {NonNullable<DocumentRecord["run"]>} run
 */
function about(document, run) {
  const published = run.published ? `${spanText(run.published.day, run.published.day)} (known from: ${run.published.source})` : "unknown";
  const calls = run.usage.calls === 1 ? "1 call" : `${run.usage.calls} calls`;
  const facts = [
    ["Published", published],
    ["Dropped", moment(document.dropped)],
    ["Language", run.language ?? "unknown"],
    ["Read by", isStandIn(run.recipe.model) ? "extractive rules, no model" : run.recipe.model],
    ["On", moment(run.made_at)],
    ["Tokens", `${run.usage.input.toLocaleString("en")} in, ${run.usage.output.toLocaleString("en")} out, ${calls}`],
    ...(run.cost ? [["Cost", costText(run.cost)]] : []),
  ];
  return el(
    "section",
    {},
    el("h3", {}, "About"),
    el("dl", {}, ...facts.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, foreign(value ?? ""))])),
  );
}

/** @param {NonNullable<NonNullable<DocumentRecord["run"]>["cost"]>} cost */
function costText({ usd, prices }) {
  const dollars = Number(usd).toLocaleString("en", { maximumSignificantDigits: 2 });
  return `${dollars} US dollars, by the prices of ${spanText(prices, prices)}`;
}

/** @param {string} text an instant */
function moment(text) {
  return new Date(text).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
}
