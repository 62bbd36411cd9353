/** Results of a word cloud. */
import { drawCloud } from "../lib/cloud.js";

/**
 * @param {HTMLElement} root
 * @param {{words: import("../lib/cloud.js").Word[]}} results
 * @param {{reduced: boolean}} options
 */
export function draw(root, results, { reduced }) {
  drawCloud(root, results.words, reduced);
}
