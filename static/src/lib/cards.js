/**
 * Where cards go on a screen: how large their text, how many columns, which page, column and height.
 *
 * @typedef {{page: number, column: number, top: number}} Seat
 * @typedef {{size: number, columns: number, gap: number, pages: number, seats: Map<string, Seat>, texts: Map<string, string>,
 *   heights: number[][]}} Arrangement heights: how far each column of each page is filled
 */

/** Text sizes and columns that are tried, the most generous first; size 1 is the smallest readable from the back row. */
const TRIES = [
  { size: 2.1, columns: 1 },
  { size: 1.9, columns: 2 },
  { size: 1.6, columns: 2 },
  { size: 1.6, columns: 3 },
  { size: 1.35, columns: 2 },
  { size: 1.35, columns: 3 },
  { size: 1.15, columns: 2 },
  { size: 1.15, columns: 3 },
  { size: 1.15, columns: 4 },
  { size: 1, columns: 1 },
  { size: 1, columns: 2 },
  { size: 1, columns: 3 },
  { size: 1, columns: 4 },
];
/** With more cards than a page holds: columns that are tried until the longest card fits. */
const PAGED = [4, 3, 2, 1];
/** The narrowest column, in units of its own text. */
const NARROWEST = 13;
/** Room the page turner takes, in units of the smallest text. */
const TURNER = 2.9;

/**
 * Seat all cards; those that have a seat keep it while everything still fits the same way.
 * @param {HTMLElement} list
 * @param {readonly HTMLElement[]} cards
 * @param {HTMLElement} box what they must fit in
 * @param {Arrangement | null} before
 * @returns {Arrangement}
 */
export function arrange(list, cards, box, before) {
  const unit = unitOf(list);
  const kept = before && keeps(before, cards) ? before : null;
  const paged = box.clientHeight - TURNER * unit;
  if (kept) {
    const more = add(list, cards, kept, kept.pages > 1 ? paged : box.clientHeight, kept.pages > 1);
    if (more) {
      return more;
    }
  }
  if (!kept || kept.pages === 1) {
    const start = TRIES.findIndex((one) => one.size === kept?.size && one.columns === kept.columns);
    for (const { size, columns } of TRIES.slice(start + 1)) {
      const wide = columns > 1 && columns <= cards.length && box.clientWidth / columns >= NARROWEST * size * unit;
      const found =
        wide || (columns === 1 && cards.length === 1)
          ? add(list, cards, empty(size, columns, unit), box.clientHeight, false)
          : null;
      if (found) {
        return found;
      }
    }
  }
  for (const columns of PAGED) {
    if (columns === 1 || box.clientWidth / columns >= NARROWEST * unit) {
      const found = add(list, cards, empty(1, columns, unit), paged, true);
      if (found) {
        return found;
      }
    }
  }
  // Even alone a card is too tall for this box: let the text give way.
  for (let size = 0.9; size > 0.35; size -= 0.1) {
    const found = add(list, cards, empty(size, 1, unit), paged, true);
    if (found) {
      return found;
    }
  }
  return /** @type {Arrangement} */ (add(list, cards, empty(0.35, 1, unit), Infinity, true));
}

/**
 * Whether every seated card is still there with the same text.
 * @param {Arrangement} before
 * @param {readonly HTMLElement[]} cards
 */
function keeps(before, cards) {
  const now = new Map(cards.map((card) => [card.dataset.key ?? "", card.textContent ?? ""]));
  return [...before.texts].every(([key, text]) => now.get(key) === text);
}

/**
 * Return the size of the smallest text, in pixels.
 * @param {HTMLElement} list
 */
function unitOf(list) {
  list.style.setProperty("--size", "1");
  return parseFloat(getComputedStyle(list).fontSize);
}

/**
 * @param {number} size
 * @param {number} columns
 * @param {number} unit
 * @returns {Arrangement}
 */
function empty(size, columns, unit) {
  const gap = 0.8 * unit * Math.min(size, 1.4);
  return { size, columns, gap, pages: 0, seats: new Map(), texts: new Map(), heights: [] };
}

/**
 * Seat the cards that have no seat yet.
 * @param {HTMLElement} list
 * @param {readonly HTMLElement[]} cards
 * @param {Arrangement} before
 * @param {number} height of a page
 * @param {boolean} paged more than one page is allowed
 * @returns {Arrangement | null} null when there is no room
 */
function add(list, cards, before, height, paged) {
  const { size, columns, gap } = before;
  list.style.setProperty("--size", String(size));
  list.style.setProperty("--columns", String(columns));
  list.style.setProperty("--gap", `${gap}px`);
  const seats = new Map(before.seats);
  const texts = new Map(before.texts);
  const heights = before.heights.map((page) => [...page]);
  const homeless = cards.filter((card) => !seats.has(card.dataset.key ?? ""));
  const tall = homeless.map((card) => card.offsetHeight);
  for (const [index, card] of homeless.entries()) {
    if (tall[index] > height) {
      return null;
    }
    const key = card.dataset.key ?? "";
    let page = heights.findIndex((filled) => Math.min(...filled) + tall[index] <= height);
    if (page < 0) {
      if (heights.length && !paged) {
        return null;
      }
      page = heights.push(Array.from({ length: columns }, () => 0)) - 1;
    }
    const column = heights[page].indexOf(Math.min(...heights[page]));
    seats.set(key, { page, column, top: heights[page][column] });
    texts.set(key, card.textContent ?? "");
    heights[page][column] += tall[index] + gap;
  }
  return { ...before, pages: heights.length, seats, texts, heights };
}
