/** Texts and places in them. The API counts code points, JavaScript counts UTF-16 units. */

import { el, upright } from "./dom.js";

/** @typedef {{start: number, end: number}} Place in code points */

/**
 * Turn offsets in code points into offsets in UTF-16 units.
 * @param {string} text
 * @returns {(codePoints: number) => number} beyond the end: the end
 */
export function unitsIn(text) {
  /** @type {number[]} code points before which a character of two units stands, each once */
  const pairs = [];
  let count = 0;
  for (const character of text) {
    if (character.length === 2) pairs.push(count);
    count += 1;
  }
  return (codePoints) => {
    const wanted = Math.min(codePoints, count);
    return wanted + below(pairs, wanted);
  };
}

/**
 * Count the sorted numbers below a limit.
 * @param {number[]} sorted
 * @param {number} limit
 */
function below(sorted, limit) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const half = (low + high) >> 1;
    if (/** @type {number} */ (sorted[half]) < limit) low = half + 1;
    else high = half;
  }
  return low;
}

/**
 * Cut a text to so many code points, with an ellipsis where something is left out.
 * @param {string} text
 * @param {number} most
 * @returns {string}
 */
export function shortened(text, most) {
  if (text.length <= most) return text;
  const points = Array.from(text.slice(0, 2 * most));
  return points.length <= most && text.length <= 2 * most ? text : `${points.slice(0, most - 1).join("")}…`;
}

/**
 * Show a text with some words in it marked, the first time that they stand there.
 * @param {string} text
 * @param {string | null | undefined} words
 * @param {string | null} [language]
 * @returns {HTMLElement}
 */
export function withMarked(text, words, language) {
  const at = words ? text.indexOf(words) : -1;
  const holder = el("bdi", { lang: language || null });
  if (!words || at < 0) holder.append(upright(text));
  else holder.append(upright(text.slice(0, at)), el("mark", {}, words), upright(text.slice(at + words.length)));
  return holder;
}

/**
 * Show a text with places of it marked.
 * @param {string} original
 * @param {Place[]} places
 * @param {string | null} [language]
 * @returns {HTMLElement}
 */
export function withLit(original, places, language) {
  const text = upright(original);
  return el("bdi", { lang: language || null }, ...marked(text, 0, text.length, inUnits(text, places)));
}

/**
 * Turn places in code points into places in UTF-16 units, in order.
 * @param {string} text
 * @param {Place[]} places
 * @returns {Place[]}
 */
function inUnits(text, places) {
  const units = unitsIn(text);
  return places.map(({ start, end }) => ({ start: units(start), end: units(end) })).sort((one, other) => one.start - other.start);
}

/**
 * Cut a piece out of a text and mark the places in it.
 * @param {string} text
 * @param {number} from
 * @param {number} to
 * @param {Place[]} places in units, in order; where two overlap, they are marked as one
 * @returns {(string | HTMLElement)[]}
 */
function marked(text, from, to, places) {
  const parts = [];
  let reached = from;
  for (const { start, end } of places) {
    if (end <= reached || start >= to) continue;
    const first = Math.max(start, reached);
    const last = Math.min(end, to);
    parts.push(text.slice(reached, first), el("mark", {}, text.slice(first, last)));
    reached = last;
  }
  return [...parts, text.slice(reached, to)];
}

/**
 * Show a source text as its numbered sentences, each an element `#s<number>`, with what lies between them.
 * @param {string} original
 * @param {import("./records.js").StoredSentence[]} sentences ascending
 * @param {Place | null} place what to mark: the sentences that it touches
 * @param {string | null} language
 * @param {Place[]} [found] places that are marked, word by word
 * @returns {HTMLElement}
 */
export function sourceText(original, sentences, place, language, found = []) {
  const text = upright(original);
  const units = unitsIn(text);
  const marks = inUnits(text, found);
  const holder = el("div", { class: "source", lang: language || null, dir: "auto" });
  let reached = 0;
  let turned = 0;
  for (const { number, start, end, role, page } of sentences) {
    const [from, to] = [units(start), units(end)];
    holder.append(...marked(text, reached, from, marks));
    if (page !== null && page !== turned) holder.append(el("span", { class: "page" }, `page ${page}`));
    turned = page ?? 0;
    const lit = place !== null && start < place.end && place.start < end;
    holder.append(
      el("bdi", { class: `sentence ${role}${lit ? " lit" : ""}`, id: `s${number}`, "data-number": number }, ...marked(text, from, to, marks)),
    );
    reached = to;
  }
  holder.append(...marked(text, reached, text.length, marks));
  return holder;
}
