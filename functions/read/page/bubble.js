/** What a group of the drawing holds, as a list over it: for rows that have no room there however near one looks. */

import { byId, el, foreign } from "./dom.js";
import { shortened } from "./text.js";
import { datesTold } from "./told.js";

/** @typedef {import("./api.js").Row} Row */

const MOST_OF_A_TITLE = 160;
const EDGE_PX = 8;

/** Let the list close as readers expect: by Escape, by a click elsewhere, and once something of it is opened. */
export function listen() {
  const box = byId("bubble", HTMLElement);
  box.addEventListener("keydown", (press) => {
    if (press.key !== "Escape") return;
    press.preventDefault();
    close();
    byId("drawing", HTMLElement).focus();
  });
  box.addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || !event.target.closest("a, button")) return;
    close();
    // Who comes back from what is opened comes back to the drawing.
    byId("drawing", HTMLElement).focus();
  });
  document.addEventListener("pointerdown", (event) => {
    if (event.target instanceof Node && !box.contains(event.target)) close();
  });
}

/**
 * @param {Row[]} rows
 * @param {number} x where in the drawing, in pixels
 * @param {(row: Row) => string} address of a row's view
 * @param {(() => void) | null} zoom null: nothing nearer is to be seen
 */
export function open(rows, x, address, zoom) {
  const box = byId("bubble", HTMLElement);
  const words = `${rows.length.toLocaleString("en")} here`;
  box.replaceChildren(
    el("p", {}, words, " ", zoom && el("button", { type: "button", click: zoom }, "Zoom in")),
    el("ul", {}, ...rows.map((row) => el("li", {}, el("a", { href: address(row) }, ...line(row))))),
  );
  box.setAttribute("aria-label", words);
  box.hidden = false;
  const room = byId("drawing", HTMLElement).clientWidth - box.offsetWidth - EDGE_PX;
  box.style.left = `${Math.max(EDGE_PX, Math.min(x - box.offsetWidth / 2, room))}px`;
  box.querySelector("a")?.focus();
}

export function close() {
  byId("bubble", HTMLElement).hidden = true;
}

/** @param {Row} row */
function line(row) {
  return [
    el("span", { class: "date" }, datesTold(row).join(" · ")),
    " ",
    foreign(shortened(row.title, MOST_OF_A_TITLE), row.title_language),
  ];
}
