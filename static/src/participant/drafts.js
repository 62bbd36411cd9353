/**
 * Drafts: what someone typed or ticked but has not sent, by round and slot.
 *
 * @import { Raw, Store } from "./store.js"
 */

/** @param {Store} store */
export function openDrafts(store) {
  return {
    /**
     * Return the drafts of a round by slot.
     * @param {number} round
     * @returns {Record<string, Raw>}
     */
    of(round) {
      return store.read().drafts[round] || {};
    },

    /**
     * Keep the drafts of a round; no slots means none.
     * @param {number} round
     * @param {Record<string, Raw>} slots
     */
    keep(round, slots) {
      const some = Object.keys(slots).length > 0;
      const before = store.read().drafts[round];
      if (!some && !before) return;
      store.update((kept) => {
        if (some) kept.drafts[round] = slots;
        else delete kept.drafts[round];
      });
    },
  };
}

/** @typedef {ReturnType<typeof openDrafts>} DraftBook */
