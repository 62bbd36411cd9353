/** Takes an answer off the screen: covered at once, gone when the facilitator says so a second time. */
import { byId } from "../lib/dom.js";

/**
 * @param {(round: number, text: string) => Promise<boolean>} remove tells whether the server did it
 * @param {() => number | null | undefined} round the round on the screen
 */
export function createModeration(remove, round) {
  const dialog = /** @type {HTMLDialogElement} */ (byId("remove-dialog"));
  /** @type {HTMLElement | null} */
  let card = null;
  let sure = false;

  /** @param {HTMLElement | null | undefined} chosen */
  function ask(chosen) {
    if (!chosen || dialog.open) {
      return;
    }
    card = chosen;
    sure = false;
    // Whatever is decided, the room need not read it meanwhile.
    card.classList.add("cards__card--covered");
    dialog.showModal();
  }

  async function decide() {
    const chosen = card;
    const [on, text] = [round(), chosen?.dataset.key];
    card = null;
    // A card that is removed stays covered until results without it arrive.
    const gone = sure && typeof on === "number" && text !== undefined && (await remove(on, text));
    if (!gone) {
      chosen?.classList.remove("cards__card--covered");
    }
  }

  const chart = byId("chart");
  chart.addEventListener("click", (event) => {
    const pressed = /** @type {Element} */ (event.target).closest(".cards__remove");
    ask(/** @type {HTMLElement | null | undefined} */ (pressed?.closest(".cards__card")));
  });
  // Delete is on no clicker.
  chart.addEventListener("keydown", (event) => {
    if (event.key === "Delete" && !event.repeat) {
      event.preventDefault();
      ask(/** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest(".cards__card")));
    }
  });
  byId("remove-yes").addEventListener("click", () => {
    sure = true;
    dialog.close();
  });
  dialog.addEventListener("close", () => void decide());
}
