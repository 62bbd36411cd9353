/**
 * This phone's upvotes: shown at once, delivered by the outbox, and counted once whatever comes first, the reply or the
 * new number.
 *
 * @import { Letter } from "./store.js"
 * @typedef {{given: boolean, votes: number | null}} Shown
 */

/**
 * @param {object} parts
 * @param {import("./listing.js").Listing<any>} parts.listing
 * @param {(id: string) => Letter | undefined} parts.letterOf an upvote on its way
 * @param {(id: string, revision: number, given: boolean) => void} parts.send
 */
export function openUpvotes({ listing, letterOf, send }) {
  /** Upvotes given here whose number has not come back yet, with the number they were given at. @type {Map<string, {votes: number | null, by: number}>} */
  const ahead = new Map();

  /** What is shown of an entry. @param {string} id @returns {Shown} */
  function of(id) {
    const letter = letterOf(id);
    const known = listing.upvotes.get(id);
    const given = letter && !letter.held ? letter.raw === "1" : !!known && known.given;
    const item = listing.items.get(id);
    const votes = item ? item.votes : null;
    const step = ahead.get(id);
    return { given, votes: step && step.votes === votes && votes !== null ? votes + step.by : votes };
  }

  return {
    of,
    /** Give an upvote, or take it back. @param {string} id */
    press(id) {
      const item = listing.items.get(id);
      if (!item) return;
      const { given } = of(id);
      const letter = letterOf(id);
      const known = listing.upvotes.get(id);
      const revision = Math.max(letter ? letter.revision : 0, known ? known.revision : 0) + 1;
      const step = ahead.get(id);
      const by = (step && step.votes === item.votes ? step.by : 0) + (given ? -1 : 1);
      if (by) ahead.set(id, { votes: item.votes, by });
      else ahead.delete(id);
      send(id, revision, !given);
    },
    /** Take note of what became of one. @param {string} id @param {boolean} given @param {any} reply */
    settled(id, given, reply) {
      const isStored = reply.code === "saved" || reply.code === "superseded";
      if (isStored) listing.upvotes.set(id, { revision: reply.revision, given: reply.given });
      if (!isStored || reply.given !== given) ahead.delete(id);
    },
    /** All numbers are new. */
    renew: () => ahead.clear(),
  };
}
