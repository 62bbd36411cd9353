/** The same figures as a real table: always there for screen readers, shown to everyone on demand. */
import { make } from "../lib/dom.js";
import { number, t } from "../lib/words.js";

/** @typedef {{columns: {label: string, unit: string}[], rows: (string | number)[][]}} Figures */

/** @type {WeakMap<HTMLElement, string>} */
const shown = new WeakMap();

/**
 * @param {HTMLElement} root
 * @param {Figures | null} figures nothing when null
 * @param {string} about changes when the table belongs to something else
 */
export function drawTable(root, figures, about) {
  const signature = JSON.stringify([about, figures]);
  if (shown.get(root) === signature) {
    return;
  }
  shown.set(root, signature);
  if (!figures) {
    root.replaceChildren();
    return;
  }
  const head = make("tr");
  for (const { label, unit } of figures.columns) {
    const cell = make("th", unit === "text" ? "" : "table__number", label);
    cell.scope = "col";
    head.append(cell);
  }
  const body = make("tbody");
  for (const row of figures.rows) {
    const line = make("tr");
    row.forEach((value, index) => {
      const unit = figures.columns[index]?.unit ?? "text";
      const cell = make(index === 0 ? "th" : "td", unit === "text" ? "" : "table__number", written(value, unit));
      if (index === 0) {
        /** @type {HTMLTableCellElement} */ (cell).scope = "row";
      }
      if (unit === "text") {
        cell.dir = "auto";
      }
      line.append(cell);
    });
    body.append(line);
  }
  const table = make("table", "table", make("caption", "visually-hidden", t("figures")), make("thead", "", head), body);
  root.style.setProperty("--table-rows", String(figures.rows.length));
  root.replaceChildren(table);
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
