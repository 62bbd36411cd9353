/**
 * From what the controls hold to what must be sent. Pure.
 *
 * @import { Raw } from "./store.js"
 * @typedef {{raw: Raw, revision: number, removed: boolean}} Counts what counts now for a slot: sent or on its way
 * @typedef {{slot: number, raw: Raw, revision: number}} Change
 */

/**
 * Return the changes that bring the slots to the wished answers.
 *
 * People are counted by their lowest slot, so that one is never left empty while another is filled.
 * @param {Raw[]} wished by slot; null = empty
 * @param {Counts[]} counts by slot
 * @returns {Change[]}
 */
export function planChanges(wished, counts) {
  const usable = counts.map((_, slot) => slot).filter((slot) => !counts[slot].removed);
  const goal = [...wished];
  const first = usable[0];
  const last = [...usable].reverse().find((slot) => goal[slot] !== null);
  if (first !== undefined && last !== undefined && goal[first] === null) {
    goal[first] = goal[last];
    goal[last] = null;
  }
  return usable
    .filter((slot) => !same(goal[slot], counts[slot].raw))
    .map((slot) => ({ slot, raw: goal[slot], revision: counts[slot].revision + 1 }));
}

/**
 * Tell whether two answers are the same; the order of picked options means nothing.
 * @param {Raw} one
 * @param {Raw} other
 */
export function same(one, other) {
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((id) => other.includes(id));
  }
  return one === other;
}
