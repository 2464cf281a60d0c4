/** Documents: those of a collection to choose from, and one opened with its summary and what was left out. */

import { oneDayText } from "./days.js";
import { byRules } from "./detail.js";
import { el, foreign } from "./dom.js";
import { BY_RULES } from "./terms.js";
import { isStandIn, noteText, sentenceText, stanceText, whoText, writerText } from "./words.js";

/** @typedef {import("./records.js").Cited} Cited */
/** @typedef {import("./records.js").DocumentLine} DocumentLine */
/** @typedef {import("./records.js").Document} DocumentRecord */
/** @typedef {import("./records.js").Evidence} Evidence */
/** @typedef {import("./text.js").Place} Place */
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
    el("span", { class: "told" }, foreign(line.path), ` · ${stateText(line)}`, isStandIn(line.model) && ` · ${BY_RULES}`),
  );
}

/**
 * @param {DocumentLine | DocumentRecord} one
 * @returns {string}
 */
export function stateText(one) {
  if (one.state === "rejected") return `rejected: ${one.rejection?.reason ?? "no reason given"}`;
  if (one.state === "waiting") return `waiting${one.waiting_for ? ` for ${one.waiting_for}` : ""}`;
  const events = "events" in one ? one.events : null;
  if (events === null) return one.state;
  return `${events === 1 ? "1 event" : `${events} events`}${one.linking === "waiting" ? ", still to be linked" : ""}`;
}

/**
 * @param {DocumentRecord} record
 * @param {string} textAddress
 * @param {(place: Place) => string} quoteAddress
 * @param {(evidence: Evidence[]) => void} light told which sentences to light up; none: none
 * @returns {HTMLElement[]}
 */
export function documentDetail(record, textAddress, quoteAddress, light) {
  const { summary, run } = record;
  const heading = summary
    ? cited("h2", summary.headline, summary.language, quoteAddress, light)
    : el("h2", {}, foreign(run?.title ?? record.path, run?.language));
  heading.tabIndex = -1;
  return [
    el("p", { class: "dateline" }, foreign(record.path), run && el("a", { class: "cite", href: textAddress }, "its text")),
    heading,
    run ? byRules(run.recipe.model) : null,
    record.state === "done" ? null : el("p", { class: "problem" }, stateText(record)),
    record.state === "done" && record.rejection
      ? el("p", { class: "problem" }, `It could not be brought up to date, and what was made of it earlier is shown: ${record.rejection.reason}`)
      : null,
    summary &&
      el(
        "section",
        { class: "summary" },
        el("h3", {}, "Summary"),
        ...summary.sentences.map((one) => cited("p", one, summary.language, quoteAddress, light)),
      ),
    record.statements.length
      ? el(
          "section",
          {},
          el("h3", {}, "Also said"),
          ...record.statements.map((one) => statement(one, summary?.language ?? null, quoteAddress, light)),
        )
      : null,
    ...left(record.notes),
    run && about(record, run),
  ].filter((part) => part !== null);
}

/**
 * Show a sentence of ours with its citations; both light up what is cited.
 * @param {"h2" | "p"} tag
 * @param {Cited} cited
 * @param {string | null} language
 * @param {(place: Place) => string} quoteAddress
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
      el("a", { class: "cite", href: quoteAddress(one), "aria-label": `${sentenceText(one)} in the text` }, String(one.sentence)),
    ]),
  );
}

/**
 * Show something said that is no event, after who said it.
 * @param {import("./records.js").Statement} one
 * @param {string | null} language
 * @param {(place: Place) => string} quoteAddress
 * @param {(evidence: Evidence[]) => void} light
 */
function statement(one, language, quoteAddress, light) {
  const line = cited("p", one, language, quoteAddress, light);
  const { stance, via } = one;
  const plain = stance === "asserts" && via === null;
  if (plain && one.who === null) return line;
  const told = plain ? [] : [` ${stanceText(one)}`, via && " via ", via && foreign(via, language)];
  line.prepend(el("span", { class: "who" }, foreign(whoText(one), language)), ...told.filter((part) => part !== null), ": ");
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
          el("summary", {}, `${noteText(code)} (${members.length})`),
          el("ul", {}, ...members.map(({ subject, message }) => el("li", {}, subject && el("q", {}, foreign(subject)), " ", foreign(message)))),
        ),
      ),
    ),
  ];
}

/**
 * @param {DocumentRecord} record
 * @param {NonNullable<DocumentRecord["run"]>} run
 */
function about(record, run) {
  const published = run.published ? `${oneDayText(run.published.day)} (known from: ${run.published.source})` : "unknown";
  const calls = run.usage.calls === 1 ? "1 call" : `${run.usage.calls} calls`;
  const facts = [
    ["Published", published],
    ["Dropped", moment(record.dropped)],
    ["Language", run.language ?? "unknown"],
    ["Read by", writerText(run.recipe.model)],
    ["On", moment(run.made_at)],
    ["Tokens", `${run.usage.input.toLocaleString("en")} in, ${run.usage.output.toLocaleString("en")} out, ${calls}`],
    ...(record.linking_tokens ? [["Linking", `${record.linking_tokens.toLocaleString("en")} tokens more, for all runs`]] : []),
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
  return `${dollars} US dollars, by the prices of ${oneDayText(prices)}`;
}

/** @param {string} text an instant */
function moment(text) {
  return new Date(text).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
}
