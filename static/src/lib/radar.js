/** Averages as a radar: an axis per statement, numbered, with a list of the statements beside it. */
import { keyed, make, onResize, setStyle, setText } from "./dom.js";
import { DURATION } from "./motion.js";
import { numberFormat } from "./words.js";

/**
 * @typedef {{x: number, y: number}} Point
 * @typedef {{id: string, label: string, average: number | null}} Statement
 * @typedef {{values: number[], ends: string[], statements: Statement[]}} Averages
 * @typedef {{reduced: boolean, locale: string, words: (key: string) => string, veiled?: boolean}} Options
 */

const SVG = "http://www.w3.org/2000/svg";
/** The radius of the outermost ring, in units of the picture, which is 250 wide. */
const RADIUS = 100;
const HALF = 125;
/** The lowest value is not in the very middle: points there could not be told apart. */
const MIDDLE = 0.12;
const SIZES = [1.7, 1.5, 1.3, 1.15, 1];
const LINES = [3, 2, 1];
const NARROW = 34;

/** Where each radar stands now, by statement: from 0 (middle) to 1. @type {WeakMap<Element, Map<string, number>>} */
const standing = new WeakMap();
/** @type {WeakMap<Element, number>} */
const frames = new WeakMap();
/** @type {WeakMap<HTMLElement, string>} */
const fitted = new WeakMap();

/**
 * @param {HTMLElement} root
 * @param {Averages} results
 * @param {Options} options
 */
export function drawRadar(root, { values, ends, statements }, { reduced, locale, words, veiled = false }) {
  let box = /** @type {HTMLElement | null} */ (root.querySelector(":scope > .radar"));
  if (!box) {
    box = make("div", "radar");
    box.setAttribute("aria-hidden", String(root.hasAttribute("data-fit")));
    box.append(shape("svg", "radar__picture", { viewBox: `${-HALF} ${-HALF} ${2 * HALF} ${2 * HALF}` }));
    box.append(make("ol", "radar__legend"));
    root.append(box);
    onResize(root, () => {
      fitted.delete(root);
      fit(root);
    });
  }
  const [picture, legend] = [...box.children];
  const average = numberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const whole = numberFormat(locale);
  const [least, most] = [values[0], values[values.length - 1]];
  box.classList.toggle("radar--veiled", veiled);
  const grid = JSON.stringify([values, statements.map(({ id }) => id)]);
  if (box.dataset.grid !== grid) {
    box.dataset.grid = grid;
    picture.replaceChildren(...gridOf(values, statements.length, whole));
  }
  keyed(
    legend,
    [...statements, null],
    (statement) => statement?.id ?? "#foot",
    (statement) =>
      statement
        ? make("li", "radar__statement", make("span", "radar__place"), make("span", "radar__label"), make("span", "radar__average"))
        : make("li", "radar__foot", make("bdi", "radar__scale"), make("bdi", "radar__scale"), make("span", "radar__heading")),
    (element, statement) => {
      const parts = /** @type {HTMLElement[]} */ ([...element.children]);
      if (!statement) {
        ends.forEach((name, place) => setText(parts[place], `${whole.format(place ? most : least)} ${name}`));
        setText(parts[2], words("scales_average"));
        return;
      }
      const [place, label, value] = parts;
      setText(place, whole.format(statements.indexOf(statement) + 1));
      label.dir = "auto";
      setText(label, statement.label);
      setText(value, veiled || statement.average === null ? "" : average.format(statement.average));
    },
  );
  move(picture, statements, (value) => MIDDLE + ((1 - MIDDLE) * (value - least)) / (most - least), reduced);
  fit(root);
}

/**
 * @param {string} name
 * @param {string} className
 * @param {Record<string, string | number>} attributes
 */
function shape(name, className, attributes) {
  const element = document.createElementNS(SVG, name);
  element.setAttribute("class", className);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, String(value));
  }
  return element;
}

/** @param {number} place @param {number} of @param {number} part @returns {Point} the first axis points up, the next follow the clock */
function pointOf(place, of, part) {
  const angle = (2 * Math.PI * place) / of;
  return { x: Math.sin(angle) * RADIUS * part, y: -Math.cos(angle) * RADIUS * part };
}

/** @param {Point[]} points */
const written = (points) => points.map(({ x, y }) => `${x.toFixed(2)},${y.toFixed(2)}`).join(" ");

/** @param {number[]} values @param {number} axes @param {Intl.NumberFormat} format */
function gridOf(values, axes, format) {
  const places = [...Array(axes).keys()];
  const rings = values.map((_, step) => {
    const part = MIDDLE + ((1 - MIDDLE) * step) / (values.length - 1);
    return shape("polygon", step < values.length - 1 ? "radar__ring" : "radar__ring radar__ring--most", { points: written(places.map((place) => pointOf(place, axes, part))) });
  });
  const lines = places.map((place) => {
    const { x, y } = pointOf(place, axes, 1);
    return shape("line", "radar__axis", { x1: 0, y1: 0, x2: x.toFixed(2), y2: y.toFixed(2) });
  });
  const numbers = places.map((place) => {
    const { x, y } = pointOf(place, axes, 1.13);
    const number = shape("text", "radar__number", { x: x.toFixed(2), y: y.toFixed(2) });
    number.textContent = format.format(place + 1);
    return number;
  });
  const dots = places.map(() => shape("circle", "radar__dot", { r: 3 }));
  return [...rings, ...lines, shape("polygon", "radar__area", {}), ...dots, ...numbers];
}

/**
 * Let the area flow from where it stands to the averages.
 * @param {Element} picture
 * @param {Statement[]} statements
 * @param {(value: number) => number} partOf
 * @param {boolean} reduced
 */
function move(picture, statements, partOf, reduced) {
  cancelAnimationFrame(frames.get(picture) ?? 0);
  const before = standing.get(picture) ?? new Map();
  const goals = statements.map(({ average }) => (average === null ? null : partOf(average)));
  const from = goals.map((goal, place) => before.get(statements[place].id) ?? (goal === null ? null : MIDDLE));
  const begun = performance.now();
  const area = /** @type {Element} */ (picture.querySelector(".radar__area"));
  const dots = [...picture.querySelectorAll(".radar__dot")];

  /** @param {number} now */
  const step = (now) => {
    const time = reduced ? 1 : Math.min(1, (now - begun) / DURATION);
    const eased = 1 - (1 - time) ** 3;
    /** @type {Map<string, number>} */
    const at = new Map();
    const points = goals.flatMap((goal, place) => {
      dots[place].toggleAttribute("hidden", goal === null);
      if (goal === null) {
        return [];
      }
      const start = from[place] ?? goal;
      const part = start + (goal - start) * eased;
      at.set(statements[place].id, part);
      const point = pointOf(place, goals.length, part);
      dots[place].setAttribute("cx", point.x.toFixed(2));
      dots[place].setAttribute("cy", point.y.toFixed(2));
      return [point];
    });
    area.setAttribute("points", written(points));
    standing.set(picture, at);
    if (time < 1) {
      frames.set(picture, requestAnimationFrame(step));
    }
  };
  step(begun);
}

/** @param {HTMLElement} root */
function fit(root) {
  const box = /** @type {HTMLElement} */ (root.querySelector(":scope > .radar"));
  if (!root.clientWidth) {
    return;
  }
  const [picture, legend] = [...box.children];
  const signature = JSON.stringify([legend.textContent, root.clientWidth, root.clientHeight]);
  if (fitted.get(root) === signature) {
    return;
  }
  fitted.set(root, signature);
  setStyle(box, "--size", "1");
  const unit = parseFloat(getComputedStyle(box).fontSize);
  box.classList.toggle("radar--narrow", root.clientWidth < NARROW * unit);
  if (root.hasAttribute("data-fit") && root.clientHeight) {
    /** @param {number} size @param {number | "none"} lines */
    const fits = (size, lines = "none") => {
      setStyle(box, "--size", String(size));
      setStyle(box, "--lines", String(lines));
      box.classList.toggle("radar--clamped", lines !== "none");
      return legend.scrollHeight <= root.clientHeight + 1;
    };
    const found = SIZES.some((size) => fits(size)) || LINES.some((lines) => fits(1, lines));
    for (let size = 0.95; !found && size > 0.4 && !fits(size, 1); size -= 0.05);
  }
  // Letters in the picture are as large as the smallest text beside it, whatever the size of the picture.
  const { width, height } = picture.getBoundingClientRect();
  const scale = Math.min(width, height) / (2 * HALF);
  if (scale > 0) {
    setStyle(/** @type {HTMLElement} */ (/** @type {unknown} */ (picture)), "font-size", `${(unit / scale).toFixed(2)}px`);
  }
}
