/**
 * The outbox: answers on their way to the server, each delivered exactly once however bad the network is.
 *
 * An answer leaves only when the server has said what became of it. A retry carries the same revision, a change a
 * higher one, so the server can tell them apart; not knowing (no reply, "try again") means sending the same again.
 * An answer that came too late is held until its round opens again.
 *
 * @import { Letter, Raw, Store } from "./store.js"
 * @typedef {{ok: boolean, code: string, revision?: number, answer?: Raw, reason?: string, limit?: number, length?: number}} Reply
 */

const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 20000;
/** Codes after which the answer stays and is sent again: nothing was decided about it. */
const UNDECIDED = new Set(["try_again", "slow_down"]);
const DECIDED = new Set(["saved", "closed", "superseded", "removed", "bad_answer", "unknown_round", "ended", "key_destroyed", "withdrawn", "full", "merged", "unknown_question", "unknown_text", "bad_upvote", "bad_question", "no_questions_left"]);

/**
 * @param {object} parts
 * @param {Store} parts.store
 * @param {(letter: Letter) => Promise<Reply>} parts.post sends one answer; rejects when no reply came
 * @param {(letter: Letter, reply: Reply, newest: boolean) => void} parts.settled told what became of an answer;
 *   newest = it has not been changed since
 * @param {() => void} parts.changed told that the state of some answer changed
 * @param {(again: () => void, pause: number) => void} [parts.later] called with the pause in milliseconds
 * @param {() => number} [parts.random]
 */
export function openOutbox({ store, post, settled, changed, later = (again, wait) => void setTimeout(again, wait), random = Math.random }) {
  /** @type {Set<string>} */
  const onTheWay = new Set();
  let running = false;
  let failures = 0;
  let waiting = false;

  /** @param {number | string} round @param {number} slot */
  const find = (round, slot) => store.read().letters.find((letter) => letter.round === round && letter.slot === slot);

  /** @param {Letter} letter */
  const take = (letter) =>
    store.update((kept) => {
      kept.letters = kept.letters.filter((other) => other.round !== letter.round || other.slot !== letter.slot);
    });

  function flush() {
    if (!running) return;
    for (const letter of store.read().letters) if (!letter.held) void send(letter);
  }

  /** @param {Letter} letter */
  async function send(letter) {
    const key = `${letter.round}/${letter.slot}/${letter.revision}`;
    if (onTheWay.has(key)) return;
    onTheWay.add(key);
    /** @type {Reply} */
    let reply = { ok: false, code: "try_again" };
    try {
      reply = (await post(letter)) || reply;
    } catch {
      // No reply: it is unknown whether the answer was stored, which is what "try again" means.
    }
    onTheWay.delete(key);
    const current = find(letter.round, letter.slot);
    const newest = !!current && current.revision === letter.revision;
    if (UNDECIDED.has(reply.code) || !DECIDED.has(reply.code)) {
      if (newest) pause();
    } else {
      failures = 0;
      if (newest && reply.code === "closed") hold(letter);
      else if (newest) take(letter);
      settled(letter, reply, newest);
    }
    changed();
  }

  /** @param {Letter} letter */
  function hold(letter) {
    store.update((kept) => {
      for (const other of kept.letters) if (other.round === letter.round && other.slot === letter.slot) other.held = true;
    });
  }

  function pause() {
    if (waiting) return;
    waiting = true;
    const longest = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.min(failures, 10));
    failures += 1;
    later(
      () => {
        waiting = false;
        flush();
      },
      longest * (0.5 + random()),
    );
  }

  return {
    /**
     * Put an answer in, in place of an earlier one of the same slot, and send it as soon as possible.
     * @param {Omit<Letter, "held">} letter
     */
    put(letter) {
      take({ ...letter, held: false });
      store.update((kept) => void kept.letters.push({ ...letter, held: false }));
      flush();
      changed();
    },
    /**
     * Return the answers of a round that are still here.
     * @param {number} round
     * @returns {Letter[]}
     */
    of: (round) => store.read().letters.filter((letter) => letter.round === round),
    /** Take an answer back out without sending it. @param {Letter} letter */
    take,
    /**
     * Let answers that came too late go again: their round is open.
     * @param {number | string} round
     */
    release(round) {
      if (!store.read().letters.some((letter) => letter.round === round && letter.held)) return;
      store.update((kept) => {
        for (const letter of kept.letters) if (letter.round === round) letter.held = false;
      });
      flush();
    },
    /** The server listens: send what is here. */
    start() {
      running = true;
      failures = 0;
      flush();
      changed();
    },
    /** The connection is gone: keep everything. */
    stop() {
      running = false;
      changed();
    },
    /** Whether answers can be expected to arrive soon. */
    isFlowing: () => running && failures === 0,
    count: () => store.read().letters.length,
  };
}

/** @typedef {ReturnType<typeof openOutbox>} Outbox */
