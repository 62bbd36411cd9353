/** Results of pins: the picture with a glow or dots where the pins are, and the right area if there is one. */
import { keyed, make, onResize, setStyle, setText } from "../lib/dom.js";
import { numberFormat } from "../lib/words.js";

/**
 * @typedef {{left: number, top: number, right: number, bottom: number}} Area
 * @typedef {{picture: string, width: number, height: number, alt: string, drawn: "heat" | "dots",
 *   places: [number, number, number][], area: Area | null, inside: number | null}} Results
 * @typedef {{reduced: boolean, locale: string, words: (key: string, params?: Record<string, string | number>) => string,
 *   veiled?: boolean}} Options `veiled`: the picture without its pins
 */

/** Widths in which pictures are kept; the largest may be the picture's own. */
const WIDTHS = [480, 960, 1920];

/** Results that show the picture also while its pins are hidden. */
export const VEILS = true;

/**
 * @param {HTMLElement} root
 * @param {Results} results
 * @param {Options} options
 */
export function draw(root, results, { reduced, locale, words, veiled = false }) {
  let board = /** @type {HTMLElement | null} */ (root.querySelector(":scope > .board"));
  if (!board) {
    board = begin();
    root.append(board);
    onResize(root, () => fit(root));
  }
  const [frame, said] = /** @type {HTMLElement[]} */ ([...board.children]);
  const [image, marks, area] = /** @type {HTMLElement[]} */ ([...frame.children]);
  board.classList.toggle("board--still", reduced);
  board.style.setProperty("--width", String(results.width || 16));
  board.style.setProperty("--height", String(results.height || 9));
  show(/** @type {HTMLImageElement} */ (image), results);
  const places = veiled ? [] : results.places;
  const most = Math.max(1, ...places.map(([, , count]) => count));
  marks.className = `board__marks board__marks--${results.drawn}`;
  keyed(
    marks,
    places,
    ([x, y]) => `${x}:${y}`,
    () => make("i", "board__mark"),
    (mark, [x, y, count]) => {
      setStyle(mark, "--x", String(x));
      setStyle(mark, "--y", String(y));
      setStyle(mark, "--weight", String(Math.sqrt(count / most)));
    },
  );
  area.hidden = veiled || !results.area;
  for (const [edge, at] of Object.entries(results.area ?? {})) setStyle(area, `--${edge}`, String(at));
  const share = results.inside === null ? "" : numberFormat(locale, { style: "percent" }).format(results.inside);
  setText(said, !results.picture ? words("pin_no_picture") : share && !veiled ? words("pin_inside", { share }) : "");
  fit(root);
}

function begin() {
  const frame = make("div", "board__frame", make("img", "board__image"), make("div", "board__marks"), make("div", "board__area"));
  frame.dir = "ltr";
  return make("div", "board", frame, make("p", "board__said"));
}

/** @param {HTMLImageElement} image @param {Results} results */
function show(image, { picture, width, alt }) {
  image.alt = alt;
  image.hidden = !picture;
  if (!picture || image.dataset.picture === picture) return;
  image.dataset.picture = picture;
  const widths = [...new Set(WIDTHS.map((each) => Math.min(each, width)))];
  const address = (/** @type {number} */ each) => `/pictures/${picture}/${each}.webp`;
  image.sizes = "100vw";
  image.srcset = widths.map((each) => `${address(each)} ${each}w`).join(", ");
  image.src = address(widths[widths.length - 1]);
}

/**
 * In a box of fixed size (a screen), make the picture as large as fits, with the line below it.
 * @param {HTMLElement} root
 */
function fit(root) {
  const board = /** @type {HTMLElement | null} */ (root.querySelector(":scope > .board"));
  if (!board || !root.hasAttribute("data-fit") || !root.clientHeight) return;
  const said = /** @type {HTMLElement} */ (board.lastElementChild);
  const height = root.clientHeight - (said.textContent ? said.offsetHeight : 0);
  const ratio = Number(board.style.getPropertyValue("--width")) / Number(board.style.getPropertyValue("--height"));
  board.style.setProperty("--room", `${Math.floor(Math.min(root.clientWidth, height * ratio))}px`);
}
