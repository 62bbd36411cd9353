/**
 * The answers as rows. They stay where they are while somebody looks at them: what changes is written into them, and a new
 * order is offered, not forced.
 *
 * @import { Text } from "./texts.js"
 */
import { keyed, make, setText } from "../../lib/dom.js";
import { number, t } from "../../lib/words.js";

/** Rows drawn at once; more on demand. */
const ROWS = 50;

/**
 * @param {object} parts
 * @param {HTMLElement} parts.root
 * @param {import("../listing.js").Listing<Text>} parts.listing
 * @param {(id: string) => boolean} parts.isOwn
 * @param {(id: string) => import("../upvotes.js").Shown} parts.upvoteOf what this phone's upvote is, shown at once
 * @param {(id: string) => void} parts.upvote
 */
export function openList({ root, listing, isOwn, upvoteOf, upvote }) {
  const find = (/** @type {string} */ name) => /** @type {HTMLElement} */ (root.querySelector(`[data-texts-${name}]`));
  const list = find("list");
  const rule = find("rule");
  const pill = find("reorder");
  const more = find("more");
  const icon = /** @type {HTMLTemplateElement} */ (root.querySelector("[data-texts-icon]")).content;
  /** The rows as they stand, some of which may be gone. @type {string[]} */
  let rows = [];
  let shown = ROWS;

  function sorted() {
    const all = [...listing.items.values()];
    return all.sort((one, other) => (other.votes || 0) - (one.votes || 0) || (one.id < other.id ? -1 : 1)).map(({ id }) => id);
  }

  function draw() {
    keyed(list, rows.slice(0, shown), (id) => id, create, update);
    more.hidden = rows.length <= shown;
    if (!more.hidden) setText(more, t("text_more", { left: rows.length - shown }));
  }

  /** @param {string} id @returns {HTMLElement} */
  function create(id) {
    const button = make("button", "upvote", icon.cloneNode(true), make("span", "upvote__number"));
    button.type = "button";
    button.setAttribute("aria-describedby", `text-${id}`);
    button.addEventListener("click", () => upvote(id));
    const text = make("p", "question__text");
    text.dir = "auto";
    text.id = `text-${id}`;
    return make("li", "question", button, make("div", "question__body", text, make("p", "question__marks")));
  }

  /** @param {HTMLElement} row @param {string} id */
  function update(row, id) {
    const item = listing.items.get(id);
    const button = /** @type {HTMLButtonElement} */ (row.querySelector(".upvote"));
    const { given, votes } = upvoteOf(id);
    const counted = votes === null || !item ? "" : number(votes);
    row.classList.toggle("question--gone", !item);
    button.disabled = !item;
    button.setAttribute("aria-pressed", String(given && !!item));
    button.setAttribute("aria-label", counted ? `${t("text_upvote")}, ${t("text_upvotes", { number: counted })}` : t("text_upvote"));
    setText(/** @type {Element} */ (row.querySelector(".upvote__number")), counted);
    setText(/** @type {Element} */ (row.querySelector(".question__text")), item ? item.text : t("texts_gone"));
    const marks = /** @type {Element} */ (row.querySelector(".question__marks"));
    const isMarked = !!item && isOwn(id);
    if (isMarked !== marks.hasChildNodes()) marks.replaceChildren(...(isMarked ? [make("span", "badge", t("text_own"))] : []));
  }

  pill.addEventListener("click", () => {
    rows = sorted();
    draw();
    pill.hidden = true;
    const first = list.querySelector("button");
    if (first instanceof HTMLElement) first.focus({ preventScroll: true });
    root.scrollIntoView({ block: "nearest" });
  });
  more.addEventListener("click", () => {
    shown += ROWS;
    draw();
    const next = list.children[shown - ROWS]?.querySelector("button");
    if (next instanceof HTMLElement) next.focus();
  });

  return {
    /** Bring the rows up to date, add new ones below, and offer a new order when there is one. @param {{total: number, stepped: boolean}} about */
    refresh({ total, stepped }) {
      const order = sorted();
      if (!rows.some((id) => listing.items.has(id))) rows = order;
      const standing = new Set(rows);
      rows.push(...order.filter((id) => !standing.has(id)));
      draw();
      // What is gone keeps its row until somebody wants the new order; equals may stand in any.
      const votes = rows.map((id) => listing.items.get(id)?.votes ?? 0);
      pill.hidden = !rows.some((id, place) => !listing.items.has(id) || votes[place] > (votes[place - 1] ?? Infinity));
      const size = listing.items.size;
      const said = size ? t(stepped ? "texts_stepped" : "texts_rule") : t("texts_empty");
      setText(rule, total > size ? `${said} ${t("texts_first", { shown: size, total })}` : said);
    },
    /** Begin with nothing: another round. */
    clear() {
      rows = [];
      shown = ROWS;
      list.replaceChildren();
      setText(rule, "");
      pill.hidden = more.hidden = true;
    },
  };
}
