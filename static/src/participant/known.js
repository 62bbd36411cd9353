/**
 * What the server is known to hold of this phone's answers: by round and slot, with its revision.
 *
 * @import { Raw } from "./store.js"
 * @typedef {{revision: number, answer: Raw, state: string}} Own state is "saved" or "removed"
 */

export function openKnown() {
  /** @type {Map<string, Own>} */
  const all = new Map();

  /** @param {number} round @param {number} slot @returns {Own | undefined} */
  const of = (round, slot) => all.get(`${round}/${slot}`);

  /** @param {number} round @param {number} slot @param {Own} own an older revision than the one known is ignored */
  function learn(round, slot, own) {
    const before = of(round, slot);
    if (before && before.revision > own.revision) return;
    all.set(`${round}/${slot}`, own);
  }

  return {
    of,
    learn,
    /**
     * Learn what a join reply says.
     * @param {Record<string, Record<string, Own>>} mine
     */
    learnAll(mine) {
      for (const [round, slots] of Object.entries(mine || {})) {
        for (const [slot, own] of Object.entries(slots)) learn(Number(round), Number(slot), own);
      }
    },
    forget: () => all.clear(),
  };
}

/** @typedef {ReturnType<typeof openKnown>} Known */
