// The queue of moderation by keyboard. What people write comes in by itself, at the end: nothing moves under a hand.

import { byId, fromServer, keyed, make, setText } from "../lib/dom.js";
import { setSingleKeys, singleKeys } from "../lib/single-keys.js";
import { focusOn, follow, inPlace, leaving, step } from "./entries.js";
import { Unreached, ask, bodyOf } from "./request.js";
import { toast } from "./toasts.js";

/** @typedef {import("./entries.js").Item} Item */
/** @typedef {import("./request.js").Reply & {items: Item[], counts: Record<string, number>, more: string, said?: string,
 *   undo?: Record<string, string> | null}} Shown */

const MOST_UNDONE = 100;

/** @param {HTMLElement} root the queue of a meeting */
export function startQueue(root) {
  new Queue(root);
}

class Queue {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.list = /** @type {HTMLElement} */ (root.querySelector("[data-entries]"));
    this.status = /** @type {HTMLElement} */ (root.querySelector("[data-status]"));
    this.all = /** @type {HTMLFormElement | null} */ (root.querySelector("[data-all]"));
    this.format = new Intl.NumberFormat(document.documentElement.lang);
    /** @type {Map<string, string>} what each entry was drawn from */
    this.drawn = new Map();
    /** @type {Record<string, string>[]} */
    this.done = [];
    this.busy = false;
    /** Counts decisions, so that what was asked for before one is not shown after it. */
    this.turn = 0;
    root.addEventListener("submit", (event) => this.#submit(event));
    document.addEventListener("keydown", (event) => this.#key(event));
    this.#startHelp();
    if (root.dataset.still === undefined) void follow(() => this.#look());
  }

  async #look() {
    if (this.busy) return;
    const turn = this.turn;
    try {
      const reply = /** @type {Shown} */ (await ask(`${this.root.dataset.url}?show=${this.root.dataset.show}`));
      if (reply.items && turn === this.turn) this.#show(reply);
    } catch (error) {
      if (!(error instanceof Unreached)) throw error;
    }
  }

  /** @param {SubmitEvent} event */
  #submit(event) {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches("[data-decide], [data-all]")) return;
    event.preventDefault();
    const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
    const url = button?.hasAttribute("formaction") ? button.formAction : form.action;
    void this.#decide(url, bodyOf(form, button));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
    if (target.closest("input, textarea, select, dialog")) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key.length === 1 && !singleKeys()) return;
    const by = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[key];
    if (by) this.#move(event, by);
    else if (key === "u") this.#undo(event);
    else if (key === "m") this.#original(event);
    else if (key === "?") this.#press(event, this.root.querySelector("[data-help]"));
    else if (/^[ahlrw]$/.test(key)) this.#press(event, this.#current()?.querySelector(`[data-press="${key}"]`) ?? null);
  }

  /** The entry that keys are about: the one with the focus in it, else the first. */
  #current() {
    const focused = document.activeElement?.closest("[data-entry]");
    const first = this.list.querySelector("[data-entry]");
    return /** @type {HTMLElement | null} */ (focused ?? first);
  }

  /**
   * @param {KeyboardEvent} event
   * @param {number} by
   */
  #move(event, by) {
    if (step(/** @type {HTMLElement[]} */ ([...this.list.querySelectorAll("[data-entry]")]), by)) event.preventDefault();
  }

  /**
   * @param {KeyboardEvent} event
   * @param {Element | null} element what the key stands for; a key whose button is not there does nothing
   */
  #press(event, element) {
    if (!(element instanceof HTMLElement)) return;
    event.preventDefault();
    element.click();
  }

  /** @param {KeyboardEvent} event */
  #original(event) {
    const details = this.#current()?.querySelector("[data-original]");
    if (!(details instanceof HTMLDetailsElement)) return;
    event.preventDefault();
    details.open = !details.open;
  }

  /** @param {KeyboardEvent} event */
  #undo(event) {
    event.preventDefault();
    const last = this.done.at(-1);
    if (!last) {
      setText(this.status, this.root.dataset.nothing ?? "");
      return;
    }
    const body = new URLSearchParams({ ...last, show: this.root.dataset.show ?? "" });
    body.set("csrf_token", this.root.dataset.csrf ?? "");
    void this.#decide(this.root.dataset.url ?? "", body, true);
  }

  /**
   * One decision at a time: a key that is hit again meanwhile must not decide about a text nobody has read.
   *
   * @param {string} url
   * @param {URLSearchParams} body
   * @param {boolean} [undoes] whether it takes the last decision back
   */
  async #decide(url, body, undoes = false) {
    if (this.busy) return;
    this.busy = true;
    this.turn += 1;
    try {
      const reply = /** @type {Shown} */ (await ask(url, body));
      if (reply.message) toast(reply.message);
      if (!reply.items) return;
      if (undoes) this.done.pop();
      else if (reply.undo) this.done.push(reply.undo);
      if (this.done.length > MOST_UNDONE) this.done.shift();
      this.#show(reply);
      if (reply.said) setText(this.status, reply.said);
    } catch (error) {
      if (!(error instanceof Unreached)) throw error;
      toast(this.root.dataset.offline ?? "");
    } finally {
      this.busy = false;
    }
  }

  /** @param {Shown} reply */
  #show(reply) {
    const focus = leaving(this.list, reply.items);
    keyed(
      this.list,
      inPlace(this.list, reply.items),
      (item) => item.key,
      () => make("li", "queue__item"),
      (element, item) => this.#draw(element, item),
    );
    this.drawn = new Map(reply.items.map((item) => [item.key, item.html]));
    focus?.();
    for (const [name, count] of Object.entries(reply.counts)) {
      const badge = this.root.querySelector(`[data-count="${name}"]`);
      if (badge) setText(badge, this.format.format(count));
    }
    const empty = /** @type {HTMLElement} */ (this.root.querySelector("[data-empty]"));
    const more = /** @type {HTMLElement} */ (this.root.querySelector("[data-more]"));
    empty.hidden = reply.items.length > 0;
    more.hidden = !reply.more;
    setText(more, reply.more);
    if (this.all) this.#listAll(this.all);
  }

  /**
   * @param {HTMLElement} element
   * @param {Item} item
   */
  #draw(element, item) {
    if (this.drawn.get(item.key) === item.html && element.firstChild) return;
    const had = element.contains(document.activeElement);
    const open = element.querySelector("details[open]");
    element.replaceChildren(...fromServer(item.html));
    const details = element.querySelector("details");
    if (open && details) details.open = true;
    if (had) focusOn(/** @type {HTMLElement} */ (element.querySelector("[data-entry]")));
  }

  /** @param {HTMLFormElement} form decides about all that are listed, and about nothing that nobody has seen */
  #listAll(form) {
    const names = /** @type {HTMLInputElement[]} */ ([...this.list.querySelectorAll('input[name="entry"]')]);
    const field = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("entry"));
    field.value = names.map((input) => input.value).join("\n");
    form.hidden = names.length < 2;
  }

  #startHelp() {
    const dialog = /** @type {HTMLDialogElement} */ (byId("queue-keys"));
    const button = this.root.querySelector("[data-help]");
    const letters = dialog.querySelector("[data-letters]");
    if (!(button instanceof HTMLElement) || !(letters instanceof HTMLInputElement)) return;
    button.hidden = false;
    letters.checked = singleKeys();
    button.addEventListener("click", () => dialog.showModal());
    letters.addEventListener("change", () => setSingleKeys(letters.checked));
  }
}
