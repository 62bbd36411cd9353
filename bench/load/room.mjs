/**
 * Phones and screens of the load generator: Socket.IO spoken over a `Wire`, with acks and events handed on unparsed.
 */
import { readFileSync } from "node:fs";
import http from "node:http";
import { Wire } from "./wire.mjs";

const GIVE_UP_MS = 60_000;
/** Phones that come in at the same time. */
export const AT_ONCE = 200;

/**
 * What to do and where, as the command line says.
 *
 * @typedef {object} Task
 * @property {string} scenario
 * @property {number} port
 * @property {number} phones
 * @property {string} [code] the join code
 * @property {string} [tokens] a file with a phone's token in each line
 * @property {number} [round] the open round
 * @property {boolean} [named] phones take a nickname before the first question
 * @property {unknown[]} [raws] what phones answer, one after the other
 * @property {string} [meeting]
 * @property {string} [desk] the facilitator's cookie
 * @property {number} [version] the stage's
 * @property {number} [seconds]
 * @property {number} [times]
 * @property {number} [bytes]
 */
/** @type {Task} */
export const task = JSON.parse(process.argv[2]);

export const now = () => performance.now();

/** A promise that anyone may settle, and that fails when nobody does. */
export function promised() {
  /** @type {(value?: unknown) => void} */
  let done = () => {};
  /** @type {(why: Error) => void} */
  let failed = () => {};
  const promise = new Promise((resolve, reject) => {
    done = resolve;
    failed = reject;
  });
  const timer = setTimeout(() => failed(new Error(`${task.scenario}: gave up after ${GIVE_UP_MS / 1000} s`)), GIVE_UP_MS);
  promise.then(() => clearTimeout(timer)).catch(() => clearTimeout(timer));
  return { promise, done, failed };
}

export const lost = { count: 0, why: "" };

/** A Socket.IO connection in one namespace; acks and events are handed on unparsed. */
export class Line {
  /**
   * @param {string} namespace
   * @param {object} auth
   * @param {string} cookie
   * @param {{ready: () => void, ack: (id: number, body: Buffer, from: number) => void, event: (body: Buffer, from: number) => void, closed?: (why: string) => void}} on
   *   without `closed`, a connection that ends counts as lost
   */
  constructor(namespace, auth, cookie, on) {
    this.prefix = `${namespace},`;
    this.skip = 2 + this.prefix.length;
    this.wire = new Wire(
      { host: "127.0.0.1", port: task.port, path: "/socket.io/?EIO=4&transport=websocket", cookie },
      {
        opened: () => {},
        text: (message) => this.hear(message, on, auth),
        closed: (why) => {
          if (on.closed) {
            on.closed(why);
            return;
          }
          lost.count += 1;
          lost.why = why;
        },
      },
    );
  }

  /** @param {Buffer} message @param {any} on @param {object} auth */
  hear(message, on, auth) {
    if (message[0] === 0x30) this.wire.send(`40${this.prefix}${JSON.stringify(auth)}`);
    else if (message[0] === 0x32) this.wire.send("3");
    else if (message[1] === 0x30) on.ready();
    else if (message[1] === 0x33) {
      let at = this.skip;
      let id = 0;
      while (message[at] >= 0x30 && message[at] <= 0x39) id = id * 10 + message[at++] - 0x30;
      on.ack(id, message, at);
    } else if (message[1] === 0x32) on.event(message, this.skip);
    else if (message[1] === 0x34) this.wire.end(`refused: ${message.toString()}`);
  }

  /** @param {number} id @param {string} name @param {object} body */
  ask(id, name, body) {
    this.wire.send(`42${this.prefix}${id}${JSON.stringify([name, body])}`);
  }
}

/** Number of messages other than answers, so that their replies are told from those to answers. */
const ASKED_ID = 2_000_000;

const OK = Buffer.from('"ok":true');

/** A phone that joins, and then answers when told. */
export class Phone {
  /** @param {string} token @param {() => void} joined */
  constructor(token, joined) {
    this.revision = 0;
    this.sentAt = 0;
    /** @type {(ms: number, ok: boolean) => void} */
    this.acked = () => {};
    /** @type {(stage: Buffer, from: number) => void} */
    this.staged = () => {};
    /** @type {(votes: Record<string, number>) => void} */
    this.boarded = () => {};
    /** @type {(reply: any) => void} */
    this.replied = () => {};
    const code = String(task.code);
    this.line = new Line("/participant", { code, lang: "en" }, `meeting-${code}=${token}`, {
      ready: () => this.line.ask(0, "join", {}),
      ack: (id, body, from) => {
        if (id === 0) joined();
        else if (id >= ASKED_ID) this.replied(JSON.parse(body.toString("utf8", from))[0]);
        else this.acked(now() - this.sentAt, body.indexOf(OK, from) > 0);
      },
      event: (body, from) => {
        const name = body.toString("latin1", from, from + 8);
        if (name === '["stage"') this.staged(body, from);
        else if (name === '["board"') this.boarded(JSON.parse(body.toString("utf8", from))[1].votes);
      },
    });
  }

  /** Send something else than an answer. @param {string} name @param {object} message @returns {Promise<any>} the reply */
  ask(name, message) {
    const reply = promised();
    this.replied = reply.done;
    this.line.ask(ASKED_ID, name, message);
    return reply.promise;
  }

  /** @param {number} [round] @param {number} [which] of the answers there are */
  answer(round = task.round, which = this.revision + 1) {
    this.revision += 1;
    const raws = /** @type {unknown[]} */ (task.raws);
    this.sentAt = now();
    this.line.ask(this.revision, "answer", { round, slot: 0, revision: this.revision, raw: raws[which % raws.length] });
  }
}

/** A token for each phone. */
export const readTokens = () => readFileSync(String(task.tokens), "utf8").split("\n").slice(0, task.phones);

/** @returns {Promise<{phones: Phone[], took: number}>} */
export async function letIn() {
  const tokens = readTokens();
  /** @type {Phone[]} */
  const phones = [];
  const all = promised();
  const start = now();
  let joined = 0;
  const more = () => {
    if (phones.length < tokens.length) {
      phones.push(
        new Phone(tokens[phones.length], () => {
          joined += 1;
          if (joined === tokens.length) all.done();
          else more();
        }),
      );
    }
  };
  for (let index = 0; index < AT_ONCE; index += 1) more();
  await all.promise;
  return { phones, took: now() - start };
}

const agent = new http.Agent({ keepAlive: true, maxSockets: AT_ONCE });

const FORM = { "Content-Type": "application/x-www-form-urlencoded" };

/** @param {string} method @param {string} path @param {string} [cookie] @param {string} [form] @returns {Promise<{status: number, cookie: string}>} */
export function page(method, path, cookie = "", form = "") {
  return new Promise((resolve, reject) => {
    const headers = { ...(form && { ...FORM, "Content-Length": form.length }), ...(cookie && { Cookie: cookie }) };
    const request = http.request({ host: "127.0.0.1", port: task.port, method, path, agent, headers }, (reply) => {
      reply.resume();
      reply.on("end", () => resolve({ status: Number(reply.statusCode), cookie: (reply.headers["set-cookie"] || [""])[0].split(";")[0] }));
    });
    request.on("error", reject);
    request.end(form);
  });
}

/** The presenter screen: follows the meeting, and gives commands. @param {(snapshot: any) => void} heard */
export async function openScreen(heard) {
  const watching = promised();
  /** @type {(reply: any) => void} */
  let replied = () => {};
  const line = new Line("/presenter", { meeting: task.meeting }, String(task.desk), {
    ready: () => line.ask(0, "watch", { meeting: task.meeting }),
    ack: (id, body, from) => (id === 0 ? watching.done() : replied(JSON.parse(body.toString("utf8", from))[0])),
    event(body, from) {
      const [name, message] = JSON.parse(body.toString("utf8", from));
      if (name === "results") heard(message.snapshot);
    },
  });
  await watching.promise;
  return {
    /** @param {number} version @param {string} action @returns {Promise<number>} the new version */
    async command(version, action) {
      const reply = promised();
      replied = (body) => (body.ok ? reply.done(body.version) : reply.failed(new Error(JSON.stringify(body))));
      line.ask(1, "command", { meeting: task.meeting, version, action });
      return /** @type {number} */ (await reply.promise);
    },
  };
}

