/**
 * Answers in a band that moves calmly through them, on a screen.
 *
 * Only what is in sight has elements. Each card comes in at the end of the line, crosses the screen and leaves; then comes
 * the next answer, and after the last the first. New answers are the next to come in, so nothing that is in sight moves
 * because of them. While all fit side by side, the band rests. It can be stopped and turned by hand (WCAG 2.2.2), rests
 * under the pointer and the focus, and begins stopped where people want less motion.
 */
import { make, onResize, setStyle } from "./dom.js";
import { reduced } from "./motion.js";
import { createTurner } from "./turner.js";
import { createCard, isChoosable, mostUpvotedFirst, showVotes } from "./wall.js";

/**
 * @typedef {import("./wall.js").Text} Text
 * @typedef {import("./wall.js").Options} Options
 * @typedef {{id: string, card: HTMLElement, start: number, width: number}} Shown `start`: where it begins on the track
 * @typedef {object} Band
 * @property {HTMLElement} band
 * @property {HTMLElement} track
 * @property {import("./turner.js").Turner} turner
 * @property {Map<string, string>} texts the newest, by id
 * @property {Map<string, number | null | undefined>} votes their upvotes, where people can give any
 * @property {string[]} order ids in the order in which they come by
 * @property {number} next where in the order the one stands that comes in next
 * @property {Shown[]} shown in the order in which they stand
 * @property {number} moved how far the track has moved, in pixels
 * @property {boolean} reduced
 * @property {boolean} stopped
 * @property {number} frame the frame that was asked for, 0 when the band rests
 * @property {number} last when it was drawn last
 * @property {Options} options
 */

/** How fast the band moves, in units of the smallest readable text a second: an ordinary screen in half a minute. */
const SPEED = 2.4;
/** Milliseconds that one frame moves the band for at most: a page that slept goes on where it was. */
const LONGEST_FRAME = 100;
/** Text sizes, and for each the widths of a card, that are tried until its text fits the band; in units of the text. */
const SIZES = [2.1, 1.8, 1.5, 1.25, 1];
const WIDTHS = [13, 17, 22, 28, 36, 46, 60, 78];
/** The height of a card: at most this part of that of the band. */
const PART = 0.86;
/** Between cards, in units of the smallest text. */
const GAP = 1.4;

/** @type {WeakMap<HTMLElement, Band>} */
const bands = new WeakMap();

/**
 * @param {HTMLElement} root
 * @param {readonly Text[]} texts
 * @param {Options} options
 */
export function drawTicker(root, texts, options) {
  const band = bands.get(root) ?? open(root, options);
  const turned = Boolean(options.byVotes) !== Boolean(band.options.byVotes);
  band.options = options;
  heed(band);
  take(band, texts);
  if (turned) {
    band.order = options.byVotes ? band.order : texts.map(({ id }) => id);
    renew(root, band, 0);
  }
  count(band);
  fill(root, band);
  run(root, band);
}

/**
 * @param {HTMLElement} root
 * @param {Options} options
 * @returns {Band}
 */
function open(root, options) {
  const { words } = options;
  const track = make("ul", "cards cards--ticker");
  const turner = createTurner([
    { name: "previous", label: words("open_text_back"), act: () => turn(root, made, -1) },
    { name: "next", label: words("open_text_on"), act: () => turn(root, made, 1) },
    {
      name: "pause",
      label: words("open_text_pause"),
      act() {
        stop(made, !made.stopped);
        run(root, made);
      },
    },
  ]);
  /** @type {Band} */
  const made = {
    band: make("div", "band", track),
    track,
    turner,
    texts: new Map(),
    votes: new Map(),
    order: [],
    next: 0,
    shown: [],
    moved: 0,
    reduced: false,
    stopped: false,
    frame: 0,
    last: 0,
    options,
  };
  bands.set(root, made);
  track.setAttribute("aria-hidden", String(!isChoosable(options)));
  stop(made, false);
  root.append(made.band, turner.element);
  onResize(root, () => {
    renew(root, made, made.shown.length ? made.order.indexOf(made.shown[0].id) : 0);
    run(root, made);
  });
  return made;
}

/** Show how often the answers in sight were upvoted. @param {Band} band */
function count({ shown, votes, options }) {
  for (const { id, card } of shown) {
    showVotes(card, votes.get(id), options.words);
  }
}

/** Put what comes by next into the order of upvotes. @param {Band} band */
function sort(band) {
  band.order = mostUpvotedFirst(band.order.map((id) => ({ id, votes: band.votes.get(id) }))).map(({ id }) => id);
}

/** Stop once people want less motion; they may let it move all the same. @param {Band} band */
function heed(band) {
  if (reduced() && !band.reduced) {
    stop(band, true);
  }
  band.reduced = reduced();
}

/** @param {Band} band @param {boolean} stopped */
function stop(band, stopped) {
  band.stopped = stopped;
  band.turner.face(stopped, band.options.words(stopped ? "open_text_play" : "open_text_pause"));
}

/**
 * Bring order and cards up to date: what is gone, or says something else, leaves; what is new comes in next.
 * @param {Band} band
 * @param {readonly Text[]} texts
 */
function take(band, texts) {
  const now = new Map(texts.map(({ id, text }) => [id, text]));
  const stays = (/** @type {string} */ id) => now.get(id) === band.texts.get(id);
  const before = band.order.slice(0, band.next).filter(stays);
  const after = band.order.slice(band.next).filter(stays);
  const known = new Set([...before, ...after]);
  const fresh = texts.map(({ id }) => id).filter((id) => !known.has(id));
  for (const { id, card } of band.shown) {
    if (!stays(id)) {
      card.remove();
    }
  }
  band.shown = band.shown.filter(({ id }) => stays(id));
  band.texts = now;
  band.votes = new Map(texts.map(({ id, votes }) => [id, votes]));
  band.order = [...before, ...fresh, ...after];
  band.next = before.length;
}

/**
 * Let answers in until the line is full: side by side at first, from beyond the edge once the band has moved.
 * @param {HTMLElement} root
 * @param {Band} band
 */
function fill(root, band) {
  const { track } = band;
  if (!track.clientWidth || !track.clientHeight) {
    return;
  }
  const edge = edgeOf(band);
  const unit = parseFloat(getComputedStyle(root).fontSize);
  const beyond = band.moved + track.clientWidth + edge;
  while (band.shown.length < band.order.length && end(band) < beyond) {
    // A new order begins where the band does, out of sight.
    if (band.options.byVotes && band.next % band.order.length === 0) {
      sort(band);
    }
    const id = band.order[band.next % band.order.length];
    if (band.shown.some((one) => one.id === id)) {
      break;
    }
    const card = createCard({ id, text: band.texts.get(id) ?? "", votes: band.votes.get(id) }, band.options);
    card.dataset.key = id;
    track.append(card);
    fitCard(card, PART * track.clientHeight, track.clientWidth);
    const after = band.shown.length ? end(band) + GAP * unit : band.moved;
    const start = band.moved ? Math.max(after, beyond) : after;
    band.shown.push({ id, card, start, width: card.offsetWidth });
    band.next = (band.next % band.order.length) + 1;
    settle(band, card, start);
  }
  band.turner.element.hidden = rests(band);
}

/** Return how far the band reaches beyond its track on either side, in pixels. @param {Band} band */
function edgeOf({ band }) {
  return parseFloat(getComputedStyle(band).paddingInlineStart);
}

/** @param {Band} band */
function end({ shown }) {
  const last = shown.at(-1);
  return last ? last.start + last.width : 0;
}

/** Tell whether all answers stand in sight, side by side. @param {Band} band */
function rests(band) {
  const { shown, order, moved, track } = band;
  return shown.length === order.length && (shown[0]?.start ?? moved) >= moved - 1 && end(band) - moved <= track.clientWidth + 1;
}

/** @param {Band} band @param {HTMLElement} card @param {number} start */
function settle(band, card, start) {
  const outward = getComputedStyle(band.track).direction === "rtl" ? -1 : 1;
  setStyle(card, "transform", `translate(${(outward * start).toFixed(1)}px, -50%)`);
  requestAnimationFrame(() => card.classList.remove("cards__card--new"));
}

/**
 * Make a card as wide, and if that is not enough its text as small, as its text needs to fit the height of the band.
 * @param {HTMLElement} card
 * @param {number} height
 * @param {number} width of the whole line
 */
function fitCard(card, height, width) {
  for (const size of SIZES) {
    setStyle(card, "--size", String(size));
    const text = parseFloat(getComputedStyle(card).fontSize);
    for (const wide of WIDTHS) {
      setStyle(card, "max-inline-size", `${Math.min(wide * text, width)}px`);
      if (card.offsetHeight <= height) {
        return;
      }
      if (wide * text >= width) {
        break;
      }
    }
  }
}

/**
 * Begin anew with the answer at this place of the order.
 * @param {HTMLElement} root
 * @param {Band} band
 * @param {number} from
 */
function renew(root, band, from) {
  band.shown = [];
  band.track.replaceChildren();
  band.moved = 0;
  setStyle(band.track, "transform", "");
  band.next = band.order.length ? (from + band.order.length) % band.order.length : 0;
  fill(root, band);
}

/**
 * Turn the band by what is wholly in sight.
 * @param {HTMLElement} root
 * @param {Band} band
 * @param {1 | -1} by
 */
function turn(root, band, by) {
  const whole = band.shown.filter((one) => one.start >= band.moved - 1 && one.start + one.width - band.moved <= band.track.clientWidth + 1);
  const first = band.order.indexOf((whole[0] ?? band.shown[0])?.id ?? "");
  renew(root, band, first + by * Math.max(1, whole.length));
}

/**
 * Tell whether somebody looks closer, or an answer is shown large instead. A pointer left lying there is nobody's wish.
 * @param {Band} band
 */
function isHeld({ band }) {
  return band.matches(":focus-within, [inert] *, body:not(.screen--idle) :hover");
}

/** Move the band, unless it rests or is stopped. @param {HTMLElement} root @param {Band} band */
function run(root, band) {
  if (band.frame || band.stopped || rests(band)) {
    return;
  }
  const unit = parseFloat(getComputedStyle(root).fontSize);
  const outward = getComputedStyle(root).direction === "rtl" ? 1 : -1;
  band.last = performance.now();
  /** @param {number} now */
  function step(now) {
    band.frame = 0;
    heed(band);
    if (!root.isConnected || band.stopped) {
      return;
    }
    if (isHeld(band)) {
      band.last = now;
      band.frame = requestAnimationFrame(step);
      return;
    }
    band.moved += (SPEED * unit * Math.min(Math.max(now - band.last, 0), LONGEST_FRAME)) / 1000;
    band.last = now;
    const edge = edgeOf(band);
    while (band.shown.length && band.shown[0].start + band.shown[0].width < band.moved - edge) {
      band.shown.shift()?.card.remove();
    }
    fill(root, band);
    setStyle(band.track, "transform", `translate(${(outward * band.moved).toFixed(2)}px, 0)`);
    band.frame = requestAnimationFrame(step);
  }
  band.frame = requestAnimationFrame(step);
}
