/**
 * The way to what others wrote: its module is loaded when a slide first lets people upvote.
 *
 * @import { Texts } from "./texts/texts.js"
 */
import { openStore } from "./store.js";

/**
 * @param {object} parts
 * @param {string} parts.code
 * @param {(name: string, message: object) => Promise<any>} parts.ask
 * @param {() => boolean} parts.isUp
 * @param {(text: string) => void} parts.tell
 */
export function openOthers({ code, ask, isUp, tell }) {
  const root = /** @type {HTMLElement} */ (document.querySelector("[data-texts]"));
  const store = openStore(`${code}:texts`);
  /** @type {Texts | undefined} */
  let texts;
  let loading = false;
  /** @type {number | null} */
  let round = null;

  async function load() {
    if (loading) return;
    loading = true;
    try {
      const { openTexts } = await import("./texts/texts.js");
      texts = openTexts({ root, store, ask, tell });
      texts.show(round);
    } catch {
      // No connection, or an old page: the next stage tries again.
    } finally {
      loading = false;
    }
  }

  return {
    /** Let people upvote what is written in this round, or in none (null). @param {number | null} now */
    show(now) {
      round = now;
      if (texts) texts.show(now);
      else if (now !== null) void load();
    },
    /** The connection is there, and the stage is known. */
    up: () => texts && isUp() && round !== null && texts.up(),
    down: () => texts && texts.down(),
    /** @param {any} delta */
    take: (delta) => texts && texts.take(delta),
    forget: () => store.forget(),
  };
}
