/** Motion: whether people want it, and how long it lasts. */

const wish = window.matchMedia("(prefers-reduced-motion: reduce)");

/** Milliseconds of a change worth following with the eye; equals --motion. */
export const DURATION = 300;

/** How long a frame lasts on most screens, in milliseconds. */
const FRAME = 1000 / 60;
/** What moves costs a screen time when it sets out; it rests this many times as long, so that most frames come in time. */
const CALM = 15;
const LONGEST_REST = 1500;

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

/**
 * Call back some time after something began to move: the more frames that cost this screen, the later.
 * @param {number} least milliseconds
 * @param {() => void} then
 */
export function afterRest(least, then) {
  const start = performance.now();
  // No frame comes to what nobody sees.
  if (document.hidden) {
    setTimeout(then, least);
    return;
  }
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const lost = performance.now() - start - 2 * FRAME;
      setTimeout(then, Math.max(least, Math.min(LONGEST_REST, lost * CALM)));
    }),
  );
}
