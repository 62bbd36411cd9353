/** What a phone says of an answer to a quiz: the first one counts, and there is no way to another. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { linesOf, receiptOf } from "./fates.js";

// Without words of a page every sentence is its own key.
globalThis.document = /** @type {any} */ ({ getElementById: () => ({ textContent: "{}" }), documentElement: { lang: "en" } });

const own = { revision: 1, answer: ["a"], state: "saved" };
const letter = { round: 1, slot: 0, revision: 1, raw: ["a"] };

/** @param {object} more */
function receipt(more) {
  const situation = { open: true, final: true, flowing: true, note: "", inWords: (raw) => raw ?? [], slots: [{}], ...more };
  return receiptOf(situation, linesOf(situation));
}

test("what was sent in a quiz is shown without a way to change it", () => {
  assert.deepEqual([receipt({ slots: [{ own }] })].map(({ title, text, change }) => [title, text, change]), [
    ["quiz_locked_title", "quiz_locked_text", ""],
  ]);
  assert.equal(receipt({ slots: [{ own }], final: false }).change, "change_answer");
});

test("another answer that came second is told which one counts", () => {
  assert.equal(receipt({ slots: [{ own }], note: "superseded" }).text, "quiz_other_text");
});

test("what is on its way is not called sent, and what came too late is not either", () => {
  assert.equal(receipt({ slots: [{ letter }] }).title, "sending_title");
  assert.equal(receipt({ slots: [{ letter: { ...letter, held: true } }], open: false }).title, "quiz_late_title");
  assert.equal(receipt({ slots: [{ own }], open: false }).text, "quiz_closed_text");
  assert.equal(receipt({ open: false }).text, "quiz_closed_text");
});
