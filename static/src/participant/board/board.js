/**
 * The board beside the slide: follows what changes, asks, upvotes, and keeps both until they are delivered.
 *
 * @import { Delta, Page } from "./model.js"
 * @typedef {object} Parts
 * @property {HTMLElement} root the panel, as the server's template made it
 * @property {import("../store.js").Store} store
 * @property {(name: string, message: object) => Promise<any>} ask sends and waits for the reply; rejects when offline
 * @property {(text: string) => void} tell says something to a screen reader
 */
import { addWords, t } from "../../lib/words.js";
import { openAsk } from "./ask.js";
import { openUpvotes } from "../upvotes.js";
import { openLetters } from "./letters.js";
import { openList } from "./list.js";
import { Model } from "./model.js";

/** Within so many milliseconds a phone that missed something asks for the board anew, each at a random moment. */
const AGAIN_WITHIN = 3000;
/** The same for moving its upvotes when questions were merged. */
const MOVE_WITHIN = 5000;

/** @param {Parts} parts */
export function openBoard({ root, store, ask: send, tell }) {
  addWords(JSON.parse(/** @type {Element} */ (root.querySelector("[data-board-words]")).textContent || "{}"));
  const model = new Model();
  const letters = openLetters({ store, send, asked, upvoted, changed: () => refresh() });
  const ask = openAsk({ root, model, letters, store, tell, takeBack });
  const upvotes = openUpvotes({
    listing: model,
    letterOf: letters.upvoteOf,
    send(id, revision, given) {
      store.update((kept) => void (kept.upvoted = true));
      letters.upvote(id, revision, given);
    },
  });
  const list = openList({ root, model, upvoteOf: upvotes.of, upvote, takeBack });
  let following = false;
  let loading = false;
  let isOpen = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let again;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let moving;

  function refresh() {
    if (model.rules.state === "open" && !isOpen) letters.release();
    isOpen = model.rules.state === "open";
    ask.refresh();
    list.refresh();
  }

  async function load() {
    if (loading) return;
    loading = true;
    following = false;
    try {
      if (await loadPages()) {
        letters.outbox.start();
        refresh();
        move();
      } else {
        lookAgain();
      }
    } catch {
      // The connection went: whoever notices that it is back calls `up`.
    } finally {
      loading = false;
    }
  }

  /** Ask for page after page; what changes meanwhile is heard in between. Tell whether the server gave all. */
  async function loadPages() {
    /** @type {Page & {ok: boolean}} */
    let page = await send("board", {});
    if (!page.ok) return false;
    model.begin(page);
    upvotes.renew();
    following = true;
    while (page.after) {
      page = await send("board", { after: page.after });
      if (!page.ok) return false;
      model.add(page);
    }
    return true;
  }

  function lookAgain() {
    again ??= setTimeout(() => {
      again = undefined;
      void load();
    }, Math.random() * AGAIN_WITHIN);
  }

  /** @param {string} id */
  function upvote(id) {
    if (model.rules.state === "open") upvotes.press(id);
  }

  /** @param {string} id @param {boolean} given @param {any} reply */
  function upvoted(id, given, reply) {
    upvotes.settled(id, given, reply);
    if (reply.code === "saved" || reply.code === "superseded") {
      if (reply.given) model.moved(id);
    } else {
      if (reply.code === "closed") tell(t("upvote_late"));
      if (reply.code === "merged" && given) {
        model.merged[id] = reply.into;
        model.upvotes.set(id, { revision: 0, given: true });
        move();
      }
    }
    refresh();
  }

  /** @param {number} slot @param {string | null} text @param {any} reply */
  function asked(slot, text, reply) {
    if (reply.code === "saved") {
      model.own.set(slot, { slot, id: reply.id, state: reply.state, text });
      tell(t(text === null ? "taken_back" : reply.state === "shown" ? "question_asked" : `own_${reply.state}`));
    } else if (reply.code === "removed" || reply.code === "withdrawn") {
      model.own.set(slot, { slot, id: reply.id, state: reply.code, text: null });
    } else if (text !== null && reply.code === "superseded") {
      // Another tab used this slot: what it asked is learnt, and this goes into the next.
      model.own.set(slot, { slot, id: reply.id, state: reply.state, text: null });
      const next = model.freeSlot(new Set(letters.questions().map((letter) => letter.slot)));
      if (next === undefined) ask.giveBack(text, t("ask_none_left", { limit: model.rules.per_person }));
      else letters.ask(next, text);
    } else if (text !== null && reply.code === "full") {
      ask.giveBack(text, t("own_full"));
    } else if (text !== null && reply.code === "bad_question") {
      ask.giveBack(text, reply.reason === "too_long" ? t("question_too_long", { over: reply.length - reply.limit, limit: reply.limit }) : t("question_empty"));
    } else if (text !== null && reply.code === "no_questions_left") {
      ask.giveBack(text, t("ask_none_left", { limit: reply.limit }));
    }
    refresh();
  }

  /** @param {number} slot */
  function takeBack(slot) {
    letters.takeBack(slot);
    const known = model.own.get(slot);
    if (known) model.own.set(slot, { ...known, state: "withdrawn", text: null });
    refresh();
  }

  /** Upvote what survived in place of what was merged, not all phones at once. */
  function move() {
    if (!model.toMove().length) return;
    moving ??= setTimeout(() => {
      moving = undefined;
      for (const { id, revision } of model.toMove()) letters.upvote(id, revision, true);
    }, Math.random() * MOVE_WITHIN);
  }

  return {
    /** The connection is there. */
    up: () => void load(),
    /** The connection is gone: everything stays, and nothing is sent. */
    down() {
      following = false;
      letters.outbox.stop();
    },
    /** Something on the board changed. @param {Delta} delta */
    take(delta) {
      if (!following) return; // before the first page: that will be newer
      const own = [...model.own.values()];
      if (!model.take(delta)) {
        lookAgain();
        return;
      }
      // Only this phone knows that one of these is its own: it asks what became of it.
      if (own.some((each) => each.state !== "withdrawn" && (delta.gone.includes(each.id) || delta.merged[each.id]))) lookAgain();
      for (const { id } of delta.changed) for (const each of own) if (each.id === id && each.state !== "withdrawn") each.state = "shown";
      refresh();
      move();
    },
    /** The panel comes into view: nothing is under anybody's thumb yet. */
    shown() {
      if (!following) void load().then(list.reorder);
      else list.reorder();
    },
    /** The panel is left. A phone that upvoted something goes on listening, so that it hears of merges. */
    hidden() {
      if (model.upvotes.size || letters.outbox.count()) return;
      following = false;
      void send("board_left", {}).catch(() => {});
    },
    forget: () => store.forget(),
  };
}

/** @typedef {ReturnType<typeof openBoard>} Board */
