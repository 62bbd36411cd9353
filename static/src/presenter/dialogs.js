/** The questions the screen asks its facilitator, and the list of keys. */
import { createAsking, openable } from "../lib/asking.js";
import { byId } from "../lib/dom.js";

/**
 * @param {Parameters<typeof createAsking>[0] & {keys: import("./keyboard.js").Keys}} acts
 */
export function createDialogs(acts) {
  const asking = createAsking(acts);
  const [help, remove, remote] = ["help", "remove", "remote"].map(openable);
  /** @type {HTMLInputElement} */
  const single = byId("single-keys");

  for (const dialog of [...asking.dialogs, help, remove, remote]) {
    // Back to the room: keys move the meeting again, whatever opened the dialog.
    dialog?.addEventListener("close", () => /** @type {HTMLElement | null} */ (document.activeElement)?.blur());
  }
  single.addEventListener("change", () => acts.keys.setSingleKeys(single.checked));

  return {
    ...asking,
    remote: () => remote?.showModal(),
    help() {
      single.checked = acts.keys.singleKeys();
      help?.showModal();
    },
  };
}
