/** Laws that the page's arithmetic keeps, tried with many days, windows, texts and crowds. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { dayAt, positionOf, ticks, within, zoomed } from "../../../functions/read/page/axis.js";
import { numberOf, parseDay, partsOf, spanText, writeDay } from "../../../functions/read/page/days.js";
import { firstDay, lastDay, passes } from "../../../functions/read/page/filters.js";
import { upright } from "../../../functions/read/page/dom.js";
import { shared, sorted } from "../../../functions/read/page/lanes.js";
import { layOut, reachOf } from "../../../functions/read/page/layout.js";
import { shortened, unitsIn } from "../../../functions/read/page/text.js";
import { datesTold, daysTold, reportsText } from "../../../functions/read/page/told.js";
import { firstDayOf, isStandIn, lastDayOf, sentenceText, whenText } from "../../../functions/read/page/words.js";
import { filterParameters, NO_FILTERS, readView, writeView } from "../../../functions/read/page/view.js";

/** Pseudo-random numbers from 0 to 1, the same every time (mulberry32). */
function numbers(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const BEGIN = numberOf(-9999, 1, 1);
const END = numberOf(9999, 12, 31);

test("a day written is the day read, from 10000 BCE to 9999", () => {
  const next = numbers(1);
  for (let turn = 0; turn < 20_000; turn += 1) {
    const day = Math.floor(BEGIN + next() * (END - BEGIN));
    assert.equal(parseDay(writeDay(day)), day);
    const { year, month, day: date } = partsOf(day);
    assert.equal(numberOf(year, month, date), day);
  }
});

test("days follow each other over the year 0 and over leap days", () => {
  for (const [one, other] of [
    ["-0001-12-31", "0000-01-01"],
    ["0000-12-31", "0001-01-01"],
    ["0000-02-28", "0000-02-29"],
    ["0099-12-31", "0100-01-01"],
    ["1900-02-28", "1900-03-01"],
    ["2000-02-28", "2000-02-29"],
  ]) {
    assert.equal(parseDay(other) - parseDay(one), 1, `${one} ${other}`);
  }
});

test("a position leads back to its day, and zooming keeps the day that it is around", () => {
  const next = numbers(2);
  const bounds = { from: BEGIN, to: END };
  for (let turn = 0; turn < 2_000; turn += 1) {
    const from = BEGIN + next() * (END - BEGIN) * 0.9;
    const window = { from, to: from + 10 + next() * 500_000 };
    const x = next() * 1280;
    const day = dayAt(x, window, 1280);
    assert.ok(Math.abs(positionOf(day, window, 1280) - x) < 1e-6);
    const nearer = zoomed(window, 0.8, day, bounds);
    assert.ok(Math.abs(positionOf(day, nearer, 1280) - x) < 0.01);
  }
});

test("a window never leaves its bounds", () => {
  const next = numbers(3);
  for (let turn = 0; turn < 2_000; turn += 1) {
    const bounds = { from: -100 * next(), to: 10 + 1000 * next() };
    const from = -5000 + next() * 10_000;
    const kept = within({ from, to: from + next() * 5000 }, bounds);
    assert.ok(kept.from >= bounds.from - 1e-9 && kept.to <= bounds.to + 1e-9 && kept.to > kept.from);
  }
});

test("ticks are in the window, in order, apart from each other and few", () => {
  const next = numbers(4);
  for (let turn = 0; turn < 500; turn += 1) {
    const from = BEGIN + next() * (END - BEGIN) * 0.5;
    const window = { from, to: from + 6 * Math.exp(next() * 13) };
    const found = ticks(window, 1280);
    assert.ok(found.length <= 40, `${found.length} ticks`);
    found.forEach((tick, index) => {
      assert.ok(tick.day >= window.from && tick.day <= window.to);
      if (index) assert.ok(positionOf(tick.day, window, 1280) - positionOf(found[index - 1].day, window, 1280) > 25);
    });
  }
});

test("spans are written as exactly as they are known", () => {
  for (const [edtf, earliest, latest, text] of [
    ["2024-06-06", "2024-06-06", "2024-06-06", "6 Jun 2024"],
    ["2024-01", "2024-01-01", "2024-01-31", "Jan 2024"],
    ["2024-01-01/2024-01-31", "2024-01-01", "2024-01-31", "1–31 Jan 2024"],
    ["2023-09~/2023-12~", "2023-09-01", "2023-12-31", "Sep–Dec 2023"],
    ["2023-01/2023-12", "2023-01-01", "2023-12-31", "Jan–Dec 2023"],
    ["2023", "2023-01-01", "2023-12-31", "2023"],
    ["2023", "2022-10-01", "2023-09-30", "Oct 2022 – Sep 2023"],
    ["2023-12/2024-02", "2023-12-01", "2024-02-29", "Dec 2023 – Feb 2024"],
    ["2024-10-11/2024-10-20", "2024-10-11", "2024-10-20", "11–20 Oct 2024"],
    ["2024-02-28/2024-03-02", "2024-02-28", "2024-03-02", "28 Feb – 2 Mar 2024"],
    ["1994/1997", "1994-01-01", "1997-12-31", "1994–1997"],
    ["-0051-06/-0051-08", "-0051-06-01", "-0051-08-31", "Jun–Aug 52 BCE"],
    ["-0099/0000", "-0099-01-01", "0000-12-31", "100–1 BCE"],
    ["2015/..", "2015-01-01", null, "from 2015"],
    ["2022-01/..", "2022-01-01", null, "from Jan 2022"],
    ["2022-01-01/..", "2022-01-01", null, "from 1 Jan 2022"],
    ["2025-03-01/..", "2025-03-01", null, "from 1 Mar 2025"],
    ["2015-03-04/..", "2015-03-04", null, "from 4 Mar 2015"],
    ["../2014", null, "2014-12-31", "until 2014"],
    ["../2014-12", null, "2014-12-31", "until Dec 2014"],
    ["../2014-10-31", null, "2014-10-31", "until 31 Oct 2014"],
    [null, null, null, "undated"],
  ]) {
    assert.equal(spanText({ edtf, earliest, latest }), text);
  }
  assert.equal(spanText({ edtf: "../2027", earliest: null, latest: "2027-12-31" }, true), "by 2027");
  assert.equal(spanText({ edtf: "2016/..", earliest: "2016-01-01", latest: null }, true), "2016 or later");
});

test("what was only reported says when, and a time of day is told", () => {
  const day = { edtf: "2024-05-24", earliest: "2024-05-24", latest: "2024-05-24", extent: "within", basis: "explicit" };
  assert.equal(whenText({ ...day, time: "14:30" }), "24 May 2024, 14:30");
  assert.equal(whenText({ ...day, time: null }), "24 May 2024");
  assert.equal(whenText({ ...day, edtf: "../2024-05-24", earliest: null, basis: "reported", time: null }), "reported 24 May 2024");
});

test("what happened once and has no start takes its latest day alone; what lasted is open", () => {
  const when = { basis: "explicit", earliest: null, latest: "2024-05-24", extent: "within" };
  const [once, lasting] = [{ when }, { when: { ...when, extent: "throughout" } }];
  assert.equal(firstDayOf(once), parseDay("2024-05-24"));
  assert.equal(lastDayOf(once), parseDay("2024-05-24"));
  assert.equal(firstDayOf(lasting), -Infinity);
  assert.equal(firstDayOf({ when: { ...when, earliest: "2024-05-01" } }), parseDay("2024-05-01"));
});

test("events in one lane never overlap, and none is lost", () => {
  const next = numbers(5);
  for (const scale of [0.001, 0.1, 3, 90]) {
    const items = Array.from({ length: 1000 }, () => {
      const start = next() < 0.02 ? -Infinity : Math.floor(next() * 4000);
      const last = next() < 0.02 ? Infinity : Math.max(start, 0) + 1 + Math.floor(next() ** 8 * 900);
      const reach = next() < 0.1 ? { from: start - next() * 300, to: last + next() * 300 } : null;
      return { start, end: last, reach, anchor: start, label: 20 + next() * 200 };
    }).sort((one, other) => one.start - other.start);
    const { placed, groups } = layOut(items, scale, 9, 6000 * scale);
    assert.equal(placed.length + groups.flatMap(({ indices }) => indices).length, items.length);
    for (let lane = 0; lane < 9; lane += 1) {
      const members = placed.filter((one) => one.lane === lane);
      const taken = members.map(({ index, label }) => {
        const { from, to } = reachOf(items[index]);
        return [Math.min(from * scale, label), Math.max(to * scale, label + items[index].label)];
      });
      taken.sort((one, other) => one[0] - other[0]);
      taken.forEach(([from], index) => assert.ok(index === 0 || from >= taken[index - 1][1]));
    }
  }
});

test("a label's room ends where the next one in its lane begins, and bands keep their lanes", () => {
  const items = [0, 30, 40, 90].map((start, index) => ({ start, end: start + 1, anchor: start, label: 20, band: index % 2 }));
  const { placed, groups } = layOut(items, 10, 3, 2000, [1, 2]);
  assert.deepEqual(groups, []);
  for (const { index, lane } of placed) assert.equal(lane >= 1, items[index].band === 1);
  for (const one of placed) {
    const others = placed.filter((other) => other.lane === one.lane && other.label > one.label).map(({ label }) => label);
    assert.ok(one.until <= Math.min(2000, ...others), JSON.stringify(one));
    assert.ok(one.until >= one.label + 20);
  }
});

test("lanes hold every row once, the fullest first, the rest together, and each has room", () => {
  const rows = [..."aaabbcd"].map((letter) => ({ document_id: letter, status: "stated", said_by: [] }));
  const sources = Object.fromEntries([..."abc"].map((letter) => [letter, { medium: letter, title: null, path: letter }]));
  const { lanes, of } = sorted(rows, "medium", sources, 3);
  assert.deepEqual(lanes.map(({ name, rows: count }) => [name, count]), [["a", 3], ["b", 2], ["2 others", 2]]);
  assert.deepEqual(of, [0, 0, 0, 1, 1, 2, 2]);
  assert.deepEqual(shared(lanes, 7), [3, 2, 2]);
  assert.deepEqual(sorted(rows, "speaker", sources, 3).lanes.map(({ name }) => name), ["no speaker named"]);
});

test("code points become UTF-16 units", () => {
  const next = numbers(6);
  const letters = ["a", "ä", "字", "🏞", "𝒜", "\u0301", "\u202e"];
  for (let turn = 0; turn < 300; turn += 1) {
    const points = Array.from({ length: Math.floor(next() * 40) }, () => letters[Math.floor(next() * letters.length)]);
    const text = points.join("");
    const units = unitsIn(text);
    for (let at = 0; at <= points.length; at += 1) assert.equal(units(at), points.slice(0, at).join("").length);
    assert.equal(units(points.length + 5), text.length);
  }
});

test("an override turns no letters round, and moves no offset", () => {
  const hostile = "and \u202eemirc a\u202c, \u202dsaid\u202c שלום";

  const shown = upright(hostile);

  assert.ok(!/[\u202d\u202e]/.test(shown));
  assert.equal(shown.length, hostile.length);
  assert.equal(shown.replaceAll("\ufffd", ""), hostile.replace(/[\u202d\u202e]/g, ""));
});

test("shortening cuts no character in two", () => {
  assert.equal(shortened("short", 10), "short");
  assert.equal(shortened("🏞🏞🏞🏞", 4), "🏞🏞🏞🏞");
  assert.equal(shortened("🏞🏞🏞🏞🏞", 4), "🏞🏞🏞…");
  assert.equal(Array.from(shortened("x".repeat(10_000), 300)).length, 300);
});

test("an address leads back to its view", () => {
  const view = {
    collection: "Kyjiw + München 100% #1?",
    documentId: "doc_a",
    rows: "events",
    occurrence: "occ_a",
    event: "evt_a_00001",
    source: "doc_a",
    at: "612-695",
    find: '"member states" coun*',
    scope: "all",
    lanes: "medium",
    see: "-0051-01-01..2024-12-31",
    filters: { from: "2019", to: "2024-05", q: "a&b=c", status: ["disputed", "denied"], course: ["planned"], who: "Zoë", place: "x", conflict: "date", max_sources: "1" },
  };
  assert.deepEqual(readView(writeView(view)), view);
  assert.deepEqual(readView("").filters, NO_FILTERS);
  assert.equal(readView("#conflict=<b>&max_sources=-1").filters.conflict, "");
});

test("the filters of occurrences are not asked of single reports or of a document", () => {
  const names = (hash) => filterParameters(readView(hash)).map(([name]) => name);
  assert.deepEqual(names("#q=x&conflict=any&max_sources=1"), ["q", "conflict", "max_sources"]);
  assert.deepEqual(names("#q=x&conflict=any&max_sources=1&view=events"), ["q"]);
  assert.deepEqual(names("#q=x&conflict=any&max_sources=1&doc=doc_a"), ["q"]);
});

const TOLD = {
  title: "Ferry sinks",
  status: "stated",
  course: "done",
  when: { edtf: "2025-03-03", earliest: "2025-03-03", latest: "2025-03-03", extent: "within", basis: "explicit", time: null },
  dates: [
    { earliest: "2025-03-03", latest: "2025-03-03", words: "on Monday", reports: 8 },
    { earliest: "2025-03-01", latest: "2025-03-31", words: "in March", reports: 2 },
    { earliest: "2025-03-04", latest: "2025-03-04", words: "le 4 mars", reports: 1 },
    { earliest: "1925-03-03", latest: "1925-03-03", words: "1925", reports: 1 },
  ],
  reports: 12,
  independent_sources: 7,
  languages: ["en", "de"],
  places: ["Kelm"],
  speakers: ["the coast guard"],
  media: ["Kelm Courier"],
  conflicts: [{ kind: "date", subject: null, told: [] }],
};

test("a row of an occurrence names its date and those that exclude it, and how many tell it", () => {
  assert.deepEqual(datesTold(TOLD), ["3 Mar 2025", "4 Mar (1)", "3 Mar 1925 (1)"]);
  assert.equal(reportsText(TOLD), "12 reports, 7 independent, 2 languages");
  assert.equal(reportsText({ ...TOLD, languages: ["en"] }), "12 reports, 7 independent");
  assert.equal(reportsText({ ...TOLD, reports: 1 }), "1 report");
});

test("a whisker spans the dates that are told, where they are more than the mark; open ends add nothing", () => {
  const [day, month, next] = TOLD.dates;
  assert.equal(daysTold({ ...TOLD, dates: [day] }), null);
  assert.deepEqual(daysTold({ ...TOLD, dates: [day, next] }), { from: parseDay("2025-03-03"), to: parseDay("2025-03-05") });
  assert.deepEqual(daysTold({ ...TOLD, dates: [month, { ...day, latest: null }] }), { from: parseDay("2025-03-01"), to: parseDay("2025-04-01") });
});

test("occurrences pass the filters that the API's own filters let pass", () => {
  const asks = (query) => passes(TOLD, readView(`#${query}`).filters, {});
  for (const query of ["who=courier", "who=coast", "place=kelm", "q=FERRY", "conflict=date", "conflict=any", "from=2025-03&to=2025-03"]) {
    assert.ok(asks(query), query);
  }
  for (const query of ["who=norvik", "place=dorvik", "conflict=number", "max_sources=1", "status=disputed", "to=1925"]) {
    assert.ok(!asks(query), query);
  }
  assert.ok(passes({ ...TOLD, conflicts: [], independent_sources: 1 }, readView("#max_sources=1").filters, {}));
  assert.ok(!passes({ ...TOLD, conflicts: [] }, readView("#conflict=any").filters, {}));
});

test("a year or a month in a filter means all of it", () => {
  assert.equal(lastDay("2024") - firstDay("2024"), 365);
  assert.equal(lastDay("2024-02") - firstDay("2024-02"), 28);
  assert.equal(lastDay("-0043-12"), parseDay("-0043-12-31"));
  const event = { title: "T", place: null, said_by: [], status: "stated", course: "done" };
  const when = { basis: "explicit", earliest: "2023-01-01", latest: "2023-12-31" };
  const asks = (from, to, dates = when) => passes({ ...event, when: dates }, { ...NO_FILTERS, from, to }, {});
  assert.ok(asks("2023-06", "2023-06"));
  assert.ok(!asks("2024", ""));
  assert.ok(asks("2024", "", { ...when, latest: null }));
  assert.ok(!asks("", "2022-12"));
  assert.ok(asks("", "2022-12", { ...when, earliest: null, extent: "throughout" }));
  assert.ok(!asks("", "2022-12", { ...when, earliest: null, extent: "within" }));
  assert.ok(!asks("2023", "", { basis: "undated", earliest: null, latest: null }));
});

test("events pass the filters that the API's own filters let pass", () => {
  // The same file is asked of the API, in tests/functions/test_read_timelines.py.
  const { events, queries } = JSON.parse(readFileSync(new URL("filters.json", import.meta.url), "utf8"));
  const told = events.map((event) => ({ ...event, document_id: event.medium ?? "none" }));
  const sources = Object.fromEntries(told.map(({ document_id: id, medium = null }) => [id, { medium }]));
  for (const { query, found } of queries) {
    const { filters } = readView(`#${new URLSearchParams(query)}`);
    const passing = told.filter((event) => passes(event, filters, sources)).map(({ title }) => title);
    assert.deepEqual(passing, found, JSON.stringify(query));
  }
});

test("a cited sentence is named with its page where there are pages", () => {
  assert.equal(sentenceText({ sentence: 6, start: 0, end: 1, quote: "x", page: null, recognised: false }), "sentence 6");
  const onPage = { sentence: 6, start: 0, end: 1, quote: "x", page: 3, recognised: false };
  assert.equal(sentenceText(onPage), "sentence 6, page 3");
  assert.equal(sentenceText({ ...onPage, recognised: true }), "sentence 6, page 3, read by machine on an image");
  assert.equal(sentenceText({ number: 7, start: 0, end: 1, role: "body", page: 1 }), "sentence 7, page 1");
});

test("the stand-in is known by its name, as the library knows it", () => {
  const names = ["extractive", "extractive-2", "extractive-dated", "a-model", "extractivelike", "", null];
  assert.deepEqual(names.map(isStandIn), [true, true, true, false, false, false, false]);
});
