/** What a thumb feels: something happened, or it did not. Nothing where a phone has no motor or forbids it. */

/** Milliseconds of buzzing and pauses in turn. */
export const DONE = [12];
export const REFUSED = [40, 60, 40];

/** @param {number[]} pattern */
export function buzz(pattern) {
  if ("vibrate" in navigator) {
    navigator.vibrate(pattern);
  }
}
