/** What the page makes of a form, of a refusal and of an answer when an editor decides. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { decisionOf, faultsOf, isFollowed, lacks, nearest } from "../../../functions/read/page/decisions.js";

const ONE = `occ_${"a".repeat(20)}`;
const OTHER = `occ_${"b".repeat(20)}`;
const KINDS = ["join", "split", "hide", "correct", "note"];
const NOTHING = { reason: "", title: "", date: "", status: "", other: "", events: [] };

function occurrence(id, earliest, latest = earliest) {
  const when = { edtf: earliest, earliest, latest, basis: "explicit" };
  return { id, title: "Hall burns", status: "stated", when, edits: [], told: [], independent_sources: 1 };
}

test("a decision has what its kind needs and nothing else of the form", () => {
  const given = { reason: " Because. ", title: "Hall burns down", date: "2024", status: "stated", other: OTHER, events: ["evt_1"] };
  const made = Object.fromEntries(KINDS.map((kind) => [kind, decisionOf(kind, occurrence(ONE, "2024-05-03"), given)]));

  const reason = "Because.";
  assert.deepEqual(made.join, { kind: "join", occurrences: [ONE, OTHER], reason });
  assert.deepEqual(made.split, { kind: "split", occurrences: [ONE], events: ["evt_1"], reason });
  assert.deepEqual(made.hide, { kind: "hide", occurrences: [ONE], reason });
  assert.deepEqual(made.note, { kind: "note", occurrences: [ONE], reason });
  assert.deepEqual(made.correct, { kind: "correct", occurrences: [ONE], title: "Hall burns down", date: "2024", reason });
  for (const kind of KINDS) assert.equal(lacks(made[kind]).size, 0, kind);
});

test("of a pasted address the occurrence is taken, and other words as they are", () => {
  const join = (other) => decisionOf("join", occurrence(ONE, "2024"), { ...NOTHING, other }).occurrences[1];

  assert.equal(join(`https://api.example/#in=news&occurrence=${OTHER}&see=2024-01-01..2024-02-01`), OTHER);
  assert.equal(join(` ${OTHER} `), OTHER);
  assert.equal(join("that one"), "that one");
});

test("an empty form lacks a reason and what its kind is about", () => {
  const about = { join: "other", split: "events", correct: "" };
  for (const kind of KINDS) {
    const lacking = [...lacks(decisionOf(kind, occurrence(ONE, "2024"), NOTHING)).keys()];
    assert.deepEqual(lacking, kind in about ? [about[kind], "reason"] : ["reason"], kind);
  }
});

test("faults stand with the field that the API names, and no word of a refusal is lost", () => {
  const names = ["", "date", "reason"];
  const detail = "date: write it as EDTF: 2024; reason: too long; events.0: no; `join` names two";

  assert.deepEqual(Object.fromEntries(faultsOf(detail, names)), {
    date: "write it as EDTF: 2024",
    reason: "too long",
    "": "events.0: no; `join` names two",
  });
  assert.deepEqual([...faultsOf("There is none here.", names)], [["", "There is none here."]]);
});

test("a decision is followed when it is shown, an undone one when it is not, a split when its reports stand apart", () => {
  const told = (...events) => ({ ...occurrence(ONE, "2024"), told: events.map((id) => ({ event: { id } })) });
  const shown = { ...told("x"), edits: [{ id: "note-1" }] };

  assert.equal(isFollowed({ id: "note-1", kind: "note", events: [] }, shown), true);
  assert.equal(isFollowed({ id: "note-2", kind: "note", events: [] }, shown), false);
  assert.equal(isFollowed({ id: "note-1", kind: "undo", events: [] }, shown), false);
  assert.equal(isFollowed({ id: "note-2", kind: "undo", events: [] }, shown), true);
  const split = { id: "split-1", kind: "split", events: ["x", "y"] };
  assert.equal(isFollowed(split, told("x", "y", "z")), false);
  assert.equal(isFollowed(split, told("y", "z")), false);
  assert.equal(isFollowed(split, told("z")), true);
  assert.equal(isFollowed(split, told("x", "y")), true);
});

test("the nearest in time come first, open ends among them, and never the occurrence itself", () => {
  const one = occurrence(ONE, "2024-05-03");
  const rows = [
    one,
    occurrence("far", "2020-01-01"),
    occurrence("next", "2024-05-05"),
    occurrence("open", "2004-01-01", null),
    occurrence("before", "2024-04-30"),
    { id: "evt_1", when: one.when },
  ];

  assert.deepEqual(nearest(one, rows, 3).map(({ id }) => id), ["open", "next", "before"]);
  assert.deepEqual(nearest(one, rows, 9).map(({ id }) => id), ["open", "next", "before", "far"]);
});
