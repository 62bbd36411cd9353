/** The questions the screen asks its facilitator, and the list of keys. A role that may not do a thing lacks its dialog. */
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
  /** @param {string} name */
  const dialog = (name) => /** @type {HTMLDialogElement | null} */ (document.getElementById(`${name}-dialog`));
  /** @param {string} name */
  const open = (name) => dialog(name)?.showModal();
  /** What the room would be shown. */
  let show = () => {};

  for (const one of ["countdown", "again", "end", "help", "show", "remove"].map(dialog)) {
    one?.addEventListener("click", (event) => {
      const target = /** @type {Element} */ (event.target);
      if (target === one || target.closest("[data-close]")) {
        one.close();
      }
    });
    // Back to the room: keys move the meeting again, whatever opened the dialog.
    one?.addEventListener("close", () => /** @type {HTMLElement | null} */ (document.activeElement)?.blur());
  }

  /**
   * Have the button that says yes in a dialog do it.
   * @param {string} name
   * @param {() => void} act
   */
  function onYes(name, act) {
    document.getElementById(`${name}-yes`)?.addEventListener("click", () => {
      dialog(name)?.close();
      act();
    });
  }

  onYes("again", acts.again);
  onYes("end", acts.end);
  onYes("show", () => show());
  const countdown = dialog("countdown") ? createCountdownDialog(acts) : null;
  /** @type {HTMLInputElement} */
  const single = byId("single-keys");
  single.addEventListener("change", () => acts.keys.setSingleKeys(single.checked));

  return {
    countdown: (running) => countdown?.(running),
    again: () => open("again"),
    end: () => open("end"),
    reveal(wanted) {
      show = wanted;
      open("show");
    },
    help() {
      single.checked = acts.keys.singleKeys();
      open("help");
    },
  };
}

/**
 * @param {{countdown: (seconds: number) => void, stopCountdown: () => void}} acts
 * @returns {(running: boolean) => void} opens the dialog
 */
function createCountdownDialog(acts) {
  const dialog = /** @type {HTMLDialogElement} */ (byId("countdown-dialog"));
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
