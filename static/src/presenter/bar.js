/** The control bar: says what each button would do now, hides when nobody needs it. A role may lack some buttons. */
import { byId, setText } from "../lib/dom.js";
import { number, t } from "../lib/words.js";

/** Milliseconds without movement after which the bar and the pointer go. */
const IDLE = 3500;

/**
 * @param {Record<string, () => void>} acts by the button's name
 * @returns {{show: (stage: import("./stage.js").Stage, asTable: boolean) => void, approval: (count: number | null) => void}}
 */
export function createBar(acts) {
  const bar = byId("bar");
  const position = document.getElementById("position");
  const poll = byId("poll-controls");
  const buttons = /** @type {HTMLButtonElement[]} */ ([...bar.querySelectorAll("button")]);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  function wake() {
    document.body.classList.remove("screen--idle");
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (!bar.contains(document.activeElement) && !bar.matches(":hover")) {
        document.body.classList.add("screen--idle");
      }
    }, IDLE);
  }

  for (const button of buttons) {
    const act = acts[button.id.replace("do-", "")];
    button.addEventListener("click", (event) => {
      act();
      // After a mouse, a clicker's Enter must move the meeting and not press this button again.
      if (event.detail > 0) {
        button.blur();
      }
    });
  }

  // One tab stop; arrows walk along the bar (the toolbar pattern of WAI-ARIA).
  bar.addEventListener("keydown", (event) => {
    const usable = buttons.filter((button) => button.offsetParent !== null);
    const here = usable.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    const forth = getComputedStyle(bar).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const back = forth === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
    const to = { [forth]: here + 1, [back]: here - 1, Home: 0, End: usable.length - 1 }[event.key];
    if (here >= 0 && to !== undefined) {
      event.preventDefault();
      usable[(to + usable.length) % usable.length].focus();
    }
  });
  bar.addEventListener("focusin", (event) => {
    rove(/** @type {HTMLElement} */ (event.target));
    wake();
  });
  bar.addEventListener("focusout", wake);
  for (const name of ["pointermove", "pointerdown"]) {
    document.addEventListener(name, wake, { passive: true });
  }
  rove(buttons[0]);
  wake();

  /** @param {HTMLElement} stop */
  function rove(stop) {
    buttons.forEach((button) => {
      button.tabIndex = button === stop ? 0 : -1;
    });
  }

  /** @param {string} name @param {boolean} other whether the button would do the other of its two things */
  function face(name, other) {
    const button = document.getElementById(`do-${name}`);
    if (!button) {
      return;
    }
    const label = (other ? button.dataset.other : button.dataset.label) ?? "";
    button.classList.toggle("bar__button--other", other);
    button.setAttribute("aria-label", label);
    const tip = button.querySelector(".bar__tip-text");
    const words = button.querySelector(".bar__words");
    if (tip) {
      setText(tip, label);
    }
    if (words) {
      setText(words, (other ? button.dataset.otherWords : button.dataset.words) ?? label);
    }
  }

  /** @param {string} name @param {boolean} hidden */
  function hide(name, hidden) {
    const button = document.getElementById(`do-${name}`);
    if (button) {
      button.hidden = hidden;
    }
  }

  return {
    /** Say how many entries wait for approval (null: nothing is to approve here). */
    approval(count) {
      const button = document.getElementById("do-moderate");
      if (!button) {
        return;
      }
      button.hidden = count === null;
      if (count !== null) {
        setText(byId("to-approve"), t("to_approve", { count }));
        button.toggleAttribute("data-waits", count > 0);
      }
    },
    show(stage, asTable) {
      const { slide } = stage;
      poll.hidden = !stage.poll || stage.state !== "live";
      hide("end", stage.state === "ended");
      hide("next", stage.state === "ended");
      hide("previous", stage.state !== "live");
      hide("join", stage.state !== "live");
      hide("questions", stage.state === "ended");
      face("next", stage.state === "draft");
      if (position) {
        position.hidden = stage.state !== "live";
        setText(position, slide ? `${number(slide.position)} / ${number(slide.of)}` : "");
        position.setAttribute(
          "aria-label",
          slide ? t("slide_of", { position: slide.position, of: slide.of }) : "",
        );
      }
      face("poll", stage.poll?.state !== "open");
      face("results", !stage.results_visible);
      face("share", stage.results_on_phones);
      face("reveal", Boolean(stage.poll?.revealed));
      hide("reveal", !stage.poll?.has_correct);
      face("table", asTable);
      face("compare", stage.comparing);
      hide("compare", (stage.poll?.number ?? 1) < 2);
      face("order", Boolean(stage.by_votes));
      hide("order", !stage.poll?.upvotes);
      face("join", stage.join_visible);
      face("questions", stage.questions_visible);
      face("blank", stage.blank);
      // On the black screen the bar is lit for the dark.
      bar.toggleAttribute("data-theme", stage.blank);
      if (stage.blank) {
        bar.dataset.theme = "dark";
      }
      const stop = buttons.find((button) => button.tabIndex === 0);
      if (!stop || stop.offsetParent === null) {
        rove(buttons.find((button) => button.offsetParent !== null) ?? buttons[0]);
      }
      document.getElementById("do-reveal")?.setAttribute("aria-pressed", String(Boolean(stage.poll?.revealed)));
      document.getElementById("do-order")?.setAttribute("aria-pressed", String(Boolean(stage.by_votes)));
      document.getElementById("do-share")?.setAttribute("aria-pressed", String(stage.results_on_phones));
    },
  };
}
