/**
 * Counting while someone answers: characters left, options picked. Nothing is ever cut; too much is said, and why.
 *
 * @import { Controls } from "./controls.js"
 */
import { fill, t } from "../lib/words.js";
import { lengthOf, problemOf } from "./check.js";

/** Characters left at which a screen reader is told, once each. */
const TELL_AT = [50, 20, 10, 0];

/**
 * Write a problem under a slot's controls, or take it away.
 * @param {Controls} controls
 * @param {number} slot
 * @param {string} text empty = no problem
 */
export function showProblem(controls, slot, text) {
  const box = controls.boxOf(slot);
  const line = box.querySelector("[data-problem-of]");
  if (!(line instanceof HTMLElement)) return;
  if (line.textContent !== text) line.textContent = text;
  line.hidden = !text;
  for (const field of controls.fieldsOf(slot)) {
    if (text) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }
}

/**
 * Put a problem into words: those of the kind, if it has any for this reason.
 * @param {{reason?: string, limit?: number, length?: number}} problem
 * @param {Controls} controls
 * @returns {string}
 */
export function problemText(problem, controls) {
  const { reason = "", limit = 0, length = 0 } = problem;
  const own = controls.says(reason);
  if (own) return fill(own, problem);
  const over = length - limit;
  if (reason === "too_long") return t("too_long", { limit, over });
  if (reason === "too_many") return t("too_many", { limit, over });
  if (reason === "too_few") return t("too_few", { limit });
  if (reason === "same") return t("same_entry");
  if (reason === "unknown_option") return t("unknown_option");
  return t("not_accepted");
}

/**
 * Bring counters up to date with what is entered; returns whether anything is over its limit.
 * @param {Controls} controls
 * @param {(text: string) => void} tell says something to a screen reader
 * @returns {boolean}
 */
export function count(controls, tell) {
  const rules = controls.rules();
  let over = false;
  for (let slot = 0; slot < controls.slots; slot += 1) {
    const raw = controls.read(slot);
    const problem = problemOf(raw, rules);
    const beyond = !!problem && problem.reason !== "too_few";
    over = over || beyond;
    if (beyond) showProblem(controls, slot, problemText(problem, controls));
    else showProblem(controls, slot, "");
    for (const [field, limit] of controls.counted(slot)) {
      const counter = controls.boxOf(slot).querySelector("[data-counter]");
      if (!(counter instanceof HTMLElement)) continue;
      const used = lengthOf(field.value);
      countDown(counter, limit - used, limit, tell);
      counter.hidden = used < Number(controls.kind.dataset.counterFrom || 0) || beyond;
    }
  }
  return over;
}

/**
 * @param {HTMLElement} counter
 * @param {number} left
 * @param {number} limit
 * @param {(text: string) => void} tell
 */
function countDown(counter, left, limit, tell) {
  const text = t("characters_left", { left: Math.max(0, left) });
  const before = Number(counter.dataset.left || limit);
  counter.dataset.left = String(left);
  counter.textContent = text;
  if (TELL_AT.some((mark) => before > mark && left <= mark && left >= 0)) tell(text);
  if (before >= 0 && left < 0) tell(t("too_long", { limit, over: -left }));
}
