/** The line of a screen or a remote to the server: what to show comes in, commands go out. */
import { connect } from "../lib/socket.js";

/**
 * @typedef {import("./stage.js").Stage} Stage
 * @typedef {import("./stage.js").Snapshot} Snapshot
 * @typedef {"done" | "stale" | "refused" | "lost"} Outcome what became of a command. After `lost` nobody knows; it is not
 *   sent again: what is shown next tells.
 * @typedef {object} Line
 * @property {(action: string, more?: Record<string, unknown>) => Promise<Outcome>} command
 * @property {() => Promise<{round: number, table: import("../lib/table.js").Figures} | null>} table ask for the whole
 *   table of what is on stage; null when there is none, or no reply
 * @property {() => Promise<import("./compared.js").Found | null>} rounds ask for all rounds that are compared; null when
 *   there is no reply
 * @property {() => Promise<import("../remote/cue.js").Cue | null>} cue ask for what only facilitators read; null when
 *   there is no reply
 * @property {(round: number, text: string) => Promise<boolean>} remove take an open answer off; tells whether it is gone
 * @property {(act: string, question: string) => Promise<boolean>} question do something to a question; tells whether it
 *   was done
 * @property {() => Promise<import("./quiz.js").Quiz | null>} quiz ask who plays or leads; null when there is no reply, or the
 *   slide does not show it
 * @property {(name: string, message: object) => Promise<boolean>} mend change something in a quiz (`take_nickname`, `accept`);
 *   tells whether it was done
 * @property {() => boolean} isUp
 */

/** A screen that hears nothing for so long asks whether it missed something, in milliseconds. */
const SILENCE = 20000;

/** Refusals after which this page is not for its reader any more. */
const SHUT = ["not_found", "not_allowed"];

/**
 * @param {string} meeting
 * @param {string} part the role for which the page was made
 * @param {object} heard
 * @param {() => number} heard.version the version of the stage that is shown
 * @param {(stage: Stage) => void} heard.stage
 * @param {(snapshot: Snapshot) => void} heard.results
 * @param {(count: number | null, round: number | null) => void} heard.toApprove how many entries of a round wait for
 *   approval; null where that is not told
 * @param {(board: import("./questions.js").Board) => void} [heard.board] the questions changed
 * @param {(quiz: import("./quiz.js").Quiz) => void} [heard.quiz] players or points of a quiz changed
 * @param {(lost: boolean) => void} heard.lost
 * @param {(code: string, message?: string) => void} heard.refused
 * @param {() => void} [heard.agenda] slides or notes changed: what `cue` tells may be something else
 * @param {{remote?: boolean}} [as] whether to follow as a remote, which is sent less
 * @returns {Line}
 */
export function join(meeting, part, heard, { remote = false } = {}) {
  let last = Date.now();

  /** @param {boolean} [proving] whether the server wants to know anew if this screen may follow */
  async function watch(proving = false) {
    last = Date.now();
    try {
      const reply = await line.ask("watch", { meeting, remote });
      if ((reply.ok && reply.role !== part) || (proving && SHUT.includes(reply.code))) {
        // Another role, or none any more, has another page.
        location.reload();
      } else if (reply.ok) {
        heard.stage(reply.stage);
        if (reply.snapshot) {
          heard.results({ ...reply.snapshot, text: reply.text ?? null });
        }
        heard.toApprove(reply.to_approve ?? null, reply.snapshot?.round ?? null);
        await watchBoard();
      } else {
        heard.refused(reply.code, reply.message);
      }
    } catch {
      // No reply: the connection is down or slow. It is taken up again by itself, and then asks again.
      if (line.isUp()) {
        line.renewWithin(0);
      }
    }
  }

  /** Questions have a message of their own: a stage says only that they are shown. */
  async function watchBoard() {
    const reply = heard.board && (await line.ask("board", { meeting, remote }));
    if (reply?.ok) {
      heard.board?.(reply.board);
    }
  }

  const line = connect(
    "/presenter",
    { meeting },
    {
      up() {
        heard.lost(false);
        void watch();
      },
      down: () => heard.lost(true),
      refused(code) {
        heard.lost(true);
        heard.refused(code);
      },
      messages: {
        /** @param {Stage} stage */
        stage(stage) {
          last = Date.now();
          heard.stage(stage);
        },
        again: () => void watch(true),
        /** @param {{snapshot: Snapshot, to_approve?: number | null, text?: import("../lib/one.js").Apart | null}} message */
        results({ snapshot, to_approve, text }) {
          last = Date.now();
          heard.results({ ...snapshot, text: text ?? null });
          heard.toApprove(to_approve ?? null, snapshot.round);
        },
        agenda: () => heard.agenda?.(),
        /** @param {import("./quiz.js").Quiz} quiz */
        quiz(quiz) {
          last = Date.now();
          heard.quiz?.(quiz);
        },
        /** @param {import("./questions.js").Board} board */
        board(board) {
          last = Date.now();
          heard.board?.(board);
        },
      },
    },
  );

  setInterval(() => {
    if (line.isUp() && Date.now() - last > SILENCE) {
      void watch();
    }
  }, SILENCE / 4);

  /** Ask for something; tell what is refused. @param {string} name @param {object} message */
  async function wish(name, message) {
    try {
      const reply = await line.ask(name, { meeting, ...message });
      if (!reply.ok) {
        heard.refused(reply.code, reply.message);
      }
      return Boolean(reply.ok);
    } catch {
      heard.refused("offline");
      return false;
    }
  }

  return {
    async command(action, more = {}) {
      try {
        const reply = await line.ask("command", { meeting, version: heard.version(), action, ...more });
        if (reply.ok) {
          return "done";
        }
        if (reply.code === "stale") {
          // Someone else was quicker; show what they did rather than do it twice.
          await watch();
          return "stale";
        }
        heard.refused(reply.code, reply.message);
        return "refused";
      } catch {
        heard.lost(!line.isUp());
        heard.refused("offline");
        if (line.isUp()) {
          void watch();
        }
        return "lost";
      }
    },
    async table() {
      try {
        const reply = await line.ask("table", { meeting });
        return reply.ok && reply.table ? reply : null;
      } catch {
        // The first rows stay.
        return null;
      }
    },
    async rounds() {
      try {
        const reply = await line.ask("rounds", { meeting });
        return reply.ok ? reply : null;
      } catch {
        // What is shown stays; the next change asks again.
        return null;
      }
    },
    async cue() {
      try {
        const reply = await line.ask("cue", { meeting });
        return reply.ok ? reply : null;
      } catch {
        // What was known stays.
        return null;
      }
    },
    remove: (round, text) => wish("remove", { round, text }),
    question: (act, question) => wish("question", { act, question }),
    async quiz() {
      try {
        const reply = await line.ask("quiz", { meeting });
        return reply.ok ? reply.quiz : null;
      } catch {
        // What is shown stays; the next change is sent.
        return null;
      }
    },
    mend: wish,
    isUp: () => line.isUp(),
  };
}
