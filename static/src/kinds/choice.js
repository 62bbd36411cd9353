/**
 * Results of a choice: a bar or a row of dots per option, in the order of the options, each named and numbered beside
 * it; or a ring of slices. Below it stands what people wrote beside the options.
 */
import { keyed, make, onResize, setStyle, setText } from "../lib/dom.js";
import { showThumbnail } from "../lib/pictures.js";
import { drawRing } from "../lib/ring.js";
import { fill, numberFormat } from "../lib/words.js";
import { withWritten } from "../lib/written.js";

/**
 * @typedef {{id: string, label: string, count: number, share: number, correct?: boolean, picture?: string}} Option `correct`: once it is revealed
 * @typedef {{options: Option[], unit: "percent" | "count", display?: "bars" | "dots" | "donut" | "pie",
 *   written?: import("../lib/written.js").Written | null}} Results `written`: beside the options, under the last of them
 * @typedef {{reduced: boolean, locale: string, words: (key: string) => string, veiled?: boolean}} Options `veiled`: name the options, not what they got
 */

/** The longest bar ends at one of these shares, so that bars move for answers and seldom for the axis. */
const ENDS = [0.25, 0.5, 0.75, 1];
/**
 * What is tried in a box of fixed size, the most generous first: the size of a label in units of the smallest readable
 * text, columns, and bars that are bold or thin strokes under their labels.
 */
const TRIES = [
  ...[2, 1.8].map((size) => ({ size, columns: 1, bars: "bold" })),
  ...[2, 1.8, 1.6, 1.45, 1.3].flatMap((size) => [1, 2].map((columns) => ({ size, columns, bars: "plain" }))),
  ...[1.3, 1.15, 1].flatMap((size) => [1, 2, 3, 4].map((columns) => ({ size, columns, bars: "slim" }))),
];
/** Where whole labels do not fit at the smallest size for the back row, they move together; then they get smaller. */
const TIGHT = [1, 0.96, 0.92, 0.87, 0.82, 0.77, 0.72, 0.67, 0.62, 0.57, 0.52];
/** The narrowest column, in units of its own text. */
const NARROWEST = 19;
/** Fewer options than this stand in one column. */
const FEW = 7;
/** Lines a label may have when even that leaves no room. */
const LINES = [3, 2, 1];

/** The longest row of dots, and how many answers a dot may stand for so that it is not longer. */
const MOST_DOTS = 25;
const PER_DOT = [1, 2, 5];

/** @type {WeakMap<HTMLElement, string>} */
const fitted = new WeakMap();

/** Results that name the options also while what they got is hidden. */
export const VEILS = true;

/**
 * @param {HTMLElement} root
 * @param {Results} results
 * @param {Options} options
 */
export function draw(root, results, options) {
  const label = results.options.at(-1)?.label ?? "";
  drawOptions(withWritten(root, { label, written: results.written }, options), results, options);
}

/**
 * @param {HTMLElement} root
 * @param {Results} results
 * @param {Options} options
 */
function drawOptions(root, results, options) {
  if (results.display === "donut" || results.display === "pie") {
    drawRing(root, results, options);
    return;
  }
  const { reduced, locale, words, veiled = false } = options;
  const dotted = results.display === "dots";
  let list = /** @type {HTMLElement | null} */ (root.querySelector(":scope > .choice"));
  if (!list) {
    list = make("ol", "choice");
    root.replaceChildren(list);
    // On a screen the same figures stand beside it as a table.
    list.setAttribute("aria-hidden", String(root.hasAttribute("data-fit")));
    onResize(root, () => {
      fitted.delete(root);
      fit(root);
    });
  }
  const most = Math.max(0, ...results.options.map((option) => option.share));
  const end = ENDS.find((candidate) => most <= candidate) ?? most;
  const per = perDot(Math.max(0, ...results.options.map((option) => option.count)));
  const format = numberFormat(
    locale,
    results.unit === "percent" ? { style: "percent", maximumFractionDigits: 0 } : undefined,
  );
  const legend = dotted && per > 1 && !veiled ? [null] : [];

  list.classList.toggle("choice--still", reduced);
  list.classList.toggle("choice--dots", dotted);
  list.classList.toggle("choice--veiled", veiled);
  list.classList.toggle("choice--pictured", results.options.some(({ picture }) => picture));
  list.classList.toggle("choice--revealed", results.options.some(({ correct }) => correct));
  keyed(
    list,
    [...results.options, ...legend],
    (option) => option?.id ?? "#legend",
    (option) => (option ? rowOf() : make("li", "choice__legend")),
    (element, option) => {
      if (!option) {
        setText(element, fill(words("choice_dot"), { count: numberFormat(locale).format(per) }));
        return;
      }
      const [label, line] = /** @type {HTMLElement[]} */ ([...element.children]);
      const [track, tip] = /** @type {HTMLElement[]} */ ([...line.children]);
      const count = veiled ? 0 : option.count;
      element.classList.toggle("choice__option--correct", Boolean(option.correct));
      setText(label, option.label);
      label.dir = "auto";
      showThumbnail(element, option.picture, "choice__picture");
      setText(
        /** @type {Element} */ (tip.firstElementChild),
        veiled ? "" : format.format(results.unit === "percent" ? option.share : option.count),
      );
      if (dotted) {
        setStyle(line, "--part", String(Math.ceil(count / per) / MOST_DOTS));
        dot(track, count / per);
      } else {
        setStyle(line, "--part", String(veiled ? 0 : option.share / end));
        track.firstElementChild?.classList.toggle("choice__bar--none", count === 0);
      }
    },
  );
  fit(root);
}

/** The row of an option: its label, and under it the line of its bar or dots with the number at the end. */
function rowOf() {
  const track = make("span", "choice__track", make("span", "choice__bar"));
  const tip = make("span", "choice__tip", make("span", "choice__value"));
  return make("li", "choice__option", make("span", "choice__label"), make("span", "choice__line", track, tip));
}

/**
 * Return how many answers a dot stands for when this many are the most of an option: 1, 2, 5, 10, 20 and so on.
 * @param {number} most
 */
function perDot(most) {
  for (let tens = 1; ; tens *= 10) {
    const found = PER_DOT.find((per) => most <= per * tens * MOST_DOTS);
    if (found) {
      return found * tens;
    }
  }
}

/**
 * Put dots on a track, the last as large as the part of a dot that is left; a track keeps those it once had.
 * @param {HTMLElement} track
 * @param {number} dots
 */
function dot(track, dots) {
  if (track.firstElementChild?.className === "choice__bar") {
    track.replaceChildren();
  }
  const fresh = [];
  while (track.children.length < Math.ceil(dots)) {
    fresh.push(track.appendChild(make("span", "choice__dot")));
  }
  // Where they begin has to be known before they grow from there.
  fresh[0]?.getBoundingClientRect();
  for (const [place, one] of /** @type {HTMLElement[]} */ ([...track.children]).entries()) {
    // Of a dot that stands for several the area is what counts.
    setStyle(one, "--grown", Math.sqrt(Math.max(0, Math.min(1, dots - place))).toFixed(3));
  }
}

/**
 * In a box of fixed size (a screen), choose the largest text and the fewest columns with which everything shows.
 * @param {HTMLElement} root
 */
function fit(root) {
  const list = /** @type {HTMLElement | null} */ (root.querySelector(":scope > .choice"));
  if (!list || !root.hasAttribute("data-fit") || !root.clientHeight) {
    return;
  }
  const labels = [...list.children].map((row) => row.className + (row.firstElementChild ?? row).textContent + row.childElementCount);
  const signature = JSON.stringify([labels, root.clientWidth, root.clientHeight]);
  if (fitted.get(root) === signature) {
    return;
  }
  fitted.set(root, signature);
  const unit = unitOf(list);
  /** @param {{size: number, columns: number, bars: string}} one @param {number | "none"} lines */
  const fits = ({ size, columns, bars }, lines = "none") => {
    if (columns > 1 && (labels.length < FEW || root.clientWidth / columns < NARROWEST * size * unit)) {
      return false;
    }
    list.style.setProperty("--columns", String(columns));
    list.style.setProperty("--size", String(size));
    list.style.setProperty("--lines", String(lines));
    list.classList.toggle("choice--columns", columns > 1);
    list.classList.toggle("choice--bold", bars === "bold");
    list.classList.toggle("choice--slim", bars === "slim" || bars === "tight");
    list.classList.toggle("choice--tight", bars === "tight");
    list.classList.toggle("choice--clamped", lines !== "none");
    return list.scrollHeight <= root.clientHeight + 1;
  };
  // Whole labels, even if small; then labels cut after some lines (the table has them whole).
  const columns = Math.max(1, Math.min(2, Math.floor(root.clientWidth / (NARROWEST * unit))));
  const found =
    TRIES.some((one) => fits(one)) ||
    TIGHT.some((size) => [1, 2, 3, 4].some((count) => fits({ size, columns: count, bars: "tight" }))) ||
    LINES.some((lines) => fits({ size: 0.75, columns, bars: "tight" }, lines));
  for (let size = 0.7; !found && size > 0.3 && !fits({ size, columns, bars: "tight" }, 1); size -= 0.05);
}

/**
 * Return the size of the smallest text, in pixels.
 * @param {HTMLElement} list
 */
function unitOf(list) {
  list.style.setProperty("--size", "1");
  return parseFloat(getComputedStyle(list).fontSize);
}
