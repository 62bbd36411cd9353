/** Shares as slices of a donut or pie: each is numbered beside it, and named in a list under the same number. */
import { keyed, make, onResize, setStyle, setText } from "./dom.js";
import { showThumbnail } from "./pictures.js";
import { numberFormat } from "./words.js";

/**
 * @typedef {{id: string, label: string, count: number, share: number, correct?: boolean, picture?: string}} Slice
 * @typedef {{display?: string, unit: "percent" | "count", options: Slice[]}} Shares
 * @typedef {{reduced: boolean, locale: string, veiled?: boolean}} Options
 */

const SVG = "http://www.w3.org/2000/svg";
/** Half the picture's width, in its own units; the ring reaches to 100, numbers stand around it. */
const HALF = 125;
/** Where the gaps of a donut begin: inside of it there is nothing to part. */
const HOLE = 57;
/** Colours that stay apart. */
const INKS = 8;
/** The least distance of two numbers around the ring, as a part of a turn. */
const APART = 0.045;
const SIZES = [2, 1.8, 1.6, 1.45, 1.3, 1.15, 1];
const LINES = [3, 2, 1];
/** Narrower than this, in units of its text, the list stands under the ring. */
const NARROW = 30;

/** @type {WeakMap<HTMLElement, string>} */
const fitted = new WeakMap();

/**
 * @param {HTMLElement} root
 * @param {Shares} shares
 * @param {Options} options
 */
export function drawRing(root, { display, unit, options: slices }, { reduced, locale, veiled = false }) {
  let box = /** @type {HTMLElement | null} */ (root.querySelector(":scope > .ring"));
  if (!box) {
    box = make("div", "ring");
    box.setAttribute("aria-hidden", String(root.hasAttribute("data-fit")));
    const picture = shape("svg", "ring__picture");
    picture.setAttribute("viewBox", `${-HALF} ${-HALF} ${2 * HALF} ${2 * HALF}`);
    picture.setAttribute("aria-hidden", "true");
    picture.append(shape("circle", "ring__ground"), shape("g", "ring__slices"), shape("g", "ring__edges"), shape("g", "ring__numbers"));
    box.append(picture, make("ol", "ring__list"));
    root.replaceChildren(box);
    onResize(root, () => {
      fitted.delete(root);
      fit(root);
    });
  }
  const [picture, list] = [...box.children];
  const [, arcs, edges, numbers] = [...picture.children];
  const whole = numberFormat(locale);
  const format = unit === "percent" ? numberFormat(locale, { style: "percent", maximumFractionDigits: 0 }) : whole;
  box.classList.toggle("ring--still", reduced);
  box.classList.toggle("ring--veiled", veiled);
  box.classList.toggle("ring--revealed", slices.some(({ correct }) => correct));
  box.classList.toggle("ring--pictured", slices.some((slice) => slice.picture));
  box.classList.toggle("ring--pie", display === "pie");

  const all = veiled ? 0 : slices.reduce((sum, { count }) => sum + count, 0);
  const parts = slices.map(({ count }) => (all ? count / all : 0));
  const begins = parts.map((_, place) => parts.slice(0, place).reduce((sum, part) => sum + part, 0));
  const places = spread(parts.map((part, place) => begins[place] + part / 2), parts);
  const each = slices.map((slice, place) => ({ slice, place }));
  const key = (/** @type {{slice: Slice}} */ { slice }) => slice.id;
  keyed(arcs, each, key, arcOf, (arc, { place }) => {
    setStyle(arc, "--begins", begins[place].toFixed(5));
    setStyle(arc, "--part", parts[place].toFixed(5));
    arc.classList.toggle("ring__slice--correct", Boolean(slices[place].correct));
  });
  keyed(edges, each, key, edgeOf, (edge, { place }) => {
    edge.setAttribute("x1", String(display === "pie" ? 0 : HOLE));
    setStyle(edge, "--begins", begins[place].toFixed(5));
    edge.classList.toggle("ring__edge--none", !parts[place] || parts[place] === 1);
  });
  keyed(numbers, each, key, () => html(shape("text", "ring__number")), (text, { place }) => {
    setText(text, whole.format(place + 1));
    setStyle(text, "--at", places[place].toFixed(5));
    text.classList.toggle("ring__number--none", !parts[place]);
  });
  keyed(
    list,
    each,
    key,
    ({ place }) =>
      make("li", `ring__named ring__ink-${inkOf(place)}`, make("span", "ring__place"), make("span", "ring__label"), make("span", "ring__value")),
    (row, { slice, place }) => {
      const [mark, label, value] = [...row.children];
      setText(mark, whole.format(place + 1));
      row.classList.toggle("ring__named--correct", Boolean(slice.correct));
      label.setAttribute("dir", "auto");
      setText(label, slice.label);
      showThumbnail(row, slice.picture, "ring__thumbnail");
      setText(value, veiled ? "" : format.format(unit === "percent" ? slice.share : slice.count));
    },
  );
  fit(root);
}

/** @param {number} place */
const inkOf = (place) => (place % INKS) + 1;

/** @param {{place: number}} slice */
function arcOf({ place }) {
  const circle = shape("circle", "ring__arc");
  circle.setAttribute("pathLength", "100");
  const slice = shape("g", `ring__slice ring__ink-${inkOf(place)}`);
  slice.append(circle);
  return html(slice);
}

/** The gap between two slices. They lie on top of all slices, else the last would cover half of the first gap. */
function edgeOf() {
  const edge = shape("line", "ring__edge");
  edge.setAttribute("x2", "101");
  return html(edge);
}

/** @param {string} name @param {string} className */
function shape(name, className) {
  const element = document.createElementNS(SVG, name);
  element.setAttribute("class", className);
  return element;
}

/** Shapes have styles and data as other elements have. @param {Element} element */
const html = (element) => /** @type {HTMLElement} */ (/** @type {unknown} */ (element));

/**
 * Move numbers apart that would stand in each other's place, keeping their order around the ring.
 * @param {number[]} middles of the slices, from 0 to 1
 * @param {number[]} parts empty slices have no number to make room for
 */
function spread(middles, parts) {
  const places = [...middles];
  const shown = places.map((_, place) => place).filter((place) => parts[place]);
  for (const [at, place] of shown.entries()) {
    if (at) {
      places[place] = Math.max(places[place], places[shown[at - 1]] + APART);
    }
  }
  // What was pushed beyond the first one's place goes back.
  let limit = shown.length ? places[shown[0]] + 1 : 0;
  for (const place of shown.reverse()) {
    limit -= APART;
    places[place] = Math.min(places[place], limit);
    limit = places[place];
  }
  return places;
}

/** @param {HTMLElement} root */
function fit(root) {
  const box = /** @type {HTMLElement} */ (root.querySelector(":scope > .ring"));
  if (!box || !root.clientWidth) {
    return;
  }
  const [picture, list] = [...box.children];
  const signature = JSON.stringify([[...list.children].map((row) => row.className + row.children[1].textContent + row.childElementCount), root.clientWidth, root.clientHeight]);
  if (fitted.get(root) === signature) {
    return;
  }
  fitted.set(root, signature);
  setStyle(box, "--size", "1");
  const unit = parseFloat(getComputedStyle(box).fontSize);
  box.classList.toggle("ring--narrow", root.clientWidth < NARROW * unit);
  if (root.hasAttribute("data-fit") && root.clientHeight) {
    /** @param {number} size @param {number | "none"} lines */
    const fits = (size, lines = "none") => {
      setStyle(box, "--size", String(size));
      setStyle(box, "--lines", String(lines));
      box.classList.toggle("ring--clamped", lines !== "none");
      return list.scrollHeight <= root.clientHeight + 1;
    };
    const found = SIZES.some((size) => fits(size)) || LINES.some((lines) => fits(1, lines));
    for (let size = 0.95; !found && size > 0.4 && !fits(size, 1); size -= 0.05);
  }
  // Numbers in the picture are as large as those in the list, if there is room for that.
  const { width, height } = picture.getBoundingClientRect();
  const scale = Math.min(width, height) / (2 * HALF);
  if (scale > 0) {
    const size = parseFloat(getComputedStyle(list).fontSize);
    setStyle(html(picture), "font-size", `${Math.max(unit / scale, Math.min(size / scale, 17)).toFixed(2)}px`);
  }
}
