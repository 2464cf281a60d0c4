/** The drawing of an exported page. Its rows lie in the page, and the list below it holds the same and their quotes. */

import { listen as listenToBubble, open as openBubble } from "../page/bubble.js";
import { byId } from "../page/dom.js";
import { showKey } from "../page/key.js";
import { definitions } from "../page/marks.js";
import { Timeline } from "../page/timeline.js";

const ZOOM_STEP = 1.5;

/** @type {import("../page/api.js").Row[]} */
const rows = JSON.parse(byId("rows", HTMLScriptElement).text);

document.body.append(definitions());
byId("drawn", HTMLElement).hidden = rows.length === 0;
showKey();
listenToBubble();

const timeline = new Timeline(byId("drawing", HTMLElement), {
  moved: () => {},
  opened: (id) => {
    location.hash = id;
  },
  grouped: (members, x, zoom) => openBubble(members, x, ({ id }) => `#${id}`, zoom),
  said: (words) => {
    byId("said", HTMLElement).textContent = words;
  },
});
timeline.show(rows, "", {});
timeline.look(null);

const select = () => timeline.select(location.hash.slice(1));
addEventListener("hashchange", select);
if (location.hash) select();
byId("zoom-in", HTMLButtonElement).addEventListener("click", () => timeline.zoom(1 / ZOOM_STEP));
byId("zoom-out", HTMLButtonElement).addEventListener("click", () => timeline.zoom(ZOOM_STEP));
byId("zoom-all", HTMLButtonElement).addEventListener("click", () => timeline.all());
