/** What the buttons and keys of a screen and of a remote do, given what is shown now: one meaning for both. */

/** @typedef {import("../presenter/stage.js").Stage} Stage */

/**
 * @param {object} given
 * @param {() => Stage | null} given.now the stage that is shown
 * @param {(action: string) => void} given.send
 * @param {(show: () => void) => void} given.askToShow ask the facilitator before results are shown
 */
export function createCommands({ now, send, askToShow }) {
  /** @param {(stage: Stage) => string} choose the action for what is shown now */
  const toggle = (choose) => () => {
    const stage = now();
    if (stage) {
      send(choose(stage));
    }
  };

  /**
   * Show results to people, or hide them again. Where showing could tell what each person answered, ask first: always,
   * since asking only then would tell it, too.
   * @param {"results_visible" | "results_on_phones"} where
   * @param {string} show
   * @param {string} hide
   */
  function reveal(where, show, hide) {
    const stage = now();
    if (stage?.[where]) {
      send(hide);
    } else if (stage?.poll?.asks_to_show && !stage.results_visible && !stage.results_on_phones) {
      askToShow(() => send(show));
    } else if (stage) {
      send(show);
    }
  }

  /** Take away what covers the slide; tell whether there was anything. */
  function uncover() {
    const stage = now();
    if (stage?.blank) {
      send("unblank");
    } else if (stage?.join_visible) {
      send("hide_join");
    } else if (stage?.questions_visible) {
      send("hide_questions");
    } else if (stage?.text?.large) {
      send("unhighlight");
    } else {
      return false;
    }
    return true;
  }

  return {
    uncover,
    /** @param {number} by */
    move(by) {
      if (!uncover()) {
        send(by > 0 ? "next" : "previous");
      }
    },
    poll: toggle(({ poll }) => (poll?.state === "open" ? "close" : "open")),
    results: () => reveal("results_visible", "show_results", "hide_results"),
    share: () => reveal("results_on_phones", "share_results", "unshare_results"),
    reveal: toggle(({ poll }) => (poll?.revealed ? "unreveal" : "reveal")),
    join: toggle((stage) => (stage.join_visible ? "hide_join" : "show_join")),
    questions: toggle((stage) => (stage.questions_visible ? "hide_questions" : "show_questions")),
    compare: toggle((stage) => (stage.comparing ? "stop_comparing" : "compare")),
    order: toggle((stage) => (stage.by_votes ? "as_they_came" : "by_votes")),
    nextText: toggle(() => "next_text"),
    previousText: toggle(() => "previous_text"),
    closeText() {
      if (now()?.text?.large) {
        send("unhighlight");
      }
    },
    blank: toggle((stage) => (stage.blank ? "unblank" : "blank")),
  };
}
