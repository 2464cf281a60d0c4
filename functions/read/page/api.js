/** Asking the HTTP API. Addresses are relative to the page, so that it works wherever the API is served. */

/** @typedef {import("./records.js").Event} DatelineEvent */
/** @typedef {import("./records.js").Occurrence} Occurrence */
/** @typedef {import("./records.js").DocumentLine} DocumentLine */
/** @typedef {import("./records.js").Document} DocumentRecord */
/** @typedef {import("./records.js").DocumentText} SourceText */
/** @typedef {import("./signin.js").SignIn} SignIn */
/** @typedef {import("./records.js").PageConfig} Config */
/** @typedef {DatelineEvent | Occurrence} Row what a list by date holds */
/** @typedef {Record<string, import("./records.js").Source>} Sources documents by their ids */
/** @typedef {{documents: DocumentLine[], gone: string[], since: string}} Changes documents, ids of those that went, and from when on to ask next */
/** @typedef {{rows: Row[], sources: Sources, complete: boolean}} Rows `complete`: there are no more of them */

const PAGE = 200;
// A reader sees these while the others are on their way.
const FIRST_PAGE = 50;
/** A filtered page may be empty and still have a successor; so many are asked for before the reader is. */
const MOST_PAGES = 26;

const READER_ONLY = "You may read here, but not change this.";
const SIGNED =
  "This service answers signed requests only. Run `dateline page --stack NAME` and open the address that it shows.";

/** The API refused, or could not be reached (`status` 0). Its message can be shown as it is. */
export class ApiError extends Error {
  /**
   * @param {number} status
   * @param {string} detail
   */
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

/**
 * Read the public configuration of the page.
 * @returns {Promise<Config>}
 */
export async function readConfig() {
  return (await received("assets/config.json", {})).json();
}

export class Api {
  /**
   * @param {Config} config
   * @param {SignIn | null} signIn
   */
  constructor(config, signIn) {
    this.config = config;
    this.signIn = signIn;
    /** @type {Map<string, Promise<any>>} what does not change while the page is open */
    this.kept = new Map();
  }

  /** @returns {Promise<string[]>} names */
  async collections() {
    /** @type {AsyncIterable<import("./records.js").Collections>} */
    const pages = this.#pages("collections", []);
    const names = [];
    for await (const page of pages) names.push(...page.collections.map(({ name }) => name));
    return names;
  }

  /**
   * List a collection's documents, or what has become of them since.
   * @param {string} collection
   * @param {string} since what was named before; empty: all
   * @param {AbortSignal} signal
   * @returns {Promise<Changes>}
   */
  async following(collection, since, signal) {
    /** @type {[string, string][]} */
    const asked = since ? [["changed_since", since]] : [];
    /** @type {AsyncIterable<import("./records.js").Documents>} */
    const pages = this.#pages("documents", [["collection", collection], ...asked], signal);
    /** @type {Changes} */
    const found = { documents: [], gone: [], since };
    for await (const page of pages) {
      found.documents.push(...page.documents);
      found.gone.push(...page.gone);
      found.since = page.changed_since ?? found.since;
    }
    return found;
  }

  /** Whether asking would not lead away from the page, to the sign-in. */
  get mayAsk() {
    return this.signIn === null || this.signIn.token() !== null;
  }

  /** @param {string} id of a document that has become another */
  forget(id) {
    const path = `documents/${encodeURIComponent(id)}`;
    this.kept.delete(path);
    this.kept.delete(`${path}/text`);
  }

  /**
   * @param {string} collection
   * @param {[string, string][]} filters
   * @param {AbortSignal} signal
   * @param {(rows: Row[], sources: Sources) => void} progress told what there is so far
   * @returns {Promise<Rows>}
   */
  async occurrences(collection, filters, signal, progress) {
    return this.#rows(collectionOccurrences(collection), filters, signal, progress);
  }

  /**
   * @param {string} collection
   * @param {[string, string][]} filters
   * @param {AbortSignal} signal
   * @param {(rows: Row[], sources: Sources) => void} progress
   * @returns {Promise<Rows>}
   */
  async timeline(collection, filters, signal, progress) {
    return this.#rows(collectionTimeline(collection), filters, signal, progress);
  }

  /**
   * @param {string} id
   * @param {AbortSignal} signal
   * @param {(rows: Row[], sources: Sources) => void} progress
   * @returns {Promise<Rows>}
   */
  async documentTimeline(id, signal, progress) {
    return this.#rows(documentTimeline(id), [], signal, progress);
  }

  /**
   * @param {string} words
   * @param {string} collection empty: all
   * @param {string | null} cursor
   * @returns {Promise<import("./records.js").SearchPage>}
   */
  async search(words, collection, cursor) {
    /** @type {[string, string][]} */
    const within = collection ? [["collection", collection]] : [];
    return this.#json("search", [["q", words], ...within, ...next(cursor)]);
  }

  /** @param {string} id @returns {Promise<import("./records.js").OccurrenceInFull>} */
  async occurrence(id) {
    return this.#json(`occurrences/${encodeURIComponent(id)}`, []);
  }

  /** @param {string} id @returns {Promise<import("./records.js").EventInPlace>} */
  async event(id) {
    return this.#json(`events/${encodeURIComponent(id)}`, []);
  }

  /** @param {string} id @returns {Promise<DocumentRecord>} */
  async document(id) {
    return this.#once(`documents/${encodeURIComponent(id)}`);
  }

  /** @param {string} id @returns {Promise<SourceText>} */
  async text(id) {
    return this.#once(`documents/${encodeURIComponent(id)}/text`);
  }

  /**
   * @param {string} collection
   * @param {import("./records.js").NewDecision} decision
   * @returns {Promise<import("./records.js").Decided>}
   */
  async decide(collection, decision) {
    const headers = { "Content-Type": "application/json" };
    return (await this.#received(decisions(collection), { method: "POST", headers, body: JSON.stringify(decision) })).json();
  }

  /**
   * @param {string} collection
   * @param {string} id of a decision
   */
  async undo(collection, id) {
    await this.#received(`${decisions(collection)}/${encodeURIComponent(id)}`, { method: "DELETE" });
  }

  /**
   * Ask for leave to upload a file.
   * @param {string} collection
   * @param {import("./records.js").NewUpload} wanted
   * @param {AbortSignal} signal
   * @returns {Promise<import("./records.js").Upload>}
   */
  async upload(collection, wanted, signal) {
    const address = `collections/${segment(collection)}/uploads`;
    const headers = { "Content-Type": "application/json" };
    return (await this.#received(address, { method: "POST", headers, body: JSON.stringify(wanted), signal })).json();
  }

  /** @param {string} id of a document */
  async delete(id) {
    await this.#received(`documents/${encodeURIComponent(id)}`, { method: "DELETE" });
    this.forget(id);
  }

  /**
   * See what a document is now; null: there is none, or none yet.
   * @param {Pick<DocumentLine, "collection" | "path" | "id">} place
   * @param {AbortSignal} [signal]
   * @returns {Promise<DocumentLine | null>}
   */
  async state({ collection, path, id }, signal) {
    /** @type {import("./records.js").Documents} */
    const { documents } = await this.#json("documents", [["collection", collection], ["path", path]], signal);
    return documents.find((one) => one.id === id) ?? null;
  }

  /**
   * Have a link to a document's file signed.
   * @param {string} id
   * @returns {Promise<string>}
   */
  async original(id) {
    return (await this.#json(`documents/${encodeURIComponent(id)}/original`, [])).url;
  }

  /**
   * Fetch a file for the reader to keep, where a plain link could not carry the token.
   * @param {string} address
   * @returns {Promise<Blob>}
   */
  async file(address) {
    return (await this.#received(address)).blob();
  }

  /**
   * @param {string} path
   * @param {[string, string][]} filters
   * @param {AbortSignal} signal
   * @param {(rows: Row[], sources: Sources) => void} progress
   * @returns {Promise<Rows>}
   */
  async #rows(path, filters, signal, progress) {
    /** @type {AsyncIterable<import("./records.js").Timeline | import("./records.js").DocumentTimeline | import("./records.js").Occurrences>} */
    const asked = this.#pages(path, filters, signal, FIRST_PAGE);
    /** @type {Row[]} */
    const rows = [];
    /** @type {Sources} */
    const sources = {};
    let pages = 0;
    for await (const page of asked) {
      Object.assign(sources, "sources" in page ? page.sources : { [page.document_id]: page.source });
      rows.push(...("events" in page ? page.events : page.occurrences));
      pages += 1;
      if (!page.cursor) break;
      if (pages >= MOST_PAGES) return { rows, sources, complete: false };
      progress(rows, sources);
    }
    return { rows, sources, complete: true };
  }

  /**
   * @param {string} path
   * @param {[string, string][]} query
   * @param {AbortSignal} [signal]
   * @param {number} [limit] of the first page
   */
  async *#pages(path, query, signal, limit = PAGE) {
    let cursor = null;
    do {
      const page = await this.#json(path, [...query, ["limit", String(limit)], ...next(cursor)], signal);
      yield page;
      cursor = page.cursor;
      limit = PAGE;
    } while (cursor);
  }

  /**
   * @param {string} path
   * @returns {Promise<any>}
   */
  #once(path) {
    const asked = this.kept.get(path) ?? this.#json(path, []);
    this.kept.set(path, asked);
    asked.catch(() => this.kept.delete(path));
    return asked;
  }

  /**
   * @param {string} path
   * @param {[string, string][]} query
   * @param {AbortSignal} [signal]
   * @returns {Promise<any>}
   */
  async #json(path, query, signal) {
    const address = query.length ? `${path}?${new URLSearchParams(query)}` : path;
    return (await this.#received(address, signal ? { signal } : {})).json();
  }

  /**
   * @param {string} address
   * @param {RequestInit & {headers?: Record<string, string>}} [asking]
   */
  async #received(address, asking = {}) {
    const token = this.signIn?.token();
    const headers = { ...asking.headers, ...(token && { Authorization: `Bearer ${token}` }) };
    try {
      return await received(address, { ...asking, headers });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.status === 401 && this.signIn) await this.signIn.again();
      if (error.status === 403 && asking.method) throw new ApiError(403, READER_ONLY);
      if (error.status === 403 && this.config.sign_in === "iam") throw new ApiError(403, SIGNED);
      throw error;
    }
  }
}

/**
 * Write a name as a segment of a path, its question marks encoded twice: a gateway may cut the decoded path at one.
 * @param {string} name
 */
function segment(name) {
  return encodeURIComponent(name.replaceAll("?", "%3F"));
}

/**
 * @param {string} collection
 * @returns {string}
 */
export function collectionTimeline(collection) {
  return `collections/${segment(collection)}/timeline`;
}

/**
 * @param {string} collection
 * @returns {string}
 */
export function collectionOccurrences(collection) {
  return `collections/${segment(collection)}/occurrences`;
}

/** @param {string} collection */
function decisions(collection) {
  return `collections/${segment(collection)}/decisions`;
}

/**
 * @param {string} id
 * @returns {string}
 */
export function documentTimeline(id) {
  return `documents/${encodeURIComponent(id)}/timeline`;
}

/**
 * @param {string | null} cursor
 * @returns {[string, string][]}
 */
function next(cursor) {
  return cursor ? [["cursor", cursor]] : [];
}

/**
 * @param {string} address
 * @param {RequestInit} asking
 */
async function received(address, asking) {
  /** @type {Response} */
  let answer;
  try {
    answer = await fetch(address, asking);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError(0, "The service cannot be reached.");
  }
  if (!answer.ok) throw new ApiError(answer.status, await reason(answer));
  return answer;
}

/** @param {Response} answer */
async function reason(answer) {
  // A gateway in between says `message`, and not always in JSON.
  /** @type {Partial<import("./records.js").ProblemDetails> & {message?: string}} */
  const problem = await answer.json().catch(() => ({}));
  return problem.detail ?? problem.message ?? `The service answers with status ${answer.status}.`;
}
