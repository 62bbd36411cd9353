/**
 * Entries that people can upvote, as this phone follows them: the whole at first, then what changed. Pure: no page, no
 * network, no clock.
 *
 * @typedef {{revision: number, given: boolean}} OwnUpvote
 */

/** @template {{id: string, votes: number | null}} Item */
export class Listing {
  constructor() {
    this.epoch = "";
    this.version = 0;
    /** @type {Map<string, Item>} */
    this.items = new Map();
    /** @type {Map<string, OwnUpvote>} */
    this.upvotes = new Map();
  }

  /**
   * Begin anew. What was known before is dropped: another server may number it otherwise.
   * @param {{epoch: string, version: number}} page
   * @param {Record<string, OwnUpvote>} upvotes
   */
  renew({ epoch, version }, upvotes) {
    this.epoch = epoch;
    this.version = version;
    this.items.clear();
    this.upvotes = new Map(Object.entries(upvotes));
  }

  /** Take a page. A later one is never older than what was heard before it. @param {Item[]} items */
  fill(items) {
    for (const item of items) this.items.set(item.id, item);
  }

  /**
   * Take what changed.
   * @param {{epoch: string, from: number, version: number, changed: Item[], votes: Record<string, number | null>, gone: string[]}} delta
   * @returns {"missed" | "old" | "new"} whether something in between was missed, so that all is to be asked for anew
   */
  follow({ epoch, from, version, changed, votes, gone }) {
    if (epoch !== this.epoch || from > this.version) return "missed";
    if (version <= this.version) return "old";
    this.version = version;
    this.fill(changed);
    for (const [id, number] of Object.entries(votes)) {
      const item = this.items.get(id);
      if (item) this.items.set(id, { ...item, votes: number });
    }
    for (const id of gone) this.items.delete(id);
    return "new";
  }
}
