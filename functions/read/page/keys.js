/** Single keys that work anywhere on the page, unless somebody types, or has switched them off in this browser. */

import { byId } from "./dom.js";
import { keep, kept } from "./kept.js";

const KEY = "dateline.keys";

/** @param {Readonly<Record<string, () => void>>} acts by key */
export function listenToKeys(acts) {
  const box = byId("keys", HTMLInputElement);
  box.checked = kept(KEY) !== "off";
  box.addEventListener("change", () => keep(KEY, box.checked ? "on" : "off"));
  document.addEventListener("keydown", (press) => {
    if (press.defaultPrevented || press.ctrlKey || press.metaKey || press.altKey || !box.checked) return;
    if (press.target instanceof Element && press.target.closest("input, select, textarea, dialog")) return;
    const act = acts[press.key];
    if (!act) return;
    press.preventDefault();
    act();
  });
}
