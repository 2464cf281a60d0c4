/** One event opened: who says so, why it has this date, its quotes, and what else there is to know of it. */

import { oneDayText, spanText } from "./days.js";
import { el, foreign } from "./dom.js";
import { glyph } from "./marks.js";
import { facts as sourceFacts, nameOf } from "./sources.js";
import { STATUS, UNNAMED } from "./terms.js";
import { withMarked } from "./text.js";
import { checkedText, courseText, extentText, isStandIn, PRECISION, sentenceText, stanceText, STATUS_MEANS, whenText, whoText, writerText } from "./words.js";

/** @typedef {import("./records.js").Event} DatelineEvent */
/** @typedef {import("./records.js").Document} DocumentRecord */
/** @typedef {import("./records.js").Evidence} Evidence */
/** @typedef {import("./records.js").Interval} Interval */
/** @typedef {import("./text.js").Place} Place */
/** @typedef {import("./records.js").SaidBy} SaidBy */
/** @typedef {import("./records.js").When} When */
/** @typedef {import("./records.js").DocumentText} SourceText */
/** @typedef {import("./dom.js").Child} Child */
/**
 * @typedef {object} Around what is known of an event's document; null while it is on its way
 * @property {DocumentRecord | null} record
 * @property {import("./records.js").Source | null} source
 * @property {SourceText | null} text
 * @property {(place: Place) => string} quoteAddress
 * @property {string} documentAddress
 * @property {string} occurrenceAddress of the opened occurrence that the event is a report of; empty for none
 */

/** @type {readonly (readonly [string, readonly SaidBy["stance"][]])[]} */
const SIDES = [
  ["For it", ["asserts", "confirms"]],
  ["Against it", ["denies", "doubts", "withdraws"]],
  ["No comment", ["declines"]],
];

/** What of a date hangs on no words. @type {Partial<Record<When["basis"], string>>} */
const WITHOUT_WORDS = {
  published: "The document’s own act: it happened with the publication.",
  reported: "No words date it. It is this document’s news, so it happened on the day of publication or before.",
};

/**
 * @param {DatelineEvent} event
 * @param {Around} around
 * @returns {HTMLElement[]}
 */
export function eventDetail(event, around) {
  const course = courseText(event);
  const { occurrenceAddress } = around;
  return [
    occurrenceAddress ? el("p", {}, el("a", { class: "back", href: occurrenceAddress }, "All its reports")) : null,
    el("p", { class: "dateline" }, glyph(event), el("strong", {}, whenText(event.when)), course && el("span", { class: "course" }, course)),
    el("h2", { tabindex: -1, class: event.course }, foreign(event.title, event.title_language)),
    el("p", { class: "verdict" }, el("span", { class: `status ${event.status}` }, STATUS[event.status]), ` ${STATUS_MEANS[event.status]}`),
    byRules(event.model),
    section("Who says so", voices(event, around)),
    section("Why this date", reasons(event, around)),
    section("In the source", quotes(event, around)),
    section("Source", documentFacts(event, around)),
    section("About", facts(event)),
    notes(event, around.record),
  ].filter((part) => part !== null);
}

/**
 * Say who or what wrote a title or a summary, where that was no model.
 * @param {string} model
 * @returns {HTMLElement | null}
 */
export function byRules(model) {
  if (!isStandIn(model)) return null;
  return el(
    "p",
    { class: "by-rules" },
    "Copied out of the text by simple rules: no language model was configured. Expect gaps and clumsy titles.",
  );
}

/**
 * @param {string} heading
 * @param {Child[]} children
 */
function section(heading, children) {
  return el("section", {}, el("h3", {}, heading), ...children);
}

/**
 * @param {DatelineEvent} event
 * @param {Around} around
 * @returns {Child[]}
 */
function voices(event, around) {
  const { source } = around;
  if (event.said_by.length === 0) return [el("p", {}, source ? foreign(nameOf(source)) : "The document", ", in its own voice. It names nobody else.")];
  return SIDES.map(([heading, stances]) => {
    const speakers = event.said_by.filter(({ stance }) => stances.includes(stance));
    return (
      speakers.length > 0 &&
      el("div", { class: "side" }, el("h4", {}, heading), el("ul", {}, ...speakers.map((one) => el("li", {}, ...voice(one, event, around)))))
    );
  });
}

/**
 * @param {SaidBy} one
 * @param {DatelineEvent} event
 * @param {Around} around
 * @returns {Child[]}
 */
function voice(one, event, around) {
  const { who, words, kind, via } = one;
  const tag = kind === "office" || kind === "anonymous" ? UNNAMED[kind] : null;
  return [
    el("span", { class: "who" }, foreign(whoText(one))),
    ` ${stanceText(one)}`,
    tag && " ",
    tag && el("span", { class: "tag" }, tag),
    via && el("span", { class: "via" }, " via ", foreign(via)),
    words && who !== words && el("span", { class: "original" }, "in the text: ", foreign(words)),
    introduction(one, event, around),
  ];
}

/**
 * Point at the sentence that says who a speaker is, where it is not among the evidence.
 * @param {SaidBy} one
 * @param {DatelineEvent} event
 * @param {Around} around
 * @returns {Child}
 */
function introduction({ introduced }, { evidence }, { text, quoteAddress }) {
  const cited = evidence.some(({ sentence }) => sentence === introduced);
  const sentence = text?.sentences.find(({ number }) => number === introduced);
  if (cited || !sentence) return null;
  return el("span", { class: "via" }, " introduced in ", el("a", { href: quoteAddress(sentence), class: "cite" }, sentenceText(sentence)));
}

/**
 * @param {DatelineEvent} event
 * @param {Around} around
 * @returns {Child[]}
 */
function reasons(event, around) {
  const { when } = event;
  if (when.basis === "undated") return [el("p", {}, extentText(when))];
  const holding = event.evidence.find(({ quote }) => when.words !== null && quote.includes(when.words));
  const precision = when.precision && when.basis !== "reported" && PRECISION[when.precision];
  return [
    holding && inPlace(holding.quote, when.words, sentenceText(holding), around.quoteAddress(holding)),
    el("p", {}, ...basis(event, around)),
    anchorInPlace(event, around),
    el("p", {}, extentText(when), precision && ` Known to ${precision}.`),
    el("p", {}, checkedText(when)),
    both(event),
    el(
      "p",
      { class: "fine" },
      "EDTF ",
      el("code", {}, when.edtf),
      when.rule && [" · rule ", when.rule].join(""),
    ),
  ];
}

/**
 * Show words in the sentence that they stand in.
 * @param {string} quote
 * @param {string | null} words
 * @param {string} name of the sentence
 * @param {string} address
 */
function inPlace(quote, words, name, address) {
  return el(
    "blockquote",
    { class: "in-place" },
    withMarked(quote, words),
    " ",
    el("a", { href: address, class: "cite" }, name),
  );
}

/**
 * @param {DatelineEvent} event
 * @param {Around} around
 * @returns {Child[]}
 */
function basis({ when }, { record }) {
  const words = when.words ? [el("q", {}, foreign(when.words)), ": "] : [];
  const anchor = when.anchor;
  if (anchor?.source === "published") {
    const source = record?.run?.published?.source;
    const day = anchor.published ? oneDayText(anchor.published) : "an unknown day";
    const own = WITHOUT_WORDS[when.basis];
    const told = own ? [`${own} Published `] : [...words, "worked out from the day of publication, "];
    return [...told, day, source && ` (known from: ${source})`, "."];
  }
  if (anchor?.source === "neighbour") {
    return [...words, "worked out from a date nearby", anchor.words && ", ", anchor.words && el("q", {}, foreign(anchor.words)), "."];
  }
  return [...words, when.basis === "explicit" ? "The words hold the year." : "worked out from the text around it."];
}

/**
 * @param {DatelineEvent} event
 * @param {Around} around
 */
function anchorInPlace({ when }, { text, quoteAddress }) {
  const sentence = text?.sentences.find(({ number }) => number === when.anchor?.sentence);
  if (!text || !sentence) return null;
  const quote = Array.from(text.text).slice(sentence.start, sentence.end).join("");
  return inPlace(quote, when.anchor?.words ?? null, sentenceText(sentence), quoteAddress(sentence));
}

/**
 * Show both readings of a date's words, where model and rules differ.
 * @param {DatelineEvent} event
 */
function both({ when }) {
  const kept = when.model ?? when.resolver;
  if (!kept) return null;
  const [shown, other] = when.model ? ["Rules", "Model"] : ["Model", "Rules"];
  const line = (/** @type {string} */ who, /** @type {Interval | When} */ one, /** @type {string} */ what) =>
    el("tr", {}, el("th", { scope: "row" }, who), el("td", {}, spanText(one, when.extent === "within")), el("td", {}, el("code", {}, one.edtf)), el("td", {}, what));
  return el(
    "table",
    { class: "both" },
    el("caption", {}, "Two readings"),
    el("tbody", {}, line(shown, when, "shown"), line(other, kept, "kept")),
  );
}

/**
 * @param {DatelineEvent} event
 * @param {Around} around
 * @returns {Child[]}
 */
function quotes(event, { record, quoteAddress }) {
  const language = record?.run?.language ?? null;
  return event.evidence.map((one) =>
    el(
      "blockquote",
      {},
      foreign(one.quote, language),
      " ",
      el("a", { href: quoteAddress(one), class: "cite quote" }, `${sentenceText(one)} in the text`),
    ),
  );
}

/**
 * @param {DatelineEvent} event
 * @param {Around} around
 * @returns {Child[]}
 */
function documentFacts(event, { source, record, documentAddress }) {
  const headline = record?.summary?.headline.text;
  const title = el("a", { href: documentAddress }, foreign(source?.title ?? headline ?? source?.path ?? "the document", source?.title ? source.language : null));
  if (!source) return [el("p", {}, title)];
  return [definitions(sourceFacts(event.document_id, source, title))];
}

/**
 * @param {[string, Child][]} pairs
 */
export function definitions(pairs) {
  return el("dl", {}, ...pairs.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]));
}

/**
 * @param {DatelineEvent} event
 * @returns {Child[]}
 */
function facts(event) {
  return [
    el(
      "dl",
      {},
      ...(event.place ? [el("dt", {}, "Place"), el("dd", {}, foreign(event.place))] : []),
      ...(event.names.length ? [el("dt", {}, "Names"), el("dd", {}, ...names(event))] : []),
      el("dt", {}, "Title by"),
      el("dd", {}, foreign(writerText(event.model))),
    ),
  ];
}

/** @param {DatelineEvent} event */
function names({ names: all }) {
  return all.flatMap(({ name, words }, index) => [
    index ? ", " : null,
    foreign(name),
    name === words ? null : el("span", { class: "original" }, "in the text: ", foreign(words)),
  ]);
}

/**
 * @param {DatelineEvent} event
 * @param {DocumentRecord | null} record
 */
function notes(event, record) {
  const about = record?.notes.filter(({ subject }) => subject === event.title) ?? [];
  if (about.length === 0) return null;
  return section("Notes", [el("ul", {}, ...about.map(({ message }) => el("li", {}, foreign(message))))]);
}
