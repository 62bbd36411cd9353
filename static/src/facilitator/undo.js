// What can be taken back: for each change, the request that undoes it.

const MOST = 100;
const MERGED_MS = 2500;

/** @typedef {{url: string, body: URLSearchParams, field?: string, at?: number}} Step */

export class History {
  /** @param {() => void} changed called whenever there is something new, or nothing left, to undo */
  constructor(changed) {
    /** @type {Step[]} */
    this.steps = [];
    this.changed = changed;
  }

  /**
   * Remember a step. Edits of one field in one go count as one.
   *
   * @param {Step} step
   */
  push(step) {
    const last = this.steps.at(-1);
    const now = Date.now();
    if (last && step.field && last.url === step.url && last.field === step.field && now - (last.at ?? 0) < MERGED_MS) {
      last.at = now;
      return;
    }
    this.steps.push({ ...step, at: now });
    if (this.steps.length > MOST) this.steps.shift();
    this.changed();
  }

  /** @returns {Step | undefined} */
  pop() {
    const step = this.steps.pop();
    this.changed();
    return step;
  }

  get empty() {
    return this.steps.length === 0;
  }
}
