/**
 * The receipt: what this phone sent, what became of it, and what can be done next.
 *
 * @typedef {"saved" | "sending" | "kept" | "late" | "removed" | "draft"} Fate
 * @typedef {{words: string[], fate: Fate}} Line
 * @typedef {object} Receipt
 * @property {string} tone "good", "warn", "bad" or "calm"
 * @property {string} title
 * @property {string} text
 * @property {Line[]} lines
 * @property {string} change label of the button that goes back to the form; empty = none
 */
import { make } from "../lib/dom.js";
import { t } from "../lib/words.js";

/**
 * What is said behind a line whose fate is not that of the whole.
 * @type {Record<string, string>}
 */
const MARKS = { saved: "mark_saved", sending: "mark_sending", kept: "mark_kept", late: "mark_late", draft: "mark_draft" };

/**
 * @param {HTMLElement} after the receipt is placed behind this element
 * @param {() => void} onChange
 */
export function openReceipt(after, onChange) {
  const mark = make("span", "receipt__mark");
  const title = make("p", "receipt__title");
  const status = make("div", "receipt__status", mark, title);
  const text = make("p", "receipt__text");
  const list = make("ul", "receipt__lines");
  const button = make("button", "button button--large receipt__change");
  const root = make("div", "receipt", status, text, list, button);
  root.hidden = true;
  status.tabIndex = -1;
  button.type = "button";
  button.addEventListener("click", onChange);
  after.after(root);
  let drawn = "";

  return {
    /** @param {Receipt} receipt */
    show(receipt) {
      root.hidden = false;
      // Drawn only when it differs, so that a button being pressed is not replaced under the thumb.
      const now = JSON.stringify(receipt);
      if (now === drawn) return;
      drawn = now;
      root.dataset.tone = receipt.tone;
      mark.replaceChildren(markOf(receipt.tone));
      title.textContent = receipt.title;
      text.textContent = receipt.text;
      text.hidden = !receipt.text;
      const fates = new Set(receipt.lines.map((line) => line.fate));
      list.replaceChildren(
        ...receipt.lines.map((line) => {
          const item = make("li", "receipt__line", ...line.words.map((word) => make("span", "receipt__answer", word)));
          for (const said of item.children) said.setAttribute("dir", "auto");
          if (fates.size > 1 && line.fate !== "removed") item.append(make("span", `receipt__fate receipt__fate--${line.fate}`, t(MARKS[line.fate])));
          return item;
        }),
      );
      list.hidden = !receipt.lines.length;
      button.textContent = receipt.change;
      button.hidden = !receipt.change;
    },
    hide() {
      root.hidden = true;
    },
    focus: () => status.focus({ preventScroll: true }),
    hasFocus: () => root.contains(document.activeElement),
    isShown: () => !root.hidden,
  };
}

/** @typedef {ReturnType<typeof openReceipt>} ReceiptView */

/**
 * Return a copy of the picture the page brings along for this tone.
 * @param {string} tone
 * @returns {Node}
 */
function markOf(tone) {
  const marks = document.querySelector("template[data-marks]");
  const mark = marks instanceof HTMLTemplateElement && marks.content.querySelector(`[data-mark="${tone}"] > *`);
  return mark ? mark.cloneNode(true) : document.createTextNode("");
}
