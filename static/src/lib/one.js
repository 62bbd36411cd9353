/**
 * One answer, as large as its box allows; below it, which it is of how many, and for whoever presents the way to the others.
 *
 * The buttons say with `data-text-act` what they are for: presenter/answers.js makes commands of them, so that every screen
 * goes along.
 *
 * @typedef {{id: string, text: string, place: number, of: number, votes?: number | null}} Apart
 * @typedef {{words: (key: string, params?: Record<string, string | number>) => string, presents?: boolean,
 *   reduced: boolean}} Options
 */
import { make, onResize, setText } from "./dom.js";
import { shrink } from "./fit.js";
import { appear } from "./motion.js";
import { createTurner } from "./turner.js";
import { createVotes, showVotes } from "./wall.js";

/** How large a short answer may be, in units of the smallest readable text. */
const LARGEST = "3.4";

/** @typedef {{box: HTMLElement, text: HTMLElement, words: HTMLElement, turner: import("./turner.js").Turner, shown: string}} One */

/** @type {WeakMap<HTMLElement, One>} */
const ones = new WeakMap();

/**
 * @param {HTMLElement} root
 * @param {Apart | null} apart null while there is none to show
 * @param {Options} options
 * @param {boolean} [closes] whether it lies over others and can be closed
 */
export function drawOne(root, apart, options, closes = false) {
  const one = ones.get(root) ?? open(root, options, closes);
  one.box.hidden = one.turner.element.hidden = !apart;
  if (!apart) {
    one.shown = "";
    return;
  }
  one.turner.say(options.words("open_text_place", { place: apart.place, total: apart.of }));
  showVotes(one.text, apart.votes, options.words);
  const isOther = one.shown !== apart.id;
  if (isOther || one.words.textContent !== apart.text) {
    one.shown = apart.id;
    setText(one.words, apart.text);
    shrink(one.box);
    if (isOther) {
      appear(one.words, options.reduced);
    }
  }
}

/**
 * @param {HTMLElement} root
 * @param {Options} options
 * @param {boolean} closes
 * @returns {One}
 */
function open(root, { words: say, presents }, closes) {
  const words = make("p", "one__words");
  words.dir = "auto";
  const text = make("div", "one__text", words, createVotes());
  text.dataset.shrink = "";
  text.dataset.largest = LARGEST;
  const box = make("div", "one", text);
  /** @type {("previous" | "next" | "close")[]} */
  const names = closes ? ["previous", "next", "close"] : ["previous", "next"];
  const turner = createTurner(presents ? names.map((name) => ({ name, label: say(`open_text_${name}`), act: null })) : []);
  root.append(box, turner.element);
  const one = { box, text, words, turner, shown: "" };
  ones.set(root, one);
  onResize(root, () => shrink(box));
  return one;
}
