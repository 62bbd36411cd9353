/** What cards on a screen promise: none jumps because another came or went. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { arrange } from "./cards.js";

const UNIT = 20;
const HEIGHT = 100;
globalThis.getComputedStyle = /** @type {any} */ (() => ({ fontSize: `${UNIT}px` }));

/** @param {number} clientHeight */
function screen(clientHeight) {
  const style = { getPropertyValue: () => "", setProperty() {} };
  return /** @type {any} */ ({ list: { style }, box: { clientWidth: 1600, clientHeight } });
}

/** @param {Iterable<number>} numbers @param {string} [text] */
function cards(numbers, text = "an answer") {
  return /** @type {any[]} */ (
    [...numbers].map((number) => ({
      dataset: { key: `k${number}` },
      textContent: `${text} ${number}`,
      offsetHeight: HEIGHT,
      classList: { remove() {} },
    }))
  );
}

const range = (/** @type {number} */ from, /** @type {number} */ to) => Array.from({ length: to - from }, (_, index) => from + index);

/** @param {import("./cards.js").Arrangement} arrangement */
function assertApart({ seats, columns }) {
  const taken = new Set([...seats.values()].map(({ page, column, top }) => `${page} ${column} ${top}`));
  assert.equal(taken.size, seats.size, "two cards share a seat");
  assert.ok([...seats.values()].every(({ column }) => column < columns));
}

test("new cards leave those on pages where they are", () => {
  const { list, box } = screen(700);
  const before = arrange(list, cards(range(0, 100)), box, null);
  const after = arrange(list, cards(range(0, 140)), box, before);
  assert.ok(before.pages > 1);
  assert.equal(after.seats.size, 140);
  for (const [key, seat] of before.seats) {
    assert.deepEqual(after.seats.get(key), seat);
  }
  assertApart(after);
});

test("the seat of a card that is gone goes to a new one, and nobody else moves", () => {
  const { list, box } = screen(700);
  const before = arrange(list, cards(range(0, 100)), box, null);
  const after = arrange(list, cards([...range(5, 100), ...range(200, 205)]), box, before);
  assert.equal(after.pages, before.pages);
  for (const number of range(5, 100)) {
    assert.deepEqual(after.seats.get(`k${number}`), before.seats.get(`k${number}`));
  }
  const places = (/** @type {number[]} */ numbers, /** @type {typeof after} */ { seats }) =>
    numbers.map((number) => JSON.stringify(seats.get(`k${number}`))).sort();
  assert.deepEqual(places(range(200, 205), after), places(range(0, 5), before));
  assertApart(after);
});

test("when many are gone the others close ranks", () => {
  const { list, box } = screen(700);
  const before = arrange(list, cards(range(0, 100)), box, null);
  const after = arrange(list, cards(range(50, 100)), box, before);
  assert.ok(after.pages < before.pages);
  assert.equal(after.free.length, 0);
  assertApart(after);
});

test("tiles are as high as one tile, or as several with their gaps", () => {
  const { list, box } = screen(700);
  const tall = [HEIGHT, HEIGHT, 3 * HEIGHT];
  const tiles = cards(range(0, 3)).map((card, index) => ({ ...card, offsetHeight: tall[index], style: { removeProperty() {} } }));
  const { seats, tile, gap } = arrange(list, tiles, box, null, true);
  const heights = range(0, 3).map((number) => seats.get(`k${number}`)?.height ?? 0);
  assert.equal(heights[0], heights[1]);
  for (const [index, height] of heights.entries()) {
    assert.ok(height >= tall[index]);
    assert.equal(Math.round((1000 * (height + gap)) / (tile + gap)) % 1000, 0);
  }
});

test("a card whose text changed is seated anew", () => {
  const { list, box } = screen(700);
  const before = arrange(list, cards(range(0, 100)), box, null);
  const after = arrange(list, [...cards([0], "redacted"), ...cards(range(1, 100))], box, before);
  assert.equal(after.texts.get("k0"), "redacted 0");
  assertApart(after);
});
