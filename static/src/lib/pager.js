/** Pages that turn by themselves, with buttons to turn them and to stop (WCAG 2.2.2). */
import { make, setText } from "./dom.js";

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
    pause.dataset.state = stopped ? "stopped" : "running";
    pause.setAttribute("aria-label", words(stopped ? "page_play" : "page_pause"));
    pause.title = pause.getAttribute("aria-label") ?? "";
  }

  /** @param {string} name @param {string} label @param {() => void} act */
  function button(name, label, act) {
    const made = make("button", `pager__button pager__button--${name}`);
    made.type = "button";
    made.setAttribute("aria-label", label);
    made.title = label;
    made.append(make("span", "pager__sign"));
    made.addEventListener("click", (event) => {
      act();
      // A clicker's Enter must move the meeting, not press this again.
      if (event.detail > 0) {
        made.blur();
      }
    });
    return made;
  }

  const where = make("span", "pager__where");
  const pause = button("pause", words("page_pause"), () => {
    stopped = !stopped;
    run();
  });
  const element = make(
    "div",
    "pager",
    button("previous", words("page_previous"), () => {
      turn(-1);
      run();
    }),
    where,
    button("next", words("page_next"), () => {
      turn(1);
      run();
    }),
    pause,
  );
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
      setText(where, words("page", { page: page + 1, pages }));
      return page;
    },
  };
}
