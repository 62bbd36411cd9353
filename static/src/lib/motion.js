/** Motion: whether people want it, and how long it lasts. */

const wish = window.matchMedia("(prefers-reduced-motion: reduce)");

/** Milliseconds of a change worth following with the eye; equals --motion. */
export const DURATION = 300;

/** Whether the person asked for less motion; ask each time, the wish can change. */
export function reduced() {
  return wish.matches;
}

/**
 * Let a new element appear: it rises a little while it fades in.
 * @param {Element} element
 * @param {boolean} still no motion at all
 */
export function appear(element, still) {
  if (!still) {
    element.animate([{ opacity: 0, translate: "0 0.5em" }, { opacity: 1, translate: "0 0" }], {
      duration: DURATION,
      easing: "ease-out",
    });
  }
}
