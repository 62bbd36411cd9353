// The rows of a choice's options: add, remove, reorder, paste many. Empty rows are not sent.

import { t } from "../lib/words.js";
import { startPictures } from "./pictures.js";
import { startReorder } from "./reorder.js";
import { show as showCounter } from "./counters.js";

/** @param {ParentNode} root */
export function startOptions(root) {
  for (const element of root.querySelectorAll("[data-options]")) {
    if (element instanceof HTMLElement) new Options(element);
  }
}

class Options {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.name = root.dataset.name ?? "";
    this.least = Number(root.dataset.least);
    this.most = Number(root.dataset.most);
    this.list = /** @type {HTMLElement} */ (root.querySelector("[data-option-list]"));
    /** @type {HTMLElement[]} rows as they were last sent, to give new ones the id the server chose */
    this.sent = [];
    this.made = 0;
    for (const part of root.querySelectorAll("[data-scripted]")) if (part instanceof HTMLElement) part.hidden = false;
    this.addButton = /** @type {HTMLButtonElement} */ (root.querySelector("[data-add-option]"));
    this.addButton.addEventListener("click", () => this.add(null));
    this.list.addEventListener("click", (event) => this.clicked(event));
    this.list.addEventListener("keydown", (event) => this.pressed(event));
    this.list.addEventListener("paste", (event) => this.pasted(event));
    startReorder(this.list, { item: "[data-option]", grip: "[data-grip]", moved: () => this.changed() });
    const form = root.closest("form");
    form?.addEventListener("desk:collect", () => this.collect());
    form?.addEventListener("desk:saved", (event) => this.saved(/** @type {CustomEvent} */ (event).detail));
    this.refresh();
  }

  get rows() {
    return /** @type {HTMLElement[]} */ ([...this.list.querySelectorAll("[data-option]")]);
  }

  /**
   * @param {HTMLElement} row
   * @param {"id" | "label"} part
   * @returns {HTMLInputElement}
   */
  part(row, part) {
    return /** @type {HTMLInputElement} */ (row.querySelector(`[data-part="${part}"]`));
  }

  /** @param {HTMLElement} row @returns {HTMLInputElement | null} the box for what is correct, where there is one */
  mark(row) {
    return row.querySelector('[data-part="correct"]');
  }

  /** @param {HTMLElement} row @returns {HTMLInputElement | null} the id of its picture, where rows have one */
  picture(row) {
    return row.querySelector('[data-part="picture"]');
  }

  /** Number the rows that say something; the others are left out. */
  collect() {
    this.sent = [];
    for (const row of this.rows) {
      const [id, label] = [this.part(row, "id"), this.part(row, "label")];
      const empty = label.value.trim() === "";
      const name = `${this.name}-${this.sent.length}`;
      id.name = empty ? "" : `${name}-id`;
      label.name = empty ? "" : `${name}-label`;
      const correct = this.mark(row);
      if (correct) correct.name = empty ? "" : `${name}-correct`;
      const picture = this.picture(row);
      if (picture) picture.name = empty ? "" : `${name}-picture`;
      picture?.parentElement?.querySelector("[data-wrong]")?.setAttribute("data-wrong", picture.name);
      row.querySelector("[data-wrong]")?.setAttribute("data-wrong", label.name);
      if (!empty) this.sent.push(row);
    }
  }

  /** @param {{hidden: Record<string, string>}} detail */
  saved({ hidden }) {
    for (const [index, row] of this.sent.entries()) {
      const id = hidden[`${this.name}-${index}-id`];
      if (id) this.part(row, "id").value = id;
    }
  }

  /**
   * Add an empty row behind `after`, or at the end, and go there.
   *
   * @param {HTMLElement | null} after
   * @returns {HTMLElement | null} null when the list is full
   */
  add(after) {
    if (this.rows.length >= this.most) return null;
    const template = /** @type {HTMLTemplateElement} */ (this.root.querySelector("[data-option-template]"));
    const row = /** @type {HTMLElement} */ (document.importNode(template.content, true).querySelector("[data-option]"));
    const [label, wrong, counter] = [this.part(row, "label"), row.querySelector("[data-wrong]"), row.querySelector("[data-counter]")];
    this.made += 1;
    label.id = `${this.name}-new${this.made}`;
    label.setAttribute("aria-describedby", `${label.id}-wrong`);
    counter?.setAttribute("data-counter", label.id);
    if (wrong) wrong.id = `${label.id}-wrong`;
    for (const part of row.querySelectorAll("[data-scripted]")) if (part instanceof HTMLElement) part.hidden = false;
    if (after) after.after(row);
    else this.list.append(row);
    startPictures(row);
    this.refresh();
    label.focus();
    return row;
  }

  /** @param {HTMLElement} row */
  remove(row) {
    const rows = this.rows;
    const neighbour = rows[rows.indexOf(row) - 1] ?? rows[rows.indexOf(row) + 1];
    if (rows.length <= this.least) this.part(row, "label").value = "";
    else row.remove();
    const focused = rows.length <= this.least ? row : neighbour;
    if (focused) this.part(focused, "label").focus();
    this.changed();
  }

  /**
   * @param {HTMLElement} row
   * @param {number} by -1 or 1
   */
  move(row, by) {
    const rows = this.rows;
    const other = rows[rows.indexOf(row) + by];
    if (!other) return;
    other[by < 0 ? "before" : "after"](row);
    this.changed();
  }

  /** @param {MouseEvent} event */
  clicked(event) {
    const button = event.target instanceof Element ? event.target.closest("[data-remove], [data-up], [data-down]") : null;
    const row = button?.closest("[data-option]");
    if (!(button instanceof HTMLElement) || !(row instanceof HTMLElement)) return;
    if ("remove" in button.dataset) this.remove(row);
    else this.move(row, "up" in button.dataset ? -1 : 1);
    if (row.isConnected && !("remove" in button.dataset)) button.focus();
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    const field = event.target;
    const row = field instanceof HTMLInputElement ? field.closest("[data-option]") : null;
    if (!(field instanceof HTMLInputElement) || !(row instanceof HTMLElement) || event.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      this.add(row);
    } else if (event.key === "Backspace" && field.value === "" && this.rows.length > this.least) {
      event.preventDefault();
      this.remove(row);
    } else if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      this.move(row, event.key === "ArrowUp" ? -1 : 1);
      field.focus();
    }
  }

  /** @param {ClipboardEvent} event several lines become several options */
  pasted(event) {
    const field = event.target;
    const row = field instanceof HTMLInputElement ? field.closest("[data-option]") : null;
    const lines = (event.clipboardData?.getData("text/plain") ?? "").split(/\r?\n/).map((line) => line.trim());
    const [first, ...rest] = lines.filter((line) => line !== "");
    if (!(field instanceof HTMLInputElement) || !(row instanceof HTMLElement) || first === undefined || rest.length === 0) return;
    event.preventDefault();
    field.setRangeText(first, field.selectionStart ?? 0, field.selectionEnd ?? 0, "end");
    /** @type {HTMLElement | null} */
    let last = row;
    for (const line of rest) {
      last = this.emptyAfter(last) ?? this.add(last);
      if (!last) break;
      this.part(last, "label").value = line;
    }
    this.changed();
  }

  /**
   * @param {HTMLElement} row
   * @returns {HTMLElement | null} the next row, if nothing is in it yet
   */
  emptyAfter(row) {
    const next = this.rows[this.rows.indexOf(row) + 1];
    return next && this.part(next, "label").value.trim() === "" ? next : null;
  }

  changed() {
    this.refresh();
    this.root.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** Name each row by its place, and say how many there are before the limit is met. */
  refresh() {
    const rows = this.rows;
    for (const [index, row] of rows.entries()) {
      const label = this.part(row, "label");
      const number = index + 1;
      label.setAttribute("aria-label", t("option", { number }));
      this.mark(row)?.setAttribute("aria-label", t("option_correct", { number }));
      for (const named of row.querySelectorAll("[data-named]")) named.setAttribute("aria-label", t(named.getAttribute("data-named") ?? "", { number }));
      row.querySelector("[data-remove]")?.setAttribute("aria-label", t("remove_option", { number }));
      const [up, down] = [row.querySelector("[data-up]"), row.querySelector("[data-down]")];
      up?.setAttribute("aria-label", t("option_up", { number }));
      down?.setAttribute("aria-label", t("option_down", { number }));
      if (up instanceof HTMLButtonElement) up.setAttribute("aria-disabled", String(index === 0));
      if (down instanceof HTMLButtonElement) down.setAttribute("aria-disabled", String(number === rows.length));
      showCounter(label);
    }
    const full = rows.length >= this.most;
    this.addButton.disabled = full;
    const count = this.root.querySelector("[data-option-count]");
    if (count) count.textContent = full ? t("options_full", { most: this.most }) : t("options_count", { count: rows.length, most: this.most });
  }
}
