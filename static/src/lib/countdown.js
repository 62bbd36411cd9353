/** How long a poll still takes answers, by the own clock of a phone or a remote. */
import { setText } from "./dom.js";

/** The last seconds are shown as urgent. */
const URGENT = 10;

/** @param {HTMLElement} root */
export function openCountdown(root) {
  const time = /** @type {HTMLElement} */ (root.querySelector("[data-countdown-time]"));
  let ends = 0;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let timer;

  function tick() {
    const seconds = Math.max(0, Math.ceil((ends - performance.now()) / 1000));
    setText(time, `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`);
    root.toggleAttribute("data-urgent", seconds <= URGENT);
    if (!seconds) clearInterval(timer);
  }

  return {
    /** @param {number | null | undefined} leftMs milliseconds; nothing when no countdown runs */
    show(leftMs) {
      clearInterval(timer);
      root.hidden = typeof leftMs !== "number";
      if (typeof leftMs !== "number") return;
      ends = performance.now() + leftMs;
      tick();
      timer = setInterval(tick, 250);
    },
  };
}
