/** The remote: puts what is on, what only the facilitator reads, and the keys together. */
import { createAnnouncer } from "../lib/announcer.js";
import { createAsking, openable } from "../lib/asking.js";
import { stayAwake } from "../lib/awake.js";
import { createCommands } from "../lib/commands.js";
import { byId, setText } from "../lib/dom.js";
import { say } from "../lib/toast.js";
import { t } from "../lib/words.js";
import { join } from "../presenter/connection.js";
import { createAsked } from "./asked.js";
import { createCue } from "./cue.js";
import { createFigures } from "./figures.js";
import { DONE, REFUSED, buzz } from "./haptics.js";
import { createKeys } from "./keys.js";
import { createMending } from "./mending.js";
import { createNow } from "./now.js";
import { createTyped } from "./typed.js";

/** @typedef {import("../presenter/stage.js").Stage} Stage */

/** What is said when the server sent no words of its own. @type {Record<string, string>} */
const REFUSALS = { offline: "lost", sign_in: "signed_out" };

/** Only a new page helps after these. */
const FINAL = new Set(["sign_in", "not_found"]);

/** A thumb that taps twice means one step: this long after one no other is taken, in milliseconds. */
const STEP_PAUSE = 500;

/** @type {Stage | null} */
let stage = null;
let sending = false;
let steppedAt = -Infinity;

const announce = createAnnouncer();
const now = createNow();
const figures = createFigures((action, params) => void send(action, params));
const more = /** @type {HTMLDialogElement} */ (openable("more"));

const line = join(
  document.body.dataset.meeting ?? "",
  document.body.dataset.part ?? "",
  {
    version: () => stage?.version ?? 0,
    stage: show,
    results(snapshot) {
      figures.results(snapshot);
      now.count(figures.shown());
      announce.count(figures.shown()?.participants ?? null);
      typed.show(stage, figures.shown());
      mending.show(stage, figures.shown());
    },
    toApprove(count, round) {
      if (round === stage?.poll?.round) {
        byId("moderate").hidden = count === null;
        setText(byId("to-approve"), t("to_approve", { count: count ?? 0 }));
      }
    },
    board: (board) => asked.show(board),
    agenda: () => void cue.renew(),
    lost(lost) {
      byId("mark-offline").hidden = !lost;
      keys.lost(lost);
    },
    refused(code, message) {
      if (FINAL.has(code)) {
        byId("stopped").hidden = false;
        byId("waiting").hidden = true;
        setText(byId("stopped-words"), message ?? t(REFUSALS[code] ?? "refused"));
        return;
      }
      say(message ?? t(REFUSALS[code] ?? "refused"));
    },
  },
  { remote: true },
);

const asked = createAsked({ act: (name, question) => void actOn(name, question) });

const typed = createTyped((round, answer) => void mend("accept", { round, answer }));

const mending = createMending((round, answer, accepted) => void mend("accept", { round, answer, accepted }));

const cue = createCue(() => line.cue(), showCue);

/** @param {Stage} next */
function show(next) {
  if (stage && next.version < stage.version) {
    return;
  }
  stage = next;
  byId("waiting").hidden = true;
  document.body.dataset.state = next.state;
  document.documentElement.dataset.accent = next.look.accent;
  for (const place of document.querySelectorAll("[data-meeting-title]")) {
    setText(place, next.look.title);
  }
  figures.stage(next);
  now.stage(next);
  byId("moderate").hidden ||= !next.poll;
  now.count(figures.shown());
  typed.show(next, figures.shown());
  mending.show(next, figures.shown());
  announce.stage(next);
  cue.stage(next);
  showCue();
}

function showCue() {
  if (stage) {
    now.cue(stage, cue.here());
    byId("curate").hidden = !stage.poll || !cue.here()?.curated;
    const players = byId("players");
    players.hidden = !players.dataset.kinds?.split(" ").includes(stage.slide?.kind ?? "");
    keys.show(stage, cue.following());
  }
}

/**
 * Send a command and feel what came of it. One at a time: a second press while the first is on its way is none.
 * @param {string} action
 * @param {Record<string, unknown>} [params]
 */
async function send(action, params) {
  if (sending) {
    return;
  }
  if (!line.isUp()) {
    buzz(REFUSED);
    say(t("lost"));
    return;
  }
  sending = true;
  const outcome = await line.command(action, params);
  sending = false;
  buzz(outcome === "done" ? DONE : REFUSED);
  if (outcome === "done" && (action === "next" || action === "previous")) {
    steppedAt = performance.now();
  } else if (outcome === "stale") {
    say(t("moved_on"));
  }
}

/** Do something to a question, and feel what came of it. @param {string} act @param {string} question */
const actOn = (act, question) => feel(() => line.question(act, question));

/** Mend something in a quiz, and feel what came of it. @param {string} name @param {object} message */
const mend = (name, message) => feel(() => line.mend(name, message));

/** @param {() => Promise<boolean>} act */
async function feel(act) {
  if (sending) {
    return;
  }
  if (!line.isUp()) {
    buzz(REFUSED);
    say(t("lost"));
    return;
  }
  sending = true;
  const isDone = await act();
  sending = false;
  buzz(isDone ? DONE : REFUSED);
}

const commands = createCommands({ now: () => stage, send: (action) => void send(action), askToShow: (yes) => asking.reveal(yes) });

/** @param {number} by */
function move(by) {
  if (!line.isUp() || performance.now() - steppedAt > STEP_PAUSE) {
    commands.move(by);
  }
}

/** Close the sheet, then act. @param {() => void} act */
const fromSheet = (act) => () => {
  more.close();
  act();
};

const asking = createAsking({
  countdown: (seconds) => void send("countdown", { seconds }),
  stopCountdown: () => void send("stop_countdown"),
  again: () => void send("ask_again"),
  end: () => void send("end"),
});

const keys = createKeys({
  next: () => move(1),
  previous: () => move(-1),
  poll: commands.poll,
  results: commands.results,
  share: commands.share,
  countdown: () => asking.countdown(Boolean(stage?.countdown)),
  more: () => more.showModal(),
  join: fromSheet(commands.join),
  blank: fromSheet(commands.blank),
  reveal: fromSheet(commands.reveal),
  compare: fromSheet(commands.compare),
  order: fromSheet(commands.order),
  again: fromSheet(asking.again),
  end: fromSheet(asking.end),
});

stayAwake();
