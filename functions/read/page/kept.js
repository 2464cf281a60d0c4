/** What this browser keeps for the reader. Where storage is blocked or full nothing is kept, and nothing else is harmed. */

/**
 * @param {string} name
 * @returns {string | null}
 */
export function kept(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/**
 * @param {string} name
 * @param {string} text
 */
export function keep(name, text) {
  try {
    localStorage.setItem(name, text);
  } catch {
    // Blocked, or full: then it is not kept.
  }
}
