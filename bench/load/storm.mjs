/**
 * Phones that lose their server and come back as the product's own do: after a pause that doubles and is spread, or
 * within the time a busy server names. What was not said to be saved is sent again.
 */
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Line, now, promised, task } from "./room.mjs";

/** As in static/src/lib/socket.js, in milliseconds. */
const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 10_000;
const SPREAD = 0.5;

const COME_WITHIN = 20_000;
const ANSWER_WITHIN = 1000;

const OK = Buffer.from('"ok":true');
const WITHIN = /"within_ms":(\d+)/;

class ReturningPhone {
  /** @param {string} token @param {{joined: () => void, lost: () => void, saved: () => void}} tell */
  constructor(token, tell) {
    this.cookie = `meeting-${task.code}=${token}`;
    this.tell = tell;
    this.tries = 0;
    this.isIn = false;
    this.hasAnswer = false;
    this.isSaved = false;
    this.isForgotten = false;
  }

  come() {
    const line = new Line("/participant", { code: String(task.code), lang: "en" }, this.cookie, {
      ready: () => line.ask(0, "join", {}),
      ack: (id, body, from) => (id === 0 ? this.join(line, body.toString("utf8", from)) : this.hear(body.indexOf(OK, from) > 0)),
      event: () => {},
      closed: (why) => this.lose(why),
    });
  }

  /** @param {Line} line @param {string} place */
  join(line, place) {
    this.line = line;
    this.tries = 0;
    this.isIn = true;
    const { mine } = JSON.parse(place)[0];
    this.isForgotten ||= this.isSaved && !mine[String(task.round)];
    this.tell.joined();
    if (this.hasAnswer && !this.isSaved) this.send();
  }

  /** @param {string} why */
  lose(why) {
    this.line = undefined;
    if (this.isIn) this.tell.lost();
    this.isIn = false;
    const within = WITHIN.exec(why);
    const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** this.tries) * (1 + SPREAD * (2 * Math.random() - 1));
    this.tries += 1;
    setTimeout(() => this.come(), within ? Math.random() * Number(within[1]) : pause);
  }

  answer() {
    this.hasAnswer = true;
    this.send();
  }

  send() {
    this.line?.ask(1, "answer", { round: task.round, slot: 0, revision: 1, raw: task.raws?.[0] });
  }

  /** @param {boolean} isSaved */
  hear(isSaved) {
    if (!isSaved) setTimeout(() => this.send(), FIRST_PAUSE);
    else if (!this.isSaved) {
      this.isSaved = true;
      this.tell.saved();
    }
  }
}

/**
 * Come in, say so, be told to answer, lose the server meanwhile, come back.
 *
 * `back_ms` and `saved_ms` count from the moment the server was gone until the last phone was back, and until the last answer
 * was saved; `forgotten` phones were told "saved", and after the restart their answer was not there.
 */
export async function storm() {
  const tokens = readFileSync(String(task.tokens), "utf8").split("\n").slice(0, task.phones);
  let inside = 0;
  let saved = 0;
  let gone = 0;
  let back = 0;
  let everybody = promised();
  const all = promised();
  const phones = tokens.map(
    (token) =>
      new ReturningPhone(token, {
        joined() {
          inside += 1;
          if (inside === tokens.length) {
            back = now();
            everybody.done();
          }
        },
        lost() {
          inside -= 1;
          gone ||= now();
        },
        saved() {
          saved += 1;
          if (saved === tokens.length) all.done();
        },
      }),
  );
  for (const phone of phones) setTimeout(() => phone.come(), Math.random() * COME_WITHIN);
  await everybody.promise;
  process.stdout.write(`${JSON.stringify({ joined: inside })}\n`);
  await once(process.stdin, "data");
  everybody = promised();
  gone = 0;
  for (const phone of phones) setTimeout(() => phone.answer(), Math.random() * ANSWER_WITHIN);
  await everybody.promise;
  await all.promise;
  const forgotten = phones.filter((phone) => phone.isForgotten).length;
  return { back_ms: Math.round(back - gone), saved_ms: Math.round(now() - gone), forgotten };
}
