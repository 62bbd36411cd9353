/** Rounds of one poll side by side, each with its own picture: the latest moves, the others stand. */
import { keyed, make, setText } from "../lib/dom.js";
import { number, t } from "../lib/words.js";

/**
 * @typedef {import("./stage.js").Snapshot} Snapshot
 * @typedef {import("./stage.js").Drawing} Drawing
 * @typedef {import("../lib/table.js").Figures} Figures
 * @typedef {{snapshots: Snapshot[], table: Figures | null}} Found what the server says of all rounds, oldest first
 */

/**
 * Keep the panels in `root`.
 * @param {HTMLElement} root
 */
export function createCompared(root) {
  /** @type {Found | null} */
  let found = null;

  return {
    /** Take over what the server says; null when nothing is compared. @param {Found | null} now */
    take(now) {
      found = now;
    },

    /** Take over one round that changed. @param {Snapshot} next */
    change(next) {
      found = found && {
        ...found,
        snapshots: found.snapshots.map((one) => (one.round === next.round && one.number <= next.number ? next : one)),
      };
    },

    /** One table of all rounds of this slide, if they are known. @param {string} slide */
    table: (slide) => (found?.snapshots[0]?.slide === slide ? found.table : null),

    /**
     * Draw every round, the latest as it is now; tells whether there was anything to draw.
     * @param {Snapshot} latest
     * @param {Drawing} drawing
     * @param {Record<string, unknown>} options as every drawing takes them
     */
    draw(latest, drawing, options) {
      const shown = (found?.snapshots ?? [])
        .filter((one) => one.slide === latest.slide)
        .map((one) => (one.round === latest.round ? latest : one));
      if (shown.length < 2) {
        root.replaceChildren();
        return false;
      }
      root.style.setProperty("--rounds", String(shown.length));
      keyed(root, shown, (one) => `${one.round} ${one.results?.display ?? ""}`, panel, (element, one) => fill(element, one, drawing, options));
      return true;
    },

    /** Take the panels away. */
    clear: () => root.replaceChildren(),
  };
}

function panel() {
  const chart = make("div", "chart");
  chart.dataset.fit = "";
  const head = make("h2", "compared__head", make("span"), make("span", "compared__count"));
  return make("section", "compared__round", head, make("div", "compared__chart", chart, make("p", "compared__none")));
}

/**
 * @param {HTMLElement} element
 * @param {Snapshot} one
 * @param {Drawing} drawing
 * @param {Record<string, unknown>} options
 */
function fill(element, one, drawing, options) {
  const [name, count] = element.querySelectorAll(".compared__head > span");
  const chart = /** @type {HTMLElement} */ (element.querySelector(".chart"));
  const none = /** @type {HTMLElement} */ (element.querySelector(".compared__none"));
  const drawable = Boolean(one.results && one.participants);
  setText(name, t("round", { number: one.round_number }));
  setText(count, one.participants === null ? "" : number(one.participants));
  chart.hidden = !drawable;
  none.hidden = drawable;
  setText(none, drawable ? "" : t(one.waiting ?? "no_answers"));
  if (drawable) {
    drawing.draw(chart, one.results, { ...options, beside: true });
  }
}
