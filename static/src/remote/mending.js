/** Options of a quiz question that is over: should the wrong one have been marked, the right one is accepted here, and points follow. */
import { byId, keyed, make, setText } from "../lib/dom.js";
import { t } from "../lib/words.js";

/**
 * @typedef {import("../presenter/stage.js").Stage} Stage
 * @typedef {import("../presenter/stage.js").Snapshot} Snapshot
 * @typedef {{id: string, label: string, correct: boolean}} Option
 */

/** @param {(round: number, answer: string, accepted: boolean) => void} accept */
export function createMending(accept) {
  const details = byId("mending");
  const list = byId("mending-list");
  let round = 0;

  /** @returns {HTMLElement} */
  function create() {
    const label = make("span", "remote__answer");
    label.dir = "auto";
    const button = make("button", "button");
    button.type = "button";
    const item = make("li", "remote__one", label, button);
    button.addEventListener("click", () => accept(round, item.dataset.option ?? "", item.dataset.correct === undefined));
    return item;
  }

  /** @param {HTMLElement} item @param {Option} option */
  function update(item, option) {
    const [label, button] = item.children;
    item.dataset.option = option.id;
    item.toggleAttribute("data-correct", option.correct);
    setText(label, option.correct ? `✓ ${option.label}` : option.label);
    setText(button, t(option.correct ? "uncount" : "accept"));
    button.setAttribute("aria-label", t(option.correct ? "uncount_one" : "accept_one", { answer: option.label }));
  }

  return {
    /** @param {Stage | null} stage @param {Snapshot | null} snapshot */
    show(stage, snapshot) {
      const poll = stage?.poll;
      const isOn = stage?.slide?.kind === "quiz_choice" && poll?.state === "closed" && poll.revealed && snapshot?.round === poll.round;
      round = poll?.round ?? 0;
      const rows = snapshot?.table?.rows ?? [];
      // Rows are in the order of the options; the last of four columns is a mark on what is right.
      const options = (isOn ? (snapshot?.option_ids ?? []) : []).map((id, place) => ({
        id,
        label: String(rows[place]?.[0]),
        correct: Boolean(rows[place]?.[3]),
      }));
      details.hidden = !options.length;
      keyed(list, options, (option) => option.id, create, update);
    },
  };
}
