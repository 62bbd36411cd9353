/** "Other" on the phone: its field shows when it is picked, and what was written there waits while it is not. */

/** @param {HTMLElement} root */
export function enhance(root) {
  const tick = /** @type {HTMLInputElement} */ (root.querySelector("[data-own-tick]"));
  const box = /** @type {HTMLElement} */ (root.querySelector("[data-own-field]"));
  const field = /** @type {HTMLInputElement} */ (box.querySelector("input"));
  let waiting = "";

  function refresh() {
    box.hidden = !tick.checked;
    if (tick.checked && !field.value) field.value = waiting;
    if (!tick.checked && field.value) {
      waiting = field.value;
      field.value = "";
    }
    field.setCustomValidity(tick.checked && !field.value.trim() ? (field.dataset.empty ?? "") : "");
  }

  // Before the form itself hears of it, which then reads what is left.
  root.addEventListener("input", (event) => {
    if (event.target === field) waiting = field.value;
    refresh();
  });
  root.addEventListener("written", () => {
    tick.checked = field.value !== "";
    waiting = "";
    refresh();
  });
  // A tap goes on to the field; whoever walks through the options by keyboard is left where they are.
  tick.addEventListener("click", (event) => {
    refresh();
    if (tick.checked && event.detail) field.focus();
  });
  tick.checked = tick.checked || field.value !== "";
  refresh();
}
