/**
 * What people wrote beside the options of a choice: under the chart, the most frequent first, and how much more there is.
 * On a screen it takes a small part of the height, so that it never crowds out the chart.
 */
import { keyed, make, onResize, setText } from "./dom.js";
import { fill, numberFormat } from "./words.js";

/**
 * @typedef {{words: {key: string, word: string, count: number}[], distinct: number}} Written
 * @typedef {{locale: string, words: (key: string) => string, veiled?: boolean}} Options
 */

/** The part of a screen's chart that it may take, and how much is shown where there is no such limit. */
const PART = 0.24;
const MOST = 8;

/** @type {WeakMap<HTMLElement, string>} */
const fitted = new WeakMap();
/** @type {WeakMap<HTMLElement, () => void>} how each is fitted to what was last drawn */
const fits = new WeakMap();

/**
 * Return the element in which the chart is to be drawn, with what was written below it.
 * @param {HTMLElement} root
 * @param {{label: string, written: Written | null | undefined}} found what "Other" is called, and what was written there
 * @param {Options} options
 * @returns {HTMLElement}
 */
export function withWritten(root, { label, written }, options) {
  let parts = /** @type {HTMLElement | null} */ (root.querySelector(":scope > .own-answers"));
  if (!written) {
    parts?.remove();
    return root;
  }
  if (!parts) {
    const main = make("div", "own-answers__chart");
    const list = make("ul", "written__list");
    const strip = make("div", "written", make("p", "written__head"), list);
    if (root.hasAttribute("data-fit")) {
      main.dataset.fit = "";
      // On a screen the same stands in the table.
      strip.setAttribute("aria-hidden", "true");
    }
    parts = make("div", "own-answers", main, strip);
    root.replaceChildren(parts);
    onResize(root, () => fits.get(strip)?.());
  }
  const [main, strip] = /** @type {HTMLElement[]} */ ([...parts.children]);
  const [head, list] = /** @type {HTMLElement[]} */ ([...strip.children]);
  setText(head, label);
  head.dir = "auto";
  strip.hidden = Boolean(options.veiled) || !written.words.length;
  const format = numberFormat(options.locale);
  keyed(
    list,
    [...written.words, null],
    // No folded word begins with a space.
    (word) => word?.key ?? " more",
    (word) =>
      word
        ? make("li", "written__word", make("bdi", "written__text"), make("span", "written__count"))
        : make("li", "written__more"),
    (item, word) => {
      if (!word) return;
      const [text, times] = [...item.children];
      setText(text, word.word);
      setText(times, format.format(word.count));
    },
  );
  /** @param {number} left */
  const says = (left) => fill(options.words("choice_more"), { count: format.format(left) });
  fits.set(strip, () => fit(root, strip, written.distinct, says));
  fits.get(strip)?.();
  return main;
}

/**
 * Show as many as there is room for, and say how many more there are.
 * @param {HTMLElement} root
 * @param {HTMLElement} strip
 * @param {number} distinct
 * @param {(left: number) => string} says
 */
function fit(root, strip, distinct, says) {
  const list = /** @type {HTMLElement} */ (strip.lastElementChild);
  const items = /** @type {HTMLElement[]} */ ([...list.children]);
  const more = /** @type {HTMLElement} */ (items.pop());
  const fixed = root.hasAttribute("data-fit");
  const texts = items.map((item) => item.textContent);
  const signature = JSON.stringify([texts, distinct, strip.hidden, root.clientWidth, root.clientHeight]);
  if (strip.hidden || fitted.get(strip) === signature) return;
  fitted.set(strip, signature);
  for (const item of items) item.hidden = false;
  const room = fixed ? Math.max(items[0].offsetHeight, root.clientHeight * PART) : Infinity;
  for (let shown = fixed ? items.length : Math.min(MOST, items.length); shown >= 0; shown -= 1) {
    for (const item of items.slice(shown)) item.hidden = true;
    const left = distinct - shown;
    more.hidden = !left;
    setText(more, says(left));
    if (list.offsetHeight <= room + 1) break;
  }
}
