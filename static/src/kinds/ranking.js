/** Results of a ranking: items from the most points down, which trade places as answers come in. */
import { keyed, make, onResize, setStyle, setText } from "../lib/dom.js";
import { slide } from "../lib/flip.js";
import { numberFormat } from "../lib/words.js";

/**
 * @typedef {{id: string, label: string, at: number, place: number, points: number, average: number | null,
 *   share: number}} Item
 * @typedef {{items: Item[]}} Results
 * @typedef {{reduced: boolean, locale: string, words: (key: string) => string, veiled?: boolean}} Options
 *   `veiled`: name the items, not what they got
 */

/** What is tried in a box of fixed size, the most generous first: size in units of the smallest readable text, columns. */
const TRIES = [2, 1.8, 1.6, 1.45, 1.3, 1.15, 1, 0.94, 0.88, 0.82, 0.76, 0.7, 0.64, 0.58, 0.52].flatMap((size) =>
  [1, 2, 3].map((columns) => ({ size, columns })),
);
/** The narrowest column, in units of its own text, and the items below which there is one column. */
const NARROWEST = 21;
const FEW = 6;

/** @type {WeakMap<HTMLElement, string>} */
const fitted = new WeakMap();

/** Results that name the items also while what they got is hidden. */
export const VEILS = true;

/**
 * @param {HTMLElement} root
 * @param {Results} results
 * @param {Options} options
 */
export function draw(root, results, { reduced, locale, words, veiled = false }) {
  let list = /** @type {HTMLElement | null} */ (root.querySelector(".standings"));
  if (!list) {
    list = make("ol", "standings");
    root.append(make("div", "standings__frame", make("p", "standings__legend"), list));
    // On a screen the same figures stand beside it as a table.
    list.setAttribute("aria-hidden", String(root.hasAttribute("data-fit")));
    onResize(root, () => {
      fitted.delete(root);
      fit(root);
    });
  }
  const legend = /** @type {HTMLElement} */ (root.querySelector(".standings__legend"));
  setText(legend, words("ranking_legend"));
  const counted = !veiled && results.items.some((item) => item.points > 0);
  legend.classList.toggle("standings__legend--none", !counted);
  const items = counted ? results.items : [...results.items].sort((one, other) => one.at - other.at);
  const most = Math.max(...items.map((item) => item.share), 0.25);
  const whole = numberFormat(locale);
  const tenths = numberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const shown = list;
  const rows = /** @type {HTMLElement[]} */ ([...list.children]);

  list.classList.toggle("standings--still", reduced);
  slide(
    rows,
    () =>
      keyed(shown, items, (item) => item.id, rowOf, (row, item) => {
        const [place, label, points, average, track] = /** @type {HTMLElement[]} */ ([...row.children]);
        setText(place, counted ? whole.format(item.place) : "");
        setText(label, item.label);
        setText(points, counted ? whole.format(item.points) : "");
        setText(average, counted && item.average !== null ? `⌀ ${tenths.format(item.average)}` : "");
        setStyle(track, "--part", String(counted ? item.share / most : 0));
        row.classList.toggle("standings__row--first", counted && item.place === 1);
      }),
    reduced,
  );
  fit(root);
}

function rowOf() {
  const label = make("span", "standings__label");
  label.dir = "auto";
  return make(
    "li",
    "standings__row",
    make("span", "standings__place"),
    label,
    make("span", "standings__points"),
    make("span", "standings__average"),
    make("span", "standings__track", make("span", "standings__bar")),
  );
}

/**
 * In a box of fixed size (a screen), choose the largest text and the fewest columns with which everything shows.
 * @param {HTMLElement} root
 */
function fit(root) {
  const frame = /** @type {HTMLElement | null} */ (root.querySelector(":scope > .standings__frame"));
  if (!frame || !root.hasAttribute("data-fit") || !root.clientHeight) {
    return;
  }
  const list = /** @type {HTMLElement} */ (frame.lastElementChild);
  const labels = [...list.children].map((row) => row.children[1].textContent).sort();
  const signature = JSON.stringify([labels, root.clientWidth, root.clientHeight]);
  if (fitted.get(root) === signature) {
    return;
  }
  fitted.set(root, signature);
  frame.style.setProperty("--size", "1");
  const unit = parseFloat(getComputedStyle(list).fontSize);
  for (const { size, columns } of TRIES) {
    if (columns > 1 && (labels.length < FEW || root.clientWidth / columns < NARROWEST * size * unit)) {
      continue;
    }
    frame.style.setProperty("--columns", String(columns));
    frame.style.setProperty("--size", String(size));
    if (frame.scrollHeight <= root.clientHeight + 1 && frame.scrollWidth <= root.clientWidth + 1) {
      return;
    }
  }
}
