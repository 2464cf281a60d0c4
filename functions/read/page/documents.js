/** Documents: those of a collection to choose from, and one opened with its summary and what was left out. */

import { oneDayText } from "./days.js";
import { byRules, definitions } from "./detail.js";
import { el, foreign, separated } from "./dom.js";
import { folded } from "./filters.js";
import { markFresh } from "./live.js";
import { citation, facts } from "./sources.js";
import { BY_RULES } from "./terms.js";
import { isStandIn, noteText, sentenceText, stanceText, whoText, writerText } from "./words.js";

/** @typedef {import("./records.js").Cited} Cited */
/** @typedef {import("./records.js").DocumentLine} DocumentLine */
/** @typedef {import("./records.js").Document} DocumentRecord */
/** @typedef {import("./records.js").Evidence} Evidence */
/** @typedef {import("./text.js").Place} Place */
/** @typedef {import("./records.js").Note} Note */

/** How documents are sorted: names, and what comes first. @type {Record<string, [string, (one: DocumentLine, other: DocumentLine) => number]>} */
const ORDERS = {
  dropped: ["newest drop first", (one, other) => other.dropped.localeCompare(one.dropped)],
  newest: ["published last first", (one, other) => (other.published ?? "").localeCompare(one.published ?? "")],
  oldest: ["published first first", (one, other) => (one.published ?? "9999").localeCompare(other.published ?? "9999")],
  path: ["by path", (one, other) => one.path.localeCompare(other.path, undefined, { numeric: true })],
};
/** What of them is shown, as long as the page is open. */
const wish = { q: "", state: "", order: "dropped" };
/** @type {[HTMLAnchorElement, DocumentLine][]} the documents that are listed */
let listed = [];

/**
 * @param {string} collection
 * @param {DocumentLine[]} lines
 * @param {Set<string>} fresh ids of those that are marked as new
 * @param {(line: DocumentLine) => string} address
 * @returns {HTMLElement[]}
 */
export function overview(collection, lines, fresh, address) {
  const count = el("p", { class: "fine", role: "status" });
  const found = el("ul", { class: "documents" });
  const states = [...new Set(lines.map(({ state }) => state))].sort();
  const show = () => {
    const wanted = lines.filter((line) => isWanted(line));
    wanted.sort(ORDERS[wish.order]?.[1]);
    const all = lines.length === 1 ? "1 document" : `${lines.length.toLocaleString("en")} documents`;
    count.replaceChildren(wanted.length < lines.length ? `${wanted.length.toLocaleString("en")} of ` : "", `${all} in `, foreign(collection));
    listed = wanted.map((line) => [documentLink(line, address(line)), line]);
    markFresh(listed.map(([link, { id }]) => [link, fresh.has(id)]));
    found.replaceChildren(...listed.map(([link]) => el("li", {}, link)));
  };
  if (!states.some((state) => state === wish.state)) wish.state = "";
  show();
  return [el("h2", { tabindex: -1 }, "Documents"), controls(states, show), count, found];
}

/**
 * Have the documents that are listed lead to another view.
 * @param {(line: DocumentLine) => string} address
 */
export function readdress(address) {
  for (const [link, line] of listed) link.setAttribute("href", address(line));
}

/** @param {DocumentLine} line */
function isWanted(line) {
  if (wish.state && line.state !== wish.state) return false;
  const words = folded(wish.q.trim());
  return !words || [line.path, line.headline, line.title, line.medium, line.author].some((text) => text !== null && folded(text).includes(words));
}

/**
 * @param {string[]} states that there are
 * @param {() => void} changed
 */
function controls(states, changed) {
  const box = (/** @type {"state" | "order"} */ name, /** @type {string} */ label, /** @type {[string, string][]} */ options) => {
    const select = el("select", { "aria-label": label, change: () => ((wish[name] = select.value), changed()) }, ...options.map(([value, words]) => el("option", { value }, words)));
    select.value = wish[name];
    return select;
  };
  const search = el("input", {
    type: "search", "aria-label": "Documents that hold", placeholder: "title, medium, path", autocomplete: "off", value: wish.q,
    input: () => ((wish.q = search.value), changed()),
  });
  return el(
    "div",
    { class: "documents-wanted" },
    search,
    box("state", "Documents’ state", [["", "in any state"], ...states.map((state) => /** @type {[string, string]} */ ([state, state]))]),
    box("order", "Documents’ order", Object.entries(ORDERS).map(([value, [words]]) => [value, words])),
  );
}

/**
 * @param {DocumentLine} line
 * @param {string} href
 */
function documentLink(line, href) {
  return el(
    "a",
    { href, class: "document" },
    el("span", { class: "title" }, foreign(line.headline ?? line.title ?? line.path, line.headline ? null : line.language)),
    el("span", { class: "told" }, ...separated(citation(line, line.headline ? "" : (line.title ?? line.path)))),
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
 * @returns {import("./sources.js").Cited}
 */
function sourceOf({ path, run }) {
  const { title = null, author = null, recipients = null, source: medium = null, url = null, published = null } = run ?? {};
  return { path, title, author, recipients, medium, url, published: published?.day ?? null };
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
    el("section", {}, el("h3", {}, "Source"), definitions(facts(record.id, sourceOf(record), run?.title ? foreign(run.title, run.language) : null))),
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
  const calls = run.usage.calls === 1 ? "1 call" : `${run.usage.calls} calls`;
  const facts = [
    ...(run.published ? [["Day known from", run.published.source]] : []),
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
