/** Dark or light: as the system has it, unless the reader chooses; the choice is kept in this browser. */

import { byId } from "./dom.js";
import { keep, kept } from "./kept.js";

const KEY = "dateline.theme";
const NEXT = /** @type {Record<string, string>} */ ({ auto: "light", light: "dark", dark: "auto" });
const SIGNS = /** @type {Record<string, string>} */ ({ auto: "◐", light: "○", dark: "●" });

/** Apply the choice, and let the button change it. */
export function startTheme() {
  const button = byId("theme", HTMLButtonElement);
  const apply = (/** @type {string} */ theme) => {
    if (theme === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    button.value = theme;
    button.textContent = SIGNS[theme] ?? "";
    button.setAttribute("aria-label", `Colours: ${theme}`);
    button.title = `Colours: ${theme === "auto" ? "as the system" : theme}`;
  };
  apply(kept(KEY) ?? "auto");
  button.addEventListener("click", () => {
    const theme = NEXT[button.value] ?? "auto";
    keep(KEY, theme);
    apply(theme);
  });
}
