// Runs in the page of bench/screen.py: makes the messages a server would send, hands them to the page's socket code as
// if they had come over the network, and watches the frames meanwhile.
(() => {
  const Real = window.WebSocket;
  let line = null;
  window.WebSocket = class extends Real {
    constructor(...args) {
      super(...args);
      line = this;
    }
  };

  let seed = 7;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const PER_MESSAGE = 50;
  const EVERY_MS = 100;
  const VOCABULARY = 600;
  const SHOWN = { words: 200, texts: 500, rows: 200 };
  const SYLLABLES = ["lis", "ten", "trust", "ra", "men", "co", "pe", "ling", "ver", "so", "da", "ti"];
  const say = () => SYLLABLES[Math.floor(random() * SYLLABLES.length)];
  const words = Array.from({ length: VOCABULARY }, (_, index) => say() + say() + (index % 3 ? "" : say()) + index.toString(36));

  /** What was counted, by the name of the slide: `add` counts one answer, `results` says what a screen would be told. */
  const polls = {
    bars() {
      const counts = [0, 0, 0, 0, 0];
      let all = 0;
      return {
        add() {
          counts[Math.floor(random() ** 1.6 * 5)] += 1;
          all += 1;
        },
        results() {
          const options = counts.map((count, index) => ({
            id: `o${index}`, label: `Option ${index + 1}`, count, share: count / Math.max(1, all),
          }));
          return { kind: "choice", results: { options, unit: "percent", multiple: false }, rows: options.map((one) => [one.label, one.count, one.share]) };
        },
      };
    },
    cloud() {
      const counts = new Map();
      let all = 0;
      return {
        add() {
          // Few words are frequent, and new ones keep coming.
          const known = Math.min(VOCABULARY, 12 + all / 12);
          const word = words[Math.floor(random() ** 2.5 * known)];
          counts.set(word, (counts.get(word) ?? 0) + 1);
          all += 1;
        },
        results() {
          const sorted = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
          const shown = sorted.slice(0, SHOWN.words).map(([word, count]) => ({ key: word, word, count }));
          return {
            kind: "word_cloud",
            results: { words: shown, distinct: sorted.length, entries: all },
            rows: sorted.slice(0, SHOWN.rows).map(([word, count]) => [word, count]),
            total: sorted.length,
          };
        },
      };
    },
    cards: () => written("cards"),
    band: () => written("ticker"),
  };

  /** Open answers, shown in some way. @param {string} display */
  function written(display) {
    const texts = [];
    return {
      add() {
        const length = 3 + Math.floor(random() * 22);
        const text = Array.from({ length }, () => words[Math.floor(random() * VOCABULARY)].slice(0, 4 + Math.floor(random() * 6))).join(" ");
        const id = Math.floor(random() * 2 ** 31).toString(16).padStart(8, "0");
        // In the order of random ids; only what could be shown is kept.
        let at = texts.length;
        while (at > 0 && texts[at - 1].id > id) at -= 1;
        texts.splice(at, 0, { id, text });
        texts.length = Math.min(texts.length, SHOWN.texts);
      },
      results() {
        return {
          kind: "open_text",
          results: { display, texts: [...texts], total: texts.length },
          rows: texts.slice(0, SHOWN.rows).map(({ text }) => [text]),
          total: texts.length,
        };
      },
    };
  }

  /** The first snapshot the server sent says which round this is. */
  let number = 1e6;
  let answers = 0;
  let round = null;
  let poll = null;
  let polled = "";

  function message(name) {
    if (polled !== name) {
      polled = name;
      poll = polls[name]();
    }
    for (let count = 0; count < PER_MESSAGE; count += 1) poll.add();
    number += 1;
    answers += PER_MESSAGE;
    const { kind, results, rows, total } = poll.results();
    const columns = rows[0].map((value, index) => ({
      label: ["What", "How many", "Share"][index],
      unit: typeof value === "string" ? "text" : index === 2 ? "percent" : "count",
    }));
    const snapshot = {
      ...round, round_number: 1, number, kind, participants: answers, ballots: answers, waiting: null, results,
      table: { columns, rows, total: total ?? rows.length },
    };
    return `42/presenter,${JSON.stringify(["results", { snapshot }])}`;
  }

  /** The stage on show: read from what the server really sent. */
  const listen = Real.prototype.addEventListener;
  const heard = (event) => {
    const found = /"id":"(\w+)","kind":.*"poll":\{"round":(\d+)/.exec(String(event.data));
    if (found) round = { slide: found[1], round: Number(found[2]) };
  };
  const Watched = window.WebSocket;
  window.WebSocket = class extends Watched {
    constructor(...args) {
      super(...args);
      listen.call(this, "message", heard);
    }
  };

  const part = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

  /** Watch frames and tasks; `work` is called at each tenth of a second. */
  async function watch(ms, work) {
    const gaps = [];
    const costs = [];
    const long = [];
    const observer = new PerformanceObserver((list) => long.push(...list.getEntries().map((entry) => entry.duration)));
    observer.observe({ type: "longtask" });
    const start = performance.now();
    let last = 0;
    let going = true;
    const frame = (now) => {
      if (last) gaps.push(now - last);
      last = now;
      if (going) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    for (let turn = 1; performance.now() - start < ms; turn += 1) {
      if (work) {
        const data = work();
        const before = performance.now();
        line.onmessage({ data });
        costs.push(performance.now() - before);
      }
      await pause(start + turn * EVERY_MS - performance.now());
    }
    going = false;
    const took = performance.now() - start;
    await pause(100);
    observer.disconnect();
    const count = gaps.length;
    gaps.sort((a, b) => a - b);
    costs.sort((a, b) => a - b);
    return {
      messages: costs.length,
      frames: {
        count, rate: (count / took) * 1000, p50: part(gaps, 0.5), p95: part(gaps, 0.95), p99: part(gaps, 0.99),
        max: part(gaps, 1), late: gaps.filter((gap) => gap > 25).length / count,
      },
      cost: { p50: part(costs, 0.5), p95: part(costs, 0.95), max: part(costs, 1) },
      tasks: { count: long.length, longest: Math.max(0, ...long) },
    };
  }

  /** @param {number} ms */
  const pause = (ms) =>
    new Promise((resolve) => {
      setTimeout(resolve, Math.max(0, ms));
    });
  const nextFrame = () =>
    new Promise((resolve) => {
      requestAnimationFrame(resolve);
    });

  window.feeder = {
    watch: (ms) => watch(ms),
    /** What a server would do is done before: only what the page does is watched. */
    pour(name, ms) {
      const ready = Array.from({ length: Math.ceil(ms / EVERY_MS) + 1 }, () => message(name)).reverse();
      return watch(ms, () => ready.pop());
    },
    /** Hand over so many messages as fast as the page takes them, each drawn before the next. */
    async rush(name, count) {
      for (let sent = 0; sent < count; sent += 1) {
        line.onmessage({ data: message(name) });
        if (sent % 10 === 9) await nextFrame();
      }
      await pause(1000);
    },
  };
})();
