/**
 * What others wrote, below one's own form: follows what changes, upvotes, and keeps that until it is delivered.
 *
 * @import { Letter } from "../store.js"
 * @typedef {{id: string, text: string, seen: string, votes: number | null}} Text `seen` is said back with an upvote, so that it
 *   is for these words
 * @typedef {{ok: boolean, round: number | null, epoch: string, version: number, total: number, stepped: boolean, texts: Text[],
 *   after: string | null, upvotes?: Record<string, import("../listing.js").OwnUpvote>, own?: string[]}} Page
 * @typedef {object} Parts
 * @property {HTMLElement} root
 * @property {import("../store.js").Store} store
 * @property {(name: string, message: object) => Promise<any>} ask sends and waits for the reply; rejects when offline
 * @property {(text: string) => void} tell says something to a screen reader
 */
import { t } from "../../lib/words.js";
import { Listing } from "../listing.js";
import { openOutbox } from "../outbox.js";
import { openUpvotes } from "../upvotes.js";
import { openList } from "./list.js";

/** Within so many milliseconds a phone that missed something asks for the list anew, each at a random moment. */
const AGAIN_WITHIN = 3000;
/** The same when a list comes into view for everybody at once. */
const SHOWN_WITHIN = 600;

/** @param {Parts} parts */
export function openTexts({ root, store, ask, tell }) {
  /** @type {Listing<Text>} */
  const listing = new Listing();
  /** Names that this phone's own answers have. @type {Set<string>} */
  let own = new Set();
  /** @type {number | null} */
  let round = null;
  let total = 0;
  let stepped = false;
  let following = false;
  let loading = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let again;

  const outbox = openOutbox({ store, post, settled, changed: () => refresh() });
  const upvotes = openUpvotes({ listing, letterOf, send });
  const list = openList({ root, listing, isOwn: (id) => own.has(id), upvoteOf: upvotes.of, upvote: upvotes.press });

  /** Name what an upvote is about: these words of this answer. @param {string} id */
  const about = (id) => `text:${round}:${id}:${listing.items.get(id)?.seen}`;

  /** @param {string} id */
  function letterOf(id) {
    const name = about(id);
    return store.read().letters.find((letter) => letter.round === name);
  }

  /** @param {string} id @param {number} revision @param {boolean} given */
  function send(id, revision, given) {
    outbox.put({ round: about(id), slot: 0, revision, raw: given ? "1" : "0" });
  }

  /** @param {Letter} letter @returns {Promise<any>} */
  function post({ round: name, revision, raw }) {
    const [, of, text, seen] = String(name).split(":");
    return ask("upvote_text", { round: Number(of), text, seen, revision, given: raw === "1" });
  }

  /** @param {Letter} letter @param {any} reply @param {boolean} newest */
  function settled(letter, reply, newest) {
    const [, of, id, seen] = String(letter.round).split(":");
    if (!newest || Number(of) !== round) return;
    if (reply.code === "unknown_text" || reply.code === "removed") tell(t("texts_changed"));
    if (listing.items.get(id)?.seen === seen) upvotes.settled(id, letter.raw === "1", reply);
  }

  function refresh() {
    list.refresh({ total, stepped });
  }

  async function load() {
    if (loading || round === null) return;
    loading = true;
    following = false;
    try {
      if (await loadPages()) {
        outbox.start();
        for (const { round: name } of store.read().letters) outbox.release(name);
        refresh();
      } else lookAgain(AGAIN_WITHIN);
    } catch {
      // The connection went: whoever notices that it is back calls `up`.
    } finally {
      loading = false;
    }
  }

  /** Ask for page after page; what changes meanwhile is heard in between. Tell whether it is the list of this round. */
  async function loadPages() {
    /** @type {Page} */
    let page = await ask("texts", {});
    if (!page.ok || page.round !== round) return false;
    listing.renew(page, page.upvotes || {});
    listing.fill(page.texts);
    upvotes.renew();
    own = new Set(page.own);
    following = true;
    while (page.after) {
      page = await ask("texts", { after: page.after });
      if (!page.ok || page.round !== round) return false;
      listing.fill(page.texts);
    }
    ({ total, stepped } = page);
    return true;
  }

  /** @param {number} within */
  function lookAgain(within) {
    again ??= setTimeout(() => {
      again = undefined;
      void load();
    }, Math.random() * within);
  }

  return {
    /** The connection is there. */
    up: () => void load(),
    /** The connection is gone: everything stays, and nothing is sent. */
    down() {
      following = false;
      outbox.stop();
    },
    /** Show the answers of a round, or none any more (null). @param {number | null} now */
    show(now) {
      const isOther = now !== null && now !== round;
      if (isOther) {
        listing.renew({ epoch: "", version: 0 }, {});
        list.clear();
      }
      const wasHidden = root.hidden;
      root.hidden = now === null;
      if (now === null) {
        following = false;
        if (!wasHidden) void ask("texts_left", {}).catch(() => {});
      } else {
        round = now;
        if (isOther || wasHidden) lookAgain(SHOWN_WITHIN);
      }
    },
    /** Something changed. @param {any} delta */
    take(delta) {
      if (!following || delta.round !== round) return; // before the first page: that will be newer
      const isReworded = delta.changed.some((/** @type {Text} */ text) => (listing.items.get(text.id)?.seen ?? text.seen) !== text.seen);
      const news = listing.follow(delta);
      if (news === "missed") {
        lookAgain(AGAIN_WITHIN);
      } else if (news === "new") {
        ({ total } = delta);
        // Upvotes are for words: which of this phone's still stand, the server says.
        if (isReworded && listing.upvotes.size) lookAgain(AGAIN_WITHIN);
        refresh();
      }
    },
    forget: () => store.forget(),
  };
}

/** @typedef {ReturnType<typeof openTexts>} Texts */
