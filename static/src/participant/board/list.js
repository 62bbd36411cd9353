/**
 * The list of questions. Rows stay where they are while somebody looks at them: what changes is written into them, and a
 * new order is offered, not forced.
 *
 * @import { Model, Order, Question } from "./model.js"
 */
import { keyed, make, setText } from "../../lib/dom.js";
import { number, t } from "../../lib/words.js";

/** Rows drawn at once; more on demand. */
const ROWS = 50;

/**
 * @param {object} parts
 * @param {HTMLElement} parts.root the panel
 * @param {Model} parts.model
 * @param {(id: string) => {given: boolean, votes: number | null}} parts.upvoteOf what this phone's upvote is, shown at once
 * @param {(id: string) => void} parts.upvote
 * @param {(slot: number) => void} parts.takeBack
 */
export function openList({ root, model, upvoteOf, upvote, takeBack }) {
  const list = /** @type {HTMLElement} */ (root.querySelector("[data-list]"));
  const pill = /** @type {HTMLButtonElement} */ (root.querySelector("[data-reorder]"));
  const more = /** @type {HTMLButtonElement} */ (root.querySelector("[data-more]"));
  const empty = /** @type {HTMLElement} */ (root.querySelector("[data-empty]"));
  const bar = /** @type {HTMLElement} */ (root.querySelector("[data-bar]"));
  const sort = /** @type {HTMLElement} */ (root.querySelector("[data-sort]"));
  const search = /** @type {HTMLInputElement} */ (root.querySelector("[data-search]"));
  const icons = /** @type {HTMLTemplateElement} */ (root.querySelector("[data-icons]")).content;
  /** @type {Order} */
  let order = "votes";
  /** The rows as they stand, some of which may be gone from the board. @type {string[]} */
  let rows = [];
  let shown = ROWS;

  /** @param {string} name */
  const icon = (name) => /** @type {Node} */ (icons.querySelector(`[data-icon="${name}"] > *`)).cloneNode(true);

  function reorder() {
    rows = model.sorted(order, search.value);
    draw();
  }

  /** Bring the rows up to date, add new ones below, and offer a new order when there is one. */
  function refresh() {
    const sorted = model.sorted(order, search.value);
    if (!rows.some((id) => model.questions.has(id))) rows = sorted;
    const standing = new Set(rows);
    rows.push(...sorted.filter((id) => !standing.has(id)));
    draw();
    pill.hidden = !sorted.some((id, place) => rows[place] !== id);
  }

  function draw() {
    pill.hidden = true;
    bar.hidden = model.questions.size < 2 && !search.value;
    sort.hidden = model.rules.stepped;
    keyed(list, rows.slice(0, shown), (id) => id, create, update);
    more.hidden = rows.length <= shown;
    if (!more.hidden) setText(more, t("more", { left: rows.length - shown }));
    empty.hidden = rows.length > 0;
    if (search.value) setText(empty, t("board_nothing_found"));
    else setText(empty, t(model.rules.state === "open" ? "board_empty" : "board_empty_closed"));
  }

  /** @param {string} id @returns {HTMLElement} */
  function create(id) {
    const votes = make("span", "upvote__number");
    const button = make("button", "upvote", icon("up"), votes);
    button.type = "button";
    button.addEventListener("click", () => upvote(id));
    const text = make("p", "question__text");
    text.dir = "auto";
    return make("li", "question", button, make("div", "question__body", text, make("p", "question__marks"), make("div", "question__more")));
  }

  /** @param {HTMLElement} row @param {string} id */
  function update(row, id) {
    const question = model.questions.get(id);
    const button = /** @type {HTMLButtonElement} */ (row.querySelector(".upvote"));
    const own = upvoteOf(id);
    row.classList.toggle("question--gone", !question);
    button.disabled = !question || model.rules.state !== "open";
    if (!question) {
      setText(/** @type {Element} */ (row.querySelector(".question__text")), t("gone"));
      /** @type {Element} */ (row.querySelector(".question__marks")).replaceChildren();
      /** @type {Element} */ (row.querySelector(".question__more")).replaceChildren();
      return;
    }
    row.classList.toggle("question--highlighted", question.highlighted);
    row.classList.toggle("question--answered", question.answered);
    button.setAttribute("aria-pressed", String(own.given));
    const counted = own.votes === null ? "" : number(own.votes);
    button.setAttribute("aria-label", counted ? `${t("upvote")}, ${t("upvotes", { number: counted })}` : t("upvote"));
    setText(/** @type {Element} */ (row.querySelector(".upvote__number")), counted);
    setText(/** @type {Element} */ (row.querySelector(".question__text")), question.text);
    mark(row, question);
  }

  /** Badges, reply and what can be done about one's own; drawn anew only when they change. @param {HTMLElement} row @param {Question} question */
  function mark(row, question) {
    const slot = model.slotOf(question.id);
    const now = JSON.stringify([slot, question.highlighted, question.answered, question.edited, question.labels, question.reply]);
    if (row.dataset.drawn === now) return;
    row.dataset.drawn = now;
    const badges = [];
    if (slot !== undefined) badges.push(make("span", "badge", t("own")));
    if (question.highlighted) badges.push(make("span", "badge badge--warn", t("on_screen")));
    if (question.answered) badges.push(make("span", "badge badge--good", t("answered")));
    if (question.edited) badges.push(make("span", "badge badge--muted", t("edited")));
    for (const label of question.labels) {
      const badge = make("span", "badge badge--muted", label);
      badge.dir = "auto";
      badges.push(badge);
    }
    /** @type {Element} */ (row.querySelector(".question__marks")).replaceChildren(...badges);
    const rest = [];
    if (question.reply) {
      const words = make("span", "", question.reply);
      words.dir = "auto";
      rest.push(make("p", "question__reply", icon("reply"), make("span", "", make("span", "visually-hidden", `${t("reply")}: `), words)));
    }
    if (slot !== undefined) rest.push(backButton(() => takeBack(slot)));
    /** @type {Element} */ (row.querySelector(".question__more")).replaceChildren(...rest);
  }

  pill.addEventListener("click", () => {
    reorder();
    const first = list.querySelector("button");
    if (first instanceof HTMLElement) first.focus({ preventScroll: true });
    list.scrollIntoView({ block: "nearest" });
  });
  more.addEventListener("click", () => {
    shown += ROWS;
    draw();
    const row = list.children[shown - ROWS];
    const next = row && row.querySelector("button");
    if (next instanceof HTMLElement) next.focus();
  });
  search.addEventListener("input", () => {
    shown = ROWS;
    reorder();
  });
  sort.addEventListener("click", (event) => {
    const pressed = event.target instanceof Element && event.target.closest("[data-order]");
    if (!pressed) return;
    order = /** @type {Order} */ (pressed.getAttribute("data-order"));
    for (const button of sort.children) button.setAttribute("aria-pressed", String(button === pressed));
    reorder();
  });

  return { refresh, reorder };
}

/**
 * A button that takes a question back when it is pressed twice: once by accident is not for good.
 * @param {() => void} act
 */
export function backButton(act) {
  const button = make("button", "button button--quiet question__back", t("take_back"));
  button.type = "button";
  let sure = false;
  button.addEventListener("click", () => {
    if (sure) return act();
    sure = true;
    setText(button, t("take_back_sure"));
    button.classList.add("button--danger");
    return undefined;
  });
  button.addEventListener("blur", () => {
    sure = false;
    setText(button, t("take_back"));
    button.classList.remove("button--danger");
  });
  return button;
}
