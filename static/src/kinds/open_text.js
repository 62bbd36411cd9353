/**
 * Results of an open text: its answers on a wall, one at a time, in a band that moves, or as a cloud of their words.
 *
 * What moves or shows a part at a time is for screens: elsewhere (phones, results pages) and where rounds stand side by
 * side, all answers are cards.
 */
import { drawCloud } from "../lib/cloud.js";
import { drawOne } from "../lib/one.js";
import { drawTicker } from "../lib/ticker.js";
import { drawWall } from "../lib/wall.js";

/**
 * @typedef {"cards" | "bubbles" | "grid" | "one" | "ticker" | "cloud"} Display
 * @typedef {{display: Display, texts?: import("../lib/wall.js").Text[], words?: import("../lib/cloud.js").Word[]}} Results
 * @typedef {import("../lib/wall.js").Options & {locale: string, beside?: boolean, text?: import("../lib/one.js").Apart | null}}
 *   Options `beside`: it is one of several pictures on the screen; `text`: the answer that stands apart, where that is known
 */

/**
 * @param {HTMLElement} root another one for each display
 * @param {Results} results
 * @param {Options} options
 */
export function draw(root, { display, texts = [], words = [] }, options) {
  const alone = root.hasAttribute("data-fit") && !options.beside;
  if (display === "cloud") {
    drawCloud(root, words, options.reduced);
  } else if (display === "ticker" && alone) {
    drawTicker(root, texts, options);
  } else if (display === "one" && alone) {
    drawOne(root, options.text === undefined ? firstOf(texts) : options.text, options);
  } else {
    drawWall(root, texts, display === "ticker" || display === "one" ? "cards" : display, options);
  }
}

/**
 * What stands for the others in a preview.
 * @param {readonly import("../lib/wall.js").Text[]} texts
 * @returns {import("../lib/one.js").Apart | null}
 */
function firstOf(texts) {
  return texts.length ? { ...texts[0], place: 1, of: texts.length } : null;
}
