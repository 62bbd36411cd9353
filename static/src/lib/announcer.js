/** Tells a screen reader what changed, politely and not at every answer. */
import { byId } from "./dom.js";
import { t } from "./words.js";

/** At most one count in so many milliseconds. */
const PAUSE = 15000;

/**
 * @returns {{stage: (stage: import("../presenter/stage.js").Stage) => void, count: (count: number | null) => void,
 *   text: (apart: import("./one.js").Apart | null) => void}}
 */
export function createAnnouncer() {
  const live = byId("live");
  let poll = "";
  let read = "";
  let said = 0;
  let saidAt = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let later;

  return {
    stage({ poll: current }) {
      const now = current ? `${current.round} ${current.state}` : "";
      if (poll && now !== poll && current && current.state !== "unopened") {
        live.textContent = t(current.state === "open" ? "opened_announced" : "closed_announced");
      }
      poll = now || poll;
    },
    /** Read out an answer that is put apart, once. */
    text(apart) {
      if (apart && apart.id !== read) {
        live.textContent = apart.text;
      }
      read = apart?.id ?? "";
    },
    count(count) {
      clearTimeout(later);
      if (count === null || count === said) {
        return;
      }
      const wait = Math.max(0, saidAt + PAUSE - performance.now());
      later = setTimeout(() => {
        said = count;
        saidAt = performance.now();
        live.textContent = t("answers_announced", { count });
      }, wait);
    },
  };
}
