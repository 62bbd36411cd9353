// The review by keyboard: decisions go to the server at once, and the next entry comes back in their place.

import { byId, fromServer, setText } from "../lib/dom.js";
import { setSingleKeys, singleKeys } from "../lib/single-keys.js";
import { Unreached, ask, bodyOf } from "./request.js";
import { toast } from "./toasts.js";

/** @typedef {import("./request.js").Reply & {card: string, place: string, progress: string, said?: string,
 *   undo?: Record<string, string | number> | null, list?: string,
 *   changed?: {place: string, state: string, label: string}}} Shown */

/** @type {Record<string, string>} what each key presses */
const PRESSES = {
  k: '[data-key="k"]',
  r: '[data-key="r"]',
  d: '[data-key="d"]',
  j: '[data-move="1"]',
  p: '[data-move="-1"]',
  ArrowDown: '[data-move="1"]',
  ArrowUp: '[data-move="-1"]',
  "?": "[data-help]",
};

/** @param {HTMLElement} root the review of a meeting that has entries */
export function startReview(root) {
  new Review(root);
}

class Review {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.focus = /** @type {HTMLElement} */ (root.querySelector("[data-focus]"));
    this.status = /** @type {HTMLElement} */ (root.querySelector("[data-status]"));
    /** @type {Record<string, string | number>[]} */
    this.done = [];
    this.busy = false;
    root.addEventListener("submit", (event) => this.#submit(event));
    root.addEventListener("click", (event) => this.#click(event));
    document.addEventListener("keydown", (event) => this.#key(event));
    this.#startHelp();
    this.#current(this.#card().dataset.place ?? "");
  }

  #card() {
    return /** @type {HTMLElement} */ (this.focus.querySelector("[data-card]"));
  }

  /** @param {SubmitEvent} event */
  #submit(event) {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches("[data-decide]")) return;
    event.preventDefault();
    void this.#ask(form.action, bodyOf(form, event.submitter));
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const link = /** @type {Element} */ (event.target).closest("a[data-move], a[data-place]");
    if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void this.#ask(link.href);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
    if (target.closest("input, textarea, select, dialog")) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const pressed = PRESSES[key];
    if (key.length === 1 && !singleKeys()) return;
    if (pressed) this.#press(event, pressed);
    else if (key === "u") this.#undo(event);
  }

  /**
   * @param {KeyboardEvent} event
   * @param {string} selector of what the key stands for; a key whose button is not there does nothing
   */
  #press(event, selector) {
    const element = this.root.querySelector(selector);
    if (!(element instanceof HTMLElement)) return;
    event.preventDefault();
    element.click();
  }

  /** @param {KeyboardEvent} event */
  #undo(event) {
    event.preventDefault();
    const last = this.done.pop();
    if (!last) {
      setText(this.status, this.root.dataset.nothing ?? "");
      return;
    }
    const form = /** @type {HTMLFormElement} */ (this.focus.querySelector("form[data-decide]"));
    const body = new URLSearchParams({ csrf_token: String(new FormData(form).get("csrf_token")) });
    for (const [name, value] of Object.entries(last)) body.set(name, String(value));
    void this.#ask(form.action, body);
  }

  /**
   * One request at a time: a key that is hit again meanwhile must not decide about a text nobody has read.
   *
   * @param {string} url
   * @param {URLSearchParams} [body]
   */
  async #ask(url, body) {
    if (this.busy) return;
    this.busy = true;
    try {
      const reply = /** @type {Shown} */ (await ask(url, body));
      if (reply.card !== undefined) this.#show(reply);
      else if (reply.message) toast(reply.message);
      else throw new Unreached(false);
    } catch (error) {
      if (!(error instanceof Unreached)) throw error;
      toast(this.root.dataset.offline ?? "");
    } finally {
      this.busy = false;
    }
  }

  /** @param {Shown} reply */
  #show(reply) {
    if (reply.undo) this.done.push(reply.undo);
    if (reply.list !== undefined) this.root.querySelector("[data-list]")?.replaceWith(...fromServer(reply.list));
    if (reply.changed) this.#mark(reply.changed);
    this.focus.replaceChildren(...fromServer(reply.card));
    this.#current(reply.place);
    setText(this.status, reply.said ?? reply.message ?? reply.progress);
    this.#card().focus({ preventScroll: true });
    this.#card().scrollIntoView({ block: "nearest" });
  }

  /** @param {{place: string, state: string, label: string}} changed */
  #mark({ place, state, label }) {
    const link = this.#listed(place);
    if (!link) return;
    link.dataset.state = state;
    const words = link.querySelector("[data-label]");
    if (words) setText(words, label);
  }

  /** @param {string} place */
  #listed(place) {
    const link = this.root.querySelector(`[data-list] [data-place="${CSS.escape(place)}"]`);
    return link instanceof HTMLElement ? link : null;
  }

  /**
   * Mark the entry in focus in the list, and scroll the list (not the page) to it.
   *
   * @param {string} place
   */
  #current(place) {
    this.root.querySelector("[data-list] [aria-current]")?.removeAttribute("aria-current");
    const link = this.#listed(place);
    const list = this.root.querySelector("[data-list]");
    if (!link || !list) return;
    link.setAttribute("aria-current", "true");
    const gap = link.getBoundingClientRect().top - list.getBoundingClientRect().top;
    if (gap < 0 || gap > list.clientHeight - link.offsetHeight) list.scrollTop += gap - list.clientHeight / 3;
  }

  #startHelp() {
    const dialog = /** @type {HTMLDialogElement} */ (byId("review-keys"));
    const button = this.root.querySelector("[data-help]");
    const letters = dialog.querySelector("[data-letters]");
    if (!(button instanceof HTMLElement) || !(letters instanceof HTMLInputElement)) return;
    button.hidden = false;
    letters.checked = singleKeys();
    button.addEventListener("click", () => dialog.showModal());
    letters.addEventListener("change", () => setSingleKeys(letters.checked));
  }
}
