/** What the word cloud promises: nothing overlaps, nothing leaves the area, words stay near where they were. */
import assert from "node:assert/strict";
import { performance } from "node:perf_hooks";
import { test } from "node:test";

import { chance, layOut, overlap, placing } from "./placer.js";

const AREA = { width: 1178, height: 430 };

/**
 * Make word-like boxes, the largest first; `grown` says how often each word was given.
 * @param {number[]} counts
 */
function words(counts) {
  return counts
    .map((count, index) => {
      const size = 1 + Math.sqrt(count);
      return { key: `word ${index}`, width: size * (1.5 + chance(`w${index}`) * 6), height: size * 1.15 };
    })
    .sort((a, b) => b.height - a.height || (a.key < b.key ? -1 : 1));
}

/** @param {import("./placer.js").Layout} layout @param {number} expected @param {{width: number, height: number}} area */
function assertSound({ places }, expected, area = AREA) {
  const all = [...places.values()];
  assert.equal(all.length, expected);
  for (const [index, one] of all.entries()) {
    assert.ok(Math.abs(one.x) + one.width / 2 <= area.width / 2 + 1e-6, "leaves the area sideways");
    assert.ok(Math.abs(one.y) + one.height / 2 <= area.height / 2 + 1e-6, "leaves the area upwards or downwards");
    for (const other of all.slice(index + 1)) {
      assert.ok(!overlap(one, other), "two words overlap");
    }
  }
}

test("no words overlap, from one to two hundred, in wide, square and tall areas", () => {
  for (const area of [AREA, { width: 400, height: 400 }, { width: 300, height: 600 }]) {
    for (const count of [1, 2, 5, 20, 60, 200]) {
      const boxes = words(Array.from({ length: count }, (_, index) => 1 + ((index * 7) % 23)));
      assertSound(layOut(boxes, area, 100, null), count, area);
    }
  }
});

test("the same words give the same picture, whatever happened in between", () => {
  const boxes = words(Array.from({ length: 80 }, (_, index) => 1 + (index % 9)));
  assert.deepEqual(layOut(boxes, AREA, 100, null), layOut(boxes, AREA, 100, null));
});

test("a cloud that grows word by word stays sound, and few words move far at once", () => {
  /** @type {number[]} */
  const counts = [];
  /** @type {import("./placer.js").Layout | null} */
  let layout = null;
  let moved = 0;
  let kept = 0;
  for (let step = 0; step < 600; step += 1) {
    const index = Math.floor(chance(`step ${step}`) ** 2 * 200);
    while (counts.length <= index) {
      counts.push(1);
    }
    counts[index] += 1;
    const boxes = words(counts);
    const next = layOut(boxes, AREA, 60, layout);
    assertSound(next, boxes.length);
    for (const [key, place] of layout?.places ?? []) {
      const now = /** @type {import("./placer.js").Place} */ (next.places.get(key));
      const stretch = next.scale / /** @type {import("./placer.js").Layout} */ (layout).scale;
      const far = Math.hypot(now.x - place.x * stretch, now.y - place.y * stretch) > AREA.height / 4;
      moved += Number(far);
      kept += Number(!far);
    }
    layout = next;
  }
  assert.ok(moved / (moved + kept) < 0.01, `${moved} of ${moved + kept} moved far`);
});

test("nothing to place and a hopelessly long word are no errors", () => {
  assert.equal(layOut([], AREA, 10, null).places.size, 0);
  assertSound(layOut([{ key: "long", width: 9000, height: 1 }], AREA, 10, null), 1);
});

test("ten updates a second of two hundred words leave a slow computer idle", () => {
  const counts = Array.from({ length: 200 }, (_, index) => 1 + (index % 30));
  let layout = layOut(words(counts), AREA, 60, null);
  const start = performance.now();
  for (let step = 0; step < 50; step += 1) {
    counts[(step * 37) % 200] += 1;
    layout = layOut(words(counts), AREA, 60, layout);
  }
  const each = (performance.now() - start) / 50;
  assert.ok(each < 50, `${each.toFixed(1)} ms an update`);
});

test("looking for places word by word gives the same picture, and each step looks for one", () => {
  const boxes = words(Array.from({ length: 120 }, (_, index) => 1 + (index % 17)));
  const work = placing(boxes, AREA, 1, null);
  let steps = 0;
  let step = work.next();
  for (; !step.done; step = work.next()) {
    steps += 1;
  }
  assert.deepEqual(step.value, layOut(boxes, AREA, 1, null));
  assert.ok(steps >= boxes.length);
});
