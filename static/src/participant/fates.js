/**
 * What became of a round's answers, put into one receipt. Pure but for the words.
 *
 * @import { Letter, Raw } from "./store.js"
 * @import { Own } from "./known.js"
 * @import { Line, Receipt } from "./receipt.js"
 * @typedef {object} Situation
 * @property {boolean} open whether the round takes answers
 * @property {boolean} [final] whether the first answer counts, as in a quiz
 * @property {boolean} flowing whether answers on their way can be expected to arrive soon
 * @property {"" | "superseded" | "unknown_round"} note something that happened to an answer of this round
 * @property {{own: Own | undefined, letter: Letter | undefined, draft: Raw | undefined}[]} slots
 * @property {(raw: Raw) => string[]} inWords
 */
import { t } from "../lib/words.js";

/**
 * Return the answers of a round with their fate, in the order of the slots.
 * @param {Situation} situation
 * @returns {Line[]}
 */
export function linesOf({ open, flowing, slots, inWords }) {
  /** @type {Line[]} */
  const lines = [];
  for (const { own, letter, draft } of slots) {
    const removed = !!own && own.state === "removed";
    if (removed) lines.push({ words: [t("removed_line")], fate: "removed" });
    const counts = !removed && own && own.answer !== null ? inWords(own.answer) : null;
    if (letter && letter.raw !== null) {
      if (letter.held && counts) lines.push({ words: counts, fate: "saved" });
      lines.push({ words: inWords(letter.raw), fate: letter.held ? "late" : flowing ? "sending" : "kept" });
    } else if (letter && !letter.held) {
      lines.push({ words: [t("taken_back_line")], fate: flowing ? "sending" : "kept" });
    } else if (counts) {
      lines.push({ words: counts, fate: "saved" });
    }
    if (!open && draft !== undefined && draft !== null) lines.push({ words: inWords(draft), fate: "draft" });
  }
  return lines;
}

/**
 * Return the receipt of a round.
 * @param {Situation} situation
 * @param {Line[]} lines
 * @returns {Receipt}
 */
export function receiptOf({ open, final = false, note, slots }, lines) {
  const has = (/** @type {string} */ fate) => lines.some((line) => line.fate === fate);
  const usable = slots.some(({ own }) => !own || own.state !== "removed");
  const change = open && usable && !final ? t("change_answer") : "";
  const said = (/** @type {string} */ tone, /** @type {string} */ title, text = "") => ({ tone, title, text, lines, change });

  if (final) {
    if (note === "superseded") return said("warn", t("quiz_locked_title"), t("quiz_other_text"));
    if (has("late")) return said("warn", t("quiz_late_title"), t("quiz_late_text"));
    if (has("saved")) return said("good", t("quiz_locked_title"), t(open ? "quiz_locked_text" : "quiz_closed_text"));
    if (!open && !has("kept") && !has("sending") && !has("removed")) return said("closed", t("closed_title"), t("quiz_closed_text"));
  }
  if (has("kept")) return said("offline", t("kept_title"), t("kept_text"));
  if (has("sending")) return said("sending", t("sending_title"));
  if (has("late")) return said("warn", t("late_title"), has("saved") ? t("late_earlier_text") : t("late_text"));
  if (note === "superseded") return said("warn", t("superseded_title"), t("superseded_text"));
  if (has("draft")) return said("closed", t("closed_title"), t("closed_draft_text"));
  if (has("saved")) {
    if (has("removed")) return said("good", t("saved_title"), t("removed_some_text"));
    return said("good", t("saved_title"), open ? t("saved_text") : t("closed_saved_text"));
  }
  if (has("removed")) return { ...said("bad", t("removed_title"), t("removed_text")), lines: [] };
  if (note === "unknown_round") return said("warn", t("gone_title"), t("gone_text"));
  return said("closed", t("closed_title"), t("closed_text"));
}
