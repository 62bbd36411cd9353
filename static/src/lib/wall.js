/**
 * Answers on a wall: as cards, as speech bubbles that flow in, or as even tiles.
 *
 * On a screen, whose box has a size, they are set in columns of the largest text that holds them all. A new one goes
 * below the others of a column, so none jumps. When the smallest readable text is not enough, they fill pages that turn
 * by themselves; answers have no order and no time, so a new one goes wherever a page has room.
 * Elsewhere (phones, results pages) they simply flow.
 */
import { arrange } from "./cards.js";
import { keyed, make, onResize, setStyle, setText } from "./dom.js";
import { createPager } from "./pager.js";

/**
 * @typedef {"cards" | "bubbles" | "grid"} Look
 * @typedef {{id: string, text: string}} Text
 * @typedef {{reduced: boolean, words: (key: string, params?: Record<string, string | number>) => string,
 *   removable?: boolean, presents?: boolean}} Options `removable`: answers can be chosen and offer to be taken off;
 *   `presents`: they can be chosen and offer to be shown large
 * @typedef {object} Wall
 * @property {Look} look
 * @property {readonly Text[]} texts the newest
 * @property {Options} options
 * @property {HTMLElement} cards
 * @property {import("./pager.js").Pager | null} pager
 * @property {import("./cards.js").Arrangement | null} arrangement
 * @property {boolean} busy cards are on their way
 * @property {boolean} waiting there is more to show than is shown
 */

/** On a screen so many cards come at once, and the next after a pause in milliseconds: a frame has no time for more. */
const AT_ONCE = 12;
const REST = 250;
/** The first so many come together: they are as good as a page. */
const A_PAGE = 40;

/** @type {WeakMap<HTMLElement, Wall>} */
const walls = new WeakMap();

/**
 * @param {HTMLElement} root
 * @param {readonly Text[]} texts
 * @param {Look} look the same for all calls with this root
 * @param {Options} options
 */
export function drawWall(root, texts, look, options) {
  let wall = walls.get(root);
  if (!wall) {
    const cards = make("ul", `cards cards--${look}`);
    wall = { look, texts, options, cards, pager: null, arrangement: null, busy: false, waiting: false };
    walls.set(root, wall);
    root.classList.add("wall");
    root.append(cards);
    if (root.hasAttribute("data-fit")) {
      // The same answers stand beside it as a table.
      cards.setAttribute("aria-hidden", String(!isChoosable(options)));
      const shown = wall;
      wall.pager = createPager(options.words, () => place(root, shown));
      root.append(wall.pager.element);
      onResize(root, () => {
        shown.arrangement = null;
        place(root, shown);
      });
    }
  }
  wall.texts = texts;
  wall.options = options;
  if (wall.busy) {
    wall.waiting = true;
    return;
  }
  show(root, wall);
}

/**
 * Make the card of an answer.
 * @param {Text} text
 * @param {Options} options
 * @returns {HTMLElement}
 */
export function createCard({ id, text }, options) {
  const words = make("p", "cards__text", text);
  words.dir = "auto";
  const card = make("li", "cards__card cards__card--new", words);
  // Bubbles stand on either side: on which, their number says, so that it is the same on every screen.
  card.classList.toggle("cards__card--far", id.charCodeAt(id.length - 1) % 2 === 1);
  if (isChoosable(options)) {
    offer(card, options);
  }
  return card;
}

/** Tell whether anything can be done with a card. @param {Options} options */
export function isChoosable({ removable, presents }) {
  return Boolean(removable || presents);
}

/**
 * Bring the cards up to date; on a screen, where many come at once, some now and the others after a pause.
 * @param {HTMLElement} root
 * @param {Wall} wall
 */
function show(root, wall) {
  const texts = wall.pager ? some(wall) : wall.texts;
  keyed(
    wall.cards,
    texts,
    (text) => text.id,
    (text) => createCard(text, wall.options),
    (card, { text }) => setText(/** @type {Element} */ (card.firstElementChild), text),
  );
  place(root, wall);
  wall.waiting = texts.length < wall.texts.length;
  if (wall.pager && !wall.busy) {
    wall.busy = true;
    setTimeout(() => {
      wall.busy = false;
      if (wall.waiting && root.isConnected) {
        show(root, wall);
      }
    }, REST);
  }
}

/**
 * Return the texts that are shown and some that are new.
 * @param {Wall} wall
 */
function some({ texts, cards }) {
  const shown = new Set([...cards.children].map((card) => /** @type {HTMLElement} */ (card).dataset.key));
  let more = Math.max(AT_ONCE, A_PAGE - shown.size);
  return texts.filter(({ id }) => shown.has(id) || more-- > 0);
}

/**
 * Let a card be chosen by Tab; then, or under the pointer, it offers what can be done with it (presenter/answers.js and
 * presenter/moderation.js act).
 * @param {HTMLElement} card
 * @param {Options} options
 */
function offer(card, { words, removable, presents }) {
  const acts = make("div", "cards__acts");
  if (presents) {
    acts.append(actOf("cards__large", words("open_text_large")));
  }
  if (removable) {
    acts.append(actOf("cards__remove", words("remove")));
  }
  card.tabIndex = 0;
  card.setAttribute("aria-keyshortcuts", [presents && "L", removable && "Delete"].filter(Boolean).join(" "));
  card.append(acts);
}

/** @param {string} name @param {string} label */
function actOf(name, label) {
  const button = make("button", `cards__act ${name}`, label);
  button.type = "button";
  // One stop per card: on the keyboard it is a key, so that no clicker's Enter can press this.
  button.tabIndex = -1;
  return button;
}

/**
 * Give each card its place, on a screen.
 * @param {HTMLElement} root
 * @param {Wall} wall
 */
function place(root, wall) {
  const { cards, pager } = wall;
  cards.classList.toggle("cards--still", wall.options.reduced);
  if (!pager || !root.clientHeight) {
    return;
  }
  const elements = /** @type {HTMLElement[]} */ ([...cards.children]);
  cards.classList.add("cards--placed");
  wall.arrangement = arrange(cards, elements, root, wall.arrangement, wall.look === "grid");
  const { pages, seats, columns, tile } = wall.arrangement;
  const page = pager.show(pages, wall.options.reduced);
  const outward = getComputedStyle(root).direction === "rtl" ? -1 : 1;
  const step = outward * ((cards.clientWidth + wall.arrangement.gap) / columns);
  for (const card of elements) {
    const seat = seats.get(card.dataset.key ?? "");
    if (seat) {
      setStyle(card, "transform", `translate(${(seat.column * step).toFixed(1)}px, ${seat.top.toFixed(1)}px)`);
      if (tile) {
        setStyle(card, "block-size", `${seat.height.toFixed(1)}px`);
      }
      card.classList.toggle("cards__card--away", seat.page !== page);
    }
  }
  // Only what is already in its place may be seen to move.
  requestAnimationFrame(() => {
    for (const card of cards.querySelectorAll(":scope > .cards__card--new")) {
      card.classList.remove("cards__card--new");
    }
  });
}
