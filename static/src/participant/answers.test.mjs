/** What is checked and planned before anything is sent. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { lengthOf, problemOf, repeated } from "./check.js";
import { grouped, toDigits } from "./code-field.js";
import { planChanges, same } from "./plan.js";

const rules = { least: 2, most: 3, limit: 10 };
const none = { raw: null, revision: 0, removed: false };

test("only changed slots are sent, each with the next revision", () => {
  const counts = [
    { raw: "a", revision: 3, removed: false },
    { raw: "b", revision: 1, removed: false },
    none,
  ];
  assert.deepEqual(planChanges(["a", "c", "d"], counts), [
    { slot: 1, raw: "c", revision: 2 },
    { slot: 2, raw: "d", revision: 1 },
  ]);
  assert.deepEqual(planChanges(["a", "b", null], counts), []);
});

test("the lowest slot is never left empty while another is filled", () => {
  assert.deepEqual(planChanges([null, "x", null], [none, none, none]), [{ slot: 0, raw: "x", revision: 1 }]);
  const counts = ["a", "b", "c"].map((raw) => ({ raw, revision: 1, removed: false }));
  assert.deepEqual(planChanges([null, "b", "c"], counts), [
    { slot: 0, raw: "c", revision: 2 },
    { slot: 2, raw: null, revision: 2 },
  ]);
});

test("a slot whose answer was removed is not used again", () => {
  const counts = [{ raw: null, revision: 1, removed: true }, none, none];
  assert.deepEqual(planChanges([null, null, "x"], counts), [{ slot: 1, raw: "x", revision: 1 }]);
});

test("the order of picked options means nothing", () => {
  assert.ok(same(["a", "b"], ["b", "a"]));
  assert.ok(!same(["a"], ["a", "b"]));
  assert.ok(!same(null, ["a"]));
});

test("characters are counted as the server counts them", () => {
  assert.equal(lengthOf("  two   words \n"), 9);
  assert.equal(lengthOf("e\u0301"), 1);
  assert.equal(lengthOf("👍"), 1);
});

test("limits are told with what is needed to say them", () => {
  assert.deepEqual(problemOf("x".repeat(12), rules), { reason: "too_long", limit: 10, length: 12 });
  assert.equal(problemOf("x".repeat(10), rules), null);
  assert.deepEqual(problemOf(["a"], rules), { reason: "too_few", limit: 2, length: 1 });
  assert.deepEqual(problemOf(["a", "b", "c", "d"], rules), { reason: "too_many", limit: 3, length: 4 });
  assert.equal(problemOf(null, rules), null);
  const parts = { ...rules, least: 1, parts: [/** @type {[string, number]} */ (["other:", 10])] };
  assert.deepEqual(problemOf(["a", `other:${"x".repeat(12)}`], parts), { reason: "too_long", limit: 10, length: 12 });
  assert.equal(problemOf(["a".repeat(30), `other: ${"x".repeat(10)} `], parts), null);
});

test("an entry written twice by the same person is found", () => {
  assert.deepEqual(repeated(["Trust", null, " trust ", "ＴＲＵＳＴ", "peers"]), [2, 3]);
  assert.deepEqual(repeated([["a"], null]), []);
});

test("a join code may be typed with spaces and in any digits", () => {
  assert.equal(toDigits(" 1234-5678\n"), "12345678");
  assert.equal(toDigits("١٢٣٤٥٦٧٨"), "12345678");
  assert.equal(grouped("12345"), "1234 5");
  assert.equal(grouped("1234"), "1234");
});
