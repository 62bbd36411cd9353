/** Pins on the phone: a tap puts the next one, a finger moves one; the numbers beside it say the same. */

/** Pixels around a pin in which a finger takes hold of it. */
const REACH = 26;

/** @param {HTMLElement} root */
export function enhance(root) {
  for (const part of root.querySelectorAll("[data-scripted]")) if (part instanceof HTMLElement) part.hidden = false;
  const picture = root.querySelector("[data-picture]");
  if (!(picture instanceof HTMLElement)) return;
  const area = picture;
  const pins = /** @type {HTMLElement[]} */ ([...area.querySelectorAll("[data-pin]")]).map((mark) => {
    const fields = root.querySelector(`[data-fields="${mark.dataset.pin}"]`);
    const axis = (/** @type {string} */ name) =>
      /** @type {HTMLInputElement} */ (fields?.querySelector(`[data-axis="${name}"]`));
    return { mark, x: axis("x"), y: axis("y") };
  });
  let held = pins[0];

  function show() {
    for (const { mark, x, y } of pins) {
      mark.hidden = x.value === "" || y.value === "" || !x.validity.valid || !y.validity.valid;
      mark.style.setProperty("--x", x.value || "0");
      mark.style.setProperty("--y", y.value || "0");
    }
  }

  /** @param {PointerEvent} event @returns {typeof held} the pin under the finger, else a free one, else the nearest */
  function grasp(event) {
    const distance = (/** @type {typeof held} */ { mark }) => {
      const box = mark.getBoundingClientRect();
      return Math.hypot(event.clientX - (box.left + box.width / 2), event.clientY - (box.top + box.height / 2));
    };
    const near = pins.filter(({ mark }) => !mark.hidden).sort((one, other) => distance(one) - distance(other))[0];
    if (near && distance(near) <= REACH) return near;
    return pins.find(({ mark }) => mark.hidden) ?? near;
  }

  /** @param {PointerEvent} event */
  function put(event) {
    const box = area.getBoundingClientRect();
    const percent = (/** @type {number} */ part) => String(Math.round(Math.min(1, Math.max(0, part)) * 100));
    held.x.value = percent((event.clientX - box.left) / box.width);
    held.y.value = percent((event.clientY - box.top) / box.height);
    held.x.dispatchEvent(new Event("input", { bubbles: true }));
  }

  area.addEventListener("pointerdown", (event) => {
    if (pins[0].x.matches(":disabled") || event.button) return;
    event.preventDefault();
    held = grasp(event);
    area.setPointerCapture(event.pointerId);
    put(event);
  });
  area.addEventListener("pointermove", (event) => {
    if (area.hasPointerCapture(event.pointerId)) put(event);
  });
  root.addEventListener("written", show);
  root.addEventListener("input", show);
  show();
}
