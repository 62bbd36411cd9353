// The board at the desk: acts go to the server at once, what others do comes in by itself, and keys do what buttons do.

import { byId, fromServer, setText } from "../lib/dom.js";
import { setSingleKeys, singleKeys } from "../lib/single-keys.js";
import { Unreached, ask, bodyOf } from "./request.js";
import { toast } from "./toasts.js";

/** @typedef {import("./request.js").Reply & {head: string, list: string, said?: string}} Shown */

/** Milliseconds after a change until what is shown is asked for: what comes meanwhile comes with it. */
const PAUSE = 300;
const SEARCH_PAUSE = 250;

/** @param {HTMLElement} root */
export function startQuestions(root) {
  new Questions(root);
}

class Questions {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.head = this.#part("head");
    this.list = this.#part("list");
    this.fresh = this.#part("fresh");
    this.find = /** @type {HTMLFormElement} */ (this.#part("find"));
    this.search = /** @type {HTMLInputElement} */ (this.#part("search"));
    this.busy = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    root.addEventListener("submit", (event) => this.#submit(event));
    root.addEventListener("click", (event) => this.#click(event));
    this.find.addEventListener("input", () => this.#soon(SEARCH_PAUSE));
    this.fresh.addEventListener("click", () => void this.#refresh(true));
    document.addEventListener("keydown", (event) => this.#key(event));
    this.#startHelp();
    if (root.dataset.live) void this.#follow();
  }

  /** @param {string} name */
  #part(name) {
    return /** @type {HTMLElement} */ (this.root.querySelector(`[data-${name}]`));
  }

  /** Hear when something changed: the connection is loaded here only, so that no other page of the desk carries it. */
  async #follow() {
    const { connect } = await import("../lib/socket.js");
    const meeting = this.root.dataset.questions ?? "";
    const line = connect(
      "/presenter",
      { meeting },
      {
        up: () => void line.ask("moderate", { meeting }).then(() => this.#soon(0)).catch(() => {}),
        down: () => {},
        refused: () => {},
        messages: { board_changed: () => this.#soon(PAUSE), again: () => line.renewWithin(0) },
      },
    );
  }

  /** @param {number} pause */
  #soon(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.#refresh(false), pause);
  }

  /** Whether somebody is in the midst of writing or choosing something: then nothing is replaced. */
  #isAtWork() {
    return Boolean(this.list.querySelector("details[open]")) || Boolean(this.head.querySelector("details[open]"));
  }

  /** @param {boolean} wanted somebody asked for it */
  async #refresh(wanted) {
    if (this.busy) return this.#soon(PAUSE);
    try {
      const asked = new URLSearchParams(/** @type {any} */ (new FormData(this.find)));
      const reply = /** @type {Shown} */ (await ask(`${window.location.pathname}?${asked}`));
      if (reply.list === undefined) return undefined;
      if (this.#isAtWork() && !wanted) this.fresh.hidden = false;
      else this.#show(reply);
    } catch (error) {
      if (!(error instanceof Unreached)) throw error;
    }
    return undefined;
  }

  /** @param {SubmitEvent} event */
  #submit(event) {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (form === this.find) {
      event.preventDefault();
      void this.#refresh(true);
    } else if (form.matches("[data-act]")) {
      event.preventDefault();
      void this.#act(form, event.submitter);
    }
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const which = /** @type {Element} */ (event.target).closest("a[data-which]");
    if (!(which instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    /** @type {HTMLInputElement} */ (this.find.elements.namedItem("list")).value = which.dataset.which ?? "";
    void this.#refresh(true);
  }

  /**
   * One request at a time: a key hit again meanwhile must not do something to a question nobody has read.
   *
   * @param {HTMLFormElement} form
   * @param {HTMLElement | null} submitter
   */
  async #act(form, submitter) {
    if (this.busy) return;
    this.busy = true;
    const card = form.closest("[data-card]");
    const place = card ? [...this.#cards()].indexOf(/** @type {HTMLElement} */ (card)) : -1;
    try {
      const reply = /** @type {Shown} */ (await ask(form.action, bodyOf(form, submitter)));
      if (reply.list !== undefined) {
        this.#show(reply, place, card ? (card.getAttribute("data-card") ?? "") : "");
        setText(this.#part("status"), reply.said ?? "");
      } else if (reply.message) toast(reply.message);
      else throw new Unreached(false);
    } catch (error) {
      if (!(error instanceof Unreached)) throw error;
      toast(this.root.dataset.offline ?? "");
    } finally {
      this.busy = false;
    }
  }

  #cards() {
    return /** @type {NodeListOf<HTMLElement>} */ (this.list.querySelectorAll("[data-card]"));
  }

  /**
   * Put in what the server sent, and leave the focus on the same question, or on the one that took its place.
   *
   * @param {Shown} reply
   * @param {number} [place]
   * @param {string} [name]
   */
  #show(reply, place = -1, name = "") {
    const focused = this.#focused();
    const wanted = name || (focused ? (focused.dataset.card ?? "") : "");
    const held = place >= 0 || Boolean(focused);
    const at = place >= 0 ? place : focused ? [...this.#cards()].indexOf(focused) : -1;
    this.fresh.hidden = true;
    this.head.replaceChildren(...fromServer(reply.head));
    this.list.replaceChildren(...fromServer(reply.list));
    if (!held) return;
    const cards = [...this.#cards()];
    const next = cards.find((card) => card.dataset.card === wanted) ?? cards[Math.min(at, cards.length - 1)];
    next?.focus({ preventScroll: true });
  }

  #focused() {
    const card = document.activeElement?.closest("[data-card]");
    return card instanceof HTMLElement && this.list.contains(card) ? card : null;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.key === "Escape") this.#leave(target);
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
    if (target.closest("input, textarea, select, dialog")) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key.length === 1 && !singleKeys()) return;
    const by = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[key];
    if (by) this.#move(event, by);
    else if (key === "/") {
      event.preventDefault();
      this.search.focus();
    } else if (key === "?") {
      event.preventDefault();
      this.#part("help").click();
    } else if (key.length === 1) this.#press(event, key);
  }

  /** Leave what is being written: it closes, and the question has the focus again. @param {HTMLElement} target */
  #leave(target) {
    const details = target.closest("[data-card] details[open]");
    if (!(details instanceof HTMLDetailsElement)) return;
    details.open = false;
    /** @type {HTMLElement} */ (details.closest("[data-card]")).focus();
  }

  /** @param {KeyboardEvent} event @param {number} by */
  #move(event, by) {
    const cards = [...this.#cards()];
    if (!cards.length) return;
    const focused = this.#focused();
    const next = focused ? cards[cards.indexOf(focused) + by] : cards[by > 0 ? 0 : cards.length - 1];
    event.preventDefault();
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  }

  /** @param {KeyboardEvent} event @param {string} key */
  #press(event, key) {
    const card = this.#focused();
    const element = card?.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!(element instanceof HTMLElement)) return;
    event.preventDefault();
    if (element instanceof HTMLDetailsElement) {
      element.open = true;
      const field = element.querySelector("textarea, input:not([type=hidden]), select");
      if (field instanceof HTMLElement) field.focus();
    } else element.click();
  }

  #startHelp() {
    const dialog = /** @type {HTMLDialogElement} */ (byId("questions-keys"));
    const button = this.#part("help");
    const letters = /** @type {HTMLInputElement} */ (dialog.querySelector("[data-letters]"));
    button.hidden = false;
    letters.checked = singleKeys();
    button.addEventListener("click", () => dialog.showModal());
    letters.addEventListener("change", () => setSingleKeys(letters.checked));
  }
}
