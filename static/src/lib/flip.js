/** Elements that change places slide there by a transform, from wherever the eye sees them now. */
import { DURATION } from "./motion.js";

/**
 * @param {Iterable<HTMLElement>} elements which may be moved
 * @param {() => void} move puts them in their new places
 * @param {boolean} still no motion at all
 */
export function slide(elements, move, still) {
  if (still) {
    move();
    return;
  }
  const before = new Map([...elements].map((element) => [element, element.getBoundingClientRect()]));
  move();
  const changes = [];
  for (const [element, old] of before) {
    for (const running of element.getAnimations()) if (running.id === "slide") running.cancel();
    const now = element.getBoundingClientRect();
    if (old.width && now.width) changes.push({ element, x: old.left - now.left, y: old.top - now.top });
  }
  for (const { element, x, y } of changes) {
    if (Math.abs(x) > 0.5 || Math.abs(y) > 0.5) {
      element.animate([{ transform: `translate(${x}px, ${y}px)` }, { transform: "none" }], {
        id: "slide",
        duration: DURATION,
        easing: "cubic-bezier(0.2, 0.7, 0.2, 1)",
      });
    }
  }
}
