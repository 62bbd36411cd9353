/**
 * Where cards go on a screen: how large their text, how many columns, which page, column and height. Cards may be tiles:
 * then each is as high as one tile, or as two of them with the gap between, and so on.
 *
 * @typedef {{page: number, column: number, top: number, height: number}} Seat
 * @typedef {{size: number, columns: number, gap: number, unit: number, tile: number, pages: number,
 *   seats: Map<string, Seat>, texts: Map<string, string>, heights: number[][], free: Seat[]}} Arrangement
 *   unit: the smallest readable text in pixels; tile: the height of a tile, 0 where cards are as high as their text;
 *   heights: how far each column of each page is filled; free: seats whose cards are gone
 */

import { setStyle } from "./dom.js";

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
/** The least a card takes besides its lines, the height of a line, and the width of a letter, in units of its text. */
const FRAME = 1.3;
const LEADING = 1.36;
const LETTER = 0.25;
/** The height of a tile, in units of its text: three lines. */
const TILE = 5.7;
/** When more than this part of the seats is free, everything moves together. */
const SPARSE = 0.3;

/**
 * Seat all cards; those that have a seat keep it while everything still fits the same way.
 * @param {HTMLElement} list
 * @param {readonly HTMLElement[]} cards
 * @param {HTMLElement} box what they must fit in
 * @param {Arrangement | null} before
 * @param {boolean} [tiled] whether cards are tiles
 * @returns {Arrangement}
 */
export function arrange(list, cards, box, before, tiled = false) {
  const unit = before?.unit ?? unitOf(list);
  /** @param {number} size @param {number} columns */
  const fresh = (size, columns) => empty(size, columns, unit, tiled);
  const kept = before && keep(before, cards);
  const paged = box.clientHeight - TURNER * unit;
  if (kept) {
    const more = add(list, cards, kept, kept.pages > 1 ? paged : box.clientHeight, kept.pages > 1);
    if (more) {
      return more;
    }
  }
  if (!kept || kept.pages === 1) {
    const start = TRIES.findIndex((one) => one.size === kept?.size && one.columns === kept.columns);
    const letters = cards.map((card) => card.textContent?.length ?? 0);
    for (const { size, columns } of TRIES.slice(start + 1)) {
      const wide = columns > 1 && columns <= cards.length && box.clientWidth / columns >= NARROWEST * size * unit;
      const tried = wide || (columns === 1 && cards.length === 1);
      // To measure all cards takes long when there are many, so what cannot fit anyway is not tried.
      const found =
        tried && least(letters, size * unit, box.clientWidth / columns, fresh(size, columns)) <= box.clientHeight * columns
          ? add(list, cards, fresh(size, columns), box.clientHeight, false)
          : null;
      if (found) {
        return found;
      }
    }
  }
  for (const columns of PAGED) {
    if (columns === 1 || box.clientWidth / columns >= NARROWEST * unit) {
      const found = add(list, cards, fresh(1, columns), paged, true);
      if (found) {
        return found;
      }
    }
  }
  // Even alone a card is too tall for this box: let the text give way.
  for (let size = 0.9; size > 0.35; size -= 0.1) {
    const found = add(list, cards, fresh(size, 1), paged, true);
    if (found) {
      return found;
    }
  }
  return /** @type {Arrangement} */ (add(list, cards, fresh(0.35, 1), Infinity, true));
}

/**
 * Return the arrangement with all seats free, so that cards are seated in another order, at the same size.
 * @param {Arrangement} before
 * @returns {Arrangement}
 */
export function reseat(before) {
  return { ...before, pages: Math.min(before.pages, 1), seats: new Map(), texts: new Map(), heights: [], free: [] };
}

/**
 * Return a height that cards of so many letters take at least, one below the other.
 * @param {readonly number[]} letters
 * @param {number} text size in pixels
 * @param {number} width
 * @param {Arrangement} arrangement
 */
function least(letters, text, width, arrangement) {
  let height = 0;
  for (const count of letters) {
    height += whole((FRAME + LEADING * Math.max(1, Math.floor((count * LETTER * text) / width))) * text, arrangement);
  }
  return height;
}

/**
 * Return the height a card takes: that of its text, or of as many tiles as hold it.
 * @param {number} tall
 * @param {Arrangement} arrangement
 */
function whole(tall, { tile, gap }) {
  return tile ? Math.ceil((tall + gap - 1) / (tile + gap)) * (tile + gap) - gap : tall;
}

/**
 * Return the arrangement without the cards that are gone or have another text, null when all must be seated anew.
 *
 * On pages their seats are free for new cards. On a single page the others close ranks.
 * @param {Arrangement} before
 * @param {readonly HTMLElement[]} cards
 * @returns {Arrangement | null}
 */
function keep(before, cards) {
  const now = new Map(cards.map((card) => [card.dataset.key ?? "", card.textContent ?? ""]));
  const gone = [...before.texts].filter(([key, text]) => now.get(key) !== text).map(([key]) => key);
  if (!gone.length) {
    return before;
  }
  const free = before.free.length + gone.length;
  if (before.pages === 1 || free > SPARSE * before.seats.size) {
    return null;
  }
  const seats = new Map(before.seats);
  const texts = new Map(before.texts);
  const left = [...before.free];
  for (const key of gone) {
    left.push(/** @type {Seat} */ (seats.get(key)));
    seats.delete(key);
    texts.delete(key);
  }
  return { ...before, seats, texts, free: left };
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
 * @param {boolean} tiled
 * @returns {Arrangement}
 */
function empty(size, columns, unit, tiled) {
  const gap = 0.8 * unit * Math.min(size, 1.4);
  const tile = tiled ? TILE * size * unit : 0;
  return { size, columns, gap, unit, tile, pages: 0, seats: new Map(), texts: new Map(), heights: [], free: [] };
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
  setStyle(list, "--size", String(size));
  setStyle(list, "--columns", String(columns));
  setStyle(list, "--gap", `${gap}px`);
  const seats = new Map(before.seats);
  const texts = new Map(before.texts);
  const heights = before.heights.map((page) => [...page]);
  const free = [...before.free];
  const homeless = cards.filter((card) => !seats.has(card.dataset.key ?? ""));
  // What is on another page is not laid out, and has no height.
  homeless.forEach((card) => card.classList.remove("cards__card--away"));
  if (before.tile) {
    homeless.forEach((card) => card.style.removeProperty("block-size"));
  }
  // A text that fits a page by itself does so as a tile, too.
  const tall = homeless.map((card) => card.offsetHeight).map((own) => (own > height ? own : Math.min(whole(own, before), height)));
  for (const [index, card] of homeless.entries()) {
    if (tall[index] > height) {
      return null;
    }
    const key = card.dataset.key ?? "";
    const seat = reuse(free, tall[index]) ?? append(heights, tall[index], gap, columns, height, paged);
    if (!seat) {
      return null;
    }
    seats.set(key, seat);
    texts.set(key, card.textContent ?? "");
  }
  return { ...before, pages: heights.length, seats, texts, heights, free };
}

/**
 * Take the lowest of the free seats that are high enough.
 * @param {Seat[]} free
 * @param {number} tall
 * @returns {Seat | null}
 */
function reuse(free, tall) {
  let best = -1;
  for (const [at, { height }] of free.entries()) {
    if (height >= tall && (best < 0 || height < free[best].height)) {
      best = at;
    }
  }
  return best < 0 ? null : free.splice(best, 1)[0];
}

/**
 * Take a new seat at the end of the shortest column of the first page that has room.
 * @param {number[][]} heights
 * @param {number} tall
 * @param {number} gap
 * @param {number} columns
 * @param {number} height of a page
 * @param {boolean} paged more than one page is allowed
 * @returns {Seat | null}
 */
function append(heights, tall, gap, columns, height, paged) {
  let page = heights.findIndex((filled) => Math.min(...filled) + tall <= height);
  if (page < 0) {
    if (heights.length && !paged) {
      return null;
    }
    page = heights.push(Array.from({ length: columns }, () => 0)) - 1;
  }
  const column = heights[page].indexOf(Math.min(...heights[page]));
  const top = heights[page][column];
  heights[page][column] += tall + gap;
  return { page, column, top, height: tall };
}
