/** Pages that turn by themselves, with buttons to turn them and to stop (WCAG 2.2.2). */
import { createTurner } from "./turner.js";

/**
 * @typedef {object} Pager
 * @property {HTMLElement} element
 * @property {(pages: number, still: boolean) => number} show say how many pages there are; returns the page to show
 */

/** How long a page can be read before the next comes, in milliseconds. */
const READING = 14000;

/**
 * @param {(key: string, params?: Record<string, string | number>) => string} words
 * @param {() => void} turned called when another page is to be shown
 * @returns {Pager}
 */
export function createPager(words, turned) {
  let page = 0;
  let pages = 1;
  let stopped = false;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let timer;

  /** @param {number} by */
  function turn(by) {
    page = (page + by + pages) % pages;
    turned();
  }

  function run() {
    clearInterval(timer);
    timer = pages > 1 && !stopped ? setInterval(() => (element.isConnected ? turn(1) : clearInterval(timer)), READING) : undefined;
    face(stopped, words(stopped ? "page_play" : "page_pause"));
  }

  /** @param {number} by */
  const turnNow = (by) => () => {
    turn(by);
    run();
  };

  const { element, say, face } = createTurner([
    { name: "previous", label: words("page_previous"), act: turnNow(-1) },
    { name: "next", label: words("page_next"), act: turnNow(1) },
    {
      name: "pause",
      label: words("page_pause"),
      act() {
        stopped = !stopped;
        run();
      },
    },
  ]);
  element.hidden = true;

  return {
    element,
    show(count, still) {
      if (count !== pages) {
        pages = count;
        stopped ||= still;
        run();
      }
      page = Math.min(page, Math.max(0, pages - 1));
      element.hidden = pages < 2;
      say(words("page", { page: page + 1, pages }));
      return page;
    },
  };
}
