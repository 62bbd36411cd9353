/**
 * The load generator: many phones and one screen in one process, told what to do in one JSON object, answering in another.
 *
 *   node bench/load/phones.mjs '{"scenario": "votes", "port": 5000, ...}'
 *
 * Scenarios: `votes` (each phone answers as soon as its last answer is saved), `herd` (everybody answers once within a
 * second), `questions` (question after question is shown, and each phone answers it once), `fanout` (the stage changes, all phones hear of it), `joins` (from the first page on), `returns` (let in before), `idle` (connect and
 * stay), `upvotes` (all look at the board, some upvote within five seconds), `storm` (lose the server and come back), and
 * of the raw server `echo` and `everybody`. Times are in milliseconds, from a clock that never jumps.
 */
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { AT_ONCE, letIn, lost, now, openScreen, page, Phone, promised, readTokens, task } from "./room.mjs";
import { storm } from "./storm.mjs";
import { Wire } from "./wire.mjs";

/** @param {number[]} values */
function summary(values) {
  const sorted = Float64Array.from(values).sort();
  const at = (/** @type {number} */ share) => (sorted.length ? Number(sorted[Math.round(share * (sorted.length - 1))].toFixed(3)) : null);
  return { count: sorted.length, p50: at(0.5), p99: at(0.99), max: at(1) };
}

/** Seconds of the clock that all processes of a machine share. */
const clock = () => Number(process.hrtime.bigint()) / 1e9;

/** All phones come in, `AT_ONCE` at a time. @param {(token: string) => Promise<string>} pages what each reads before it connects; its token */
async function comeIn(pages) {
  const tokens = readTokens();
  /** @type {number[]} */
  const waits = [];
  async function some() {
    for (let token = tokens.pop(); token; token = tokens.pop()) {
      const start = now();
      const inside = promised();
      new Phone(await pages(token), inside.done);
      await inside.promise;
      waits.push(now() - start);
    }
  }
  const start = now();
  await Promise.all(Array.from({ length: AT_ONCE }, some));
  return { all_in_ms: Math.round(now() - start), each_ms: summary(waits) };
}

/** Everything a person does until the first question is on the phone: privacy card, entry with the page in reply, socket, stage. */
const joins = () =>
  comeIn(async () => {
    await page("GET", `/m/${task.code}`);
    const { status, cookie } = await page("POST", `/m/${task.code}/enter`, "", "show=");
    if (status !== 200 || !cookie) throw new Error(`a phone was not let in: ${status}`);
    return cookie.split("=")[1];
  });

/** The same for those who were let in before: page, socket, stage. */
const returns = () =>
  comeIn(async (token) => {
    await page("GET", `/m/${task.code}`, `meeting-${task.code}=${token}`);
    return token;
  });

async function votes() {
  const { phones } = await letIn();
  /** @type {number[]} */
  const waits = [];
  let counting = false;
  let refused = 0;
  phones.forEach((phone) => {
    phone.acked = (ms, ok) => {
      if (counting) waits.push(ms);
      if (!ok) refused += 1;
      phone.answer();
    };
    phone.answer();
  });
  await pause(1000);
  counting = true;
  const start = now();
  await pause(Number(task.seconds) * 1000);
  counting = false;
  return { per_s: Math.round(waits.length / ((now() - start) / 1000)), refused, ack_ms: summary(waits) };
}

async function herd() {
  /** @type {number[]} */
  const sent = [];
  /** @type {number[]} */
  const seen = [];
  const shown = promised();
  await openScreen((snapshot) => {
    const arrived = now();
    while (seen.length < Math.min(snapshot.participants || 0, sent.length)) seen.push(arrived - sent[seen.length]);
    if (seen.length === task.phones) shown.done();
  });
  const { phones } = await letIn();
  /** @type {number[]} */
  const waits = [];
  const all = promised();
  let refused = 0;
  const start = now();
  const began = clock();
  let last = start;
  phones.forEach((phone) => {
    phone.acked = (ms, ok) => {
      waits.push(ms);
      if (!ok) refused += 1;
      last = now();
      if (waits.length === phones.length) all.done();
    };
    setTimeout(() => {
      sent.push(now());
      phone.answer();
    }, Math.random() * 1000);
  });
  await all.promise;
  await shown.promise;
  return { all_acked_ms: Math.round(last - start), between_s: [began, began + (last - start) / 1000], refused, ack_ms: summary(waits), screen_ms: summary(seen) };
}

/** Phones whose answers are on their way at once, while all answer one after the other. */
const ON_THEIR_WAY = 300;

/** Each phone answers a question once. @param {Phone[]} phones @param {number} round */
async function answerOnce(phones, round) {
  const all = promised();
  let next = 0;
  let acked = 0;
  let refused = 0;
  const more = () => {
    if (next < phones.length) phones[next].answer(round, next);
    next += 1;
  };
  phones.forEach((phone) => {
    phone.acked = (_, ok) => {
      acked += 1;
      if (!ok) refused += 1;
      if (acked === phones.length) all.done();
      more();
    };
  });
  const start = now();
  for (let index = 0; index < ON_THEIR_WAY; index += 1) more();
  await all.promise;
  return { took: now() - start, refused };
}

/** Go to the next slide. @param {Phone[]} phones @param {() => Promise<number>} go @returns {Promise<{round: number, version: number}>} what all phones are shown then */
async function shownToAll(phones, go) {
  const everywhere = promised();
  let round = 0;
  let heard = 0;
  phones.forEach((phone, index) => {
    phone.staged = (body, from) => {
      if (index === 0) round = JSON.parse(body.toString("utf8", from))[1].round;
      heard += 1;
      if (heard === phones.length) everywhere.done();
    };
  });
  const version = await go();
  await everywhere.promise;
  return { round, version };
}

/** One question after the other is shown, and each phone answers it once, as people do in a quiz. Only the answering is timed. */
async function questions() {
  const screen = await openScreen(() => {});
  const { phones } = await letIn();
  let version = Number(task.version);
  let refused = 0;
  let took = 0;
  if (task.named) {
    const namings = phones.map((phone) => phone.ask("nickname", { nickname: null }));
    refused += (await Promise.all(namings)).filter((reply) => !reply.ok).length;
  }
  for (let time = 0; time < Number(task.times); time += 1) {
    const before = version;
    const shown = await shownToAll(phones, () => screen.command(before, "next"));
    version = shown.version;
    await pause(300);
    const answered = await answerOnce(phones, shown.round);
    took += answered.took;
    refused += answered.refused;
  }
  return { per_s: (Number(task.times) * phones.length) / (took / 1000), refused, version };
}

/** Everybody looks at the board while some upvote within five seconds: how many messages does that make? */
async function upvotes() {
  const { phones } = await letIn();
  await Promise.all(phones.map((phone) => phone.ask("board", {})));
  const asked = await phones[0].ask("ask", { slot: 0, text: "How far along are we?" });
  await pause(2000);
  const voters = phones.slice(0, Number(task.times));
  const all = promised();
  let messages = 0;
  let informed = 0;
  const start = now();
  phones.forEach((phone) => {
    phone.boarded = (numbers) => {
      messages += 1;
      if (numbers[asked.id] === voters.length) informed += 1;
      if (informed === phones.length) all.done();
    };
  });
  /** @type {number[]} */
  const waits = [];
  let refused = 0;
  voters.forEach((phone) =>
    setTimeout(async () => {
      const sent = now();
      const reply = await phone.ask("upvote", { question: asked.id, revision: 1, given: true });
      waits.push(now() - sent);
      if (!reply.ok) refused += 1;
    }, Math.random() * 5000),
  );
  await all.promise;
  return { refused, messages, per_phone: messages / phones.length, all_know_ms: Math.round(now() - start), ack_ms: summary(waits) };
}

async function fanout() {
  const screen = await openScreen(() => {});
  const { phones } = await letIn();
  /** @type {number[]} */
  const firsts = [];
  /** @type {number[]} */
  const lasts = [];
  let version = Number(task.version);

  /** @param {string} action */
  async function change(action) {
    const all = promised();
    const start = now();
    let heard = 0;
    phones.forEach((phone) => {
      phone.staged = () => {
        heard += 1;
        if (heard === 1) firsts.push(now() - start);
        if (heard < phones.length) return;
        lasts.push(now() - start);
        all.done();
      };
    });
    version = await screen.command(version, action);
    await all.promise;
  }

  for (let time = 0; time < Number(task.times); time += 1) {
    await change(time % 2 ? "unblank" : "blank");
    await pause(300);
  }
  return { first_ms: summary(firsts), last_ms: summary(lasts) };
}

async function idle() {
  const { phones, took } = await letIn();
  process.stdout.write(`${JSON.stringify({ joined: phones.length, took_ms: Math.round(took) })}\n`);
  await once(process.stdin, "data");
  return { joined: phones.length - lost.count };
}

/** @param {(wire: Wire, index: number) => void} text @returns {Promise<Wire[]>} */
async function openRaw(text) {
  const all = promised();
  let opened = 0;
  const wires = Array.from({ length: task.phones }, (_, index) => {
    const wire = new Wire(
      { host: "127.0.0.1", port: task.port, path: "/" },
      {
        opened: () => (opened += 1) === task.phones && all.done(),
        text: () => text(wire, index),
        closed: (why) => {
          lost.count += 1;
          lost.why = why;
        },
      },
    );
    return wire;
  });
  await all.promise;
  return wires;
}

async function echo() {
  let heard = 0;
  const message = `42/participant,7["answer",{"round":1,"slot":0,"revision":7,"raw":["a"]}]`;
  const wires = await openRaw((wire) => {
    heard += 1;
    wire.send(message);
  });
  for (const wire of wires) wire.send(message);
  await pause(1000);
  const before = heard;
  const start = now();
  await pause(Number(task.seconds) * 1000);
  return { per_s: Math.round((heard - before) / ((now() - start) / 1000)) };
}

async function everybody() {
  /** @type {number[]} */
  const lasts = [];
  let heard = 0;
  let all = promised();
  const wires = await openRaw(() => (heard += 1) === task.phones && all.done());
  for (let time = 0; time < Number(task.times); time += 1) {
    heard = 0;
    all = promised();
    const start = now();
    wires[0].send(`all ${task.bytes}`);
    await all.promise;
    lasts.push(now() - start);
    await pause(300);
  }
  return { last_ms: summary(lasts) };
}

const scenarios = { votes, questions, upvotes, herd, fanout, joins, returns, idle, storm, echo, everybody };
const result = await scenarios[/** @type {keyof typeof scenarios} */ (task.scenario)]();
const { user, system } = process.cpuUsage();
process.stdout.write(`${JSON.stringify({ ...result, lost: lost.count, why: lost.why, load_cpu_s: (user + system) / 1e6 })}\n`);
process.exit(0);
