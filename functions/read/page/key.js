/** The key to the drawing: one mark of each kind, drawn as the timeline draws it. */

import { byId, el } from "./dom.js";
import { glyph } from "./marks.js";
import { COURSE, STATUS } from "./terms.js";
import { STATUS_MEANS } from "./words.js";

/** @typedef {import("./api.js").Row} Row */

const DAY = { earliest: "2000-01-01", latest: "2000-01-01", extent: "within" };
const SPAN = { earliest: "2000-01-01", latest: "2000-12-31", extent: "within" };

/** @type {readonly (readonly [string, object, object])[]} what it means, its date, and what else it is */
const KINDS = [
  ["on this day", DAY, {}],
  ["on this day or before", { ...DAY, earliest: null }, {}],
  ["once, some time within", SPAN, {}],
  ["all through this time", { ...SPAN, extent: "throughout" }, {}],
  ["open end", { ...SPAN, latest: null, extent: "throughout" }, {}],
  [STATUS.disputed, SPAN, { status: "disputed" }],
  [STATUS.denied, SPAN, { status: "denied" }],
  [COURSE.planned, SPAN, { course: "planned" }],
  [COURSE.called_off, SPAN, { course: "called_off" }],
  ["a line over all dates that its reports tell", DAY, { independent_sources: 2, dates: [SPAN] }],
];

/** Fill the key in: the marks, and what the words for how sure a thing is mean. */
export function showKey() {
  byId("key-words", HTMLElement).replaceChildren(
    ...Object.entries(STATUS).flatMap(([status, words]) => [
      el("dt", { class: `status ${status}` }, words),
      el("dd", {}, STATUS_MEANS[/** @type {keyof typeof STATUS} */ (status)]),
    ]),
  );
  byId("key", HTMLElement).replaceChildren(
    ...KINDS.flatMap(([name, when, rest]) => {
      const example = { course: "done", status: "stated", when: { basis: "explicit", ...when }, ...rest };
      return [el("dt", {}, glyph(/** @type {Row} */ (/** @type {unknown} */ (example)))), el("dd", {}, name)];
    }),
    el("dt", { class: "sign" }, "≠"),
    el("dd", {}, "its sources part"),
  );
}
