/** Results of points: a bar per item, as long as the part of a person's points it got on average. */
import { make, setText } from "../lib/dom.js";
import { draw as drawBars } from "./choice.js";

/**
 * @typedef {{id: string, label: string, average: number}} Item
 * @typedef {{total: number, items: Item[]}} Results
 * @typedef {{reduced: boolean, locale: string, words: (key: string, params?: Record<string, number>) => string,
 *   veiled?: boolean}} Options
 */

/** Results that name the items also while what they got is hidden. */
export const VEILS = true;

/**
 * @param {HTMLElement} root
 * @param {Results} results
 * @param {Options} options
 */
export function draw(root, results, options) {
  let bars = /** @type {HTMLElement | null} */ (root.querySelector(":scope > .points__bars"));
  if (!bars) {
    bars = make("div", "chart points__bars");
    if (root.hasAttribute("data-fit")) {
      bars.dataset.fit = "";
    }
    root.append(bars, make("p", "points__unit"));
  }
  const rows = results.items.map(({ id, label, average }) => ({
    id,
    label,
    count: Math.round(average * 10) / 10,
    share: average / results.total,
  }));
  drawBars(bars, { options: rows, unit: "count" }, options);
  setText(/** @type {Element} */ (bars.nextElementSibling), options.words("points_unit", { total: results.total }));
}
