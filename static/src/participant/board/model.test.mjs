import assert from "node:assert/strict";
import test from "node:test";

import { Model } from "./model.js";

const rules = { state: "open", approve_first: false, per_person: 3, limit: 500, room: 9, stepped: false };
const question = (id, votes = 0, more = {}) => ({
  id, text: `Question ${id}?`, votes, answered: false, edited: false, highlighted: false, labels: [], reply: null, order: 0, ...more,
});
const page = (questions, more = {}) => ({ epoch: "e", version: 1, rules, questions, after: null, merged: {}, mine: { questions: [], upvotes: {} }, ...more });
const delta = (from, more = {}) => ({ epoch: "e", from, version: from + 1, rules, changed: [], votes: {}, gone: [], merged: {}, ...more });

function begun(...questions) {
  const model = new Model();
  model.begin(page(questions));
  return model;
}

test("differences are laid over what is known, once each", () => {
  const model = begun(question("a"), question("b"));
  const next = delta(1, { votes: { a: 4, unknown: 2 }, gone: ["b"], changed: [question("c", 1)] });
  assert.ok(model.take(next));
  assert.ok(model.take(next));
  assert.deepEqual([...model.questions.keys()], ["a", "c"]);
  assert.equal(model.questions.get("a").votes, 4);
});

test("a gap or another server's numbers are noticed", () => {
  const model = begun(question("a"));
  assert.equal(model.take(delta(2)), false);
  assert.equal(model.take({ ...delta(1), epoch: "other" }), false);
  assert.equal(model.version, 1);
});

test("the most wanted come first, answered ones last, and the order is the same on every phone", () => {
  const model = begun(question("c", 2), question("a", 2), question("b", 9, { answered: true }), question("d", null));
  assert.deepEqual(model.sorted("votes"), ["a", "c", "d", "b"]);
});

test("newest are those that came last", () => {
  const model = begun(question("a", 0, { order: 1 }), question("b", 0, { order: 3 }), question("c", 0, { order: 2 }));
  assert.deepEqual(model.sorted("newest"), ["b", "c", "a"]);
});

test("words are found in text, labels and replies, without accents", () => {
  const model = begun(question("a", 0, { text: "Où allons-nous?" }), question("b", 0, { labels: ["Café"] }), question("c"));
  assert.deepEqual(model.sorted("votes", "ou ALLONS"), ["a"]);
  assert.deepEqual(model.sorted("votes", "cafe"), ["b"]);
});

test("slots of questions that were taken back stay taken", () => {
  const model = begun();
  model.own.set(0, { slot: 0, id: "a", state: "withdrawn", text: null });
  assert.equal(model.freeSlot(), 1);
  assert.equal(model.freeSlot(new Set([1])), 2);
  assert.equal(model.left(new Set([1])), 1);
  assert.equal(model.freeSlot(new Set([1, 2])), undefined);
});

test("an upvote of what was merged is given to what survived, under the next revision", () => {
  const model = begun(question("s"), question("t"));
  model.merged = { one: "s", two: "t", gone: "away" };
  for (const id of ["one", "two", "gone"]) model.upvotes.set(id, { revision: 3, given: true });
  model.upvotes.set("t", { revision: 4, given: false });
  assert.deepEqual(model.toMove(), [{ id: "s", revision: 1 }, { id: "t", revision: 5 }]);
  model.moved("s");
  assert.deepEqual(model.toMove(), [{ id: "t", revision: 5 }]);
});
