/** What the room sees: shows the stage and draws the results of its poll. */
import { createAnnouncer } from "../lib/announcer.js";
import { byId, fromServer, make, onResize, setText } from "../lib/dom.js";
import { shrink } from "../lib/fit.js";
import { appear, reduced } from "../lib/motion.js";
import { drawOne } from "../lib/one.js";
import { createTable } from "../lib/table.js";
import { locale, number, t } from "../lib/words.js";
import { createCompared } from "./compared.js";
import { createCountdown } from "./countdown.js";
import { createJoin } from "./join.js";
import { createQuestions } from "./questions.js";
import { createQuiz } from "./quiz.js";
import { createVideo } from "./video.js";

/**
 * @typedef {{id: string, kind: string, position: number, of: number, stays_open: boolean, html: string}} Slide
 * @typedef {{round: number | null, number: number, state: "unopened" | "open" | "closed", asks_to_show: boolean,
 *   has_correct: boolean, revealed: boolean, upvotes?: boolean}} Poll
 * @typedef {{version: number, state: "draft" | "live" | "ended", blank: boolean, join_visible: boolean,
 *   questions_visible: boolean, results_visible: boolean, results_on_phones: boolean, comparing: boolean,
 *   by_votes?: boolean, slide: Slide | null, poll: Poll | null, text?: {id: string, large: boolean} | null,
 *   countdown: {left_ms: number} | null, phones: number | null, look: import("./look.js").Look}} Stage
 * @typedef {{slide: string, round: number | null, round_number: number, number: number, kind: string,
 *   participants: number | null, ballots: number | null, waiting: "first_ten" | "too_few" | null, approves_first?: boolean, results: any,
 *   table: import("../lib/table.js").Figures | null, text?: import("../lib/one.js").Apart | null, text_ids?: string[] | null, option_ids?: string[] | null}} Snapshot
 * @typedef {{draw: (root: HTMLElement, results: any, options: object) => void, VEILS?: boolean}} Drawing
 * @typedef {"chart" | "veiled" | "empty" | "hidden" | "unopened" | "waiting" | "approval"} Face
 */

/** @type {Map<string, Drawing>} */
const drawings = new Map();

/**
 * Build the picture; `show` and `results` keep it current.
 * @param {{removable: boolean, presents: boolean}} rights whether the facilitator may take answers off here, and put one
 *   apart
 */
export function createStage({ removable, presents }) {
  const parts = {
    room: byId("room"),
    slide: byId("slide"),
    result: byId("result"),
    chart: byId("chart"),
    figures: byId("figures"),
    compared: byId("compared"),
    large: byId("large"),
    message: byId("message"),
    messageText: byId("message-text"),
    foot: byId("foot"),
    count: byId("count"),
    countNumber: byId("count-number"),
    round: byId("mark-round"),
    closed: byId("mark-closed"),
    shared: byId("mark-shared"),
    veil: byId("mark-veil"),
    veilText: byId("mark-veil-text"),
    blank: byId("blank"),
    ended: byId("ended"),
  };
  const countdown = createCountdown();
  const join = createJoin();
  const questions = createQuestions();
  const quiz = createQuiz(parts.slide, removable);
  const video = createVideo(parts.slide, () => !parts.room.hidden && !document.body.classList.contains("screen--covered"));
  const announce = createAnnouncer();
  const table = createTable(parts.figures);
  const compared = createCompared(parts.compared);
  /** @type {Stage | null} */
  let stage = null;
  /** @type {Snapshot | null} */
  let snapshot = null;
  /** @type {HTMLElement | null} */
  let root = null;
  let drawn = "";
  let html = "";
  let asTable = false;
  /** The whole table, while it is shown. @type {{round: number, table: import("../lib/table.js").Figures} | null} */
  let whole = null;
  let frame = 0;
  /** What had the focus when an answer was shown large over it. @type {HTMLElement | null} */
  let chosen = null;

  onResize(parts.slide, () => shrink(parts.slide));

  /** @param {Stage} next */
  async function show(next) {
    if (stage && next.version < stage.version) {
      return;
    }
    stage = next;
    const kind = next.poll && next.slide?.kind;
    if (kind && !drawings.has(kind)) {
      drawings.set(kind, /** @type {Drawing} */ (await import(`../kinds/${kind}.js`)));
    }
    if (stage === next) {
      render();
    }
  }

  /** Tell whether what draws this slide has arrived. @param {Stage} shown */
  function isDrawable(shown) {
    return !shown.poll || !shown.slide || drawings.has(shown.slide.kind);
  }

  /** @param {Snapshot} next */
  function results(next) {
    if (snapshot && next.slide === snapshot.slide && next.round === snapshot.round && next.number < snapshot.number) {
      return;
    }
    const earlier = stage?.poll?.round && next.slide === stage.slide?.id && next.round !== stage.poll.round;
    if (earlier && next.round_number < (stage?.poll?.number ?? 0)) {
      compared.change(next);
    } else {
      snapshot = next;
    }
    // However many come, a frame draws the newest once.
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      if (stage?.poll && isDrawable(stage)) {
        renderPoll(stage);
      }
    });
  }

  function render() {
    const now = /** @type {Stage} */ (stage);
    const ended = now.state === "ended";
    const lobby = !ended && (now.state === "draft" || !now.slide);
    parts.ended.hidden = !ended;
    parts.blank.hidden = !now.blank;
    document.body.classList.toggle("screen--blank", now.blank);
    document.body.classList.toggle("screen--covered", now.blank || now.join_visible);
    const asked = !ended && now.questions_visible;
    parts.room.hidden = ended || lobby || asked;
    parts.foot.hidden = ended || (lobby && !asked);
    questions.show(asked);
    join.show(!ended && ((lobby && !asked) || now.join_visible), now.phones);
    countdown.show(ended ? null : now.countdown);
    if (parts.room.hidden || now.blank || now.join_visible) {
      // What cannot be seen must not be heard.
      video.stop();
    }
    renderSlide(now);
    renderPoll(now);
    announce.stage(now);
  }

  /** @param {Stage} now */
  function renderSlide(now) {
    const fresh = `${now.slide?.id} ${now.slide?.html}`;
    if (fresh === html) {
      return;
    }
    const other = !html.startsWith(`${now.slide?.id} `);
    html = fresh;
    video.stop();
    parts.slide.replaceChildren(...fromServer(now.slide?.html ?? ""));
    shrink(parts.slide);
    quiz.draw();
    if (other) {
      appear(parts.room, reduced());
    }
  }

  /** @param {Stage} now */
  function renderPoll(now) {
    const { poll, slide } = now;
    const asks = Boolean(poll && slide);
    parts.room.classList.toggle("room--content", !asks);
    parts.result.hidden = !asks;
    parts.closed.hidden = poll?.state !== "closed";
    parts.shared.hidden = !poll || !now.results_on_phones;
    parts.round.hidden = !poll || poll.number < 2;
    if (!now.comparing) {
      compared.take(null);
    }
    if (!poll || !slide) {
      parts.count.hidden = parts.veil.hidden = true;
      renderLarge(null);
      return;
    }
    setText(parts.round, t("round", { number: poll.number }));
    const mine = snapshot && snapshot.slide === slide.id && snapshot.round === poll.round ? snapshot : null;
    const drawing = /** @type {Drawing} */ (drawings.get(slide.kind));
    const face = faceOf(now, poll, mine, drawing);

    parts.count.hidden = !mine || mine.participants === null || mine.waiting !== null;
    setText(parts.countNumber, number(mine?.participants ?? 0));
    announce.count(parts.count.hidden ? null : (mine?.participants ?? 0));

    const pictured = face === "chart" || face === "veiled";
    parts.message.hidden = pictured;
    parts.message.dataset.face = face;
    setText(parts.messageText, messageOf(face, mine));
    parts.veil.hidden = face !== "veiled";
    setText(parts.veilText, t(now.results_visible ? "unopened" : "hidden"));
    const tabled = asTable && face === "chart" && Boolean(mine?.table);
    const options = { reduced: reduced(), locale: locale(), words: t, byVotes: now.by_votes, veiled: face === "veiled", removable, presents, text: mine?.text };
    const beside = now.comparing && face === "chart" && !tabled && Boolean(mine) && compared.draw(/** @type {Snapshot} */ (mine), drawing, { ...options, removable: false, presents: false });
    if (!beside) {
      compared.clear();
    }
    renderLarge(face === "chart" && !tabled && now.text?.large && mine?.text?.id === now.text.id ? mine.text : null);
    announce.text((face === "chart" && mine?.text) || null);
    parts.compared.hidden = !beside;
    parts.chart.hidden = !pictured || tabled || beside;
    parts.figures.classList.toggle("visually-hidden", !tabled);
    parts.figures.tabIndex = tabled ? 0 : -1;
    const figures = (now.comparing && compared.table(slide.id)) || wholeOf(poll, mine, tabled);
    table.show(face === "chart" ? figures : null, slide.html, tabled);
    if (root && !drawn.startsWith(`${slide.id} ${poll.round} `)) {
      // The picture of another round, which may have been cleared, does not wait out of sight until something new is drawn.
      parts.chart.replaceChildren();
      root = null;
    }
    // Drawn empty too, out of sight: what was taken off must not be there when the picture comes back.
    if (mine && (pictured || face === "approval") && !tabled && !beside) {
      const id = `${slide.id} ${poll.round} ${slide.kind} ${mine.results.display ?? ""}`;
      if (drawn !== id || !root) {
        drawn = id;
        root = make("div", "chart");
        root.dataset.fit = "";
        parts.chart.replaceChildren(root);
      }
      drawing.draw(root, mine.results, options);
    }
  }

  /** Show an answer large over the others, or none. @param {import("../lib/one.js").Apart | null} apart */
  function renderLarge(apart) {
    const fresh = Boolean(apart) && parts.large.hidden;
    if (fresh) {
      chosen = /** @type {HTMLElement | null} */ (document.activeElement);
    }
    parts.large.hidden = !apart;
    parts.chart.inert = parts.compared.inert = Boolean(apart);
    drawOne(parts.large, apart, { words: t, presents, reduced: reduced() }, true);
    if (fresh) {
      appear(parts.large, reduced());
    } else if (!apart && chosen) {
      // Whoever chose it by keyboard goes on from there.
      if (document.activeElement === document.body && parts.chart.contains(chosen)) {
        chosen.focus({ preventScroll: true });
      }
      chosen = null;
    }
  }

  /**
   * The figures of the latest round: all rows while the table is open, else those that came with the results.
   * @param {Poll} poll
   * @param {Snapshot | null} mine
   * @param {boolean} tabled
   */
  function wholeOf(poll, mine, tabled) {
    return whole && whole.round === poll.round && tabled ? whole.table : (mine?.table ?? null);
  }

  return {
    show,
    results,
    /** Show these rounds beside each other. @param {import("./compared.js").Found} found */
    compare(found) {
      compared.take(found);
      if (stage) {
        render();
      }
    },
    board: questions.take,
    /** Start the video of the slide, or stop it. */
    toggleVideo: video.toggle,
    /** Who plays or leads. */
    quiz: quiz.take,
    /** Have `take(player)` called when somebody's nickname is to be taken away. */
    onTakeNickname: quiz.onTake,
    /** The stage that is shown. */
    now: () => stage,
    /** Show figures instead of the picture, or the picture again; tells which. */
    toggleTable() {
      asTable = !asTable;
      whole = null;
      if (stage) {
        render();
      }
      return asTable;
    },
    /** Tell whether the table has more rows than are sent with every change. */
    hasMoreRows: () => (snapshot?.table?.total ?? 0) > (snapshot?.table?.rows.length ?? 0),
    /** Show all rows until the table is closed. @param {typeof whole} found */
    wholeTable(found) {
      whole = asTable ? found : null;
      if (stage) {
        render();
      }
    },
  };
}

/**
 * Decide what stands where results belong.
 * @param {Stage} stage
 * @param {Poll} poll
 * @param {Snapshot | null} snapshot
 * @param {Drawing} drawing
 * @returns {Face}
 */
function faceOf(stage, poll, snapshot, drawing) {
  const nameable = Boolean(drawing.VEILS && snapshot && snapshot.results && !snapshot.waiting);
  if (poll.state === "unopened" && !snapshot?.participants) {
    return nameable ? "veiled" : "unopened";
  }
  if (!stage.results_visible) {
    return nameable ? "veiled" : "hidden";
  }
  if (snapshot?.waiting) {
    return "waiting";
  }
  if (!snapshot?.participants || !snapshot.results) {
    return nameable ? "chart" : "empty";
  }
  return snapshot.approves_first && isBare(snapshot.results) ? "approval" : "chart";
}

/** Tell whether nothing is shown of what was written. @param {any} results */
function isBare(results) {
  return [results.words, results.texts].some((entries) => entries?.length === 0);
}

/**
 * @param {Face} face
 * @param {Snapshot | null} snapshot
 */
function messageOf(face, snapshot) {
  switch (face) {
    case "hidden":
      return t("hidden");
    case "unopened":
      return t("unopened");
    case "waiting":
      return t(snapshot?.waiting ?? "first_ten");
    case "empty":
      return t("no_answers");
    case "approval":
      return t("approve_first");
    default:
      return "";
  }
}
