/** Results of a quiz question that was answered in words: a bar for each answer, and once revealed what was right. */
import { make, setText } from "../lib/dom.js";
import { fill } from "../lib/words.js";
import { draw as drawBars } from "./choice.js";

/**
 * @param {HTMLElement} root
 * @param {import("./choice.js").Results & {more: number, accepted: string[]}} results
 * @param {import("./choice.js").Options} options
 */
export function draw(root, results, options) {
  let bars = /** @type {HTMLElement | null} */ (root.querySelector(":scope > .typed__bars"));
  let right = /** @type {HTMLElement | null} */ (root.querySelector(":scope > .typed__right"));
  if (!bars || !right) {
    right = make("p", "typed__right");
    right.dir = "auto";
    bars = make("div", "typed__bars");
    bars.toggleAttribute("data-fit", root.hasAttribute("data-fit"));
    root.classList.add("typed");
    root.replaceChildren(right, bars);
  }
  const [best] = results.accepted;
  right.hidden = !best;
  setText(right, best ? fill(options.words("quiz_type_right"), { answer: best }) : "");
  drawBars(bars, results, options);
}
