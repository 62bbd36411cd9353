/**
 * Answers on a wall: as cards, as speech bubbles that flow in, or as even tiles.
 *
 * On a screen, whose box has a size, they are set in columns of the largest text that holds them all. A new one goes
 * below the others of a column, so none jumps. Where the most upvoted come first, cards change places at most every few
 * seconds, and equals never do. When the smallest readable text is not enough, they fill pages that turn
 * by themselves; answers have no order and no time, so a new one goes wherever a page has room.
 * Elsewhere (phones, results pages) they simply flow.
 */
import { arrange, reseat } from "./cards.js";
import { keyed, make, onResize, setStyle, setText } from "./dom.js";
import { afterRest } from "./motion.js";
import { createPager } from "./pager.js";
import { number } from "./words.js";

/**
 * @typedef {"cards" | "bubbles" | "grid"} Look
 * @typedef {{id: string, text: string, votes?: number | null}} Text `votes`: where people can upvote; null while it may not be told
 * @typedef {{reduced: boolean, words: (key: string, params?: Record<string, string | number>) => string,
 *   removable?: boolean, presents?: boolean, byVotes?: boolean}} Options `removable`: answers can be chosen and offer to be taken off;
 *   `presents`: they can be chosen and offer to be shown large; `byVotes`: the most upvoted come first
 * @typedef {object} Wall
 * @property {Look} look
 * @property {readonly Text[]} texts the newest
 * @property {Options} options
 * @property {HTMLElement} cards
 * @property {import("./pager.js").Pager | null} pager
 * @property {import("./cards.js").Arrangement | null} arrangement
 * @property {boolean} busy cards are on their way
 * @property {boolean} waiting there is more to show than is shown
 * @property {string[]} order the cards in the order in which they are seated, where that follows upvotes
 * @property {number} orderedAt when they were seated in this order
 * @property {ReturnType<typeof setTimeout> | undefined} later when they will be in another
 */

/** On a screen so many cards come at once, and the next after a pause of at least so many milliseconds: a frame has no time for more. */
const AT_ONCE = 12;
const REST = 250;
/** The first so many come together: they are as good as a page. */
const A_PAGE = 40;

/** Cards change places for their upvotes at most once in so many milliseconds. */
const ORDER_REST = 5000;

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
    wall = { look, texts, options, cards, pager: null, arrangement: null, busy: false, waiting: false, order: [], orderedAt: -Infinity, later: undefined };
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
export function createCard({ id, text, votes }, options) {
  const words = make("p", "cards__text", text);
  words.dir = "auto";
  const card = make("li", "cards__card cards__card--new", words);
  if (votes !== undefined) {
    card.classList.add("cards__card--upvoted");
    card.append(createVotes());
    showVotes(card, votes, options.words);
  }
  // Bubbles stand on either side: on which, their number says, so that it is the same on every screen.
  card.classList.toggle("cards__card--far", id.charCodeAt(id.length - 1) % 2 === 1);
  if (isChoosable(options)) {
    offer(card, options);
  }
  return card;
}

/** Make what shows a number of upvotes. Its text is drawn by the style sheet, so that it is no part of what an answer says. */
export function createVotes() {
  const element = make("span", "votes");
  element.setAttribute("role", "img");
  return element;
}

/**
 * Show how often an answer was upvoted, in the place that `createVotes` made.
 * @param {HTMLElement} host
 * @param {number | null | undefined} votes null or 0: nothing is said
 * @param {Options["words"]} words
 */
export function showVotes(host, votes, words) {
  const element = /** @type {HTMLElement | null} */ (host.querySelector(".votes"));
  const shown = votes ? number(votes) : "";
  if (element && element.dataset.votes !== shown) {
    element.dataset.votes = shown;
    element.setAttribute("aria-label", words("open_text_upvotes", { number: votes ?? 0 }));
  }
}

/**
 * Return answers in the order of their upvotes; equals, and those of which nothing is told, stay as they were.
 * @template {{votes?: number | null}} T
 * @param {readonly T[]} texts
 */
export function mostUpvotedFirst(texts) {
  return [...texts].sort((one, other) => (other.votes ?? 0) - (one.votes ?? 0));
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
  const texts = wall.pager ? some(wall) : mostUpvotedFirst(wall.texts);
  keyed(
    wall.cards,
    texts,
    (text) => text.id,
    (text) => createCard(text, wall.options),
    (card, { text, votes }) => {
      setText(/** @type {Element} */ (card.firstElementChild), text);
      showVotes(card, votes, wall.options.words);
    },
  );
  place(root, wall);
  wall.waiting = texts.length < wall.texts.length;
  if (wall.pager && !wall.busy) {
    wall.busy = true;
    afterRest(REST, () => {
      wall.busy = false;
      if (wall.waiting && root.isConnected) {
        show(root, wall);
      }
    });
  }
}

/**
 * Return the texts that are shown and some that are new.
 * @param {Wall} wall
 */
function some({ texts, cards, options }) {
  const shown = new Set([...cards.children].map((card) => /** @type {HTMLElement} */ (card).dataset.key));
  const fresh = texts.filter(({ id }) => !shown.has(id));
  const more = (options.byVotes ? mostUpvotedFirst(fresh) : fresh).slice(0, Math.max(AT_ONCE, A_PAGE - shown.size));
  for (const { id } of more) {
    shown.add(id);
  }
  return texts.filter(({ id }) => shown.has(id));
}

/**
 * Return the cards in the order in which they are to be seated. When that is another one than before, they are seated anew.
 * @param {HTMLElement} root
 * @param {Wall} wall
 */
function inOrder(root, wall) {
  const elements = /** @type {HTMLElement[]} */ ([...wall.cards.children]);
  clearTimeout(wall.later);
  if (!wall.options.byVotes) {
    wall.arrangement = wall.order.length ? null : wall.arrangement;
    wall.order = [];
    return elements;
  }
  const keyOf = (/** @type {HTMLElement} */ card) => card.dataset.key ?? "";
  const votes = new Map(wall.texts.map((text) => [text.id, text.votes]));
  const seated = new Map(wall.order.map((key, rank) => [key, rank]));
  const standing = [...elements].sort((one, other) => (seated.get(keyOf(one)) ?? Infinity) - (seated.get(keyOf(other)) ?? Infinity) || 0);
  const wanted = mostUpvotedFirst(standing.map((card) => ({ card, votes: votes.get(keyOf(card)) }))).map(({ card }) => card);
  const isOther = wanted.some((card, rank) => card !== standing[rank]);
  const rest = wall.orderedAt + ORDER_REST - performance.now();
  if (isOther && wall.order.length && rest > 0) {
    wall.later = setTimeout(() => root.isConnected && place(root, wall), rest);
    wall.order = standing.map(keyOf);
    return standing;
  }
  if (isOther || !wall.order.length) {
    wall.orderedAt = performance.now();
    wall.arrangement = wall.arrangement && reseat(wall.arrangement);
  }
  wall.order = wanted.map(keyOf);
  return wanted;
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
  const elements = inOrder(root, wall);
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
