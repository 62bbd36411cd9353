/**
 * This phone in a quiz: its nickname, what its answer was worth, its place; and how long messages take.
 *
 * @typedef {{answered: boolean, right: boolean, points: number}} Result
 * @typedef {{nickname: string | null, offered: string, given: boolean, result: Result | null, place: number | null,
 *   total: number, players: number}} Player
 */
import { setText } from "../lib/dom.js";
import { t } from "../lib/words.js";

/** Round trips are measured so often in a row, then one every so many milliseconds: the server takes the shortest. */
const PULSES = 4;
const PULSE_PAUSE = 200;
const PULSE_EVERY = 15000;

/**
 * @param {object} parts
 * @param {HTMLElement} parts.section the stage, which belongs to a quiz
 * @param {(name: string, message: object) => Promise<any>} parts.ask
 * @param {() => boolean} parts.isUp
 * @param {(text: string) => void} parts.tell says something to a screen reader
 */
export function openQuiz({ section, ask, isUp, tell }) {
  const find = (/** @type {string} */ name) => /** @type {HTMLElement} */ (section.querySelector(`[data-player-${name}]`));
  const form = /** @type {HTMLFormElement} */ (find("form"));
  const field = /** @type {HTMLInputElement} */ (form.elements.namedItem("nickname"));
  const choose = /** @type {HTMLDetailsElement} */ (find("choose"));
  const result = /** @type {HTMLElement | null} */ (section.querySelector("[data-quiz-result]"));
  const lobby = !section.querySelector("[data-answer]") && !result;
  let closed = false;
  let drawn = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @param {Player} player */
  function draw(player) {
    const now = JSON.stringify(player);
    if (now === drawn) return;
    const first = !drawn;
    drawn = now;
    const name = document.createElement("bdi");
    name.className = "player__name";
    name.textContent = player.nickname ?? player.offered;
    find("says").replaceChildren(t(player.given ? "quiz_given" : player.nickname ? "quiz_play_as" : "quiz_offered"), " ", name);
    setText(/** @type {Element} */ (choose.querySelector("summary")), t("quiz_change"));
    choose.hidden = player.given;
    if (first && lobby && !player.nickname) choose.open = true;
    if (first && !field.value) field.value = player.nickname ?? player.offered;
    const standing = find("standing");
    standing.hidden = player.place === null;
    if (player.place !== null) {
      setText(standing, t("quiz_standing", { points: player.total, place: player.place, players: player.players }));
    }
    if (result) drawResult(player.result);
  }

  /** @param {Result | null} outcome */
  function drawResult(outcome) {
    const box = /** @type {HTMLElement} */ (result);
    box.hidden = !outcome;
    if (!outcome) return;
    box.dataset.fate = outcome.right ? "right" : outcome.answered ? "wrong" : "none";
    const words = outcome.right ? t("quiz_right", { points: outcome.points }) : t(outcome.answered ? "quiz_wrong" : "quiz_none");
    if (box.textContent?.trim() !== words) {
      setText(box, words);
      tell(words);
    }
  }

  async function look() {
    if (closed || !isUp()) return;
    try {
      const reply = await ask("player", {});
      if (reply.ok && !closed) draw(reply);
    } catch {
      // What is shown stays; the next change of the stage asks again.
    }
  }

  /** @param {number} left how often it is done soon */
  async function pulse(left) {
    if (closed) return;
    try {
      const reply = isUp() ? await ask("pulse", { number: null }) : null;
      // Said back at once, or the pause would count as the network's.
      if (reply?.ok) await ask("pulse", { number: reply.number });
    } catch {
      // Nothing was measured this time.
    }
    timer = setTimeout(() => void pulse(left - 1), left > 1 ? PULSE_PAUSE : PULSE_EVERY);
  }

  /** @param {Event} event */
  async function submit(event) {
    event.preventDefault();
    try {
      const reply = await ask("nickname", { nickname: field.value });
      refuse(reply.ok ? "" : reply.message ?? t("not_accepted"));
      if (!reply.ok) return;
      field.value = reply.nickname;
      choose.open = false;
      /** @type {HTMLElement} */ (choose.querySelector("summary")).focus();
      await look();
      tell(`${t("quiz_play_as")} ${reply.nickname}`);
    } catch {
      refuse(t("no_connection"));
    }
  }

  /** @param {string} words */
  function refuse(words) {
    const problem = find("problem");
    setText(problem, words);
    problem.hidden = !words;
    field.removeAttribute("aria-invalid");
    if (words) {
      field.setAttribute("aria-invalid", "true");
      field.focus();
      tell(words);
    }
  }

  form.addEventListener("submit", (event) => void submit(event));
  void look();
  void pulse(PULSES);

  return {
    /** Something changed on the stage: what this phone is told may be something else. */
    look,
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}

/** @typedef {ReturnType<typeof openQuiz>} Quiz */
