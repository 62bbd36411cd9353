/** Keys and clickers. */

import { setSingleKeys, singleKeys } from "../lib/single-keys.js";

/**
 * @typedef {object} Keys
 * @property {() => boolean} singleKeys whether letters are shortcuts
 * @property {(on: boolean) => void} setSingleKeys
 */

/** What moves. Clickers send these, and nothing else that we act on except a blank screen. */
const MOVES = new Map([
  ["ArrowRight", 1],
  ["ArrowDown", 1],
  ["PageDown", 1],
  [" ", 1],
  ["Enter", 1],
  ["ArrowLeft", -1],
  ["ArrowUp", -1],
  ["PageUp", -1],
  ["Backspace", -1],
]);

/**
 * @param {object} acts
 * @param {(by: number) => void} acts.move
 * @param {Record<string, () => void>} acts.letters what a letter does, by lower-case letter
 * @param {() => boolean} acts.escape leave what covers the slide; false when there was nothing to leave
 * @returns {Keys}
 */
export function listen({ move, letters, escape }) {
  document.addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || target.closest("dialog, input, textarea, select")) {
      return;
    }
    const by = MOVES.get(event.key);
    const presses = event.key === "Enter" || event.key === " ";
    // Along the bar, and up and down a long table, arrows belong to what has the focus.
    const walks =
      event.key.startsWith("Arrow") &&
      (target.closest('[role="toolbar"]') || (target.closest("#figures") && /^Arrow(Up|Down)$/.test(event.key)));
    if (by !== undefined && !walks && !(presses && target.closest("button, a, summary"))) {
      event.preventDefault();
      // A key held down must not run through the meeting.
      if (!event.repeat) {
        move(event.shiftKey && event.key === " " ? -by : by);
      }
      return;
    }
    if (event.key === "Escape") {
      if (escape()) {
        event.preventDefault();
      }
      return;
    }
    const act = letters[event.key.toLowerCase()];
    if (act && singleKeys() && !event.repeat) {
      event.preventDefault();
      act();
    }
  });

  return { singleKeys, setSingleKeys };
}
