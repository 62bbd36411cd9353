/** Answers typed in a quiz that do not count: one tap accepts one, and points follow. */
import { byId, keyed, make, setText } from "../lib/dom.js";
import { number, t } from "../lib/words.js";

/**
 * @typedef {import("../presenter/stage.js").Stage} Stage
 * @typedef {import("../presenter/stage.js").Snapshot} Snapshot
 * @typedef {{answer: string, count: number}} Typed
 */

/** Answers that are listed, the most frequent. */
const MOST = 12;

/** @param {(round: number, answer: string) => void} accept */
export function createTyped(accept) {
  const section = byId("typed");
  const list = byId("typed-list");
  let round = 0;

  /** @returns {HTMLElement} */
  function create() {
    const answer = make("span", "remote__answer");
    answer.dir = "auto";
    const button = make("button", "button", t("accept"));
    button.type = "button";
    const item = make("li", "remote__one", answer, make("span", "muted"), button);
    button.addEventListener("click", () => accept(round, item.dataset.answer ?? ""));
    return item;
  }

  /** @param {HTMLElement} item @param {Typed} typed */
  function update(item, typed) {
    const [answer, count, button] = item.children;
    item.dataset.answer = typed.answer;
    setText(answer, typed.answer);
    setText(count, number(typed.count));
    button.setAttribute("aria-label", t("accept_one", { answer: typed.answer }));
  }

  return {
    /** @param {Stage | null} stage @param {Snapshot | null} snapshot */
    show(stage, snapshot) {
      const poll = stage?.poll;
      const isOn = stage?.slide?.kind === "quiz_type" && poll?.state === "closed" && poll.revealed && snapshot?.round === poll.round;
      round = poll?.round ?? 0;
      const rows = isOn ? (snapshot?.table?.rows ?? []) : [];
      // The last of four columns is a mark on what is right; before anything is accepted there are three.
      const wrong = rows.filter((row) => !row[3]).slice(0, MOST);
      section.hidden = !wrong.length;
      keyed(list, wrong.map((row) => ({ answer: String(row[0]), count: Number(row[1]) })), (one) => one.answer, create, update);
    },
  };
}
