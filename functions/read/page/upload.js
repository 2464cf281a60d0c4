/** The window in which files are uploaded: what was picked or dropped, what is said of it, and what becomes of each. */

import { stateText } from "./documents.js";
import { byId, el, foreign } from "./dom.js";
import { fromDrop, fromInput, MOST_FILES } from "./picked.js";
import { Uploading } from "./uploading.js";

/** @typedef {import("./api.js").Api} Api */
/** @typedef {import("./picked.js").Pick} Pick */
/** @typedef {import("./picked.js").Picked} Picked */
/** @typedef {import("./records.js").Document} DocumentRecord */
/** @typedef {import("./uploading.js").State} State */
/** @typedef {import("./uploading.js").Upload} Upload */
/**
 * @typedef {object} Surroundings
 * @property {() => string[]} collections that there are
 * @property {() => string} collection that is looked at; empty: none is
 * @property {(collection: string, id: string) => string} address of a document
 * @property {(collection: string) => void} renew what is shown, a collection having become another
 * @property {(words: string) => void} say something to those who do not see
 */
/** @typedef {{item: HTMLElement, bar: HTMLProgressElement, told: HTMLElement, acts: HTMLElement, state: State | ""}} Row */

/** Where what lies in no folder goes. */
const INBOX = "inbox";
const LONGEST_SOURCE = 200;
const KILOBYTE = 1e3;
const MEGABYTE = 1e6;

export class UploadWindow {
  /**
   * @param {Api} api
   * @param {Surroundings} around
   */
  constructor(api, around) {
    this.around = around;
    this.uploading = new Uploading(api, (upload) => this.#show(upload));
    /** @type {Picked[]} what was chosen and is not on its way yet */
    this.chosen = [];
    /** @type {DocumentRecord | null} the document that is to be replaced */
    this.target = null;
    /** @type {Map<Upload, Row>} */
    this.rows = new Map();
    this.opener = byId("upload", HTMLButtonElement);
    this.files = this.#input({ multiple: true });
    this.folder = this.#input({ webkitdirectory: true });
    this.heading = el("h2", {}, "Upload");
    this.collections = el("datalist", { id: "upload-collections" });
    this.collection = el("input", { list: "upload-collections", required: true, autocomplete: "off" });
    this.published = el("input", { type: "date" });
    this.source = el("input", { autocomplete: "off", maxlength: LONGEST_SOURCE });
    this.where = field("upload-collection", "Collection", this.collection, "A new name makes a new one.");
    this.pickFolder = el("button", { type: "button", click: () => this.folder.click() }, "Choose a folder…");
    this.picked = el("p", { class: "picked", role: "status" });
    this.start = el("button", { type: "submit", class: "act", disabled: true }, "Upload");
    this.summary = el("p", { class: "fine", role: "status" });
    this.stop = el("button", { type: "button", hidden: true, click: () => this.#stop() }, "Cancel all");
    this.replaceAll = el("button", { type: "button", hidden: true, click: () => this.#replaceAll() }, "Replace all");
    this.clear = el("button", { type: "button", hidden: true, click: () => this.#clear() }, "Clear the list");
    this.list = el("ul", { class: "uploads", "aria-label": "Uploads" });
    this.form = this.#form();
    this.window = el(
      "dialog",
      { id: "uploads", "aria-labelledby": "uploads-title", close: () => this.#closed() },
      el("button", { type: "button", class: "close", "aria-label": "Close", click: () => this.window.close() }, "×"),
      this.heading,
      this.form,
      el("div", { class: "decisions" }, this.summary, this.stop, this.replaceAll, this.clear),
      this.list,
    );
    this.heading.id = "uploads-title";
    // Escape closes this window, and nothing below it.
    this.window.addEventListener("keydown", (press) => press.key === "Escape" && press.stopPropagation());
    document.body.append(this.files, this.folder, this.window);
    this.opener.hidden = false;
    this.opener.addEventListener("click", () => this.open());
    this.#listen();
  }

  /**
   * @param {DocumentRecord | null} [target] the document that is to be replaced
   */
  open(target = null) {
    this.target = target;
    this.heading.replaceChildren(...(target ? ["Replace ", foreign(target.path)] : ["Upload"]));
    this.where.hidden = this.pickFolder.hidden = target !== null;
    this.files.multiple = target === null;
    this.collection.value = target?.collection ?? (this.collection.value || this.around.collection() || INBOX);
    this.collections.replaceChildren(...this.around.collections().map((value) => el("option", { value })));
    if (!this.window.open) this.window.showModal();
  }

  #closed() {
    if (this.target) this.#choose([]);
    this.target = null;
    this.collection.value = "";
  }

  #form() {
    const form = el(
      "form",
      { "aria-label": "Upload" },
      this.where,
      this.collections,
      field("upload-published", "Day of publication", this.published, "Optional: for files that do not say it. It counts for all of these."),
      field("upload-source", "Medium", this.source, "Optional: who published them, for all of these."),
      el(
        "div",
        { class: "decisions" },
        el("button", { type: "button", autofocus: true, click: () => this.files.click() }, "Choose files…"),
        this.pickFolder,
        el("span", { class: "fine" }, "or drop them anywhere on the page"),
      ),
      this.picked,
      el("div", { class: "decisions" }, this.start),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#upload();
    });
    return form;
  }

  /** @param {Record<string, boolean>} kind */
  #input(kind) {
    const input = el("input", { type: "file", hidden: true, ...kind });
    input.addEventListener("change", () => {
      this.#take(fromInput(input.files ?? []));
      // The same may be picked again.
      input.value = "";
    });
    return input;
  }

  #listen() {
    const over = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes("Files") ?? false;
    const mark = (/** @type {boolean} */ on) => document.documentElement.classList.toggle("dropping", on);
    addEventListener("dragover", (event) => {
      if (!over(event)) return;
      event.preventDefault();
      mark(true);
    });
    addEventListener("dragleave", (event) => event.relatedTarget === null && mark(false));
    addEventListener("drop", async (event) => {
      mark(false);
      if (!over(event) || !event.dataTransfer) return;
      event.preventDefault();
      const found = fromDrop(event.dataTransfer);
      if (!this.window.open) this.open();
      this.#take(await found);
    });
    addEventListener("beforeunload", (event) => {
      if (this.uploading.all.some(({ isCancellable }) => isCancellable)) event.preventDefault();
    });
  }

  /** @param {Pick} pick */
  #take({ files, hidden, more }) {
    const [first] = files;
    if (this.target) this.#choose(first ? [{ ...first, path: this.target.path }] : []);
    else this.#choose([...this.chosen, ...files].slice(0, MOST_FILES));
    if (hidden) this.picked.append(el("br"), `${counted(hidden, "hidden file")} left out`);
    if (more) this.picked.append(el("br"), `Only the first ${MOST_FILES.toLocaleString("en")} are taken: upload the others afterwards.`);
    this.start.focus();
  }

  /** @param {Picked[]} chosen */
  #choose(chosen) {
    this.chosen = chosen;
    const size = chosen.reduce((sum, { file }) => sum + file.size, 0);
    const [one] = chosen;
    this.picked.replaceChildren(
      ...(one ? [`${counted(chosen.length, "file")}, ${sizeText(size)}: `, foreign(one.path), chosen.length > 1 ? " and others" : ""] : []),
    );
    this.start.disabled = chosen.length === 0;
    this.start.textContent = chosen.length > 1 ? `Upload ${counted(chosen.length, "file")}` : "Upload";
  }

  #upload() {
    const about = { collection: this.collection.value.trim(), published: this.published.value, source: this.source.value.trim() };
    if (!about.collection || !this.chosen.length) return;
    const added = this.uploading.add(this.chosen, about, this.target?.id);
    this.#choose([]);
    this.#note();
    // The newest first, as documents are listed.
    const [row] = added.map((upload) => this.#row(upload).item);
    row?.focus();
  }

  #stop() {
    for (const upload of this.uploading.all) this.uploading.cancel(upload);
    this.heading.tabIndex = -1;
    this.heading.focus();
  }

  #replaceAll() {
    for (const upload of this.uploading.all) if (upload.state === "there") this.uploading.again(upload);
  }

  #clear() {
    this.uploading.clear();
    for (const [upload, { item }] of this.rows) {
      if (this.uploading.all.includes(upload)) continue;
      item.remove();
      this.rows.delete(upload);
    }
    this.#note();
  }

  /** @param {Upload} upload */
  #row(upload) {
    const there = this.rows.get(upload);
    if (there) return there;
    const bar = el("progress", { max: 1, value: 0, "aria-label": `${upload.path}: sent` });
    const told = el("span", { class: "told" });
    const acts = el("span", { class: "acts" });
    const item = el("li", { tabindex: -1 }, el("span", { class: "name" }, foreign(upload.path)), bar, told, acts);
    /** @type {Row} */
    const row = { item, bar, told, acts, state: "" };
    this.rows.set(upload, row);
    this.list.append(item);
    return row;
  }

  /** @param {Upload} upload */
  #show(upload) {
    const row = this.#row(upload);
    const { item, bar, told, acts } = row;
    bar.hidden = upload.state !== "sending";
    bar.value = upload.share;
    told.replaceChildren(...this.#told(upload));
    if (row.state === upload.state) return;
    row.state = upload.state;
    item.dataset.state = upload.state;
    const hadFocus = acts.contains(document.activeElement);
    acts.replaceChildren(...this.#acts(upload));
    if (hadFocus) item.focus();
    this.#note();
    if (!upload.isOpen && !this.uploading.all.some(({ isOpen }) => isOpen)) this.#finished(upload);
  }

  /** @param {Upload} upload the last one */
  #finished(upload) {
    this.around.say(this.#counts);
    if (upload.documentId) this.around.renew(upload.about.collection);
  }

  /** @param {Upload} upload @returns {(string | Node)[]} */
  #told({ state, share, line, reason, about, documentId }) {
    switch (state) {
      case "queued":
        return ["waits for its turn"];
      case "sending":
        return [`${Math.floor(share * 100)} %`];
      case "there":
        return ["A document of this name is there already."];
      case "waiting":
        return [line ? stateText(line) : "sent, and waits to be read"];
      case "done":
      case "left": {
        const words = line ? stateText(line) : "sent, and not read yet";
        return [el("a", { href: this.around.address(about.collection, documentId), click: () => this.window.close() }, words)];
      }
      case "rejected":
        return [line ? stateText(line) : state];
      case "cancelled":
        return ["cancelled"];
      default:
        return [reason];
    }
  }

  /** @param {Upload} upload @returns {HTMLElement[]} */
  #acts(upload) {
    const { path, state } = upload;
    const act = (/** @type {string} */ name, /** @type {() => void} */ click) =>
      el("button", { type: "button", "aria-label": `${name}: ${path}`, click }, name);
    if (upload.isCancellable) return [act("Cancel", () => this.uploading.cancel(upload))];
    if (state === "there") return [act("Replace it", () => this.uploading.again(upload))];
    if (state === "failed" || state === "cancelled") return [act("Try again", () => this.uploading.again(upload))];
    if (!upload.isUndated) return [];
    const day = el("input", { type: "date", required: true, "aria-label": `Day of publication of ${path}` });
    const give = el("form", { class: "day" }, "Its day of publication is not known.", day, el("button", { type: "submit" }, "Give it"));
    give.addEventListener("submit", (event) => {
      event.preventDefault();
      this.uploading.again(upload, { published: day.value });
    });
    return [give];
  }

  /** Say how far all of them are. */
  #note() {
    const { all } = this.uploading;
    const open = all.filter(({ isOpen }) => isOpen).length;
    this.summary.textContent = all.length ? this.#counts : "";
    this.stop.hidden = !all.some(({ isCancellable }) => isCancellable);
    this.replaceAll.hidden = all.filter(({ state }) => state === "there").length < 2;
    this.clear.hidden = all.length === open;
    this.opener.textContent = open ? `Upload ${all.length - open}/${all.length}` : "Upload";
  }

  /** @returns {string} such as `7 of 12 done, 1 rejected` */
  get #counts() {
    const { all } = this.uploading;
    const number = (/** @type {State[]} */ ...states) => all.filter(({ state }) => states.includes(state)).length;
    const others = [
      [number("rejected", "refused"), "rejected"],
      [number("failed"), "failed"],
      [number("cancelled"), "cancelled"],
      [number("there"), "there already"],
    ];
    return [`${number("done")} of ${all.length} done`, ...others.flatMap(([count, name]) => (count ? [`${count} ${name}`] : []))].join(", ");
  }
}

/**
 * @param {string} id
 * @param {string} label
 * @param {HTMLInputElement} input
 * @param {string} hint
 */
function field(id, label, input, hint) {
  input.id = id;
  input.setAttribute("aria-describedby", `${id}-hint`);
  return el("div", { class: "field" }, el("label", { for: id }, label), input, el("p", { class: "fine", id: `${id}-hint` }, hint));
}

/** @param {number} bytes */
function sizeText(bytes) {
  return bytes < MEGABYTE ? `${Math.ceil(bytes / KILOBYTE)} kB` : `${(bytes / MEGABYTE).toFixed(1)} MB`;
}

/**
 * @param {number} count
 * @param {string} noun
 */
function counted(count, noun) {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}
