/** Files that were picked or dropped, each with the path that it gets; folders are walked, hidden files left out. */

/** @typedef {{file: File, path: string}} Picked */
/** @typedef {{files: Picked[], hidden: number, more: boolean}} Pick `more`: there were more than are taken at once */

/** Each is a row with a form of its own to be asked for; whoever has more has an S3 client. */
export const MOST_FILES = 2000;
/** A folder may be a whole disk. */
const MOST_LOOKED_AT = 10 * MOST_FILES;
/** What file managers leave in folders without showing it; the local stack's drop folder takes no hidden files either. */
const LEFT_BEHIND = new Set(["desktop.ini", "Thumbs.db"]);

/**
 * Take what was picked, a folder's files with the folder's own name before theirs.
 * @param {Iterable<File>} files
 * @returns {Pick}
 */
export function fromInput(files) {
  return chosen([...files].map((file) => ({ file, path: file.webkitRelativePath || file.name })));
}

/**
 * Take what was dropped, folders too.
 * @param {DataTransfer} transfer read before anything is waited for: it is empty afterwards
 * @returns {Promise<Pick>}
 */
export async function fromDrop(transfer) {
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  /** @type {Picked[]} */
  const found = [];
  for (const entry of entries) {
    for await (const picked of walk(entry, "")) {
      found.push(picked);
      if (found.length >= MOST_LOOKED_AT) return chosen(found);
    }
  }
  return chosen(found);
}

/**
 * @param {FileSystemEntry} entry
 * @param {string} folder
 * @returns {AsyncGenerator<Picked>}
 */
async function* walk(entry, folder) {
  const path = `${folder}${entry.name}`;
  if (isFile(entry)) {
    yield { file: await new Promise((resolve, reject) => entry.file(resolve, reject)), path };
    return;
  }
  const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
  // It tells of a hundred at a time.
  for (;;) {
    /** @type {FileSystemEntry[]} */
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return;
    for (const one of some) yield* walk(one, `${path}/`);
  }
}

/** @param {FileSystemEntry} entry @returns {entry is FileSystemFileEntry} */
function isFile(entry) {
  return entry.isFile;
}

/**
 * Choose what is a document. Names are composed as most systems write them: one name would be two documents otherwise.
 * @param {Picked[]} found
 * @returns {Pick}
 */
function chosen(found) {
  const shown = found.filter(({ path }) => !path.split("/").some(isHidden));
  const files = shown.slice(0, MOST_FILES).map(({ file, path }) => ({ file, path: path.normalize("NFC") }));
  return { files, hidden: found.length - shown.length, more: shown.length > MOST_FILES };
}

/** @param {string} name */
function isHidden(name) {
  return name.startsWith(".") || name.endsWith("~") || LEFT_BEHIND.has(name);
}
