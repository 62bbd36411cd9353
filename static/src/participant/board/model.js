/**
 * What this phone knows of the board: everybody's questions, and its own. Pure: no page, no network, no clock.
 *
 * @typedef {{id: string, text: string, votes: number | null, answered: boolean, edited: boolean, highlighted: boolean,
 *   labels: string[], reply: string | null, order: number}} Question
 * @typedef {{state: string | null, approve_first: boolean, per_person: number, limit: number, room: number,
 *   stepped: boolean}} Rules
 * @typedef {{slot: number, id: string, state: string, text: string | null}} OwnQuestion
 * @typedef {import("../listing.js").OwnUpvote} OwnUpvote
 * @typedef {{epoch: string, version: number, rules: Rules, questions: Question[], after: string | null,
 *   merged?: Record<string, string>, mine?: {questions: OwnQuestion[], upvotes: Record<string, OwnUpvote>}}} Page
 * @typedef {{epoch: string, from: number, version: number, rules: Rules, changed: Question[],
 *   votes: Record<string, number | null>, gone: string[], merged: Record<string, string>}} Delta
 * @typedef {"votes" | "newest"} Order
 */
import { Listing } from "../listing.js";

/** @extends {Listing<Question>} */
export class Model extends Listing {
  constructor() {
    super();
    /** @type {Rules} */
    this.rules = { state: null, approve_first: false, per_person: 0, limit: 500, room: 0, stepped: false };
    /** @type {Record<string, string>} */
    this.merged = {};
    /** @type {Map<number, OwnQuestion>} */
    this.own = new Map();
  }

  get questions() {
    return this.items;
  }

  /**
   * Begin with the first page of a board. What was known before is dropped: another server may number it otherwise.
   * @param {Page} page
   */
  begin(page) {
    this.renew(page, page.mine ? page.mine.upvotes : {});
    this.merged = page.merged || {};
    this.own = new Map((page.mine ? page.mine.questions : []).map((own) => [own.slot, own]));
    this.add(page);
  }

  /** Take a later page. It is never older than what was heard before it. @param {Page} page */
  add(page) {
    this.rules = page.rules;
    this.fill(page.questions);
  }

  /**
   * Take what changed.
   * @param {Delta} delta
   * @returns {boolean} false when something in between was missed: then the board is to be asked for anew
   */
  take(delta) {
    const news = this.follow(delta);
    if (news !== "new") return news === "old";
    this.rules = delta.rules;
    Object.assign(this.merged, delta.merged);
    return true;
  }

  /** Whose slot a question on the board is, if it is this phone's own. @param {string} id */
  slotOf(id) {
    for (const own of this.own.values()) if (own.id === id && own.state !== "withdrawn") return own.slot;
    return undefined;
  }

  /** The lowest slot in which nothing was asked yet. @param {Set<number>} [taken] others that are on their way */
  freeSlot(taken = new Set()) {
    for (let slot = 0; slot < this.rules.per_person; slot += 1) if (!this.own.has(slot) && !taken.has(slot)) return slot;
    return undefined;
  }

  /** How many questions this phone may still ask. @param {Set<number>} [taken] */
  left(taken = new Set()) {
    return Math.max(0, this.rules.per_person - new Set([...this.own.keys(), ...taken]).size);
  }

  /**
   * Return the ids of the questions that have these words, in order.
   * @param {Order} order
   * @param {string} [words]
   * @returns {string[]}
   */
  sorted(order, words = "") {
    const wanted = fold(words).split(/\s+/).filter(Boolean);
    const found = [...this.questions.values()].filter((question) => {
      const text = fold([question.text, ...question.labels, question.reply || ""].join(" "));
      return wanted.every((word) => text.includes(word));
    });
    return found.sort(order === "newest" ? byNewest : byVotes).map((question) => question.id);
  }

  /**
   * Return the questions to upvote in place of those that were merged into them: each phone says so itself.
   * @returns {{id: string, revision: number}[]}
   */
  toMove() {
    /** @type {Map<string, number>} */
    const moves = new Map();
    for (const [id, into] of Object.entries(this.merged)) {
      const upvote = this.upvotes.get(id);
      if (!upvote || !upvote.given || !this.questions.has(into)) continue;
      const there = this.upvotes.get(into);
      moves.set(into, there ? there.revision + (there.given ? 0 : 1) : 1);
    }
    return [...moves].map(([id, revision]) => ({ id, revision }));
  }

  /** Note that this phone's upvotes of what was merged into a question are counted there now. @param {string} into */
  moved(into) {
    for (const [id, survivor] of Object.entries(this.merged)) if (survivor === into) this.upvotes.delete(id);
  }
}

/** @param {Question} one @param {Question} other */
function byVotes(one, other) {
  return Number(one.answered) - Number(other.answered) || (other.votes || 0) - (one.votes || 0) || byName(one, other);
}

/** @param {Question} one @param {Question} other */
function byNewest(one, other) {
  return other.order - one.order || byName(one, other);
}

/** An order that means nothing, and is the same on every phone. @param {Question} one @param {Question} other */
function byName(one, other) {
  return one.id < other.id ? -1 : 1;
}

/** @param {string} text */
function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}
