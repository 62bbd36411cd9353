// Copies a link that is shown once. Without a script it is selected and copied by hand.

import { toast } from "./toasts.js";

/** @param {HTMLElement} root */
export function startCopying(root) {
  const from = root.querySelector("[data-copy-from]");
  const button = root.querySelector("[data-copy]");
  if (!(from instanceof HTMLInputElement) || !(button instanceof HTMLButtonElement)) return;
  button.hidden = false;
  from.addEventListener("focus", () => from.select());
  button.addEventListener("click", async () => {
    from.select();
    try {
      await navigator.clipboard.writeText(from.value);
    } catch {
      // Over plain HTTP there is no clipboard to write to, but what is selected can still be copied.
      document.execCommand("copy");
    }
    toast(button.dataset.copied ?? "");
  });
}
