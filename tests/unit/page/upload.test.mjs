/** What is taken of what was picked, and what becomes of each file on its way. */

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import { ApiError } from "../../../functions/read/page/api.js";
import { fromInput, MOST_FILES } from "../../../functions/read/page/picked.js";
import { Uploading } from "../../../functions/read/page/uploading.js";

const ABOUT = { collection: "news", published: "", source: "" };
const BUCKET = "https://bucket.example";

/** @type {FakeRequest[]} what is being sent to the bucket */
let sent = [];

class FakeRequest extends EventTarget {
  upload = new EventTarget();
  status = 0;
  responseText = "";

  open(method, url) {
    this.asked = `${method} ${url}`;
  }

  send(body) {
    this.body = body;
    sent.push(this);
  }

  abort() {
    this.dispatchEvent(new Event("abort"));
  }

  answer(status, text = "") {
    this.status = status;
    this.responseText = text;
    this.dispatchEvent(new Event("load"));
  }
}

beforeEach(() => {
  sent = [];
  globalThis.XMLHttpRequest = FakeRequest;
});
afterEach(() => delete globalThis.XMLHttpRequest);

function file(name, webkitRelativePath = "") {
  return Object.defineProperty(new File(["Text."], name, { type: "text/plain" }), "webkitRelativePath", { value: webkitRelativePath });
}

/** An API that lets everything be uploaded and knows of no document, but for what a test says otherwise. */
function api(otherwise = {}) {
  const asked = [];
  const upload = async (_collection, wanted) => {
    asked.push(wanted);
    return { document_id: `doc_${wanted.path}`, form: { url: BUCKET, fields: { key: `drop/news/${wanted.path}` } } };
  };
  return { asked, upload, state: async () => null, document: async () => ({ run: null }), forget: () => {}, ...otherwise };
}

/** Wait until all that can be done now is done. */
async function settled() {
  for (let turns = 0; turns < 20; turns += 1) await null;
}

function started(names, fake = api()) {
  const uploading = new Uploading(fake, () => {});
  const uploads = uploading.add(names.map((name) => ({ file: file(name), path: name })), ABOUT);
  return { uploading, uploads };
}

const states = (uploads) => uploads.map(({ state }) => state);

test("hidden files are left out, folders stay, and a name is written in one way", () => {
  const files = [file("a.txt", "letters/a.txt"), file(".git", "letters/.git"), file("b", "letters/.x/b"), file("c~"), file("Thumbs.db"), file("gro\u0308\u00dfe.txt")];

  const { files: taken, hidden, more } = fromInput(files);

  assert.deepEqual(taken.map(({ path }) => path), ["letters/a.txt", "gr\u00f6\u00dfe.txt"]);
  assert.deepEqual([hidden, more], [4, false]);
});

test("no more are taken than are shown", () => {
  const { files, more } = fromInput(Array.from({ length: MOST_FILES + 1 }, (_, number) => file(`${number}.txt`)));

  assert.deepEqual([files.length, more], [MOST_FILES, true]);
});

test("a form is posted with its fields and the file, a few at a time", async () => {
  const { uploads } = started(["a", "b", "c", "d"]);
  await settled();

  assert.deepEqual(states(uploads), ["sending", "sending", "sending", "queued"]);
  assert.equal(sent[0].asked, `POST ${BUCKET}`);
  assert.deepEqual([...sent[0].body.keys()], ["key", "file"]);
  sent[0].upload.dispatchEvent(Object.assign(new Event("progress"), { loaded: 1, total: 4 }));
  assert.equal(uploads[0].share, 0.25);
  sent[1].answer(403, "<Error><Code>AccessDenied</Code></Error>");
  await settled();

  assert.deepEqual(states(uploads), ["sending", "failed", "sending", "sending"]);
  assert.match(uploads[1].reason, /AccessDenied/);
  for (const one of uploads) one.abort.abort();
});

test("what is said of all files is asked for with each, and nothing that is not said", async () => {
  const fake = api();
  const uploading = new Uploading(fake, () => {});
  const picked = { file: file("a"), path: "a" };
  uploading.add([picked], { ...ABOUT, published: "2024-05-24" });
  uploading.add([picked], ABOUT);
  await settled();

  const plain = { path: "a", size: 5, content_type: "text/plain" };
  assert.deepEqual(fake.asked, [{ ...plain, published: "2024-05-24" }, plain]);
});

test("what is called off is not sent, and can be sent again", async () => {
  const { uploading, uploads } = started(["a", "b", "c", "d"]);
  await settled();
  uploading.cancel(uploads[0]);
  uploading.cancel(uploads[3]);
  await settled();

  assert.deepEqual(states(uploads), ["cancelled", "sending", "sending", "cancelled"]);
  uploading.again(uploads[0]);
  await settled();
  assert.equal(uploads[0].state, "sending");
  assert.equal(sent.length, 4);
});

test("what is there is replaced only when the reader says so", async () => {
  const fake = api({ state: async () => ({ dropped: "2024-05-24T08:00:00Z" }) });
  const { uploading, uploads } = started(["a"], fake);
  await settled();
  assert.deepEqual([states(uploads), sent.length], [["there"], 0]);

  uploading.again(uploads[0]);
  await settled();

  assert.deepEqual([states(uploads), sent.length], [["sending"], 1]);
});

test("the API's reason is told without the name of its field, and is final", async () => {
  const upload = async () => {
    throw new ApiError(400, "size: an empty file says nothing");
  };
  const { uploads } = started(["a"], api({ upload }));
  await settled();

  assert.deepEqual([uploads[0].state, uploads[0].reason], ["refused", "an empty file says nothing"]);
});

test("a document that lies elsewhere is not mistaken for the one that is to be replaced", async () => {
  const uploading = new Uploading(api(), () => {});
  const [upload] = uploading.add([{ file: file("a"), path: "a" }], ABOUT, "doc_other");
  await settled();

  assert.equal(upload.state, "refused");
  assert.equal(sent.length, 0);
});

test("a sent file is waited for until its document is another than before, and says whether its day is known", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const lines = [null, null, { id: "doc_a", state: "waiting", dropped: "1" }, { id: "doc_a", state: "done", dropped: "1" }];
  const { uploads } = started(["a"], api({ state: async () => lines.shift() ?? null }));
  await settled();
  sent[0].answer(204);
  await settled();
  assert.equal(uploads[0].state, "waiting");

  for (const seen of ["waiting", "waiting", "done"]) {
    context.mock.timers.tick(2000);
    await settled();
    assert.equal(uploads[0].state, seen);
  }
  assert.equal(uploads[0].isUndated, true);
});
