/**
 * A running meeting on the phone: follows the stage, keeps answers until they are delivered.
 *
 * @import { Letter } from "./store.js"
 * @import { Poll } from "./poll.js"
 * @import { Quiz } from "./quiz.js"
 * @import { Reply } from "./outbox.js"
 * @typedef {{version: number, html: string, left_ms: number | null, look: import("./look.js").Look}} Stage what the
 *   meeting shows now, as sent to everybody
 */
import { openCountdown } from "../lib/countdown.js";
import { connect } from "../lib/socket.js";
import { t } from "../lib/words.js";
import { openDrafts } from "./drafts.js";
import { insertStage, parseStage } from "./insert.js";
import { openKnown } from "./known.js";
import { wear } from "./look.js";
import { openOthers } from "./others.js";
import { openOutbox } from "./outbox.js";
import { openOrder } from "./order.js";
import { openPoll } from "./poll.js";
import { openQuiz } from "./quiz.js";
import { openResults } from "./results.js";
import { openSigns } from "./signs.js";
import { openStore } from "./store.js";
import { openTabs } from "./tabs.js";

/** Hidden for longer than this (ms), a phone asks what it missed as soon as it is looked at. */
const ASLEEP = 15000;
/** A phone that was refused tries again within so many milliseconds, at random. */
const REFUSED_AGAIN = 30000;

/**
 * Run the meeting in `host`, the element that holds the stage.
 * @param {HTMLElement} host
 */
export function runMeeting(host) {
  const code = host.dataset.code || "";
  const store = openStore(code);
  const drafts = openDrafts(store);
  const order = openOrder(store);
  const known = openKnown();
  const signs = openSigns();
  const results = openResults(/** @type {HTMLElement} */ (document.querySelector("[data-shared-results]")));
  const countdown = openCountdown(/** @type {HTMLElement} */ (document.querySelector("[data-countdown]")));
  const outbox = openOutbox({ store, post, settled, changed: () => poll && poll.refresh() });
  let section = /** @type {HTMLElement} */ (host.querySelector("[data-stage]"));
  /** @type {Poll | null} */
  let poll = null;
  /** @type {Quiz | null} */
  let quiz = null;
  let hiddenAt = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let looking;

  const connection = connect(
    "/participant",
    { code, lang: host.dataset.lang || "" },
    {
      up: () => void join(),
      down() {
        outbox.stop();
        signs.connected(false);
        tabs.down();
        others.down();
      },
      refused(reason, within) {
        signs.refused(reason, code);
        if (reason !== "unknown_meeting" && reason !== "not_joined") connection.again(within || REFUSED_AGAIN);
      },
      messages: {
        stage: accept,
        results: (/** @type {any} */ message) => void results.show(message.snapshot || message),
        again: lookAgain,
        board: (/** @type {any} */ delta) => tabs.take(delta),
        texts: (/** @type {any} */ delta) => others.take(delta),
        questions: (/** @type {any} */ summary) => tabs.told(summary),
      },
    },
  );

  const tabs = openTabs({ code, ask: (name, message) => connection.ask(name, message), isUp: connection.isUp, tell: signs.tell });

  const others = openOthers({ code, ask: (name, message) => connection.ask(name, message), isUp: connection.isUp, tell: signs.tell });

  async function join() {
    try {
      const reply = await connection.ask("join", {});
      if (!reply.ok) {
        signs.refused(reply.code, code);
        connection.renewWithin(REFUSED_AGAIN);
        return;
      }
      signs.connected(true);
      known.learnAll(reply.mine);
      accept(reply.stage);
      if (reply.snapshot) void results.show(reply.snapshot);
      outbox.start();
      tabs.up(reply.board);
      others.up();
    } catch {
      // No reply: either the connection went, and comes back by itself, or it is dead without knowing it.
      if (connection.isUp()) connection.renewWithin(1000);
    }
  }

  /** Something of somebody's changed: ask, at a moment of one's own. Once is enough for all that happens until then. @param {{within_ms: number}} message */
  function lookAgain({ within_ms }) {
    looking ??= setTimeout(() => {
      looking = undefined;
      if (connection.isUp()) void join();
    }, Math.random() * within_ms);
  }

  /** @param {Letter} letter @returns {Promise<Reply>} */
  async function post({ round, slot, revision, raw }) {
    try {
      return await connection.ask("answer", { round, slot, revision, raw });
    } catch (error) {
      if (connection.isUp()) connection.renewWithin(1000);
      throw error;
    }
  }

  /** @param {Letter} letter @param {Reply} reply @param {boolean} newest */
  function settled(letter, reply, newest) {
    const { slot, raw } = letter;
    const round = Number(letter.round);
    const revision = reply.revision === undefined ? letter.revision : reply.revision;
    if (reply.code === "saved") {
      // A higher revision than ours: another tab has saved a newer one, and the reply says which.
      known.learn(round, slot, { revision, answer: reply.answer === undefined ? raw : reply.answer, state: "saved" });
    } else if (reply.code === "removed") {
      known.learn(round, slot, { revision, answer: null, state: "removed" });
    } else if ((reply.code === "closed" || reply.code === "superseded") && reply.revision !== undefined) {
      known.learn(round, slot, { revision, answer: reply.answer === undefined ? null : reply.answer, state: "saved" });
    }
    // What was not accepted goes back to where it was written: nothing is lost.
    if (newest && (reply.code === "bad_answer" || reply.code === "superseded")) {
      drafts.keep(round, { ...drafts.of(round), [slot]: raw });
    }
    if (poll && poll.round === round) poll.settled(letter, reply, newest);
  }

  /** @param {Stage} stage */
  function accept(stage) {
    if (stage.version < Number(section.dataset.version)) return;
    const next = parseStage(stage.html);
    if (!next) return;
    if (!("shared" in next.dataset)) results.hide();
    if (poll && next.dataset.round === section.dataset.round && next.querySelector("[data-answer]")) mend(next);
    else if (!sameStage(next)) replace(next);
    section.dataset.version = String(stage.version);
    const upvoted = "upvotes" in next.dataset ? Number(next.dataset.round) : null;
    others.show(upvoted);
    results.listed(upvoted);
    countdown.show(stage.left_ms);
    wear(stage.look);
    if (quiz) void quiz.look();
  }

  /** @param {HTMLElement} next */
  function sameStage(next) {
    const [one, other] = [next.dataset, section.dataset];
    return one.version === other.version && one.state === other.state && one.slide === other.slide && one.pollState === other.pollState;
  }

  /** The same round: the form stays as it is, with what is being typed; only its state, mended wording and exchanged pictures change. @param {HTMLElement} next */
  function mend(next) {
    Object.assign(section.dataset, { state: next.dataset.state, pollState: next.dataset.pollState });
    for (const text of next.querySelectorAll("[data-text]")) {
      const here = section.querySelector(`[data-text="${text.getAttribute("data-text")}"]`);
      if (here && here.textContent !== text.textContent) here.textContent = text.textContent;
    }
    for (const mended of next.querySelectorAll("[data-mended]")) {
      const here = section.querySelector(`[data-mended="${mended.getAttribute("data-mended")}"]`);
      if (here && !here.isEqualNode(mended)) here.replaceChildren(...mended.childNodes);
    }
    if (poll) poll.setOpen(next.dataset.pollState === "open");
  }

  /** @param {HTMLElement} next */
  function replace(next) {
    const moved = next.dataset.slide !== section.dataset.slide || next.dataset.state !== section.dataset.state;
    const prompt = (section.querySelector("[data-prompt]") || section).textContent || "";
    const hadFocus = host.contains(document.activeElement);
    const unsent = !!poll && poll.keepDraft();
    if (poll) poll.close();
    insertStage(host, next);
    section = next;
    if (moved) signs.hint(unsent ? t("draft_kept", { prompt: prompt.trim() }) : "");
    if (next.dataset.state === "ended") forget();
    takeOver();
    if (!moved) return;
    tabs.moved();
    const heading = next.querySelector("[data-prompt]");
    window.scrollTo(0, 0);
    if (heading instanceof HTMLElement) {
      if (hadFocus) heading.focus({ preventScroll: true });
      else signs.tell(heading.textContent || "");
    }
  }

  /** The meeting is over: this phone keeps nothing of it. */
  function forget() {
    if (outbox.count()) signs.hint(t("unsent_at_end"));
    store.forget();
    known.forget();
    tabs.forget();
    others.forget();
  }

  function takeOver() {
    const form = section.querySelector("[data-answer]");
    poll = form ? openPoll({ section, outbox, known, drafts, order, tell: signs.tell }) : null;
    if (quiz) quiz.close();
    quiz = section.querySelector("[data-player]")
      ? openQuiz({ section, ask: (name, message) => connection.ask(name, message), isUp: connection.isUp, tell: signs.tell })
      : null;
  }

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") {
      hiddenAt = Date.now();
      if (poll) poll.keepDraft();
    } else if (Date.now() - hiddenAt > ASLEEP && connection.isUp()) {
      void join();
    }
  });
  window.addEventListener("pagehide", () => poll && poll.keepDraft());
  window.addEventListener("storage", (event) => {
    if (event.key === store.name && poll) poll.refresh();
  });

  const plain = document.querySelector("[data-plain]");
  if (plain) plain.remove();
  if (section.dataset.state === "ended") forget();
  takeOver();
}
