/** The questions in the facilitator's hand: those most wanted, to be put on the screen or marked as answered. */
import { byId, setText } from "../lib/dom.js";
import { number, t } from "../lib/words.js";

/**
 * @typedef {import("../presenter/questions.js").Question} Question
 * @typedef {import("../presenter/questions.js").Board & {waiting?: number}} Board
 */

/** @param {{act: (act: string, question: string) => void}} on */
export function createAsked({ act }) {
  const parts = {
    panel: byId("asked"),
    total: byId("asked-total"),
    waiting: byId("asked-waiting"),
    waitingWords: byId("asked-waiting-words"),
    none: byId("asked-none"),
    list: byId("asked-list"),
  };
  const template = /** @type {HTMLTemplateElement} */ (byId("asked-row"));
  /** @type {Map<string, {row: HTMLElement, draw: (question: Question, isShown: boolean) => void}>} */
  const rows = new Map();

  /** @param {string} id */
  function make(id) {
    const row = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
    const find = (/** @type {string} */ part) => /** @type {HTMLElement} */ (row.querySelector(`[data-${part}]`));
    const [text, votes, mark, screen, answered] = ["text", "votes", "mark", "screen", "answered"].map(find);
    let isOn = false;
    text.id = `asked-${id}`;
    screen.setAttribute("aria-describedby", text.id);
    answered.setAttribute("aria-describedby", text.id);
    screen.addEventListener("click", () => act(isOn ? "unhighlight" : "highlight", id));
    answered.addEventListener("click", () => act("answered", id));
    return {
      row,
      /** @param {Question} question @param {boolean} isShown */
      draw(question, isShown) {
        isOn = isShown;
        setText(text, question.text);
        votes.hidden = question.votes === null;
        setText(votes, question.votes === null ? "" : t("upvotes", { number: number(question.votes) }));
        mark.hidden = !isShown;
        setText(screen, t(isShown ? "off_screen" : "on_screen"));
      },
    };
  }

  return {
    /** @param {Board} board */
    show(board) {
      const waiting = board.waiting ?? 0;
      parts.panel.hidden = board.state === null;
      setText(parts.total, number(board.total));
      parts.waiting.hidden = waiting === 0;
      setText(parts.waitingWords, t("questions_waiting", { count: number(waiting) }));
      const large = board.highlighted;
      const shown = large && !board.questions.some(({ id }) => id === large.id) ? [large, ...board.questions] : board.questions;
      parts.none.hidden = shown.length > 0;
      const ids = new Set(shown.map(({ id }) => id));
      for (const [id, { row }] of rows) {
        if (!ids.has(id)) {
          row.remove();
          rows.delete(id);
        }
      }
      shown.forEach((question, place) => {
        const known = rows.get(question.id) ?? make(question.id);
        rows.set(question.id, known);
        known.draw(question, question.id === large?.id);
        if (parts.list.children[place] !== known.row) {
          // Rows keep their places while one of them has the focus: no button moves under a thumb.
          if (!known.row.isConnected || !parts.list.contains(document.activeElement)) {
            parts.list.insertBefore(known.row, parts.list.children[place] ?? null);
          }
        }
      });
    },
  };
}
