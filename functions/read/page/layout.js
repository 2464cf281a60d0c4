/**
 * Where events stand above the axis: in lanes, so that none covers another, and in groups where the lanes are full.
 *
 * Positions are pixels from day 0 at the given zoom, not from the window's edge: panning moves nothing up or down.
 */

/**
 * @typedef {object} Item
 * @property {number} start first day; -Infinity for an open beginning
 * @property {number} end the day after the last; Infinity for an open end
 * @property {import("./axis.js").Window | null} [reach] days that are drawn with it, and which it needs room for
 * @property {number} anchor where its label begins, as a day
 * @property {number} label width in pixels that its label is sure of
 * @property {number} [band] the lanes that it may stand in, by their number; without bands, all
 */
/**
 * @typedef {object} Placed
 * @property {number} index of the item
 * @property {number} lane counted from the axis
 * @property {number} label where its label begins: with the item, or before it where the label would cross the limit
 * @property {number} until where whatever stands next in its lane begins, or the limit
 */
/** @typedef {{indices: number[], x: number}} Group items for which no lane was free, around a position */
/** @typedef {{placed: Placed[], groups: Group[]}} Layout */

const GAP = 10;
const GROUP_PX = 60;
/** What is wider than this takes a lane nearly for itself. */
const LONG_PX = 1500;
/** How much of the lanes those may take together. */
const LONG_SHARE = 0.4;

/**
 * Lay items out in order; they are sorted by their start.
 * @param {Item[]} items
 * @param {number} scale pixels a day
 * @param {number} lanes how many there are
 * @param {number} limit pixels from day 0 that no label may cross
 * @param {number[]} [bands] how many lanes each band has, counted from the axis; together no more than there are
 * @returns {Layout}
 */
export function layOut(items, scale, lanes, limit, bands = [lanes]) {
  const begins = bands.map((_, band) => bands.slice(0, band).reduce((sum, one) => sum + one, 0));
  /** @type {(Placed | null)[]} */
  const lasts = new Array(lanes).fill(null);
  const free = new Array(lanes).fill(-Infinity);
  const holdsLong = new Array(lanes).fill(false);
  const mostLong = Math.max(1, Math.floor(lanes * LONG_SHARE));
  /** @type {Placed[]} */
  const placed = [];
  /** @type {number[]} */
  const left = [];
  items.forEach((item, index) => {
    const { from: first, to: last } = reachOf(item);
    const label = Math.min(item.anchor * scale, limit - item.label);
    const from = Math.min(first * scale, label);
    const to = Math.max(last * scale, label + item.label);
    const long = to - from > LONG_PX;
    const isFull = long && holdsLong.filter((held, at) => held && free[at] > from).length >= mostLong;
    const begin = begins[item.band ?? 0] ?? 0;
    const end = begin + (bands[item.band ?? 0] ?? 0);
    const lane = isFull ? -1 : free.findIndex((taken, at) => at >= begin && at < end && taken <= from);
    if (lane < 0) {
      left.push(index);
      return;
    }
    free[lane] = to + GAP;
    holdsLong[lane] = long;
    const before = lasts[lane];
    if (before) before.until = from - GAP;
    const here = { index, lane, label, until: Math.max(limit, label + item.label) };
    lasts[lane] = here;
    placed.push(here);
  });
  return { placed, groups: grouped(items, left, scale) };
}

/**
 * Tell all days that an item takes.
 * @param {Item} item
 * @returns {import("./axis.js").Window}
 */
export function reachOf({ start, end, reach }) {
  return { from: Math.min(start, reach?.from ?? start), to: Math.max(end, reach?.to ?? end) };
}

/**
 * Tell where an item is best looked for: in the middle of its days, or at the end that it has.
 * @param {{start: number, end: number}} item
 * @returns {number} day
 */
export function middle({ start, end }) {
  if (Number.isFinite(start) && Number.isFinite(end)) return (start + end) / 2;
  return Number.isFinite(start) ? start : end;
}

/**
 * @param {Item[]} items
 * @param {number[]} left
 * @param {number} scale
 * @returns {Group[]}
 */
function grouped(items, left, scale) {
  /** @type {Map<number, number[]>} */
  const cells = new Map();
  for (const index of left) {
    const cell = Math.floor((middle(/** @type {Item} */ (items[index])) * scale) / GROUP_PX);
    cells.set(cell, [...(cells.get(cell) ?? []), index]);
  }
  return [...cells].map(([cell, indices]) => ({ indices, x: (cell + 0.5) * GROUP_PX }));
}
