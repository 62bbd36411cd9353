/** A row of small buttons below answers that come one after the other: back, where one is, on, and perhaps stop. */
import { make, setText } from "./dom.js";

/**
 * @typedef {{name: "previous" | "next" | "pause" | "close", label: string, act: (() => void) | null}} Button
 *   without `act` it says its name in `data-text-act`, for whoever listens
 * @typedef {object} Turner
 * @property {HTMLElement} element
 * @property {(where: string) => void} say what stands between the buttons
 * @property {(stopped: boolean, label: string) => void} face what the button that stops would do
 */

/**
 * @param {readonly Button[]} buttons in their order; what is said stands before the one that goes on
 * @returns {Turner}
 */
export function createTurner(buttons) {
  const where = make("span", "pager__where");
  where.dir = "auto";
  const element = make("div", "pager");
  /** @type {HTMLButtonElement | null} */
  let pause = null;
  for (const { name, label, act } of buttons) {
    const made = make("button", `pager__button pager__button--${name}`, make("span", "pager__sign"));
    made.type = "button";
    rename(made, label);
    if (!act) {
      made.dataset.textAct = name;
    }
    made.addEventListener("click", (event) => {
      act?.();
      // A clicker's Enter must move the meeting, not press this again.
      if (event.detail > 0) {
        made.blur();
      }
    });
    if (name === "next") {
      element.append(where);
    }
    if (name === "pause") {
      pause = made;
    }
    element.append(made);
  }
  if (!where.parentElement) {
    element.append(where);
  }

  return {
    element,
    say: (words) => setText(where, words),
    face(stopped, label) {
      if (pause) {
        pause.dataset.state = stopped ? "stopped" : "running";
        rename(pause, label);
      }
    },
  };
}

/** @param {HTMLButtonElement} button @param {string} label */
function rename(button, label) {
  button.setAttribute("aria-label", label);
  button.title = label;
}
