/**
 * The order of options on this phone. Where a poll is shuffled, everybody is sent the same page and every phone orders it
 * by a number of its own, which stays here: nobody else could tell who saw what first.
 *
 * @import { Store } from "./store.js"
 */

/** @param {Store} store */
export function openOrder(store) {
  /** @returns {number} */
  function seed() {
    const kept = store.read().seed;
    if (kept) return kept;
    const made = crypto.getRandomValues(new Uint32Array(1))[0] || 1;
    store.update((all) => {
      all.seed = made;
    });
    return made;
  }

  return {
    /**
     * Put what is marked `data-shuffled` into this phone's order, where it stands.
     * @param {HTMLElement} form
     * @param {number} round
     */
    shuffle(form, round) {
      const items = /** @type {HTMLElement[]} */ ([...form.querySelectorAll("[data-shuffled]")]);
      if (!items.length) return;
      const marker = document.createComment("");
      items[0].before(marker);
      marker.replaceWith(...shuffled(items, (item) => item.dataset.shuffled ?? "", `${seed()} ${round}`));
    },
  };
}

/** @typedef {ReturnType<typeof openOrder>} Order */

/**
 * Return items in an order that depends on their names and the seed alone: the same after a reload, and with one more.
 * @template T
 * @param {T[]} items
 * @param {(item: T) => string} name
 * @param {string} seed
 */
export function shuffled(items, name, seed) {
  return items
    .map((item) => ({ item, at: scatter(`${seed} ${name(item)}`) }))
    .sort((one, other) => one.at - other.at)
    .map(({ item }) => item);
}

/** Return a whole number that looks like chance: FNV-1a, and the last steps of MurmurHash3. @param {string} text */
function scatter(text) {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
