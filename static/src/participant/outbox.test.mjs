/** What the outbox promises: every answer is decided exactly once, whatever the network does. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { openOutbox } from "./outbox.js";
import { openStore } from "./store.js";

/** A server that keeps the rule of the ballots, behind a network that loses what `loses` says. */
class Server {
  stored = new Map();
  writes = 0;
  open = true;
  /** @type {("request" | "reply")[]} */
  losses = [];

  /** @param {import("./store.js").Letter} letter @returns {Promise<import("./outbox.js").Reply>} */
  async receive({ round, slot, revision, raw }) {
    const loss = this.losses.shift();
    if (loss === "request") throw new Error("lost on the way there");
    const reply = this.decide(`${round}/${slot}`, revision, raw);
    if (loss === "reply") throw new Error("lost on the way back");
    return reply;
  }

  /** @param {string} key @param {number} revision @param {import("./store.js").Raw} raw */
  decide(key, revision, raw) {
    const own = this.stored.get(key);
    if (own && (own.revision > revision || (own.revision === revision && own.raw === raw))) {
      return { ok: true, code: "saved", revision: own.revision };
    }
    if (own && own.revision === revision) return { ok: false, code: "superseded", revision, answer: own.raw };
    if (!this.open) return { ok: false, code: "closed", ...(own && { revision: own.revision, answer: own.raw }) };
    this.stored.set(key, { revision, raw });
    this.writes += 1;
    return { ok: true, code: "saved", revision };
  }
}

function shelf() {
  const kept = new Map();
  return {
    getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => void kept.set(key, value),
    removeItem: (/** @type {string} */ key) => void kept.delete(key),
  };
}

/** @param {Server} server @param {ReturnType<typeof shelf>} storage */
function phone(server, storage = shelf()) {
  const store = openStore("12345678", () => storage);
  /** @type {string[]} */
  const fates = [];
  /** @type {(() => void)[]} */
  const waiting = [];
  const outbox = openOutbox({
    store,
    post: (letter) => server.receive(letter),
    settled: (_letter, reply) => void fates.push(reply.code),
    changed: () => {},
    later: (again) => void waiting.push(again),
    random: () => 0.5,
  });
  /** Let everything happen, pauses included. */
  const settle = async () => {
    for (let round = 0; round < 50; round += 1) {
      await new Promise((done) => {
        setImmediate(done);
      });
      for (const again of waiting.splice(0)) again();
    }
  };
  return { outbox, store, fates, settle };
}

const letter = (/** @type {object} */ other = {}) => ({ round: 7, slot: 0, revision: 1, raw: "hello", ...other });

test("nothing leaves before the server listens, everything leaves then", async () => {
  const server = new Server();
  const { outbox, settle } = phone(server);
  outbox.put(letter());
  await settle();
  assert.equal(server.writes, 0);
  outbox.start();
  await settle();
  assert.deepEqual([...server.stored], [["7/0", { revision: 1, raw: "hello" }]]);
  assert.equal(outbox.count(), 0);
});

test("lost requests and lost replies are sent again with the same revision, and stored once", async () => {
  const server = new Server();
  server.losses = ["request", "reply", "reply", "request"];
  const { outbox, settle, fates } = phone(server);
  outbox.start();
  outbox.put(letter());
  await settle();
  assert.equal(server.writes, 1);
  assert.deepEqual(fates, ["saved"]);
  assert.equal(outbox.count(), 0);
});

test("any pattern of losses ends with one stored answer per slot: the last one wished", async () => {
  for (let pattern = 0; pattern < 3 ** 6; pattern += 1) {
    const server = new Server();
    server.losses = [0, 1, 2, 3, 4, 5].map((place) => ["", "request", "reply"][Math.floor(pattern / 3 ** place) % 3]);
    const { outbox, settle } = phone(server);
    outbox.start();
    outbox.put(letter());
    await new Promise((done) => {
        setImmediate(done);
      });
    outbox.put(letter({ revision: 2, raw: "changed" }));
    outbox.put(letter({ slot: 1, raw: "second" }));
    await settle();
    assert.deepEqual(server.stored.get("7/0"), { revision: 2, raw: "changed" });
    assert.deepEqual(server.stored.get("7/1"), { revision: 1, raw: "second" });
    assert.equal(outbox.count(), 0);
  }
});

test("an answer survives the page and is delivered by the next one", async () => {
  const server = new Server();
  const storage = shelf();
  phone(server, storage).outbox.put(letter());
  const next = phone(server, storage);
  next.outbox.start();
  await next.settle();
  assert.equal(server.writes, 1);
});

test("two tabs that send the same kept answer store it once", async () => {
  const server = new Server();
  const storage = shelf();
  const [one, other] = [phone(server, storage), phone(server, storage)];
  one.outbox.put(letter());
  one.outbox.start();
  other.outbox.start();
  await one.settle();
  await other.settle();
  assert.equal(server.writes, 1);
  assert.equal(one.outbox.count(), 0);
});

test("a late answer is held, kept over a reload, and sent when its round opens again", async () => {
  const server = new Server();
  server.open = false;
  const storage = shelf();
  const { outbox, settle, fates } = phone(server, storage);
  outbox.start();
  outbox.put(letter());
  await settle();
  assert.deepEqual(fates, ["closed"]);
  assert.equal(outbox.of(7)[0].held, true);
  const next = phone(server, storage);
  next.outbox.start();
  await next.settle();
  assert.deepEqual(next.fates, []);
  server.open = true;
  next.outbox.release(7);
  await next.settle();
  assert.equal(server.writes, 1);
  assert.equal(next.outbox.count(), 0);
});

test("what the server refuses leaves the outbox and is reported", async () => {
  const server = new Server();
  server.stored.set("7/0", { revision: 1, raw: "from another tab" });
  const { outbox, settle, fates } = phone(server);
  outbox.start();
  outbox.put(letter());
  await settle();
  assert.deepEqual(fates, ["superseded"]);
  assert.equal(outbox.count(), 0);
});

test("where storage is forbidden the page itself remembers", () => {
  const forbidden = () => {
    throw new Error("no storage here");
  };
  for (const broken of [forbidden, () => ({ ...shelf(), setItem: forbidden })]) {
    const store = openStore("12345678", broken);
    store.update((kept) => void kept.letters.push({ ...letter(), held: false }));
    assert.equal(store.read().letters.length, 1);
  }
});

test("what is forgotten leaves no trace in storage", () => {
  const storage = shelf();
  const store = openStore("12345678", () => storage);
  store.update((kept) => void (kept.drafts[7] = { 0: "unsent" }));
  assert.ok(storage.getItem(store.name));
  store.forget();
  assert.equal(storage.getItem(store.name), null);
});
