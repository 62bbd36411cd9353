/** Points on the phone: buttons for less and more, and what is left to give. Without it people type numbers. */
import { setText } from "../lib/dom.js";
import { fill } from "../lib/words.js";

/** Milliseconds after which a button held down goes on, then between its steps; after so many steps they get larger. */
const HOLD = 450;
const AGAIN = 90;
const SLOW = 10;
const FASTER = 5;

/** @param {HTMLElement} root */
export function enhance(root) {
  const { total: most, step: one, ...says } = root.dataset;
  const total = Number(most);
  const step = Number(one);
  const left = /** @type {HTMLElement} */ (root.querySelector("[data-giving-left]"));
  const items = [...root.querySelectorAll("[data-giving-item]")].map((item) => ({
    field: /** @type {HTMLInputElement} */ (item.querySelector("input")),
    bar: /** @type {HTMLElement} */ (item.querySelector("[data-giving-bar]")),
    buttons: /** @type {HTMLButtonElement[]} */ ([...item.querySelectorAll("[data-giving-by]")]),
  }));

  const rest = () => items.reduce((sum, { field }) => sum - Number(field.value), total);

  function refresh() {
    const remaining = rest();
    const params = { left: remaining, over: -remaining, step };
    for (const { field, bar, buttons } of items) {
      const points = Number(field.value);
      field.setCustomValidity("");
      if (!field.validity.valid) field.setCustomValidity(fill(says.saysStep ?? "", params));
      bar.style.transform = `scaleX(${Math.min(1, points / total)})`;
      buttons[0].setAttribute("aria-disabled", String(points <= 0));
      buttons[1].setAttribute("aria-disabled", String(remaining < step));
    }
    const whole =
      remaining < 0
        ? says.saysOver
        : remaining === total
          ? says.saysNone
          : remaining > 0 && "all" in says
            ? says.saysAll
            : "";
    if (whole && items[0].field.validity.valid) items[0].field.setCustomValidity(fill(whole, params));
    const said = remaining < 0 ? says.saysOver : remaining ? says.saysLeft : says.saysDone;
    setText(left, fill(said ?? "", params));
    left.classList.toggle("giving__left--over", remaining < 0);
  }

  /**
   * @param {HTMLInputElement} field
   * @param {number} by steps to give or to take
   */
  function give(field, by) {
    const before = Number(field.value);
    const after = Math.max(0, Math.min(before + by * step, before + Math.max(0, rest() - (rest() % step))));
    if (after === before) return;
    field.value = after ? String(after) : "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  for (const { field, buttons } of items) {
    for (const button of buttons) {
      const by = Number(button.dataset.givingBy);
      button.hidden = false;
      repeat(button, (held) => give(field, held > SLOW && step === 1 ? by * FASTER : by));
    }
  }
  root.addEventListener("input", refresh);
  root.addEventListener("written", refresh);
  left.hidden = false;
  refresh();
}

/**
 * Act at each press of a button, and again and again while it is held down.
 * @param {HTMLButtonElement} button
 * @param {(held: number) => void} act is told how often it was called in this press
 */
function repeat(button, act) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let held = 0;
  const again = () => {
    held += 1;
    act(held);
    timer = setTimeout(again, AGAIN);
  };
  button.addEventListener("pointerdown", () => {
    held = 0;
    clearTimeout(timer);
    timer = setTimeout(again, HOLD);
  });
  const stop = () => clearTimeout(timer);
  ["pointerup", "pointercancel", "pointerleave", "blur"].forEach((end) => button.addEventListener(end, stop));
  // The click that ends a long press has nothing more to do.
  button.addEventListener("click", () => {
    if (!held) act(0);
    held = 0;
  });
  button.addEventListener("contextmenu", (event) => event.preventDefault());
}
