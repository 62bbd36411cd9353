/** Results of scales: per statement how often each value was given, and where the average lies; or a radar of averages. */
import { keyed, make, onResize, setStyle, setText } from "../lib/dom.js";
import { drawRadar } from "../lib/radar.js";
import { numberFormat } from "../lib/words.js";

/**
 * @typedef {{id: string, label: string, counts: number[], average: number | null}} Statement
 * @typedef {{display: "bars" | "radar", values: number[], ends: string[], statements: Statement[]}} Results
 * @typedef {{reduced: boolean, locale: string, words: (key: string) => string, veiled?: boolean}} Options
 */

/** Results that name the statements also while what they got is hidden. */
export const VEILS = true;

/** The tallest column stands for one of these shares, so that columns move for answers and seldom for the axis. */
const ENDS = [0.25, 0.5, 0.75, 1];
/**
 * What is tried on a screen: sizes of labels, in units of the smallest text for the back row, each with columns so many
 * times as tall as they are. Where that leaves no room lines of labels are cut; the table has them whole.
 */
const TRIES = [
  ...[1.8, 1.6, 1.4].flatMap((size) => [5, 4, 3, 2.4].map((tall) => ({ size, tall }))),
  ...[1.4, 1.2, 1.08, 1].flatMap((size) => [1.8, 1.05].map((tall) => ({ size, tall }))),
];
const LINES = [3, 2, 1];
/** The tallest columns whose rows move together. */
const TIGHT = 1.05;
/** Narrower than this, in units of its text, labels stand above their columns. */
const NARROW = 34;

/** @type {WeakMap<HTMLElement, string>} */
const fitted = new WeakMap();

/**
 * @param {HTMLElement} root
 * @param {Results} results
 * @param {Options} options
 */
export function draw(root, results, options) {
  if (results.display === "radar") {
    drawRadar(root, results, options);
    return;
  }
  const { reduced, locale, words, veiled = false } = options;
  const { box, list, axis } = partsOf(root);
  const shares = results.statements.map(({ counts }) => {
    const rated = counts.reduce((sum, count) => sum + count, 0);
    return counts.map((count) => (rated ? count / rated : 0));
  });
  const most = Math.max(0, ...shares.flat());
  const end = ENDS.find((candidate) => most <= candidate) ?? 1;
  const average = numberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const whole = numberFormat(locale);
  const [least, last] = [results.values[0], results.values[results.values.length - 1]];

  box.classList.toggle("scales--still", reduced);
  box.classList.toggle("scales--veiled", veiled);
  keyed(
    list,
    results.statements,
    ({ id }) => id,
    () => {
      const columns = results.values.map(() => make("span", "scales__slot", make("span", "scales__column")));
      const label = make("span", "scales__label");
      label.dir = "auto";
      return make(
        "li",
        "scales__statement",
        label,
        make(
          "span",
          "scales__plot",
          make("span", "scales__columns", ...columns),
          make("span", "scales__track", make("span", "scales__mark")),
        ),
        make("span", "scales__average"),
      );
    },
    (element, statement) => {
      const [label, plot, value] = /** @type {HTMLElement[]} */ ([...element.children]);
      const [columns, track] = /** @type {HTMLElement[]} */ ([...plot.children]);
      const mine = shares[results.statements.indexOf(statement)];
      setText(label, statement.label);
      setText(value, veiled || statement.average === null ? "" : average.format(statement.average));
      for (const [place, slot] of [...columns.children].entries()) {
        setStyle(/** @type {HTMLElement} */ (slot), "--part", veiled ? "0" : (mine[place] / end).toFixed(4));
        slot.firstElementChild?.classList.toggle("scales__column--none", veiled || !mine[place]);
      }
      track.hidden = veiled || statement.average === null;
      if (statement.average !== null) {
        const part = (statement.average - least + 0.5) / (last - least + 1);
        setStyle(track, "--part", part.toFixed(4));
      }
    },
  );
  const [numbers, meaning, heading] = /** @type {HTMLElement[]} */ ([...axis.children]);
  if (numbers.childElementCount !== results.values.length) {
    numbers.replaceChildren(...results.values.map(() => make("span", "scales__number")));
  }
  results.values.forEach((value, place) => setText(numbers.children[place], whole.format(value)));
  results.ends.forEach((name, place) => {
    const said = /** @type {HTMLElement} */ (meaning.children[place].firstElementChild);
    said.dir = "auto";
    setText(said, name);
  });
  setText(heading, words("scales_average"));
  fit(root);
}

/** @param {HTMLElement} root */
function partsOf(root) {
  let box = /** @type {HTMLElement | null} */ (root.querySelector(":scope > .scales"));
  if (!box) {
    box = make(
      "div",
      "scales",
      make("ol", "scales__list"),
      make(
        "div",
        "scales__axis",
        make("span", "scales__numbers"),
        make(
          "span",
          "scales__ends",
          make("span", "scales__side", make("span", "scales__end")),
          make("span", "scales__side scales__most", make("span", "scales__end")),
        ),
        make("span", "scales__heading"),
      ),
    );
    // On a screen the same figures stand beside it as a table.
    box.setAttribute("aria-hidden", String(root.hasAttribute("data-fit")));
    root.append(box);
    onResize(root, () => {
      fitted.delete(root);
      fit(root);
    });
  }
  const [list, axis] = /** @type {HTMLElement[]} */ ([...box.children]);
  return { box, list, axis };
}

/**
 * Set labels above their columns where it is narrow; on a screen choose the largest text with which everything shows.
 * @param {HTMLElement} root
 */
function fit(root) {
  const { box, list } = partsOf(root);
  if (!root.clientWidth) {
    return;
  }
  const labels = [...list.children].map((row) => row.firstElementChild?.textContent);
  const signature = JSON.stringify([labels, root.clientWidth, root.clientHeight]);
  if (fitted.get(root) === signature) {
    return;
  }
  fitted.set(root, signature);
  setStyle(box, "--size", "1");
  const unit = parseFloat(getComputedStyle(box).fontSize);
  box.classList.toggle("scales--narrow", root.clientWidth < NARROW * unit);
  if (!root.hasAttribute("data-fit") || !root.clientHeight) {
    return;
  }
  /** @param {number} size @param {number} tall @param {number | "none"} lines */
  const fits = (size, tall, lines = "none") => {
    setStyle(box, "--size", String(size));
    setStyle(box, "--tall", String(tall));
    box.classList.toggle("scales--tight", tall <= TIGHT);
    setStyle(box, "--lines", String(lines));
    box.classList.toggle("scales--clamped", lines !== "none");
    return box.scrollHeight <= root.clientHeight + 1;
  };
  const found = TRIES.some(({ size, tall }) => fits(size, tall)) || LINES.some((lines) => fits(1, TIGHT, lines));
  for (let size = 0.95; !found && size > 0.4 && !fits(size, TIGHT, 1); size -= 0.05);
}
