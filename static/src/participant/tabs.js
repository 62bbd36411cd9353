/**
 * The way between what is on now and the board of questions. The board's own module is loaded when it is first wanted.
 *
 * @import { Board } from "./board/board.js"
 * @typedef {{state: string | null, questions: number}} Summary
 */
import { setText } from "../lib/dom.js";
import { number } from "../lib/words.js";
import { parsePanel } from "./insert.js";
import { openStore } from "./store.js";

/**
 * @param {object} parts
 * @param {string} parts.code
 * @param {(name: string, message: object) => Promise<any>} parts.ask
 * @param {() => boolean} parts.isUp
 * @param {(text: string) => void} parts.tell
 */
export function openTabs({ code, ask, isUp, tell }) {
  const nav = /** @type {HTMLElement} */ (document.querySelector("[data-tabs]"));
  const count = /** @type {HTMLElement} */ (nav.querySelector("[data-board-count]"));
  const news = /** @type {HTMLElement} */ (nav.querySelector("[data-news]"));
  const now = /** @type {HTMLElement} */ (document.querySelector("[data-now]"));
  const host = /** @type {HTMLElement} */ (document.querySelector("[data-board]"));
  const store = openStore(`${code}:questions`);
  /** @type {Promise<Board> | undefined} */
  let board;
  /** @type {Board | undefined} */
  let opened;
  let away = false;

  /** @returns {Promise<Board>} */
  async function load() {
    const page = fetch(`/m/${code}/questions?panel`, { credentials: "same-origin" }).then((reply) => (reply.ok ? reply.text() : Promise.reject(new Error("no panel"))));
    const [{ openBoard }, html] = await Promise.all([import("./board/board.js"), page]);
    const root = parsePanel(html);
    if (!root) throw new Error("no panel");
    host.replaceChildren(root);
    opened = openBoard({ root, store, ask, tell });
    if (isUp()) opened.up();
    return opened;
  }

  /** @returns {Promise<Board>} */
  function want() {
    board ??= load().catch((error) => {
      board = undefined;
      throw error;
    });
    return board;
  }

  /** @param {boolean} questions */
  async function show(questions) {
    if (questions) {
      try {
        (await want()).shown();
      } catch {
        // No connection, or an old page: the plain page of questions says what is wrong, and works by itself.
        window.location.assign(`/m/${code}/questions`);
        return;
      }
    } else if (opened) opened.hidden();
    away = questions;
    now.hidden = questions;
    host.hidden = !questions;
    if (!questions) news.hidden = true;
    for (const tab of nav.querySelectorAll("[data-tab]")) {
      if ((tab.getAttribute("data-tab") === "questions") === questions) tab.setAttribute("aria-current", "page");
      else tab.removeAttribute("aria-current");
    }
    window.scrollTo(0, 0);
    const heading = questions ? host.querySelector("[data-board-title]") : now.querySelector("[data-prompt]");
    if (heading instanceof HTMLElement) heading.focus({ preventScroll: true });
  }

  /** @param {Summary} summary */
  function told(summary) {
    nav.hidden = !summary.state;
    setText(count, number(summary.questions));
    count.hidden = !summary.questions;
  }

  nav.addEventListener("click", (event) => {
    const tab = event.target instanceof Element && event.target.closest("[data-tab]");
    if (!tab || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void show(tab.getAttribute("data-tab") === "questions");
  });
  if (window.location.hash === "#questions" && !nav.hidden) void show(true);

  return {
    told,
    /** The connection is there. @param {Summary} summary */
    up(summary) {
      told(summary);
      const kept = store.read();
      if (opened) opened.up();
      else if (kept.letters.length || kept.upvoted) void want().catch(() => {});
    },
    down: () => opened && opened.down(),
    /** Something on the board changed. @param {any} delta */
    take: (delta) => opened && opened.take(delta),
    /** Another slide is on: say so to who looks at the questions. */
    moved() {
      if (away) news.hidden = false;
    },
    /** The meeting is over. */
    forget() {
      if (away) void show(false);
      nav.hidden = true;
      store.forget();
    },
  };
}
