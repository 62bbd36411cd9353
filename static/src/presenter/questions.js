/** The board on the screen: one question large, or those that most people want answered. */
import { byId, keyed, make, setText } from "../lib/dom.js";
import { shrink } from "../lib/fit.js";
import { appear, reduced } from "../lib/motion.js";
import { number, t } from "../lib/words.js";

/**
 * @typedef {{id: string, text: string, votes: number | null, answered: boolean, labels: string[]}} Question
 * @typedef {{epoch: string, version: number, state: string | null, total: number, highlighted: Question | null,
 *   questions: Question[]}} Board
 */

export function createQuestions() {
  const cover = byId("questions");
  const one = byId("questions-one");
  const text = byId("questions-text");
  const votes = byId("questions-votes");
  const list = byId("questions-list");
  const empty = byId("questions-empty");
  const total = byId("questions-total");
  const live = byId("live");
  /** @type {Board | null} */
  let board = null;
  let visible = false;

  function draw() {
    if (!visible || !board) return;
    const { highlighted, questions } = board;
    one.hidden = !highlighted;
    list.hidden = Boolean(highlighted) || !questions.length;
    empty.hidden = Boolean(highlighted) || questions.length > 0;
    setText(empty, t(board.state === "open" ? "questions_none" : board.state ? "questions_none_left" : "questions_closed"));
    setText(total, number(board.total));
    if (highlighted) {
      if (text.textContent !== highlighted.text) live.textContent = highlighted.text;
      setText(text, highlighted.text);
      setText(votes, highlighted.votes === null ? "" : t("questions_votes", { number: highlighted.votes }));
      shrink(one);
    } else {
      keyed(list, questions, (each) => each.id, create, update);
      fitRows();
    }
  }

  /** Leave out the rows that have no room: the screen never scrolls, and phones show all. */
  function fitRows() {
    const rows = /** @type {HTMLElement[]} */ ([...list.children]);
    for (const row of rows) row.hidden = false;
    const room = list.getBoundingClientRect().bottom + 1;
    rows.forEach((row, place) => {
      row.hidden = place > 0 && row.getBoundingClientRect().bottom > room;
    });
  }

  /** @returns {HTMLElement} */
  function create() {
    const words = make("p", "asked__text");
    words.dir = "auto";
    return make("li", "asked__row", make("span", "asked__votes"), words);
  }

  /** @param {HTMLElement} row @param {Question} question */
  function update(row, question) {
    const [count, words] = row.children;
    setText(count, question.votes === null ? "" : number(question.votes));
    setText(words, question.text);
  }

  window.addEventListener("resize", draw);

  return {
    /** @param {Board} next one that is older than what is shown is ignored */
    take(next) {
      if (board && next.epoch === board.epoch && next.version < board.version) return;
      board = next;
      draw();
    },
    /** @param {boolean} wanted */
    show(wanted) {
      const fresh = wanted && cover.hidden;
      visible = wanted;
      cover.hidden = !wanted;
      draw();
      if (fresh) appear(cover, reduced());
    },
    /** The question that is shown large, if one is. */
    highlighted: () => (visible && board ? board.highlighted : null),
  };
}
