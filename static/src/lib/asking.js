/** The few questions a screen or a remote asks before it sends a command. A role that may not do a thing lacks its dialog. */
import { byId } from "./dom.js";

/** Minutes; the server takes no more (LONGEST_COUNTDOWN_S). */
const LONGEST = 60;

/**
 * Find a dialog, if the page has it, and let it be left by its own button and by a press beside it.
 * @param {string} name
 * @returns {HTMLDialogElement | null}
 */
export function openable(name) {
  const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById(`${name}-dialog`));
  dialog?.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    if (target === dialog || target.closest("[data-close]")) {
      dialog.close();
    }
  });
  return dialog;
}

/**
 * @param {object} acts
 * @param {(seconds: number) => void} acts.countdown
 * @param {() => void} acts.stopCountdown
 * @param {() => void} acts.again
 * @param {() => void} acts.end
 * @returns {{dialogs: (HTMLDialogElement | null)[], countdown: (running: boolean) => void, again: () => void,
 *   end: () => void, reveal: (show: () => void) => void}}
 */
export function createAsking(acts) {
  const [countdown, again, end, reveal] = ["countdown", "again", "end", "show"].map(openable);
  /** What the room would be shown. */
  let show = () => {};

  /**
   * Have the button that says yes in a dialog do it.
   * @param {string} name
   * @param {HTMLDialogElement | null} dialog
   * @param {() => void} act
   */
  function onYes(name, dialog, act) {
    document.getElementById(`${name}-yes`)?.addEventListener("click", () => {
      dialog?.close();
      act();
    });
  }

  onYes("again", again, acts.again);
  onYes("end", end, acts.end);
  onYes("show", reveal, () => show());
  const openCountdown = countdown ? createCountdownDialog(countdown, acts) : null;

  return {
    dialogs: [countdown, again, end, reveal],
    countdown: (running) => openCountdown?.(running),
    again: () => again?.showModal(),
    end: () => end?.showModal(),
    reveal(wanted) {
      show = wanted;
      reveal?.showModal();
    },
  };
}

/**
 * @param {HTMLDialogElement} dialog
 * @param {{countdown: (seconds: number) => void, stopCountdown: () => void}} acts
 * @returns {(running: boolean) => void} opens the dialog
 */
function createCountdownDialog(dialog, acts) {
  /** @type {HTMLInputElement} */
  const minutes = byId("minutes");
  const error = byId("minutes-error");
  const stop = byId("countdown-stop");

  /** @param {number} wanted minutes */
  function start(wanted) {
    const right = wanted >= 0.1 && wanted <= LONGEST;
    error.hidden = right;
    minutes.setAttribute("aria-invalid", String(!right));
    if (right) {
      dialog.close();
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
    dialog.close();
    acts.stopCountdown();
  });

  return (running) => {
    stop.hidden = !running;
    error.hidden = true;
    dialog.showModal();
    minutes.select();
  };
}
