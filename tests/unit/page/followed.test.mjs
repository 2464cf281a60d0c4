/** What has become of a collection's documents: taken in, compared with what is shown, and said. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { droppedSince, isWaiting, merged, news, newsText, progressText, visited } from "../../../functions/read/page/followed.js";

const EVENTS = { ofOccurrences: false, documentId: "" };
const OCCURRENCES = { ofOccurrences: true, documentId: "" };
const HOUR = 3_600_000;

function line(id, changes = {}) {
  return { id, state: "done", run: 1, events: 2, linking: "done", dropped: `2026-01-0${id.length}T00:00:00Z`, ...changes };
}

function lines(...all) {
  return new Map(all.map((one) => [one.id, one]));
}

test("changes are taken in, what is told again changes nothing, and the newest drop stands first", () => {
  const before = lines(line("a"), line("bb"));
  const changes = { documents: [line("ccc"), line("a", { events: 5 })], gone: ["bb", "never"], since: "" };

  const once = merged(before, changes);

  assert.deepEqual([...once.keys()], ["ccc", "a"]);
  assert.equal(once.get("a").events, 5);
  assert.deepEqual([...merged(once, changes)], [...once]);
  assert.equal(before.size, 2);
});

test("new events, changed documents and those that are gone are news", () => {
  const shown = lines(line("a"), line("b"), line("c"), line("w", { state: "waiting", run: null, events: null, linking: null }));
  const now = lines(line("a", { run: 4 }), line("c", { run: null, state: "rejected" }), line("w", { events: 3 }), line("n", { events: 9 }));

  assert.deepEqual(news(shown, now, EVENTS), { added: 12, changed: 1, removed: 2 });
  assert.equal(newsText(news(shown, now, EVENTS)), "12 new events, 1 document changed, 2 documents gone");
  assert.equal(newsText(news(now, now, EVENTS)), "");
  assert.equal(newsText({ added: 1, changed: 0, removed: 0 }), "1 new event");
});

test("an occurrence's rows have news only once a document is linked", () => {
  const linking = line("a", { run: 4, linking: "waiting" });

  assert.equal(newsText(news(lines(line("a")), lines(linking), OCCURRENCES)), "");
  assert.equal(newsText(news(lines(linking), lines(line("a", { run: 4 })), OCCURRENCES)), "2 new events");
  assert.equal(newsText(news(lines(), lines(linking), OCCURRENCES)), "");
  assert.equal(newsText(news(lines(), lines(linking), EVENTS)), "2 new events");
});

test("a document's own view has news of that document alone", () => {
  const now = lines(line("a", { run: 2 }), line("b", { run: 2 }));

  assert.deepEqual(news(lines(line("a"), line("b")), now, { ofOccurrences: false, documentId: "b" }), { added: 0, changed: 1, removed: 0 });
});

test("it is said how far the documents are while one waits", () => {
  const waiting = { state: "waiting", run: null, linking: null };
  const all = lines(line("a"), line("b", { state: "rejected" }), line("c", waiting));

  assert.equal(progressText(all), "1 of 3 documents done, 1 rejected");
  assert.equal(progressText(lines(line("a"), line("b", { state: "rejected" }))), "");
  assert.equal(progressText(lines(line("c", waiting))), "0 of 1 document done");
  assert.ok(isWaiting(all));
  assert.ok(isWaiting(lines(line("a", { linking: "waiting" }))));
  assert.ok(!isWaiting(lines(line("a"), line("b", { linking: null, state: "rejected" }))));
});

test("a visit goes on through a reload and ends when the reader was away; nothing is new in the first one", () => {
  const first = visited(null, "2026-01-02T00:00:00Z", 0);
  const again = visited(JSON.stringify(first), "2026-01-02T01:00:00Z", HOUR / 6);
  const later = visited(JSON.stringify(again), "2026-01-09T00:00:00Z", 2 * HOUR);
  const reloaded = visited(JSON.stringify(later), "2026-01-09T00:01:00Z", 2 * HOUR + 1);

  const all = lines(line("a"), line("bbb"));
  assert.deepEqual([first, again, later, reloaded].map((one) => droppedSince(all, one).size), [0, 0, 1, 1]);
  assert.deepEqual([...droppedSince(all, later)], ["bbb"]);
  assert.equal(droppedSince(all, null).size, 0);
});

test("what was kept of a visit and cannot be read is forgotten", () => {
  for (const text of ["", "{", "null", "[]", "5", '{"to": 1, "seen": 2}', '{"to": "2026", "seen": "2"}']) {
    assert.deepEqual(visited(text, "2026", 1), { to: "2026", from: null, seen: 1 }, text);
  }
});
