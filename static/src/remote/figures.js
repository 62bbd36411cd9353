/** The results as a table, for the facilitator's eyes: also while the room does not see them. */
import { byId, setText } from "../lib/dom.js";
import { createTable } from "../lib/table.js";
import { t } from "../lib/words.js";
import { createTexts } from "./texts.js";

/**
 * @typedef {import("../presenter/stage.js").Stage} Stage
 * @typedef {import("../presenter/stage.js").Snapshot} Snapshot
 */

/** @param {(action: string, more?: Record<string, unknown>) => void} send */
export function createFigures(send) {
  /** @type {HTMLDetailsElement} */
  const results = byId("results");
  const where = byId("results-where");
  const none = byId("results-none");
  const root = byId("figures");
  const table = createTable(root);
  const texts = createTexts(send);
  const list = byId("texts");
  /** @type {Stage | null} */
  let stage = null;
  /** @type {Snapshot | null} */
  let snapshot = null;

  /** The snapshot of what is on the stage. */
  function shown() {
    const poll = stage?.state === "live" ? stage.poll : null;
    return poll && snapshot && snapshot.slide === stage?.slide?.id && snapshot.round === poll.round ? snapshot : null;
  }

  function render() {
    const mine = shown();
    results.hidden = !mine || Boolean(mine.waiting);
    setText(where, stage && !stage.results_visible && !stage.results_on_phones ? t("only_here") : "");
    const empty = !mine?.participants || !mine.table;
    none.hidden = !empty;
    setText(none, t("no_answers"));
    const listed = texts.show(stage, mine);
    list.hidden = empty || !listed;
    root.hidden = empty || listed;
    table.show(empty || listed ? null : mine.table, `${mine?.slide} ${mine?.round}`, results.open);
  }

  results.addEventListener("toggle", render);

  return {
    shown,
    /** @param {Stage} next */
    stage(next) {
      stage = next;
      render();
    },
    /** @param {Snapshot} next */
    results(next) {
      if (snapshot && next.slide === snapshot.slide && next.round === snapshot.round && next.number < snapshot.number) {
        return;
      }
      snapshot = next;
      render();
    },
  };
}
