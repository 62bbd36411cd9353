// The queue of moderation by keyboard. What people write comes in by itself, at the end: nothing moves under a hand.

import { byId, fromServer, keyed, make, setText } from "../lib/dom.js";
import { setSingleKeys, singleKeys } from "../lib/single-keys.js";
import { Unreached, ask, bodyOf } from "./request.js";
import { toast } from "./toasts.js";

/** @typedef {{key: string, html: string}} Item */
/** @typedef {import("./request.js").Reply & {items: Item[], counts: Record<string, number>, more: string, said?: string,
 *   undo?: Record<string, string> | null}} Shown */

/** The queue is asked for anew after so many milliseconds, and never for more than a tenth of the time. */
const PAUSE_MS = 2000;
const PAUSE_PER_WORK = 9;

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
    if (root.dataset.still === undefined) void this.#follow();
  }

  async #follow() {
    const url = `${this.root.dataset.url}?show=${this.root.dataset.show}`;
    for (;;) {
      const start = performance.now();
      if (!document.hidden && !this.busy) {
        const turn = this.turn;
        try {
          const reply = /** @type {Shown} */ (await ask(url));
          if (reply.items && turn === this.turn) this.#show(reply);
        } catch (error) {
          if (!(error instanceof Unreached)) throw error;
        }
      }
      const pause = Math.max(PAUSE_MS, PAUSE_PER_WORK * (performance.now() - start));
      await new Promise((resolve) => {
        setTimeout(resolve, pause);
      });
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
    const entries = /** @type {HTMLElement[]} */ ([...this.list.querySelectorAll("[data-entry]")]);
    const focused = document.activeElement?.closest("[data-entry]");
    const at = focused ? entries.indexOf(/** @type {HTMLElement} */ (focused)) + by : 0;
    const next = entries[Math.min(Math.max(at, 0), entries.length - 1)];
    if (!next) return;
    event.preventDefault();
    focusOn(next);
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
    const focus = this.#leave(reply.items);
    keyed(
      this.list,
      this.#inPlace(reply.items),
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
   * Entries that are here stay where they are; what is new goes to the end.
   *
   * @param {Item[]} items
   */
  #inPlace(items) {
    const known = new Map(
      /** @type {HTMLElement[]} */ ([...this.list.children]).map((element, place) => [element.dataset.key ?? "", place]),
    );
    const place = (/** @type {Item} */ item) => known.get(item.key) ?? known.size;
    return [...items].sort((one, other) => place(one) - place(other));
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

  /**
   * Return how to keep the focus in the list when the entry that has it goes: the next one takes its place.
   *
   * @param {Item[]} items
   */
  #leave(items) {
    const here = document.activeElement?.closest("li");
    const staying = new Set(items.map((item) => item.key));
    if (!here || !this.list.contains(here) || staying.has(/** @type {HTMLElement} */ (here).dataset.key ?? "")) return null;
    const elements = /** @type {HTMLElement[]} */ ([...this.list.children]);
    const at = elements.indexOf(/** @type {HTMLElement} */ (here));
    const stays = (/** @type {HTMLElement} */ element) => staying.has(element.dataset.key ?? "");
    const next = elements.slice(at).find(stays) ?? elements.slice(0, at).reverse().find(stays);
    return () => {
      const entry = next?.querySelector("[data-entry]");
      if (entry instanceof HTMLElement) focusOn(entry);
      else /** @type {HTMLElement} */ (document.querySelector("main")).focus();
    };
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

/** @param {HTMLElement} entry */
function focusOn(entry) {
  entry.focus({ preventScroll: true });
  entry.scrollIntoView({ block: "nearest" });
}
