/**
 * Several fields for one question: a few are shown, "add another" shows the next, up to the limit.
 *
 * @import { Controls } from "./controls.js"
 */
import { make } from "../lib/dom.js";
import { t } from "../lib/words.js";

/**
 * Show the first fields, those that hold something, and one button for more.
 * @param {Controls} controls
 * @param {(slot: number) => boolean} isRemoved whether a slot can no longer be used
 */
export function foldEntries(controls, isRemoved) {
  const usable = [...Array(controls.slots).keys()].filter((slot) => !isRemoved(slot));
  for (let slot = 0; slot < controls.slots; slot += 1) controls.boxOf(slot).hidden = isRemoved(slot);
  const first = Number(controls.kind.dataset.shown || controls.slots);
  let shown = Math.max(first, usable.reduce((most, slot, place) => (controls.read(slot) === null ? most : place + 1), 0));

  let more = controls.kind.querySelector("[data-more]");
  if (!(more instanceof HTMLButtonElement)) {
    if (usable.length <= shown) return;
    more = make("button", "button button--quiet entries__more");
    more.setAttribute("data-more", "");
    controls.kind.append(more);
  }
  const button = /** @type {HTMLButtonElement} */ (more);
  button.type = "button";

  const lay = () => {
    usable.forEach((slot, place) => (controls.boxOf(slot).hidden = place >= shown));
    button.hidden = shown >= usable.length;
    button.textContent = t("add_another", { shown, limit: usable.length });
  };
  button.onclick = () => {
    shown += 1;
    lay();
    controls.fieldsOf(usable[shown - 1])[0].focus();
  };
  lay();
}
