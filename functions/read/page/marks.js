/** How an event is drawn: its shape says how exactly the date is known, its fill what became of it and who disputes it. */

import { svg } from "./dom.js";
import { daysTold } from "./told.js";
import { beginsOn } from "./words.js";

/** @typedef {import("./api.js").Row} Row */
/** @typedef {{from: number, to: number, middle: number}} Stretch pixels; infinite where an end is open */

const POINT = 4.5;
const BAR = 8;
const NARROWEST_BAR = 16;
const ARROW = 7;
const CROSS = 5;
const CAP = 4;
/** How much is left of a hollow bar's edges: without them it would be two lines. */
const HOLLOW_EDGE = 0.4;

/**
 * Define the fills and fades that marks refer to; once for the page.
 * @returns {SVGSVGElement}
 */
export function definitions() {
  const hatch = (/** @type {string} */ status, /** @type {number} */ angle) =>
    svg(
      "pattern",
      { id: `hatch-${status}`, width: 4, height: 4, patternUnits: "userSpaceOnUse", patternTransform: `rotate(${angle})` },
      svg("rect", { width: 4, height: 4, class: `tint ${status}` }),
      svg("rect", { width: 2, height: 4, class: `ink ${status}` }),
    );
  const fade = (/** @type {string} */ side, /** @type {readonly [number, number][]} */ stops) => [
    svg(
      "linearGradient",
      { id: `fade-${side}` },
      ...stops.map(([offset, opacity]) => svg("stop", { offset, "stop-color": "#fff", "stop-opacity": opacity })),
    ),
    svg(
      "mask",
      { id: `soft-${side}`, maskContentUnits: "objectBoundingBox", x: -0.1, y: -0.5, width: 1.2, height: 2 },
      svg("rect", { x: -0.1, y: -0.5, width: 1.2, height: 2, fill: `url(#fade-${side})` }),
    ),
  ];
  return svg(
    "svg",
    { class: "definitions", "aria-hidden": "true", focusable: "false", width: 0, height: 0 },
    svg(
      "defs",
      {},
      hatch("disputed", 45),
      hatch("denied", -45),
      ...[["", 0], ["-hollow", HOLLOW_EDGE]].flatMap(([kind, edge]) => [
        ...fade(`both${kind}`, [[0, Number(edge)], [0.32, 1], [0.68, 1], [1, Number(edge)]]),
        ...fade(`left${kind}`, [[0, Number(edge)], [0.4, 1]]),
        ...fade(`right${kind}`, [[0.6, 1], [1, Number(edge)]]),
      ]),
    ),
  );
}

/**
 * Draw an event's mark.
 * @param {Row} event
 * @param {Stretch} stretch
 * @param {number} y its middle line
 * @param {{from: number, to: number}} edges where open ends are cut
 * @returns {SVGGElement}
 */
export function mark(event, stretch, y, edges) {
  const { when, course, status } = event;
  const group = svg("g", { class: `mark ${status} ${course}` });
  const ends = { from: Math.max(stretch.from, edges.from - BAR), to: Math.min(stretch.to, edges.to + BAR) };
  if (isPoint(event)) {
    group.append(svg("circle", { class: "shape", cx: stretch.middle, cy: y, r: POINT }));
    ends.from = stretch.middle - POINT;
    ends.to = stretch.middle + POINT;
    if (when.earliest === null) group.append(arrow(ends.from - ARROW - 2, y, 1));
  } else {
    bar(group, event, stretch, ends, y, edges);
  }
  if (course === "called_off") cross(group, ends, y, when.latest === null || !isPoint(event));
  return group;
}

/**
 * Draw a line over the days that reports tell, to lie behind their occurrence's mark.
 * @param {{from: number, to: number}} ends pixels
 * @param {number} y
 * @returns {SVGPathElement}
 */
export function whisker({ from, to }, y) {
  return svg("path", { class: "whisker", d: `M${from} ${y - CAP}V${y + CAP}M${from} ${y}H${to}M${to} ${y - CAP}V${y + CAP}` });
}

/**
 * Return whether an event takes one day: the one that is known, or the last that it can have been.
 * @param {Row} event
 * @returns {boolean}
 */
export function isPoint({ when }) {
  return when.latest !== null && beginsOn(when) === when.latest;
}

/**
 * Draw a small picture of an event's mark, as a list and a key show it.
 * @param {Row} event
 * @returns {SVGSVGElement}
 */
export function glyph(event) {
  const [width, height] = [26, 14];
  const { latest, basis } = event.when;
  const picture = svg("svg", { class: "glyph", viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true" });
  if (basis === "undated") return picture;
  const stretch = {
    from: beginsOn(event.when) === null ? -Infinity : 2,
    to: latest === null ? Infinity : width - 2,
    middle: width / 2,
  };
  if (daysTold(event)) picture.append(whisker({ from: 1, to: width - 1 }, height / 2));
  picture.append(mark(event, stretch, height / 2, { from: 2, to: width - 2 }));
  return picture;
}

/**
 * @param {SVGGElement} group
 * @param {Row} event
 * @param {Stretch} stretch
 * @param {{from: number, to: number}} ends changed to what was drawn
 * @param {number} y
 * @param {{from: number, to: number}} edges
 */
function bar(group, event, stretch, ends, y, edges) {
  if (ends.to - ends.from < NARROWEST_BAR) {
    const middle = (ends.from + ends.to) / 2;
    ends.from = middle - NARROWEST_BAR / 2;
    ends.to = middle + NARROWEST_BAR / 2;
  }
  const openStart = stretch.from === -Infinity;
  const openEnd = stretch.to === Infinity;
  const from = openStart ? Math.min(edges.from + ARROW, ends.to) : ends.from;
  const to = openEnd ? Math.max(edges.to - ARROW, ends.from) : ends.to;
  const hollow = event.course === "planned" ? "-hollow" : "";
  const soft = event.when.extent === "throughout" ? null : `${softness(openStart, openEnd)}${hollow}`;
  group.append(
    svg("rect", {
      class: "shape",
      x: from,
      y: y - BAR / 2,
      width: Math.max(to - from, 1),
      height: BAR,
      rx: soft ? 0 : 1.5,
      mask: soft && `url(#soft-${soft})`,
    }),
  );
  if (openStart) group.append(arrow(edges.from, y, 1));
  if (openEnd) group.append(arrow(edges.to, y, -1));
}

/**
 * @param {boolean} openStart
 * @param {boolean} openEnd
 */
function softness(openStart, openEnd) {
  if (openStart) return "right";
  return openEnd ? "left" : "both";
}

/**
 * @param {number} tip
 * @param {number} y
 * @param {1 | -1} inwards
 */
function arrow(tip, y, inwards) {
  const base = tip + inwards * (ARROW + 1);
  return svg("path", { class: "shape arrow", d: `M${tip} ${y}L${base} ${y - 6}V${y + 6}Z` });
}

/**
 * @param {SVGGElement} group
 * @param {{from: number, to: number}} ends
 * @param {number} y
 * @param {boolean} long
 */
function cross(group, ends, y, long) {
  const middle = (ends.from + ends.to) / 2;
  const half = long ? CROSS + 1 : CROSS + 2;
  group.append(
    svg("path", {
      class: "cross",
      d: `M${middle - half} ${y - half}L${middle + half} ${y + half}M${middle - half} ${y + half}L${middle + half} ${y - half}`,
    }),
  );
}
