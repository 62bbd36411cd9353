/** Puts an answer apart on every screen: one that was clicked or chosen by keyboard, and then those beside it. */
import { byId } from "../lib/dom.js";

/** What the buttons below an answer send. @type {Record<string, string>} */
const ACTIONS = { previous: "previous_text", next: "next_text", close: "unhighlight" };

/** @param {(action: string, more?: Record<string, unknown>) => void} send */
export function createAnswers(send) {
  const result = byId("result");

  /** @param {EventTarget | null} target @param {string} selector */
  const within = (target, selector) => /** @type {HTMLElement | null} */ (/** @type {Element} */ (target).closest(selector));

  result.addEventListener("click", (event) => {
    const action = ACTIONS[within(event.target, "[data-text-act]")?.dataset.textAct ?? ""];
    const card = within(event.target, ".cards__remove") ? null : within(event.target, ".cards__card");
    if (action) {
      send(action);
    } else if (card) {
      send("highlight", { text: card.dataset.key });
    }
  });
  // L is on no clicker; on a card that has the focus it is no shortcut that could be hit by accident.
  result.addEventListener("keydown", (event) => {
    const card = within(event.target, ".cards__card");
    if (card && event.key.toLowerCase() === "l" && !event.repeat && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      event.stopPropagation();
      send("highlight", { text: card.dataset.key });
    }
  });
}
