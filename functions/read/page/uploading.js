/** Uploading files: a few at a time, each by a form of its own, and then looking what becomes of its document. */

import { ApiError } from "./api.js";
import { SignInError } from "./signin.js";

/** @typedef {import("./api.js").Api} Api */
/** @typedef {import("./picked.js").Picked} Picked */
/** @typedef {import("./records.js").DocumentLine} DocumentLine */
/** @typedef {import("./records.js").UploadForm} UploadForm */
/** @typedef {Pick<import("./records.js").NewUpload, "published" | "source"> & {collection: string}} About what is said of all files of an upload */
/**
 * What an upload has come to. `there`: another document has its path. `waiting`: the bucket has the file, and it is
 * being read. `left`: it was looked for long enough. `refused` will be refused again; `failed` may not.
 * @typedef {"queued" | "sending" | "there" | "waiting" | "left" | "done" | "rejected" | "refused" | "failed" | "cancelled"} State
 */

/** Most browsers open six connections to a host; the reader goes on reading meanwhile. */
const AT_ONCE = 3;
const LOOK_MS = 1500;
/** So many are looked at each time: with hundreds that wait, others may read, too. */
const LOOKED_AT = 10;
/** A document that takes longer waits for something: its own state says for what. */
const LONGEST_LOOK_MS = 10 * 60_000;
const TRIES = 4;
const BUSY = [429, 503];
const PAUSE_MS = 1000;
const ELSEWHERE = "This document lies outside the folders of collections: replace it in the bucket.";
const CHANGED = new Set(["EntityTooLarge", "EntityTooSmall"]);

/** The bucket does not take the file. Its message can be shown as it is. */
class SendError extends Error {}

/** One file on its way. */
export class Upload {
  /**
   * @param {Picked} picked
   * @param {About} about
   */
  constructor({ file, path }, about) {
    this.file = file;
    this.path = path;
    this.about = about;
    /** @type {State} */
    this.state = "queued";
    /** How much of it has been sent, from 0 to 1. */
    this.share = 0;
    /** Why it was refused, or failed. */
    this.reason = "";
    /** Whether it may take the place of a document that has its path. */
    this.replaces = false;
    /** The document whose place it is to take; empty: whichever has its path. */
    this.target = "";
    this.documentId = "";
    /** @type {DocumentLine | null} the document, as it was seen last after the upload */
    this.line = null;
    /** Whether the document is done, and nothing tells its day of publication. */
    this.isUndated = false;
    /** When what lay there before was dropped: S3 tells the seconds, and looking takes longer. */
    this.before = "";
    this.abort = new AbortController();
    /** When it was sent, and last looked at, in ms of the page's clock. */
    this.sent = 0;
    this.looked = 0;
  }

  /** Whether it can still be called off. */
  get isCancellable() {
    return this.state === "queued" || this.state === "sending";
  }

  /** Whether something is still to come of it without the reader. */
  get isOpen() {
    return this.isCancellable || this.state === "waiting";
  }
}

export class Uploading {
  /**
   * @param {Api} api
   * @param {(upload: Upload) => void} changed told when an upload has become something else
   */
  constructor(api, changed) {
    this.api = api;
    this.changed = changed;
    /** @type {Upload[]} */
    this.all = [];
    this.running = 0;
    this.looking = 0;
  }

  /**
   * @param {Picked[]} files
   * @param {About} about
   * @param {string} [target] id of the document that the one file replaces
   * @returns {Upload[]}
   */
  add(files, about, target = "") {
    const added = files.map((picked) => new Upload(picked, about));
    for (const upload of added) {
      upload.replaces = target !== "";
      upload.target = target;
    }
    this.all.push(...added);
    this.#go();
    return added;
  }

  /** Forget the uploads of which nothing is to come any more. */
  clear() {
    this.all = this.all.filter(({ isOpen }) => isOpen);
  }

  /** @param {Upload} upload */
  cancel(upload) {
    if (!upload.isCancellable) return;
    upload.abort.abort();
    this.#become(upload, "cancelled");
  }

  /**
   * Upload a file once more: after a failure, over the document that is there, or with what is now known of it.
   * @param {Upload} upload
   * @param {Partial<About>} [about]
   */
  again(upload, about = {}) {
    upload.replaces ||= upload.state === "there" || upload.state === "done";
    upload.about = { ...upload.about, ...about };
    upload.abort = new AbortController();
    upload.share = 0;
    upload.line = null;
    upload.isUndated = false;
    this.#become(upload, "queued");
    this.#go();
  }

  #go() {
    for (const upload of this.all) {
      if (this.running >= AT_ONCE) return;
      if (upload.state !== "queued") continue;
      this.running += 1;
      this.#become(upload, "sending");
      this.#send(upload).finally(() => {
        this.running -= 1;
        this.#go();
      });
    }
  }

  /** @param {Upload} upload */
  async #send(upload) {
    const { signal } = upload.abort;
    try {
      const { document_id: id, form } = await patiently(() => this.api.upload(upload.about.collection, wanted(upload), signal), signal);
      if (upload.target && id !== upload.target) {
        upload.reason = ELSEWHERE;
        return this.#become(upload, "refused");
      }
      upload.documentId = id;
      const there = await patiently(() => this.api.state(placeOf(upload), signal), signal);
      if (there && !upload.replaces) return this.#become(upload, "there");
      upload.before = there?.dropped ?? "";
      await send(form, upload.file, signal, (share) => {
        upload.share = share;
        this.changed(upload);
      });
    } catch (error) {
      if (signal.aborted) return undefined;
      return this.#fail(upload, error);
    }
    this.api.forget(upload.documentId);
    upload.sent = performance.now();
    this.#become(upload, "waiting");
    return this.#watch();
  }

  /**
   * @param {Upload} upload
   * @param {unknown} error
   */
  #fail(upload, error) {
    if (!(error instanceof ApiError || error instanceof SignInError || error instanceof SendError)) throw error;
    // What the API says of a field begins with its name, which is none that the reader knows.
    upload.reason = error.message.replace(/^\w+: /, "");
    const isRefused = error instanceof ApiError && [400, 403, 404].includes(error.status);
    this.#become(upload, isRefused ? "refused" : "failed");
  }

  #watch() {
    if (this.looking) return;
    this.looking = setTimeout(async () => {
      const waiting = this.all.filter(({ state }) => state === "waiting").sort((one, other) => one.looked - other.looked);
      try {
        await Promise.all(waiting.slice(0, LOOKED_AT).map((upload) => this.#look(upload)));
      } finally {
        this.looking = 0;
        if (this.all.some(({ state }) => state === "waiting")) this.#watch();
      }
    }, LOOK_MS);
  }

  /** @param {Upload} upload */
  async #look(upload) {
    upload.looked = performance.now();
    try {
      const line = await this.api.state(placeOf(upload));
      if (line && line.dropped !== upload.before) {
        upload.line = line;
        this.api.forget(line.id);
        if (line.state === "done") upload.isUndated = !(await this.api.document(line.id)).run?.published;
        if (line.state !== "waiting") return this.#become(upload, line.state === "done" ? "done" : "rejected");
      }
    } catch (error) {
      // It is looked at again.
      if (!(error instanceof ApiError)) throw error;
    }
    if (performance.now() - upload.sent > LONGEST_LOOK_MS) return this.#become(upload, "left");
    return this.changed(upload);
  }

  /**
   * @param {Upload} upload
   * @param {State} state
   */
  #become(upload, state) {
    upload.state = state;
    this.changed(upload);
  }
}

/** @param {Upload} upload */
function placeOf({ about: { collection }, path, documentId: id }) {
  return { collection, path, id };
}

/**
 * @param {Upload} upload
 * @returns {import("./records.js").NewUpload}
 */
function wanted({ path, file, about: { published, source } }) {
  const type = file.type || "application/octet-stream";
  return { path, size: file.size, content_type: type, ...(published && { published }), ...(source && { source }) };
}

/**
 * Ask, and ask again while the service is busy.
 * @template Answer
 * @param {() => Promise<Answer>} ask
 * @param {AbortSignal} signal
 * @returns {Promise<Answer>}
 */
async function patiently(ask, signal) {
  for (let tries = 1; ; tries += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof ApiError) || !BUSY.includes(error.status) || tries === TRIES || signal.aborted) throw error;
      await new Promise((resume) => setTimeout(resume, PAUSE_MS * tries));
    }
  }
}

/**
 * Post a file by its form. `fetch` does not tell how much of it has been sent.
 * @param {UploadForm} form
 * @param {File} file
 * @param {AbortSignal} signal
 * @param {(share: number) => void} progress
 * @returns {Promise<void>}
 */
function send({ url, fields }, file, signal, progress) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  body.append("file", file);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const fail = (/** @type {string} */ words) => () => reject(new SendError(words));
    request.upload.addEventListener("progress", ({ loaded, total }) => progress(total ? loaded / total : 0));
    request.addEventListener("load", () => (request.status < 300 ? resolve() : reject(new SendError(refusal(request)))));
    request.addEventListener("error", fail("The file could not be sent. Is it still there, and are you online?"));
    request.addEventListener("abort", fail("cancelled"));
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.open("POST", url);
    request.send(body);
  });
}

/** @param {XMLHttpRequest} request */
function refusal({ status, responseText }) {
  const code = /<Code>(\w+)<\/Code>/.exec(responseText)?.[1] ?? `status ${status}`;
  if (CHANGED.has(code)) return "The file has changed since it was picked: pick it again.";
  return `The bucket does not take it (${code}).`;
}
