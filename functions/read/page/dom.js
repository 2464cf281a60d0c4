/** Making elements. Text goes in as text nodes only: nothing that is handed over here is ever read as markup. */

const SVG = "http://www.w3.org/2000/svg";

/** @typedef {string | Node | null | undefined | false} Child */
/** @typedef {Record<string, string | number | boolean | null | undefined | ((event: any) => void)>} Attributes */

/**
 * Make an HTML element. A function among the attributes listens to the event of that name.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} [attributes]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  dress(element, attributes, children);
  return element;
}

/**
 * Make an SVG element.
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} [attributes]
 * @param {...Child} children
 * @returns {SVGElementTagNameMap[Tag]}
 */
export function svg(tag, attributes = {}, ...children) {
  const element = /** @type {SVGElementTagNameMap[Tag]} */ (document.createElementNS(SVG, tag));
  dress(element, attributes, children);
  return element;
}

/**
 * Wrap words of a document or a model: isolated, so that direction characters in them turn nothing around them.
 * @param {string} text
 * @param {string | null} [language] BCP 47, for the voice and the hyphens
 * @returns {HTMLElement}
 */
export function foreign(text, language) {
  return el("bdi", { lang: language || null }, text);
}

/**
 * Show where a text would turn its letters round (an override, U+202D or U+202E) instead of doing so. Its length stays.
 * @param {string} text
 * @returns {string}
 */
export function upright(text) {
  return text.replace(/[\u202d\u202e]/g, "\ufffd");
}

/**
 * Find the element of our own page that has an id.
 * @template {HTMLElement} Kind
 * @param {string} id
 * @param {new () => Kind} kind
 * @returns {Kind}
 */
export function byId(id, kind) {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new TypeError(`the page has no ${kind.name} #${id}`);
  return element;
}

/**
 * @param {Element} element
 * @param {Attributes} attributes
 * @param {Child[]} children
 */
function dress(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, String(value));
  }
  const there = children.filter((child) => child !== null && child !== undefined && child !== false);
  element.append(...there.map((child) => (typeof child === "string" ? upright(child) : child)));
}

/**
 * Put separators between parts: as text, so that they are also heard and copied.
 * @param {HTMLElement[]} parts
 */
export function separated(parts) {
  return parts.flatMap((part, index) => (index ? [" · ", part] : [part]));
}
