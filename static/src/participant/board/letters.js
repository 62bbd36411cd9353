/**
 * Questions and upvotes on their way: the outbox of answers, with the names that the board uses.
 *
 * @import { Letter } from "../store.js"
 * @import { Reply } from "../outbox.js"
 */
import { openOutbox } from "../outbox.js";

const ASK = "ask";
const UPVOTE = "upvote:";

/**
 * @param {object} parts
 * @param {import("../store.js").Store} parts.store
 * @param {(name: string, message: object) => Promise<any>} parts.send sends one message; rejects when no reply came
 * @param {(slot: number, text: string | null, reply: any) => void} parts.asked told what became of a question
 * @param {(id: string, given: boolean, reply: any) => void} parts.upvoted told what became of an upvote
 * @param {() => void} parts.changed
 */
export function openLetters({ store, send, asked, upvoted, changed }) {
  /** @param {Letter} letter @returns {Promise<Reply>} */
  function post({ round, slot, revision, raw }) {
    if (round === ASK) return send("ask", { slot, text: raw });
    return send("upvote", { question: String(round).slice(UPVOTE.length), revision, given: raw === "1" });
  }

  /** @param {Letter} letter @param {Reply} reply @param {boolean} newest */
  function settled(letter, reply, newest) {
    if (letter.round === ASK) {
      if (newest || reply.code === "saved") asked(letter.slot, /** @type {string | null} */ (letter.raw), reply);
    } else if (newest) {
      upvoted(String(letter.round).slice(UPVOTE.length), letter.raw === "1", reply);
    }
  }

  const outbox = openOutbox({ store, post, settled, changed });

  /** @returns {Letter[]} */
  const all = () => store.read().letters;

  return {
    outbox,
    /** @param {number} slot @param {string} text */
    ask: (slot, text) => outbox.put({ round: ASK, slot, revision: 1, raw: text }),
    /** @param {number} slot */
    takeBack: (slot) => outbox.put({ round: ASK, slot, revision: 2, raw: null }),
    /** @param {string} id @param {number} revision @param {boolean} given */
    upvote: (id, revision, given) => outbox.put({ round: UPVOTE + id, slot: 0, revision, raw: given ? "1" : "0" }),
    /** Questions on their way, by slot. */
    questions: () => all().filter((letter) => letter.round === ASK),
    /** An upvote on its way. @param {string} id */
    upvoteOf: (id) => all().find((letter) => letter.round === UPVOTE + id),
    /** Send what came too late before: the board is open. */
    release() {
      for (const { round } of all()) outbox.release(round);
    },
  };
}

/** @typedef {ReturnType<typeof openLetters>} Letters */
