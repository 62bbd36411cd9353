/**
 * A word cloud in an element: measures words, asks lib/placer.js where they go, moves them there.
 *
 * @typedef {{key: string, word: string, count: number}} Word
 * @typedef {import("./placer.js").Layout} Layout
 * @typedef {{width: number, height: number, lines: string[]}} Measure at a font size of 1
 */
import { keyed, make, onResize, setText } from "./dom.js";
import { appear } from "./motion.js";
import { chance, layOut } from "./placer.js";

/** The font size words are set in; they are scaled from it, so that growing is one smooth transform. Pixels. */
const BASE = 64;
const COLOURS = 8;
/** A phrase longer than this many average letters is broken into lines. */
const LINE = 16;
const MOST_LINES = 4;
/** The most common word is at most so many times as large as the rarest, the fewer words the more. */
const CONTRAST = 5;
/** Sizes grow in steps, so that one more answer does not move everything a hair's breadth. */
const STEP = 1.05;

/** @type {WeakMap<HTMLElement, {words: readonly Word[], layout: Layout | null, area: string, still: boolean, draw: () => void}>} */
const clouds = new WeakMap();
/** @type {Map<string, Measure>} */
const measures = new Map();
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
    const draw = () => update(root);
    cloud = { words, layout: null, area: "", still, draw };
    clouds.set(root, cloud);
    onResize(root, draw);
    // Words measured before a font was there are measured again.
    document.fonts?.ready.then(() => measures.clear());
  }
  cloud.words = words;
  cloud.still = still;
  update(root);
}

/** @param {HTMLElement} root */
function update(root) {
  const cloud = clouds.get(root);
  const area = { width: root.clientWidth, height: root.clientHeight };
  if (!cloud || !area.width || !area.height) {
    return;
  }
  const first = root.childElementCount === 0;
  const size = `${area.width}x${area.height}`;
  const font = getComputedStyle(root).fontFamily;
  const boxes = sizes(cloud.words, area, font);
  const layout = layOut(boxes, area, (area.height * 0.26) / Math.max(...boxes.map((box) => box.size), 1e-9), cloud.area === size ? cloud.layout : null);
  const still = cloud.still || (cloud.area !== size && !first);
  cloud.layout = layout;
  cloud.area = size;

  root.classList.toggle("cloud--still", still);
  keyed(
    root,
    boxes.filter((box) => layout.places.has(box.key)),
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
      const place = layout.places.get(box.key);
      if (!place) {
        return;
      }
      const fresh = !element.style.transform;
      const text = /** @type {HTMLElement} */ (element.firstElementChild);
      setText(text, box.lines.join("\n"));
      const scale = (box.size * layout.scale) / BASE;
      const x = area.width / 2 + place.x;
      const y = area.height / 2 + place.y;
      element.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px) scale(${scale.toFixed(4)})`;
      if (fresh) {
        appear(text, still);
      }
    },
  );
}

/**
 * Give every word a size (square root of its count) and a box.
 * @param {readonly Word[]} words
 * @param {{width: number, height: number}} area
 * @param {string} font
 */
function sizes(words, area, font) {
  const most = Math.max(1, ...words.map((word) => word.count));
  const least = Math.min(most, ...words.map((word) => word.count));
  const span = Math.sqrt(most) - Math.sqrt(least);
  // With many words the large ones leave room, or the small could not be read from the back row.
  const contrast = Math.min(1 + span, Math.max(2.2, CONTRAST - words.length / 60));
  return words.map(({ key, word, count }) => {
    const measure = measured(word, font);
    const part = span ? (Math.sqrt(count) - Math.sqrt(least)) / span : 0;
    const raw = 1 + (contrast - 1) * part;
    const stepped = STEP ** Math.round(Math.log(raw) / Math.log(STEP));
    // A long word or phrase must fit across the area whatever its count.
    const size = Math.min(stepped, (area.width / area.height) * (9 / measure.width));
    return { key, size, lines: measure.lines, width: measure.width * size, height: measure.height * size };
  });
}

/**
 * Measure a word at font size 1, broken into lines when it is long.
 * @param {string} word
 * @param {string} font
 * @returns {Measure}
 */
function measured(word, font) {
  const known = measures.get(word);
  if (known) {
    return known;
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
  if (measures.size > 2000) {
    measures.clear();
  }
  measures.set(word, measure);
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
