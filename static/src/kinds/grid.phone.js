/** A grid on the phone: a tap puts an item where it belongs; the lists beside it say the same, and do for keyboards. */

/** Both axes run from 0 to this. */
const HIGHEST = 10;

/** @param {HTMLElement} root */
export function enhance(root) {
  for (const part of root.querySelectorAll("[data-scripted]")) if (part instanceof HTMLElement) part.hidden = false;
  const items = /** @type {HTMLElement[]} */ ([...root.querySelectorAll("[data-item]")]).map((item) => placing(item));
  const show = () => items.forEach((one) => one.show());
  root.addEventListener("written", show);
  root.addEventListener("input", show);
  show();
}

/** @param {HTMLElement} item */
function placing(item) {
  const plane = /** @type {HTMLElement} */ (item.querySelector("[data-plane]"));
  const dot = /** @type {HTMLElement} */ (item.querySelector("[data-dot]"));
  const axis = (/** @type {string} */ name) =>
    /** @type {HTMLSelectElement} */ (item.querySelector(`[data-axis="${name}"]`));
  const [x, y] = [axis("x"), axis("y")];

  function show() {
    const placed = x.value !== "" && y.value !== "";
    dot.hidden = !placed;
    plane.style.setProperty("--x", String(Number(x.value) / HIGHEST));
    plane.style.setProperty("--y", String(Number(y.value) / HIGHEST));
  }

  /** @param {PointerEvent} event */
  function place(event) {
    const box = plane.getBoundingClientRect();
    const step = (/** @type {number} */ part) => String(Math.round(Math.min(1, Math.max(0, part)) * HIGHEST));
    const goal = [step((event.clientX - box.left) / box.width), step((box.bottom - event.clientY) / box.height)];
    if (goal[0] === x.value && goal[1] === y.value) return;
    [x.value, y.value] = goal;
    x.dispatchEvent(new Event("input", { bubbles: true }));
  }

  plane.addEventListener("pointerdown", (event) => {
    if (x.matches(":disabled") || event.button) return;
    plane.setPointerCapture(event.pointerId);
    place(event);
  });
  plane.addEventListener("pointermove", (event) => {
    if (plane.hasPointerCapture(event.pointerId)) place(event);
  });
  return { show };
}
