/** Results of a grid: each item at its mean place, with an oval as wide and high as people are apart. */
import { keyed, make, onResize, setStyle, setText } from "../lib/dom.js";
import { numberFormat } from "../lib/words.js";

/**
 * @typedef {{name: string, low: string, high: string}} Axis
 * @typedef {{id: string, label: string, count: number, x: number | null, y: number | null, spread: [number, number] | null}} Item
 * @typedef {{axes: {x: Axis, y: Axis}, highest: number, items: Item[]}} Results
 * @typedef {{reduced: boolean, locale: string, veiled?: boolean}} Options `veiled`: name the items, not where they are
 */

/** Sizes of the list beside the plane that are tried, in units of the smallest readable text. */
const SIZES = [1.5, 1.35, 1.2, 1.1, 1, 0.92, 0.84, 0.76, 0.68, 0.6, 0.52, 0.45, 0.4];
const INKS = 8;
/** Marks nearer than this part of the plane are moved apart, so that each number can be read. */
const APART = 0.065;

/** Results that name the items also while their places are hidden. */
export const VEILS = true;

/**
 * @param {HTMLElement} root
 * @param {Results} results
 * @param {Options} options
 */
export function draw(root, results, { reduced, locale, veiled = false }) {
  let plane = /** @type {HTMLElement | null} */ (root.querySelector(".plane"));
  if (!plane) {
    plane = begin();
    root.append(plane);
    // On a screen the same figures stand beside it as a table.
    plane.setAttribute("aria-hidden", String(root.hasAttribute("data-fit")));
    onResize(root, () => fit(root));
  }
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (plane?.querySelector(`.plane__${name}`));
  const { x, y } = results.axes;
  for (const [name, text] of Object.entries({ "x-low": x.low, "x-name": x.name, "x-high": x.high, "y-low": y.low, "y-name": y.name, "y-high": y.high })) {
    setText(part(name), text);
  }
  plane.classList.toggle("plane--still", reduced);
  const format = numberFormat(locale);
  const numbered = results.items.map((item, index) => ({ ...item, number: index + 1 }));
  const placed = veiled ? [] : numbered.filter((item) => item.x !== null);
  const places = spreadOut(placed.map((item) => [Number(item.x) / results.highest, Number(item.y) / results.highest]));
  keyed(
    part("field"),
    placed.map((item, index) => ({ ...item, at: places[index] })),
    (item) => item.id,
    () => make("span", "plane__item", make("i", "plane__spread"), make("b", "plane__mark")),
    (element, item) => {
      const [spread, mark] = /** @type {HTMLElement[]} */ ([...element.children]);
      setStyle(element, "--x", String(item.at[0]));
      setStyle(element, "--y", String(item.at[1]));
      element.dataset.ink = String(((item.number - 1) % INKS) + 1);
      setText(mark, format.format(item.number));
      spread.hidden = !item.spread;
      // An oval reaches one standard deviation to each side.
      setStyle(spread, "--across", String((item.spread?.[0] ?? 0) / results.highest));
      setStyle(spread, "--up", String((item.spread?.[1] ?? 0) / results.highest));
    },
  );
  keyed(
    part("names"),
    numbered,
    (item) => item.id,
    () => make("li", "plane__name", make("b", "plane__mark"), make("span", "plane__label")),
    (element, item) => {
      const [mark, label] = /** @type {HTMLElement[]} */ ([...element.children]);
      element.dataset.ink = String(((item.number - 1) % INKS) + 1);
      setText(mark, format.format(item.number));
      setText(label, item.label);
      label.dir = "auto";
      element.classList.toggle("plane__name--none", !veiled && item.x === null);
    },
  );
  fit(root);
}

function begin() {
  const text = (/** @type {string} */ name) => {
    const element = make("span", `plane__text plane__${name}`);
    element.dir = "auto";
    return element;
  };
  const up = make("div", "plane__up", text("y-high"), text("y-name"), text("y-low"));
  const across = make("div", "plane__across", text("x-low"), text("x-name"), text("x-high"));
  const picture = make("div", "plane__picture", up, make("div", "plane__field"), across);
  picture.dir = "ltr";
  return make("div", "plane", picture, make("ol", "plane__names"));
}

/**
 * Move places that lie on each other apart, the same way each time.
 * @param {number[][]} places from 0 to 1
 */
function spreadOut(places) {
  const moved = places.map(([x, y]) => [x, y]);
  for (let round = 0; round < 12; round += 1) {
    for (let one = 0; one < moved.length; one += 1) {
      for (let other = 0; other < one; other += 1) {
        const [dx, dy] = [moved[one][0] - moved[other][0], moved[one][1] - moved[other][1]];
        const distance = Math.hypot(dx, dy);
        if (distance >= APART) continue;
        const angle = distance > 0.001 ? Math.atan2(dy, dx) : one * 2.4;
        const by = (APART - distance) / 2;
        moved[one] = [moved[one][0] + Math.cos(angle) * by, moved[one][1] + Math.sin(angle) * by];
        moved[other] = [moved[other][0] - Math.cos(angle) * by, moved[other][1] - Math.sin(angle) * by];
      }
    }
  }
  return moved.map((place) => place.map((part) => Math.min(1, Math.max(0, part))));
}

/**
 * In a box of fixed size (a screen), choose the largest list that shows every name.
 * @param {HTMLElement} root
 */
function fit(root) {
  const names = /** @type {HTMLElement | null} */ (root.querySelector(".plane__names"));
  if (!names || !root.hasAttribute("data-fit") || !root.clientHeight) {
    return;
  }
  const plane = /** @type {HTMLElement} */ (names.parentElement);
  const fits = (/** @type {number} */ size, /** @type {boolean} */ wordy) => {
    plane.classList.toggle("plane--wordy", wordy);
    names.style.setProperty("--size", String(size));
    return names.scrollHeight <= names.clientHeight + 1;
  };
  // Names as large as the back row needs, even beside a smaller picture; then smaller ones.
  const readable = SIZES.filter((size) => size >= 1);
  if (readable.some((size) => fits(size, false)) || readable.some((size) => fits(size, true))) {
    return;
  }
  SIZES.some((size) => fits(size, true));
}
