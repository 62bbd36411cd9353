/** The same figures as a real table: always there for screen readers, shown to everyone on demand. */
import { make, setStyle, setText } from "./dom.js";
import { number, t } from "./words.js";

/**
 * @typedef {{columns: {label: string, unit: string}[], rows: (string | number)[][], total?: number}} Figures
 *   total: rows of the whole table, of which these may be the first
 */

/** More rows than are sent with every change: so many come only as a whole. */
const FIRST = 200;

/** How often it follows while only screen readers see it, in milliseconds. */
const UNSEEN = 2000;

/**
 * @typedef {object} FiguresTable
 * @property {(figures: Figures | null, about: string, seen: boolean) => void} show nothing when `figures` is null;
 *   `about` changes when they belong to something else
 */

/**
 * Keep the table in `root`. Rows stay the elements they are and only what differs is written.
 * @param {HTMLElement} root
 * @returns {FiguresTable}
 */
export function createTable(root) {
  /** @type {{figures: Figures | null, about: string, seen: boolean}} */
  let wanted = { figures: null, about: "", seen: false };
  let drawn = wanted;
  let drawnAt = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let later;

  function draw() {
    clearTimeout(later);
    later = undefined;
    drawnAt = performance.now();
    const { figures, about } = wanted;
    if (figures !== drawn.figures || about !== drawn.about) {
      if (!figures) {
        root.replaceChildren();
      } else {
        const heads = JSON.stringify([about, figures.columns]);
        let table = root.querySelector("table");
        if (!table || root.dataset.heads !== heads) {
          table = begin(figures);
          root.dataset.heads = heads;
          root.replaceChildren(table, make("p", "room__rows"));
        }
        fill(/** @type {HTMLElement} */ (table.tBodies[0]), figures);
        setText(/** @type {Element} */ (root.querySelector(".room__rows")), noteOn(figures));
        setStyle(root, "--table-rows", String(figures.rows.length));
      }
    }
    drawn = wanted;
    root.classList.toggle("room__figures--more", wanted.seen && root.scrollHeight > root.clientHeight + 1);
  }

  return {
    show(figures, about, seen) {
      const other = about !== drawn.about || !figures || !drawn.figures || seen !== drawn.seen;
      wanted = { figures, about, seen };
      const wait = seen || other ? 0 : drawnAt + UNSEEN - performance.now();
      if (wait <= 0) {
        draw();
      } else {
        later ??= setTimeout(draw, wait);
      }
    },
  };
}

/** @param {Figures} figures */
function noteOn({ rows, total = rows.length }) {
  if (total > rows.length) {
    return t("rows_first", { shown: rows.length, total });
  }
  return total > FIRST ? t("rows_whole", { total }) : "";
}

/** @param {Figures} figures */
function begin({ columns }) {
  const head = make("tr");
  for (const { label, unit } of columns) {
    const cell = make("th", unit === "text" ? "" : "table__number", label);
    cell.scope = "col";
    head.append(cell);
  }
  return make("table", "table", make("caption", "visually-hidden", t("figures")), make("thead", "", head), make("tbody"));
}

/**
 * @param {HTMLElement} body
 * @param {Figures} figures
 */
function fill(body, { columns, rows }) {
  while (body.childElementCount > rows.length) {
    body.lastElementChild?.remove();
  }
  for (const [at, row] of rows.entries()) {
    const line = body.children[at] ?? lineOf(columns);
    row.forEach((value, index) => setText(line.children[index], written(value, columns[index]?.unit ?? "text")));
    if (!line.isConnected) {
      body.append(line);
    }
  }
}

/** @param {Figures["columns"]} columns */
function lineOf(columns) {
  const line = make("tr");
  for (const [index, { unit }] of columns.entries()) {
    const cell = make(index === 0 ? "th" : "td", unit === "text" ? "" : "table__number");
    if (index === 0) {
      /** @type {HTMLTableCellElement} */ (cell).scope = "row";
    }
    if (unit === "text") {
      cell.dir = "auto";
    }
    line.append(cell);
  }
  return line;
}

/**
 * @param {string | number} value
 * @param {string} unit
 */
function written(value, unit) {
  if (typeof value === "string") {
    return value;
  }
  return unit === "percent" ? number(value, { style: "percent", maximumFractionDigits: 1 }) : number(value);
}
