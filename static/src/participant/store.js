/**
 * What this phone keeps of one meeting: answers on their way, texts not sent yet, and in what order it shows options.
 *
 * Kept in local storage, so that a reload or a dead battery loses nothing; in memory where the browser forbids storage.
 * Storage is read again before every change, since another tab may have changed it.
 *
 * @typedef {string | string[] | null} Raw an answer as it is sent: a text, option ids, or null to withdraw
 * @typedef {{round: number | string, slot: number, revision: number, raw: Raw, held: boolean}} Letter an answer on its way;
 *   held = came too late, waits until its round opens again. On the board, `round` says what it is about (`letters.js`)
 * @typedef {Record<string, Record<string, Raw>>} Drafts by round and slot
 * @typedef {{letters: Letter[], drafts: Drafts, upvoted?: boolean, seed?: number}} Kept upvoted = this phone gave an upvote,
 *   so it is to hear of merges; seed = what shuffled options are ordered by here
 * @typedef {Pick<Storage, "getItem" | "setItem" | "removeItem">} Shelf
 */

/** @returns {Kept} */
const nothing = () => ({ letters: [], drafts: {} });

/**
 * Open what is kept for the meeting with this join code.
 * @param {string} code
 * @param {() => Shelf} shelf gives local storage; may throw where it is forbidden
 */
export function openStore(code, shelf = () => window.localStorage) {
  const name = `pollapp:${code}`;
  let memory = nothing();
  /** @type {Shelf | undefined} */
  let storage;
  try {
    storage = shelf();
    storage.getItem(name);
  } catch {
    storage = undefined;
  }

  /** @returns {Kept} */
  function read() {
    if (!storage) return memory;
    try {
      const text = storage.getItem(name);
      if (text) memory = parse(text);
      else memory = nothing();
    } catch {
      storage = undefined;
    }
    return memory;
  }

  /**
   * Change what is kept.
   * @param {(kept: Kept) => void} change
   */
  function update(change) {
    const kept = read();
    change(kept);
    memory = kept;
    if (!storage) return;
    try {
      const isEmpty = !kept.letters.length && !Object.keys(kept.drafts).length && !kept.upvoted && !kept.seed;
      if (!isEmpty) storage.setItem(name, JSON.stringify(kept));
      else storage.removeItem(name);
    } catch {
      // Full or forbidden: from here on this page remembers by itself.
      storage = undefined;
    }
  }

  /** Forget everything of this meeting. */
  function forget() {
    memory = nothing();
    try {
      if (storage) storage.removeItem(name);
    } catch {
      storage = undefined;
    }
  }

  return { read, update, forget, name };
}

/** @typedef {ReturnType<typeof openStore>} Store */

/**
 * Return what a stored text holds, or nothing at all if it is not ours.
 * @param {string} text
 * @returns {Kept}
 */
function parse(text) {
  try {
    const kept = JSON.parse(text);
    if (kept && Array.isArray(kept.letters) && kept.drafts && typeof kept.drafts === "object") return kept;
  } catch {
    // Not JSON: as good as empty.
  }
  return nothing();
}
