// Counts down the characters of a field. Nothing is cut: what is too long is said, and not saved.

import { t } from "../lib/words.js";

const NEAR = 0.8;

/** @param {ParentNode} root */
export function startCounters(root) {
  for (const field of root.querySelectorAll("[data-limit]")) {
    if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) show(field);
  }
}

/**
 * Say how much room is left, once that matters.
 *
 * @param {HTMLInputElement | HTMLTextAreaElement} field
 */
export function show(field) {
  const limit = Number(field.dataset.limit);
  const counter = document.querySelector(`[data-counter="${CSS.escape(field.id)}"]`);
  if (!limit || !(counter instanceof HTMLElement)) return;
  const length = [...field.value].length;
  counter.classList.toggle("field__counter--over", length > limit);
  if (length > limit) counter.textContent = t("over", { count: length - limit });
  else counter.textContent = length >= limit * NEAR ? t("left", { count: limit - length }) : "";
}
