/** What motion promises: how long a screen rests depends on what a move cost it. */
import assert from "node:assert/strict";
import { test } from "node:test";

// Only what the module asks of a browser.
globalThis.window = { matchMedia: () => ({ matches: false }) };
const { afterRest } = await import("./motion.js");

/**
 * Let something move whose two next frames take so long; return after how long the rest is over, counted from the second.
 * @param {number} least
 * @param {[number, number]} frames milliseconds
 */
function rested(least, frames, hidden = false) {
  let now = 0;
  let waited = -1;
  globalThis.document = { hidden };
  globalThis.performance = { now: () => now };
  globalThis.requestAnimationFrame = (call) => {
    now += frames.shift();
    call();
  };
  const real = globalThis.setTimeout;
  globalThis.setTimeout = (call, ms) => {
    waited = ms;
    call();
  };
  let called = 0;
  afterRest(least, () => (called += 1));
  globalThis.setTimeout = real;
  assert.equal(called, 1);
  return Math.round(waited);
}

test("a screen that keeps up rests no longer than it has to", () => {
  assert.equal(rested(250, [16, 17]), 250);
  assert.equal(rested(250, [4, 8]), 250);
});

test("one that loses time rests longer, within bounds", () => {
  const [some, more, most] = [rested(250, [40, 30]), rested(250, [60, 40]), rested(250, [600, 300])];
  assert.deepEqual([250, some, more, most].toSorted((a, b) => a - b), [250, some, more, most]);
  assert.equal(new Set([250, some, more, most]).size, 4);
  assert.equal(most, 1500);
});

test("what nobody sees has no frames to wait for", () => {
  assert.equal(rested(250, [], true), 250);
});
