/** Results of a number: a histogram, a triangle at the median, and a band around the correct value once it is shown. */
import { keyed, make, onResize, setStyle, setText } from "../lib/dom.js";
import { fill, numberFormat } from "../lib/words.js";

/**
 * @typedef {{from: number | null, to: number | null, count: number}} Bin `null`: whatever is beyond
 * @typedef {{value: number, tolerance: number, within: number}} Correct
 * @typedef {{unit: string, step: number, bins: Bin[], median: number | null, correct: Correct | null}} Results
 * @typedef {{reduced: boolean, locale: string, words: (key: string) => string}} Options
 */

/** The tallest column stands for one of these shares of all answers. */
const ENDS = [0.1, 0.25, 0.5, 0.75, 1];

/**
 * @param {HTMLElement} root
 * @param {Results} results
 * @param {Options} options
 */
export function draw(root, results, { reduced, locale, words }) {
  const { box, facts, columns, band, track, axis } = partsOf(root);
  const { bins, median, correct, step, unit } = results;
  const whole = numberFormat(locale);
  const exact = numberFormat(locale, { maximumFractionDigits: 3 });
  const said = (/** @type {number} */ value) => (unit ? `${exact.format(value)} ${unit}` : exact.format(value));
  const all = bins.reduce((sum, { count }) => sum + count, 0);
  const most = all ? Math.max(...bins.map(({ count }) => count)) / all : 0;
  const end = ENDS.find((candidate) => most <= candidate) ?? 1;
  box.classList.toggle("histogram--still", reduced);
  box.classList.toggle("histogram--many", bins.length > 12);

  const notes = [
    { id: "median", text: median === null ? words("number_few") : fill(words("number_median"), { value: said(median) }) },
    ...(correct
      ? [
          { id: "correct", text: fill(words("number_correct"), { value: said(correct.value) }) },
          {
            id: "within",
            text: `±${exact.format(correct.tolerance)}: ${fill(words("number_within"), { count: whole.format(correct.within) })}`,
          },
        ]
      : []),
  ];
  keyed(
    facts,
    notes,
    ({ id }) => id,
    ({ id }) => make("li", `histogram__fact histogram__fact--${id}`, make("bdi")),
    (element, { text }) => setText(/** @type {Element} */ (element.firstElementChild), text),
  );
  facts.classList.toggle("histogram__facts--few", median === null);
  keyed(
    columns,
    bins,
    ({ from, to }) => `${from} ${to}`,
    () =>
      make(
        "li",
        "histogram__slot",
        make("span", "histogram__tip", make("span", "histogram__count")),
        make("span", "histogram__column"),
      ),
    (slot, { count }) => {
      const part = all ? count / all / end : 0;
      setStyle(slot, "--part", part.toFixed(4));
      setText(/** @type {Element} */ (slot.querySelector(".histogram__count")), count ? whole.format(count) : "");
      slot.lastElementChild?.classList.toggle("histogram__column--none", !count);
    },
  );
  const place = placing(bins, step);
  track.hidden = median === null;
  if (median !== null) {
    setStyle(track, "--part", place(median).toFixed(4));
  }
  band.hidden = !correct;
  if (correct) {
    const [from, to] = [place(correct.value - correct.tolerance - step / 2), place(correct.value + correct.tolerance + step / 2)];
    setStyle(band, "--from", from.toFixed(4));
    setStyle(band, "--wide", Math.max(0.004, to - from).toFixed(4));
  }
  keyed(
    axis,
    bins,
    ({ from, to }) => `${from} ${to}`,
    () => make("span", "histogram__name", make("bdi")),
    (element, { from, to }) => {
      const name =
        from === null ? `≤ ${exact.format(to ?? 0)}` : to === null ? `≥ ${exact.format(from)}` : exact.format(from);
      setText(/** @type {Element} */ (element.firstElementChild), name);
      element.classList.toggle("histogram__name--one", from === to);
      element.classList.toggle("histogram__name--open", from === null || to === null);
    },
  );
  thin(root);
}

/**
 * Return where on the picture a number stands, from 0 to 1; beyond the last bins, in the middle of an open one.
 * @param {Bin[]} bins
 * @param {number} step the smallest difference of two answers
 */
function placing(bins, step) {
  return (/** @type {number} */ value) => {
    const at = bins.findIndex(({ to }) => to === null || value < to + step / 2);
    if (at < 0) {
      return 1;
    }
    const { from, to } = bins[at];
    if (from === null || to === null) {
      return (at + 0.5) / bins.length;
    }
    const inside = (value - from + step / 2) / (to - from + step);
    return (at + Math.max(0, Math.min(1, inside))) / bins.length;
  };
}

/** @param {HTMLElement} root */
function partsOf(root) {
  let box = /** @type {HTMLElement | null} */ (root.querySelector(":scope > .histogram"));
  if (!box) {
    box = make(
      "div",
      "histogram",
      make("ul", "histogram__facts"),
      make(
        "div",
        "histogram__plot",
        make("ol", "histogram__columns"),
        make("span", "histogram__correct", make("span", "histogram__band")),
      ),
      make("div", "histogram__under", make("span", "histogram__track", make("span", "histogram__mark"))),
      make("div", "histogram__axis"),
    );
    // On a screen the same figures stand beside it as a table.
    box.setAttribute("aria-hidden", String(root.hasAttribute("data-fit")));
    root.append(box);
    onResize(root, () => thin(root));
  }
  const find = (/** @type {string} */ name) => /** @type {HTMLElement} */ (root.querySelector(`.histogram__${name}`));
  return {
    box,
    facts: find("facts"),
    columns: find("columns"),
    band: find("correct"),
    track: find("track"),
    axis: find("axis"),
  };
}

/**
 * Show as many names under the columns as stand side by side.
 * @param {HTMLElement} root
 */
function thin(root) {
  const names = /** @type {HTMLElement[]} */ ([...partsOf(root).axis.children]);
  const room = root.clientWidth / Math.max(1, names.length);
  const widest = Math.max(0, ...names.map((name) => /** @type {HTMLElement} */ (name.firstElementChild).offsetWidth));
  const every = room ? Math.max(1, Math.ceil((widest * 1.25) / room)) : 1;
  const isOpen = (/** @type {HTMLElement} */ name) => name.classList.contains("histogram__name--open");
  // An open bin keeps its name, and what would run into the last one or over the edge goes.
  const end = names.length - (names.length && isOpen(names[names.length - 1]) ? every : 0);
  names.forEach((name, place) => {
    const runsOver = every > 1 && place + every > end;
    name.classList.toggle("histogram__name--away", !isOpen(name) && (place % every > 0 || runsOver));
  });
}
