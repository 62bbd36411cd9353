/**
 * A word cloud in an element: measures words, asks lib/placer.js where they go, moves them there.
 *
 * It looks for places a few milliseconds per frame, and lets words arrive before it moves them again. What comes in
 * the meantime waits; only the newest is drawn.
 *
 * @typedef {{key: string, word: string, count: number}} Word
 * @typedef {import("./placer.js").Layout} Layout
 * @typedef {{width: number, height: number, lines: string[]}} Measure at a font size of 1
 */
import { keyed, make, onResize, setStyle, setText } from "./dom.js";
import { afterRest, appear, DURATION } from "./motion.js";
import { chance, placing } from "./placer.js";

/** The font size words are set in; they are scaled from it, so that growing is one smooth transform. Pixels. */
const BASE = 64;
const COLOURS = 8;
/** A phrase longer than this many average letters is broken into lines. */
const LINE = 16;
const MOST_LINES = 4;
/** How many times as large as the rarest word the most common may be; the first that leaves all readable is taken. */
const CONTRASTS = [5, 4, 3.2, 2.6, 2.1, 1.8];
/** The part of the area that words can be expected to cover, and of its width that one word may take. */
const COVER = 0.66;
const WIDEST = 0.8;
/** The largest text, as a part of the height. */
const TALLEST = 0.3;
/** Sizes grow in steps, so that one more answer does not move everything a hair's breadth. */
const STEP = 1.05;
/** How long a frame may be kept busy with looking for places, in milliseconds. */
const SLICE = 4;
/** From one move of the words to the next, in milliseconds at least: they come to rest in between. */
const REST = DURATION + 100;

/**
 * @typedef {object} Cloud
 * @property {readonly Word[]} words the newest
 * @property {boolean} still
 * @property {boolean} busy places are being looked for, or words are on their way
 * @property {boolean} waiting something came meanwhile
 * @property {Layout | null} layout what is drawn
 * @property {string} area its size
 */

/** @type {WeakMap<HTMLElement, Cloud>} */
const clouds = new WeakMap();
/** @type {Map<string, Measure>} */
const known = new Map();
/** @type {CanvasRenderingContext2D | null} */
let pen = null;

/**
 * Draw words, the most frequent first, keeping each near where it was.
 * @param {HTMLElement} root
 * @param {readonly Word[]} words
 * @param {boolean} still no motion
 */
export function drawCloud(root, words, still) {
  let cloud = clouds.get(root);
  if (!cloud) {
    root.classList.add("cloud");
    // Scattered words say little when read out; the same figures stand beside them as a table.
    root.setAttribute("aria-hidden", "true");
    cloud = { words, still, busy: false, waiting: false, layout: null, area: "" };
    clouds.set(root, cloud);
    const shown = cloud;
    onResize(root, () => update(root, shown));
    // Words measured before a font was there are measured again.
    document.fonts?.ready.then(() => known.clear());
  }
  cloud.words = words;
  cloud.still = still;
  update(root, cloud);
}

/**
 * Look for places now, or when words have come to rest.
 * @param {HTMLElement} root
 * @param {Cloud} cloud
 */
function update(root, cloud) {
  const area = { width: root.clientWidth, height: root.clientHeight };
  if (!area.width || !area.height) {
    return;
  }
  if (cloud.busy) {
    cloud.waiting = true;
    return;
  }
  cloud.busy = true;
  handDown(cloud);
  const { fontFamily, fontSize } = getComputedStyle(root);
  const boxes = sizes(cloud.words, area, fontFamily, parseFloat(fontSize));
  const largest = (area.height * TALLEST) / Math.max(...boxes.map((box) => box.size), 1);
  const work = placing(boxes, area, largest, cloud.area === nameOf(area) ? cloud.layout : null);

  function goOn() {
    const start = performance.now();
    do {
      const { done, value } = work.next();
      if (done) {
        move(root, cloud, boxes, value, area);
        afterRest(REST, rest);
        return;
      }
      // No frame comes to what nobody sees.
    } while (performance.now() - start < SLICE || document.hidden);
    requestAnimationFrame(goOn);
  }

  function rest() {
    cloud.busy = false;
    if (cloud.waiting && root.isConnected) {
      cloud.waiting = false;
      update(root, cloud);
    }
  }

  goOn();
}

/**
 * Let a word that comes when another goes look for its place where that one was: most likely it was renamed.
 * @param {Cloud} cloud
 */
function handDown({ layout, words }) {
  if (!layout) {
    return;
  }
  const there = new Set(words.map(({ key }) => key));
  const gone = [...layout.places.keys()].filter((key) => !there.has(key));
  const come = words.filter(({ key }) => !layout.places.has(key));
  const place = layout.places.get(gone[0] ?? "");
  if (gone.length === 1 && come.length === 1 && place) {
    layout.places.set(come[0].key, place);
  }
}

/** @param {{width: number, height: number}} area */
function nameOf({ width, height }) {
  return `${width}x${height}`;
}

/**
 * Move every word to its place.
 * @param {HTMLElement} root
 * @param {Cloud} cloud
 * @param {readonly (import("./placer.js").Box & {size: number, lines: string[]})[]} boxes
 * @param {Layout} layout
 * @param {{width: number, height: number}} area
 */
function move(root, cloud, boxes, layout, area) {
  const still = cloud.still || (cloud.area !== nameOf(area) && root.childElementCount > 0);
  cloud.layout = layout;
  cloud.area = nameOf(area);
  root.classList.toggle("cloud--still", still);
  keyed(
    root,
    // In an order that does not change: an element that is moved among others loses its way.
    boxes.filter((box) => layout.places.has(box.key)).sort((a, b) => (a.key < b.key ? -1 : 1)),
    (box) => box.key,
    (box) => {
      const element = make("span", "cloud__word");
      element.dataset.ink = String(1 + Math.floor(chance(`ink ${box.key}`) * COLOURS));
      const text = make("span", "cloud__text");
      text.dir = "auto";
      element.append(text);
      return element;
    },
    (element, box) => {
      const place = /** @type {import("./placer.js").Place} */ (layout.places.get(box.key));
      const fresh = !element.style.transform;
      const text = /** @type {HTMLElement} */ (element.firstElementChild);
      setText(text, box.lines.join("\n"));
      const scale = (box.size * layout.scale) / BASE;
      const x = area.width / 2 + place.x;
      const y = area.height / 2 + place.y;
      setStyle(element, "transform", `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px) scale(${scale.toFixed(4)})`);
      if (fresh) {
        appear(text, still);
      }
    },
  );
}

/**
 * Give every word a size (by the square root of its count) and a box, both for a scale of 1.
 * @param {readonly Word[]} words
 * @param {{width: number, height: number}} area
 * @param {string} font
 * @param {number} readable the smallest text that can be read, in pixels
 */
function sizes(words, area, font, readable) {
  const roots = words.map(({ count }) => Math.sqrt(Math.max(1, count)));
  const least = Math.min(...roots);
  const span = Math.max(...roots) - least;
  const measures = words.map(({ word }) => measured(word, font));
  /** @type {number[]} */
  let wanted = [];
  let scale = 0;
  for (const contrast of CONTRASTS) {
    const reach = Math.min(contrast - 1, span);
    wanted = [];
    let covered = 0;
    for (const [index, root] of roots.entries()) {
      wanted.push(stepped(1 + (span ? (reach * (root - least)) / span : 0)));
      covered += measures[index].width * measures[index].height * wanted[index] ** 2;
    }
    scale = Math.sqrt((COVER * area.width * area.height) / covered);
    if (scale >= readable) {
      break;
    }
  }
  return words.map(({ key }, index) => {
    const { lines, width, height } = measures[index];
    // One long word must not make all others small.
    const size = Math.min(wanted[index], (WIDEST * area.width) / (width * scale));
    return { key, size, lines, width: width * size, height: height * size };
  });
}

/** @param {number} size */
function stepped(size) {
  return STEP ** Math.round(Math.log(size) / Math.log(STEP));
}

/**
 * Measure a word at font size 1, broken into lines when it is long.
 * @param {string} word
 * @param {string} font
 * @returns {Measure}
 */
function measured(word, font) {
  const before = known.get(word);
  if (before) {
    return before;
  }
  pen ??= document.createElement("canvas").getContext("2d");
  /** @param {string} text */
  const width = (text) => {
    if (!pen) {
      return text.length * 0.6;
    }
    pen.font = `650 100px ${font}`;
    return pen.measureText(text).width / 100;
  };
  const lines = broken(word, width);
  // Joined and stacked scripts reach further above and below the line than Latin does.
  const leading = /[\u0590-\u08ff\u0900-\u0eff]/u.test(word) ? 1.3 : 1.08;
  const measure = {
    lines,
    width: Math.max(...lines.map(width)) + 0.28,
    height: leading + (lines.length - 1) * 1.1 + 0.06,
  };
  if (known.size > 2000) {
    known.clear();
  }
  known.set(word, measure);
  return measure;
}

/**
 * Break a phrase at spaces (or between ideographs) into lines of about the same length.
 * @param {string} phrase
 * @param {(text: string) => number} width
 * @returns {string[]}
 */
function broken(phrase, width) {
  const whole = width(phrase);
  const wanted = Math.min(MOST_LINES, Math.ceil(whole / (LINE * 0.6)));
  const parts = phrase.match(/[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\s\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+\s*|\s+/gu) ?? [phrase];
  if (wanted < 2 || parts.length < 2) {
    return [phrase];
  }
  const target = whole / wanted;
  /** @type {string[]} */
  const lines = [];
  let line = "";
  for (const part of parts) {
    const longer = line + part;
    const over = width(longer.trimEnd()) - target;
    if (line && lines.length < wanted - 1 && over > 0 && over > target - width(line.trimEnd())) {
      lines.push(line.trimEnd());
      line = part;
    } else {
      line = longer;
    }
  }
  lines.push(line.trimEnd());
  return lines;
}
