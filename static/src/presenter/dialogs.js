/** The questions the screen asks its facilitator, and the list of keys. */
import { byId } from "../lib/dom.js";

/** Minutes; the server takes no more (LONGEST_COUNTDOWN_S). */
const LONGEST = 60;

/**
 * @param {object} acts
 * @param {(seconds: number) => void} acts.countdown
 * @param {() => void} acts.stopCountdown
 * @param {() => void} acts.again
 * @param {() => void} acts.end
 * @param {import("./keyboard.js").Keys} acts.keys
 * @returns {{countdown: (running: boolean) => void, again: () => void, end: () => void, help: () => void,
 *   reveal: (show: () => void) => void}}
 */
export function createDialogs(acts) {
  /** @param {string} id */
  const dialog = (id) => /** @type {HTMLDialogElement} */ (byId(id));
  const countdown = dialog("countdown-dialog");
  const again = dialog("again-dialog");
  const end = dialog("end-dialog");
  const help = dialog("help-dialog");
  const reveal = dialog("show-dialog");
  const remove = dialog("remove-dialog");
  /** What the room would be shown. */
  let show = () => {};
  /** @type {HTMLInputElement} */
  const minutes = byId("minutes");
  const error = byId("minutes-error");
  const stop = byId("countdown-stop");
  /** @type {HTMLInputElement} */
  const single = byId("single-keys");

  for (const one of [countdown, again, end, help, reveal, remove]) {
    one.addEventListener("click", (event) => {
      const target = /** @type {Element} */ (event.target);
      if (target === one || target.closest("[data-close]")) {
        one.close();
      }
    });
    // Back to the room: keys move the meeting again, whatever opened the dialog.
    one.addEventListener("close", () => /** @type {HTMLElement | null} */ (document.activeElement)?.blur());
  }

  /** @param {number} wanted minutes */
  function start(wanted) {
    const right = wanted >= 0.1 && wanted <= LONGEST;
    error.hidden = right;
    minutes.setAttribute("aria-invalid", String(!right));
    if (right) {
      countdown.close();
      acts.countdown(Math.round(wanted * 60));
    }
  }

  byId("countdown-form").addEventListener("submit", (event) => {
    event.preventDefault();
    start(Number(minutes.value.trim().replace(",", ".")));
  });
  byId("minutes-presets").addEventListener("click", (event) => {
    const button = /** @type {Element} */ (event.target).closest("button");
    if (button) {
      start(Number(button.dataset.minutes));
    }
  });
  stop.addEventListener("click", () => {
    countdown.close();
    acts.stopCountdown();
  });
  byId("again-yes").addEventListener("click", () => {
    again.close();
    acts.again();
  });
  byId("end-yes").addEventListener("click", () => {
    end.close();
    acts.end();
  });
  byId("show-yes").addEventListener("click", () => {
    reveal.close();
    show();
  });
  single.addEventListener("change", () => acts.keys.setSingleKeys(single.checked));

  return {
    countdown(running) {
      stop.hidden = !running;
      error.hidden = true;
      countdown.showModal();
      minutes.select();
    },
    again: () => again.showModal(),
    end: () => end.showModal(),
    reveal(wanted) {
      show = wanted;
      reveal.showModal();
    },
    help() {
      single.checked = acts.keys.singleKeys();
      help.showModal();
    },
  };
}
