/** The drawn timeline: events or occurrences above a time axis, zoomed and panned by wheel, pointer and keyboard. */

import { dayAt, positionOf, surrounding, ticks, within, zoomed } from "./axis.js";
import { today } from "./days.js";
import { svg } from "./dom.js";
import { LANES, shared, sorted } from "./lanes.js";
import { layOut, middle, reachOf } from "./layout.js";
import { isPoint, mark, whisker } from "./marks.js";
import { STATUS } from "./terms.js";
import { shortened } from "./text.js";
import { datesTold, daysTold, isOccurrence, reportsText } from "./told.js";
import { courseText, firstDayOf, lastDayOf } from "./words.js";

/** @typedef {import("./api.js").Row} Row */
/** @typedef {import("./axis.js").Window} Window */
/** @typedef {import("./layout.js").Item} Item */

const AXIS_PX = 26;
const GROUPS_PX = 24;
const LANE_PX = 31;
/** Half of what a point takes: its label begins where it does. */
const POINT_PX = 4.5;
/** A strip for what stands at the edges. */
const TOP_PX = 22;
const EDGE_PX = 6;
const SURROUNDING_PX = 84;
const NOTE_PX = 110;
const LABEL_PX = 230;
const NARROW_LABEL_PX = 150;
const NARROW_PX = 600;
const DRAG_PX = 4;
const WHEEL_LINE_PX = 16;
const ZOOM_STEP = 1.5;
const PAN_SHARE = 0.2;
const MARGIN_SHARE = 0.06;
/** Labels stand to the right of where events begin: this much of one has room there. */
const LABEL_SHARE = 0.75;
const LEAST_MARGIN_DAYS = 5;
/** So large a share of the events may lie outside the first view, where that makes it so many times as near. */
const FAR_OFF_SHARE = 0.2;
/** Of "all" less is left out, and the next time nothing. */
const OUTLIERS_SHARE = 0.05;
/** Names of lanes stand at the left, in a part of the width. */
const GUTTER_PX = 150;
const GUTTER_SHARE = 0.26;
/** So long a label may get where there is room. */
const LONGEST_LABEL_PX = 900;
const MOST_WIDTHS = 50_000;
const FAR_OFF_TIMES = 4;
/** A group of so many is listed at once; of more, looking nearer parts it first, as long as that can. */
const MOST_LISTED = 20;

/**
 * @typedef {object} Hooks
 * @property {(window: Window) => void} moved the reader zoomed or panned
 * @property {(id: string) => void} opened
 * @property {(rows: Row[], x: number, zoom: (() => void) | null) => void} grouped the reader wants to see a group's rows
 * @property {(words: string) => void} said what somebody who does not see the drawing should hear
 */

export class Timeline {
  /**
   * @param {HTMLElement} root what takes the keyboard's focus
   * @param {Hooks} hooks
   */
  constructor(root, hooks) {
    this.root = root;
    this.hooks = hooks;
    this.canvas = svg("svg", { "aria-hidden": "true", focusable: "false" });
    root.append(this.canvas);
    /** @type {Row[]} */
    this.events = [];
    /** Whether there was anything to show yet, if only that there is nothing. */
    this.known = false;
    /** @type {Item[]} */
    this.items = [];
    /** @type {number[]} how wide labels are that are not cut */
    this.wholes = [];
    /** What lanes are by; empty: no lanes. */
    this.by = "";
    /** @type {import("./api.js").Sources} */
    this.sources = {};
    this.selected = "";
    /** @type {Window} */
    this.bounds = { from: 0, to: 1 };
    /** @type {Window} */
    this.window = { from: 0, to: 1 };
    this.frame = 0;
    /** The room that the root has. Asking the root for it would have the browser lay out all that has changed. */
    this.room = { width: root.clientWidth, height: root.clientHeight };
    this.measure = textMeasure(root);
    this.#listen();
  }

  /**
   * Take over events; those without a date are not drawn.
   * @param {Row[]} events in order of their start
   * @param {string} by what lanes are by; empty: no lanes
   * @param {import("./api.js").Sources} sources
   */
  show(events, by, sources) {
    this.known = true;
    this.by = by;
    this.sources = sources;
    this.events = events.filter((event) => event.when.basis !== "undated").sort((one, other) => firstDayOf(one) - firstDayOf(other));
    this.#measureLabels();
    this.bounds = boundsOf(this.items, this.#rightMargin);
    this.window = within(this.window, this.bounds);
    this.draw();
  }

  /** @param {Window | null} window null: the one that shows the bulk of the events */
  look(window) {
    this.window = window ? within(window, this.bounds) : bulkOf(this.events, this.bounds, this.#rightMargin, FAR_OFF_SHARE);
    this.draw();
  }

  /** @param {string} id event; it is brought into view */
  select(id) {
    this.selected = id;
    const index = this.events.findIndex((event) => event.id === id);
    if (index >= 0) this.#bringIntoView(/** @type {Item} */ (this.items[index]));
    this.draw();
  }

  /** Zoom by a factor around the middle, or a place in pixels. @param {number} factor @param {number} [x] */
  zoom(factor, x = this.width / 2) {
    this.#move(zoomed(this.window, factor, dayAt(x, this.window, this.width), this.bounds));
  }

  /** Show all events but a few that lie far off, to which the edges lead; where that is seen already, these too. */
  all() {
    const bulk = bulkOf(this.events, this.bounds, this.#rightMargin, OUTLIERS_SHARE);
    const isSeen = Math.abs(bulk.from - this.window.from) < 1 && Math.abs(bulk.to - this.window.to) < 1;
    this.#move(isSeen ? this.bounds : bulk);
  }

  get width() {
    return this.room.width - this.#gutter;
  }

  get #gutter() {
    return this.by ? Math.round(Math.min(GUTTER_PX, this.room.width * GUTTER_SHARE)) : 0;
  }

  get #widestLabel() {
    return this.width < NARROW_PX ? NARROW_LABEL_PX : LABEL_PX;
  }

  /** The margin to the right of the last event, as a share of the days. */
  get #rightMargin() {
    return (LABEL_SHARE * this.#widestLabel) / Math.max(this.width, this.#widestLabel);
  }

  /** Draw with the next frame. */
  draw() {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.#draw();
    });
  }

  /** @param {Window} window */
  #move(window) {
    this.window = within(window, this.bounds);
    this.draw();
    this.hooks.moved(this.window);
  }

  /** @param {number} px */
  #pan(px) {
    const days = (px / this.width) * (this.window.to - this.window.from);
    this.#move({ from: this.window.from + days, to: this.window.to + days });
  }

  /** @param {Item} item */
  #bringIntoView(item) {
    const { from, to } = this.window;
    const seen = item.start < to && item.end > from;
    if (seen) return;
    const half = (to - from) / 2;
    this.window = within({ from: middle(item) - half, to: middle(item) + half }, this.bounds);
    this.hooks.moved(this.window);
  }

  #measureLabels() {
    const { width } = this.measure.begin();
    const widest = this.#widestLabel;
    this.wholes = this.events.map((event) => Math.min(width(shortened(labelText(event), LONGEST_LABEL_PX)), LONGEST_LABEL_PX));
    this.items = this.events.map((event, index) => ({
      start: firstDayOf(event),
      end: lastDayOf(event) + 1,
      reach: daysTold(event),
      anchor: firstDayOf(event) + (isPoint(event) ? 0.5 : 0),
      label: Math.min(this.wholes[index] ?? 0, widest),
    }));
  }

  #draw() {
    const { width } = this;
    const { height } = this.room;
    if (!this.known || width === 0 || height === 0) return;
    const room = height - AXIS_PX - GROUPS_PX - TOP_PX;
    const lanes = Math.max(1, Math.floor(room / LANE_PX));
    const pitch = room / lanes;
    const scale = width / (this.window.to - this.window.from);
    const bands = this.#bands(lanes);
    bands?.of.forEach((band, index) => (/** @type {Item} */ (this.items[index]).band = band));
    const layout = layOut(this.items, scale, lanes, this.bounds.to * scale - EDGE_PX, bands?.shares);
    const axis = height - AXIS_PX;
    this.measure.begin();
    this.canvas.setAttribute("viewBox", `${-this.#gutter} 0 ${this.room.width} ${height}`);
    this.canvas.replaceChildren(
      this.#axis(width, axis),
      ...layout.groups.map((group) => this.#group(group, group.x - this.window.from * scale, axis - GROUPS_PX / 2)),
      ...layout.placed.map((placed) =>
        this.#event(placed, scale, axis - GROUPS_PX - (placed.lane + 0.5) * pitch, width),
      ).filter((drawn) => drawn !== null),
      ...this.#beyond(width),
      ...(bands ? [this.#names(bands, axis - GROUPS_PX, pitch, height)] : []),
    );
  }

  /**
   * Share the lanes out to what they are by.
   * @param {number} lanes
   */
  #bands(lanes) {
    if (!isLane(this.by)) {
      for (const item of this.items) item.band = 0;
      return null;
    }
    const found = sorted(this.events, this.by, this.sources, lanes);
    return { ...found, shares: shared(found.lanes, lanes) };
  }

  /**
   * Draw the names of lanes over whatever reaches in from the right.
   * @param {{lanes: import("./lanes.js").Lane[], shares: number[]}} bands
   * @param {number} bottom
   * @param {number} pitch
   * @param {number} height
   */
  #names({ lanes, shares }, bottom, pitch, height) {
    const gutter = this.#gutter;
    const group = svg("g", { class: "lanes" }, svg("rect", { x: -gutter, y: 0, width: gutter, height }));
    let y = bottom;
    lanes.forEach((lane, place) => {
      y -= pitch * (shares[place] ?? 0);
      const text = `${lane.name} (${lane.rows})`;
      group.append(
        svg("line", { x1: -gutter, x2: this.width, y1: Math.round(y) + 0.5, y2: Math.round(y) + 0.5 }),
        svg("text", { x: EDGE_PX - gutter, y: y + 16 }, svg("title", {}, text), this.measure.fitted(text, gutter - 2 * EDGE_PX)),
      );
    });
    return group;
  }

  /**
   * @param {number} width
   * @param {number} y
   */
  #axis(width, y) {
    const group = svg("g", { class: "axis" });
    for (const tick of ticks(this.window, width)) {
      const x = Math.round(positionOf(tick.day, this.window, width)) + 0.5;
      group.append(
        svg("line", { x1: x, x2: x, y1: 0, y2: y + (tick.major ? 8 : 5), class: tick.major ? "major" : "minor" }),
        svg("text", { x: x + 4, y: y + 17, class: tick.major ? "major" : "minor" }, tick.label),
      );
    }
    group.append(svg("line", { x1: 0, x2: width, y1: y + 0.5, y2: y + 0.5, class: "base" }));
    this.#now(group, width, y);
    const name = surrounding(this.window, width);
    if (name) group.append(svg("text", { x: EDGE_PX, y: 15, class: "surrounding" }, name));
    return group;
  }

  /**
   * @param {SVGGElement} group
   * @param {number} width
   * @param {number} y
   */
  #now(group, width, y) {
    const now = positionOf(today(), this.window, width);
    if (now < 0 || now > width) return;
    group.append(svg("line", { x1: now, x2: now, y1: 0, y2: y, class: "now" }));
    const atEdge = now > width - NOTE_PX;
    if (atEdge && this.items.some((item) => item.start >= this.window.to)) return;
    group.append(svg("text", { x: now + (atEdge ? -4 : 4), y: 15, class: atEdge ? "now end" : "now" }, "today"));
  }

  /**
   * @param {import("./layout.js").Placed} placed
   * @param {number} scale
   * @param {number} y the lane's middle
   * @param {number} width
   */
  #event(placed, scale, y, width) {
    const { index } = placed;
    const event = /** @type {Row} */ (this.events[index]);
    const item = /** @type {Item} */ (this.items[index]);
    const from = (item.start - this.window.from) * scale;
    const to = (item.end - this.window.from) * scale;
    const begins = placed.label - this.window.from * scale;
    const reach = reachOf(item);
    const ends = { from: (reach.from - this.window.from) * scale, to: (reach.to - this.window.from) * scale };
    if (Math.max(ends.to, begins + item.label) < 0 || Math.min(ends.from, begins) > width) return null;
    // The label of what began before the left edge stays in view as long as the event does.
    const label = Math.max(begins, Math.min(EDGE_PX, to - item.label));
    const room = Math.min(this.wholes[index] ?? 0, Math.max(placed.until - this.window.from * scale - label, item.label));
    const group = svg("g", { class: `event${event.id === this.selected ? " selected" : ""}`, "data-id": event.id });
    const shown = { from: Math.max(Math.min(ends.from, label), -20), to: Math.min(Math.max(ends.to, label + room), width + 20) };
    group.append(
      svg("title", {}, `${shortened(event.title, 300)}\n${aboutText(event)}`),
      svg("rect", { class: "ground", x: shown.from - 5, y: y - LANE_PX / 2 + 1, width: shown.to - shown.from + 10, height: LANE_PX - 2, rx: 4 }),
      svg("text", { x: isPoint(event) ? label - POINT_PX : label, y: y - 2, class: event.course }, this.measure.fitted(shortened(labelText(event), LONGEST_LABEL_PX), room)),
      ...(item.reach ? [whisker({ from: Math.max(ends.from, -20), to: Math.min(ends.to, width + 20) }, y + 8)] : []),
      mark(event, { from, to, middle: (from + to) / 2 }, y + 8, { from: 2, to: width - 2 }),
    );
    return group;
  }

  /**
   * @param {import("./layout.js").Group} group
   * @param {number} x
   * @param {number} y
   */
  #group({ indices }, x, y) {
    const words = `+${indices.length}`;
    const half = 9 + 3.6 * words.length;
    const selected = indices.some((index) => this.events[index]?.id === this.selected);
    return svg(
      "g",
      { class: selected ? "group selected" : "group", "data-group": indices.join(",") },
      svg("title", {}, `${indices.length} more here: ${this.#isListed(indices) ? "list them" : "zoom in"}`),
      svg("rect", { x: x - half, y: y - 9, width: 2 * half, height: 18, rx: 9 }),
      svg("text", { x, y: y + 4 }, words),
    );
  }

  /**
   * Say how many events lie beyond the edges.
   * @param {number} width
   */
  #beyond(width) {
    const before = this.items.filter((item) => item.end <= this.window.from).length;
    const after = this.items.filter((item) => item.start >= this.window.to).length;
    const note = (/** @type {string} */ words, /** @type {string} */ side, /** @type {number} */ x) =>
      svg("g", { class: `beyond ${side}`, "data-beyond": side }, svg("text", { x, y: 15 }, words));
    return [
      ...(before ? [note(`‹ ${before} earlier`, "before", surrounding(this.window, width) ? SURROUNDING_PX : EDGE_PX)] : []),
      ...(after ? [note(`${after} later ›`, "after", width - EDGE_PX)] : []),
    ];
  }

  /** @param {string} side */
  #goBeyond(side) {
    const found =
      side === "before"
        ? this.items.filter((item) => item.end <= this.window.from).at(-1)
        : this.items.find((item) => item.start >= this.window.to);
    if (found) {
      this.#bringIntoView(found);
      this.draw();
    }
  }

  /**
   * Find the window that shows a group's days, or half as many days as are seen now.
   * @param {number[]} indices
   * @returns {Window}
   */
  #around(indices) {
    const items = indices.map((index) => /** @type {Item} */ (this.items[index]));
    const starts = items.map((item) => (Number.isFinite(item.start) ? item.start : item.end));
    const ends = items.map((item) => (Number.isFinite(item.end) ? item.end : item.start));
    const [from, to] = [Math.min(...starts), Math.max(...ends)];
    const narrower = Math.min(to - from, (this.window.to - this.window.from) / 2) * 1.2;
    const centre = items.reduce((sum, item) => sum + middle(item), 0) / items.length;
    return within({ from: centre - narrower / 2, to: centre + narrower / 2 }, this.bounds);
  }

  /** Return whether looking nearer shows fewer days. @param {number[]} indices */
  #canZoomInto(indices) {
    const { from, to } = this.#around(indices);
    return to - from < (this.window.to - this.window.from) * 0.9;
  }

  /** @param {number[]} indices */
  #isListed(indices) {
    return indices.length <= MOST_LISTED || !this.#canZoomInto(indices);
  }

  /**
   * @param {number[]} indices
   * @param {number} x
   */
  #openGroup(indices, x) {
    const zoom = () => {
      this.#move(this.#around(indices));
      this.hooks.said(`${indices.length} events`);
    };
    if (!this.#isListed(indices)) return zoom();
    const rows = indices.map((index) => /** @type {Row} */ (this.events[index]));
    return this.hooks.grouped(rows, x, this.#canZoomInto(indices) ? zoom : null);
  }

  /** Go to the event before or after the selected one. @param {1 | -1} step */
  #step(step) {
    if (this.events.length === 0) return;
    const at = this.events.findIndex((event) => event.id === this.selected);
    const next = at < 0 ? this.#firstInView() : Math.min(Math.max(at + step, 0), this.events.length - 1);
    const event = /** @type {Row} */ (this.events[next]);
    this.select(event.id);
    this.hooks.said(`${datesTold(event).join(" · ")}: ${shortened(event.title, 200)}`);
  }

  #firstInView() {
    return Math.max(this.items.findIndex((item) => item.end > this.window.from && item.start >= this.window.from), 0);
  }

  #listen() {
    const { root } = this;
    root.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    root.addEventListener("keydown", (event) => this.#key(event));
    root.addEventListener("dblclick", (event) => this.zoom(1 / (ZOOM_STEP * ZOOM_STEP), this.#x(event)));
    new ResizeObserver(() => {
      this.room = { width: root.clientWidth, height: root.clientHeight };
      this.#measureLabels();
      this.draw();
    }).observe(root);
    this.#listenToPointers();
  }

  /** @param {MouseEvent} event */
  #x(event) {
    return event.clientX - this.root.getBoundingClientRect().left - this.#gutter;
  }

  /** @param {WheelEvent} event */
  #wheel(event) {
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : WHEEL_LINE_PX;
    const sideways = event.shiftKey ? event.deltaY : event.deltaX;
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) this.#pan(sideways * unit);
    else this.zoom(Math.exp(event.deltaY * unit * 0.002), this.#x(event));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    /** @type {Record<string, () => void>} */
    const keys = {
      ArrowLeft: () => (event.shiftKey ? this.#pan(-this.width * PAN_SHARE) : this.#step(-1)),
      ArrowRight: () => (event.shiftKey ? this.#pan(this.width * PAN_SHARE) : this.#step(1)),
      "+": () => this.zoom(1 / ZOOM_STEP),
      "=": () => this.zoom(1 / ZOOM_STEP),
      "-": () => this.zoom(ZOOM_STEP),
      "0": () => this.all(),
      Enter: () => this.selected && this.hooks.opened(this.selected),
    };
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  #listenToPointers() {
    /** @type {Map<number, {x: number, y: number}>} */
    const down = new Map();
    let travelled = 0;
    const { root } = this;
    root.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      if (down.size === 0) travelled = 0;
      down.set(event.pointerId, { x: this.#x(event), y: event.clientY });
    });
    root.addEventListener("pointermove", (event) => {
      const last = down.get(event.pointerId);
      if (!last) return;
      const x = this.#x(event);
      const other = [...down].find(([id]) => id !== event.pointerId)?.[1];
      travelled += Math.abs(x - last.x);
      if (travelled <= DRAG_PX) return;
      root.setPointerCapture(event.pointerId);
      down.set(event.pointerId, { x, y: event.clientY });
      if (other) this.#pinch(last.x, x, other.x);
      else this.#pan(last.x - x);
    });
    const up = (/** @type {PointerEvent} */ event) => {
      if (!down.delete(event.pointerId) || event.type === "pointercancel") return;
      if (travelled <= DRAG_PX && down.size === 0) this.#click(/** @type {Element} */ (event.target));
    };
    root.addEventListener("pointerup", up);
    root.addEventListener("pointercancel", up);
  }

  /**
   * Keep the days under two fingers where the fingers are.
   * @param {number} before
   * @param {number} now
   * @param {number} other the finger that stands still
   */
  #pinch(before, now, other) {
    const apart = Math.max(Math.abs(now - other), 1);
    this.zoom(Math.max(Math.abs(before - other), 1) / apart, other);
  }

  /** @param {Element} target */
  #click(target) {
    const hit = target.closest("[data-id], [data-group], [data-beyond]");
    if (!(hit instanceof SVGElement)) return;
    const { id, group, beyond } = hit.dataset;
    if (id) this.hooks.opened(id);
    else if (group) this.#openGroup(group.split(",").map(Number), middleOf(hit) - this.root.getBoundingClientRect().left);
    else if (beyond) this.#goBeyond(beyond);
  }
}

/**
 * @param {string} by
 * @returns {by is keyof typeof LANES}
 */
function isLane(by) {
  return by in LANES;
}

/** @param {SVGElement} drawn */
function middleOf(drawn) {
  const { left, right } = drawn.getBoundingClientRect();
  return (left + right) / 2;
}

/**
 * Name an event in the drawing, with a sign where its sources part.
 * @param {Row} event
 */
function labelText(event) {
  return isOccurrence(event) && event.conflicts.length > 0 ? `≠ ${event.title}` : event.title;
}

/** @param {Row} event */
function aboutText(event) {
  const parts = [...datesTold(event), STATUS[event.status], courseText(event), isOccurrence(event) ? reportsText(event) : ""];
  return parts.filter(Boolean).join(" · ");
}

/**
 * @param {Item[]} items
 * @param {number} right margin as a share of the days
 * @returns {Window}
 */
function boundsOf(items, right) {
  const days = items.map(reachOf).flatMap(({ from, to }) => [from, to]).filter(Number.isFinite);
  if (days.length === 0) return padded({ from: today() - 180, to: today() + 180 }, right);
  return padded({ from: days.reduce((a, b) => Math.min(a, b)), to: days.reduce((a, b) => Math.max(a, b)) }, right);
}

/**
 * @param {Window} window
 * @param {number} right margin as a share of the days
 * @returns {Window}
 */
function padded({ from, to }, right) {
  const margin = (/** @type {number} */ share) => Math.max((to - from) * share, LEAST_MARGIN_DAYS);
  return { from: from - margin(MARGIN_SHARE), to: to + margin(right) };
}

/**
 * Find the window to begin with: all events, or most of them where the others lie far off.
 * @param {Row[]} events
 * @param {Window} bounds
 * @param {number} right margin as a share of the days
 * @param {number} share of the events that may lie far off
 * @returns {Window}
 */
function bulkOf(events, bounds, right, share) {
  const days = events.map((event) => middle({ start: firstDayOf(event), end: lastDayOf(event) + 1 })).sort((a, b) => a - b);
  const left = Math.floor(days.length * share);
  if (left === 0) return bounds;
  let bulk = bounds;
  for (let first = 0; first <= left; first += 1) {
    const near = padded({ from: days[first] ?? bounds.from, to: days[days.length - 1 - left + first] ?? bounds.to }, right);
    if (near.to - near.from < bulk.to - bulk.from) bulk = near;
  }
  const isFarOff = (bulk.to - bulk.from) * FAR_OFF_TIMES < bounds.to - bounds.from;
  return within(isFarOff ? bulk : bounds, bounds);
}

/**
 * Make what tells the width of texts in the font of an element, and cuts them. Widths are kept: texts come again with
 * each zoom and each filter.
 * @param {HTMLElement} element
 */
function textMeasure(element) {
  const context = document.createElement("canvas").getContext("2d");
  /** @type {Map<string, number>} */
  const known = new Map();
  let font = "";
  const width = (/** @type {string} */ text) => {
    const found = known.get(text) ?? context?.measureText(text).width ?? text.length * 7;
    known.set(text, found);
    return found;
  };
  return {
    /** Look at the font again, which a narrow window changes. */
    begin() {
      const style = getComputedStyle(element);
      const now = `${style.fontSize} ${style.fontFamily}`;
      if (context && now !== font) {
        context.font = font = now;
        known.clear();
      }
      if (known.size > MOST_WIDTHS) known.clear();
      return { width };
    },
    /** Cut a text to a width. @param {string} text @param {number} most */
    fitted(text, most) {
      const whole = width(text);
      if (whole <= most + 0.5) return text;
      const points = Array.from(text);
      let fits = Math.floor((points.length * most) / whole);
      let cut = `${points.slice(0, fits).join("")}…`;
      while (fits > 0 && width(cut) > most) {
        fits -= 1;
        cut = `${points.slice(0, fits).join("").trimEnd()}…`;
      }
      return cut;
    },
  };
}
