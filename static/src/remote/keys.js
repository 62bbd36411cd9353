/** The keys under the thumb: each says what it would do now, and none does anything without a connection. */
import { byId, setText } from "../lib/dom.js";
import { t } from "../lib/words.js";

/**
 * @typedef {import("../presenter/stage.js").Stage} Stage
 * @typedef {import("./cue.js").Card} Card
 */

/**
 * @param {Record<string, () => void>} acts by the key's name
 */
export function createKeys(acts) {
  const nav = byId("keys");
  const pollKeys = byId("poll-keys");
  const following = byId("following");
  const followingMore = byId("following-more");
  const buttons = new Map(Object.keys(acts).map((name) => [name, /** @type {HTMLButtonElement} */ (byId(`do-${name}`))]));
  let lost = true;
  /** Keys that would lead nowhere. @type {Set<string>} */
  const idle = new Set();

  buttons.forEach((button, name) => {
    button.addEventListener("click", () => {
      // What leads nowhere stays within reach of the focus, and says why it is off.
      if (!idle.has(name)) {
        acts[name]();
      }
    });
  });

  /** @param {string} name @param {boolean} other whether the key would do the other of its two things */
  function face(name, other) {
    const button = /** @type {HTMLButtonElement} */ (buttons.get(name));
    button.classList.toggle("remote-key--other", other);
    label(name, (other ? button.dataset.other : button.dataset.label) ?? "", (other ? button.dataset.otherWords : button.dataset.words) ?? "");
  }

  /** @param {string} name @param {string} full @param {string} short */
  function label(name, full, short) {
    const button = /** @type {HTMLButtonElement} */ (buttons.get(name));
    if (button.getAttribute("aria-label") !== full) {
      button.setAttribute("aria-label", full);
    }
    setText(/** @type {Element} */ (button.querySelector(".remote-key__words")), short);
  }

  function switchOff() {
    for (const [name, button] of buttons) {
      button.setAttribute("aria-disabled", String(idle.has(name) || (lost && name !== "more")));
    }
  }

  return {
    /** @param {boolean} now */
    lost(now) {
      lost = now;
      switchOff();
    },
    /** @param {Stage} stage @param {Card | null | undefined} next */
    show(stage, next) {
      const live = stage.state === "live";
      nav.hidden = stage.state === "ended";
      pollKeys.hidden = !live || !stage.poll;
      face("poll", stage.poll?.state !== "open");
      face("results", !stage.results_visible);
      face("share", stage.results_on_phones);
      face("join", stage.join_visible);
      face("blank", stage.blank);
      face("compare", stage.comparing);
      face("reveal", Boolean(stage.poll?.revealed));
      face("order", Boolean(stage.by_votes));
      byId("do-order").hidden = !live || !stage.poll?.upvotes;
      byId("do-join").hidden = byId("do-previous").hidden = byId("do-more").hidden = !live;
      byId("do-again").hidden = !live || !stage.poll;
      byId("do-reveal").hidden = !live || !stage.poll?.has_correct;
      byId("do-compare").hidden = !live || (stage.poll?.number ?? 1) < 2;
      const covered = live && (stage.blank || stage.join_visible || Boolean(stage.text?.large));
      const words = t(covered ? "uncover" : live ? "next" : "start");
      label("next", words, words);
      idle.clear();
      if (live && !covered && next === null) {
        idle.add("next");
      }
      if (live && !covered && stage.slide?.position === 1) {
        idle.add("previous");
      }
      switchOff();
      following.hidden = stage.state === "ended" || next === undefined;
      setText(byId("following-kind"), next?.title ?? "");
      setText(byId("following-prompt"), next ? next.prompt || t("no_text") : t("last_slide"));
      followingMore.hidden = !next?.notes;
      setText(byId("following-notes"), next?.notes ?? "");
    },
  };
}
