/** What a shuffled order promises: all there, the same again, and every place as likely for each. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { shuffled } from "./order.js";
import { openStore } from "./store.js";

const OPTIONS = ["a", "b", "c", "d", "e"];
const name = (/** @type {string} */ option) => option;

test("all options are there, in the same order again", () => {
  assert.deepEqual([...shuffled(OPTIONS, name, "7 1")].sort(), OPTIONS);
  assert.deepEqual(shuffled(OPTIONS, name, "7 1"), shuffled([...OPTIONS].reverse(), name, "7 1"));
});

test("among many phones every option comes first about as often", () => {
  /** @type {Record<string, number>} */
  const firsts = {};
  for (let seed = 1; seed <= 5000; seed += 1) {
    const [first] = shuffled(OPTIONS, name, `${seed} 3`);
    firsts[first] = (firsts[first] ?? 0) + 1;
  }
  for (const option of OPTIONS) assert.ok(Math.abs(firsts[option] - 1000) < 150, JSON.stringify(firsts));
});

test("the number behind an order outlasts a reload and is forgotten with the meeting", () => {
  const kept = new Map();
  const shelf = () => ({
    getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => void kept.set(key, value),
    removeItem: (/** @type {string} */ key) => void kept.delete(key),
  });
  openStore("12345678", shelf).update((all) => {
    all.seed = 7;
  });
  const again = openStore("12345678", shelf);
  assert.equal(again.read().seed, 7);
  again.forget();
  assert.equal(kept.size, 0);
});
