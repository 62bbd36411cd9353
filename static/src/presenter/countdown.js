/** The ring that runs out. */
import { byId, setText } from "../lib/dom.js";

/** The last seconds are shown as urgent. */
const URGENT = 10;

/** @returns {{show: (countdown: {left_ms: number} | null) => void}} */
export function createCountdown() {
  const element = byId("countdown");
  const time = byId("countdown-time");
  /** @type {SVGCircleElement} */
  const ring = byId("countdown-ring");
  let ends = 0;
  let whole = 1;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let timer;

  function tick() {
    const left = Math.max(0, ends - performance.now());
    const seconds = Math.ceil(left / 1000);
    setText(time, `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`);
    ring.style.setProperty("--left", String(left / whole));
    element.classList.toggle("countdown--urgent", seconds <= URGENT);
    if (left === 0) {
      clearInterval(timer);
    }
  }

  return {
    show(countdown) {
      clearInterval(timer);
      element.hidden = !countdown;
      if (!countdown) {
        whole = 1;
        ends = 0;
        return;
      }
      const end = performance.now() + countdown.left_ms;
      // The same countdown told again (another change of the stage) keeps its full circle.
      if (Math.abs(end - ends) > 1500) {
        whole = Math.max(1, countdown.left_ms);
      }
      ends = end;
      tick();
      timer = setInterval(tick, 250);
    },
  };
}
