/** The presenter screen: puts picture, keys, bar and line together. */
import { stayAwake } from "../lib/awake.js";
import { createCommands } from "../lib/commands.js";
import { byId } from "../lib/dom.js";
import { say } from "../lib/toast.js";
import { t } from "../lib/words.js";
import { createAnswers } from "./answers.js";
import { createBar } from "./bar.js";
import { join } from "./connection.js";
import { createDialogs } from "./dialogs.js";
import { listen } from "./keyboard.js";
import { wear } from "./look.js";
import { createModeration } from "./moderation.js";
import { preview } from "./preview.js";
import { createStage } from "./stage.js";

/** What is said when the server sent no words of its own. @type {Record<string, string>} */
const REFUSALS = { offline: "offline", sign_in: "signed_out" };

/** Kinds of slides that show the players of a quiz. */
const PLAYERS = new Set(["quiz_lobby", "leaderboard"]);

/** While rounds are compared, their table is asked for at most once in so many milliseconds. */
const TABLE_PAUSE = 2000;

/** What this page's reader may do; the server asks anew for each command. */
const may = new Set((document.body.dataset.may ?? "").split(" "));

const picture = createStage({ removable: may.has("moderate"), presents: may.has("present") });
if (document.body.dataset.role === "preview") {
  preview(picture);
} else {
  present();
}

function present() {
  const offline = byId("mark-offline");
  let asTable = false;

  const line = join(document.body.dataset.meeting ?? "", document.body.dataset.part ?? "", {
    version: () => picture.now()?.version ?? 0,
    async stage(stage) {
      wear(stage.look);
      await picture.show(stage);
      if (stage.slide && PLAYERS.has(stage.slide.kind)) {
        const players = await line.quiz();
        if (players) {
          picture.quiz(players);
        }
      }
      compare();
      bar.show(picture.now() ?? stage, asTable);
    },
    results(snapshot) {
      picture.results(snapshot);
      compare(TABLE_PAUSE);
    },
    toApprove(count, round) {
      if (round === picture.now()?.poll?.round) {
        bar.approval(count);
      }
    },
    board: picture.board,
    quiz: picture.quiz,
    lost(lost) {
      offline.hidden = !lost;
    },
    refused(code, message) {
      say(message ?? t(REFUSALS[code] ?? "refused"));
    },
  });

  picture.onTakeNickname((player) => void line.mend("take_nickname", { player }));

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let asking;

  /** Have all rounds beside each other brought up to date, while they are compared. @param {number} [within] */
  function compare(within = 0) {
    if (!picture.now()?.comparing || (within && asking)) {
      return;
    }
    clearTimeout(asking);
    asking = setTimeout(async () => {
      const found = await line.rounds();
      asking = undefined;
      if (found && picture.now()?.comparing) {
        picture.compare(found);
      }
    }, within);
  }

  /** @param {string} action @param {Record<string, unknown>} [more] */
  const send = (action, more) => void line.command(action, more);
  const buttons = createCommands({ now: picture.now, send, askToShow: (show) => dialogs.reveal(show) });
  const { move, uncover } = buttons;

  const acts = {
    next: () => move(1),
    previous: () => move(-1),
    poll: buttons.poll,
    results: buttons.results,
    share: buttons.share,
    reveal: buttons.reveal,
    join: buttons.join,
    questions: buttons.questions,
    blank: buttons.blank,
    remote: () => dialogs.remote(),
    table() {
      asTable = picture.toggleTable();
      if (asTable && picture.hasMoreRows()) {
        void line.table().then(picture.wholeTable);
      }
      const stage = picture.now();
      if (stage) {
        bar.show(stage, asTable);
      }
    },
    countdown() {
      if (picture.now()?.poll) {
        dialogs.countdown(Boolean(picture.now()?.countdown));
      }
    },
    compare: buttons.compare,
    order: buttons.order,
    again: () => dialogs.again(),
    end: () => dialogs.end(),
    moderate: () => void window.open(`/desk/meetings/${document.body.dataset.meeting}/moderate`, "_blank", "noopener"),
    help: () => dialogs.help(),
    fullscreen() {
      void (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen());
    },
  };

  /** Act only where there is a poll. @param {() => void} act */
  const onPoll = (act) => () => {
    if (picture.now()?.poll && picture.now()?.state === "live") {
      act();
    }
  };

  const bar = createBar(acts);
  const commands = {
    c: onPoll(acts.poll),
    h: onPoll(acts.results),
    a: onPoll(acts.reveal),
    t: onPoll(acts.countdown),
    r: onPoll(acts.compare),
    j: acts.join,
    q: acts.questions,
    u: onPoll(() => picture.now()?.poll?.upvotes && acts.order()),
    n: onPoll(buttons.nextText),
    p: onPoll(buttons.previousText),
    l: onPoll(buttons.closeText),
    b: acts.blank,
    ".": acts.blank,
  };
  const presents = may.has("present");
  const keys = listen({
    move: presents ? move : () => {},
    letters: { d: onPoll(acts.table), v: picture.toggleVideo, f: acts.fullscreen, "?": acts.help, ...(presents && commands) },
    escape: presents ? uncover : () => false,
  });
  const dialogs = createDialogs({
    countdown: (seconds) => send("countdown", { seconds }),
    stopCountdown: () => send("stop_countdown"),
    again: () => send("ask_again"),
    end: () => send("end"),
    keys,
  });
  if (presents) {
    createAnswers(send);
  }
  if (may.has("moderate")) {
    createModeration(line.remove, () => picture.now()?.poll?.round);
  }
  stayAwake();
}
