/**
 * What the phone says beside the stage: a quiet mark while there is no connection, hints, and words for screen readers.
 */
import { make } from "../lib/dom.js";
import { t } from "../lib/words.js";

/** A shorter interruption is nobody's business. */
const QUIET = 1500;

export function openSigns() {
  const link = /** @type {HTMLElement} */ (document.querySelector("[data-link]"));
  const announcer = /** @type {HTMLElement} */ (document.querySelector("[data-announcer]"));
  const aside = /** @type {HTMLElement} */ (document.querySelector("[data-aside]"));
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let refusal = false;

  /** @param {string} text @param {{label: string, href: string}} [way] a way out */
  function hint(text, way) {
    aside.replaceChildren(make("p", "", text));
    if (way) {
      const anchor = make("a", "button", way.label);
      anchor.href = way.href;
      aside.append(anchor);
    }
    aside.hidden = !text;
    refusal = !!way;
  }

  return {
    hint: (/** @type {string} */ text) => hint(text),

    /** @param {boolean} up */
    connected(up) {
      clearTimeout(timer);
      if (up) {
        link.hidden = true;
        if (refusal) hint("");
      } else {
        timer = setTimeout(() => {
          const words = /** @type {HTMLElement} */ (link.lastElementChild);
          words.textContent = t("no_connection");
          link.hidden = false;
        }, QUIET);
      }
    },

    /** The server does not let this phone in. @param {string} reason @param {string} code of the meeting */
    refused(reason, code) {
      const known = ["busy", "full", "locked", "not_joined", "unknown_meeting"];
      const key = known.includes(reason) ? `refused_${reason}` : "";
      if (!key) return;
      const way = reason === "unknown_meeting" ? { label: t("other_code"), href: "/" } : { label: t("try_again"), href: `/m/${code}` };
      hint(t(key), way);
    },

    /** Say something to a screen reader without moving the focus. @param {string} text */
    tell(text) {
      // Emptied first: the same words twice are two messages.
      announcer.textContent = "";
      setTimeout(() => (announcer.textContent = text), 60);
    },
  };
}
