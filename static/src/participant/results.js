/**
 * Results the facilitator shares with phones: the same drawing as on the screen, and the same figures as a table.
 *
 * @typedef {{label: string, unit: string}} Column
 * @typedef {object} Snapshot
 * @property {number} round
 * @property {number} number grows; an older one is ignored
 * @property {string} kind
 * @property {number | null} participants
 * @property {"first_ten" | "too_few" | null} waiting
 * @property {{display?: string, texts?: object[]} | null} results
 * @property {{columns: Column[], rows: (string | number)[][], total: number} | null} table
 */
import { make } from "../lib/dom.js";
import { reduced } from "../lib/motion.js";
import { locale, number, t } from "../lib/words.js";

/** @param {HTMLElement} root */
export function openResults(root) {
  const find = (/** @type {string} */ name) => /** @type {HTMLElement} */ (root.querySelector(`[data-shared-${name}]`));
  /** @type {Snapshot | null} */
  let shown = null;
  let chart = find("chart");
  /** The round whose answers stand on this page already, to be upvoted. @type {number | null} */
  let listed = null;
  const details = /** @type {HTMLDetailsElement} */ (find("details"));
  details.addEventListener("toggle", drawTable);

  /** @param {Snapshot} snapshot */
  async function show(snapshot) {
    if (shown && shown.round === snapshot.round && shown.number > snapshot.number) return;
    if (!shown || shown.round !== snapshot.round || shown.results?.display !== snapshot.results?.display) renew();
    shown = snapshot;
    root.hidden = false;
    find("count").textContent = snapshot.waiting
      ? t(`waiting_${snapshot.waiting}`)
      : t("participants", { number: snapshot.participants || 0 });
    hideTwin();
    find("details").hidden = !snapshot.table || !snapshot.table.rows.length;
    if (!snapshot.results) return;
    drawTable();
    const { draw } = await import(`../kinds/${snapshot.kind}.js`);
    if (shown === snapshot) draw(chart, snapshot.results, { reduced: reduced(), locale: locale(), words: t });
  }

  /** Answers that stand in a list are not drawn once more. */
  function hideTwin() {
    chart.hidden = !shown?.results || ("texts" in shown.results && shown.round === listed);
  }

  /** Make the table, if somebody looks at it. */
  function drawTable() {
    if (shown?.table && details.open) find("table").replaceChildren(...tableOf(shown.table));
  }

  /** Start with an empty drawing: the one of another round, or of another display, must not be updated. */
  function renew() {
    const fresh = make("div", "shared__chart");
    chart.replaceWith(fresh);
    chart = fresh;
  }

  return {
    show,
    /** @param {number | null} round */
    listed(round) {
      listed = round;
      hideTwin();
    },
    hide() {
      shown = null;
      root.hidden = true;
    },
  };
}

/** @param {NonNullable<Snapshot["table"]>} figures */
function tableOf({ columns, rows, total }) {
  const heads = columns.map((column) => {
    const head = make("th", column.unit === "text" ? "" : "table__number", column.label);
    head.scope = "col";
    return head;
  });
  const lines = rows.map((row) =>
    make("tr", "", ...row.map((value, place) => cellOf(value, columns[place].unit))),
  );
  const table = make("table", "table", make("thead", "", make("tr", "", ...heads)), make("tbody", "", ...lines));
  return total > rows.length ? [table, make("p", "", t("rows_first", { shown: rows.length, total }))] : [table];
}

/** @param {string | number} value @param {string} unit */
function cellOf(value, unit) {
  if (typeof value !== "number") {
    const text = make("td", "", value);
    text.dir = "auto";
    return text;
  }
  return make("td", "table__number", number(value, unit === "percent" ? { style: "percent" } : undefined));
}
