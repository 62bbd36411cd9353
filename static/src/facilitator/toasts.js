// Short messages at the foot of the page, each with at most one thing to do about it.

import { t } from "../lib/words.js";

const SHOWN_MS = 8000;

/**
 * @param {string} text
 * @param {{label: string, act: () => void}} [action] keeps the toast a while longer
 */
export function toast(text, action) {
  const place = document.querySelector("[data-toasts]");
  if (!place) return;
  const element = document.createElement("div");
  element.className = "toast";
  const words = document.createElement("span");
  words.textContent = text;
  element.append(words);
  const away = () => element.remove();
  if (action) {
    element.append(
      button(action.label, () => {
        away();
        action.act();
      }),
    );
  }
  element.append(button(t("close"), away));
  place.replaceChildren(element);
  let timer = setTimeout(away, action ? SHOWN_MS * 2 : SHOWN_MS);
  const stay = () => clearTimeout(timer);
  element.addEventListener("pointerenter", stay);
  element.addEventListener("focusin", stay);
  element.addEventListener("pointerleave", () => {
    timer = setTimeout(away, SHOWN_MS);
  });
}

/**
 * @param {string} label
 * @param {() => void} act
 */
function button(label, act) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "button";
  element.textContent = label;
  element.addEventListener("click", act);
  return element;
}
