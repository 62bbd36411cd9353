// The words of a cloud by keyboard: hidden, joined, renamed, and each taken back, while people write.

import { byId, fromServer, keyed, make, setText } from "../lib/dom.js";
import { setSingleKeys, singleKeys } from "../lib/single-keys.js";
import { focusOn, follow, inPlace, leaving, step } from "./entries.js";
import { Unreached, ask, bodyOf } from "./request.js";
import { toast } from "./toasts.js";

/** @typedef {import("./entries.js").Item} Item */
/** @typedef {import("./request.js").Reply & {words: Item[], suggestions: Item[], changes: Item[], more: string,
 *   number: number, said?: string, became?: string | null}} Shown */

/** @param {HTMLElement} root the words of one cloud */
export function startWords(root) {
  new Words(root);
}

class Words {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (root.querySelector(`[data-${name}]`));
    this.list = part("entries");
    this.suggestions = part("suggestions");
    this.changes = part("changes");
    this.status = part("status");
    this.empty = part("empty");
    this.more = part("more");
    /** @type {WeakMap<HTMLElement, string>} what each item was drawn from */
    this.drawn = new WeakMap();
    /** @type {Set<string>} words that are to be joined to another */
    this.chosen = new Set();
    this.busy = false;
    /** Counts what was done, so that what was asked for before is not shown after it. */
    this.turn = 0;
    /** @type {number | null} of the cloud that is shown */
    this.number = null;
    root.addEventListener("submit", (event) => this.#submit(event));
    root.addEventListener("change", (event) => this.#choose(event));
    root.addEventListener("toggle", (event) => this.#opened(event), true);
    document.addEventListener("keydown", (event) => this.#key(event));
    this.#markChosen();
    this.#startHelp();
    void follow(() => this.#look());
  }

  async #look() {
    if (this.busy) return;
    const turn = this.turn;
    const { url, round, find } = this.root.dataset;
    const query = new URLSearchParams({ round: round ?? "", find: find ?? "" });
    if (this.number !== null) query.set("since", String(this.number));
    try {
      const reply = /** @type {Shown} */ (await ask(`${url}?${query}`));
      if (reply.words && turn === this.turn) this.#show(reply);
    } catch (error) {
      if (!(error instanceof Unreached)) throw error;
    }
  }

  /** @param {SubmitEvent} event */
  #submit(event) {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches("[data-do]")) return;
    event.preventDefault();
    const details = form.closest("details");
    void this.#do(bodyOf(form, event.submitter), () => {
      if (details instanceof HTMLDetailsElement) this.#close(details);
    });
  }

  /** @param {Event} event */
  #choose(event) {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || !box.matches("[data-choose]")) return;
    if (box.checked) this.chosen.add(box.value);
    else this.chosen.delete(box.value);
    setText(this.status, (box.checked ? this.root.dataset.taken : this.root.dataset.left) ?? "");
    this.#markChosen();
  }

  /** @param {Event} event the field of a name is ready to be written over */
  #opened(event) {
    const details = event.target;
    if (!(details instanceof HTMLDetailsElement) || !details.open) return;
    const field = details.querySelector('input[name="into"]');
    if (field instanceof HTMLInputElement) field.select();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
    if (event.key === "Escape") this.#escape(target);
    if (target.closest("input:not([type=checkbox]), textarea, select, dialog")) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key.length === 1 && !singleKeys()) return;
    const by = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[key];
    if (by && step(this.#entries(), by)) event.preventDefault();
    else if (key === "Enter") this.#enter(event, target);
    else if (key === "h") this.#press(event, this.#word()?.querySelector('[data-press="h"]'));
    else if (key === "m") this.#press(event, this.#word()?.querySelector("[data-choose]"));
    else if (key === "r") this.#rename(event);
    else if (key === "d") this.#press(event, (this.#focused("[data-near]") ?? this.suggestions).querySelector('[data-press="d"]'));
    else if (key === "u") this.#undo(event);
    else if (key === "?") this.#press(event, this.root.querySelector("[data-help]"));
  }

  #entries() {
    return /** @type {HTMLElement[]} */ ([...this.root.querySelectorAll("[data-entry]")]);
  }

  /** @param {string} selector */
  #focused(selector) {
    return /** @type {HTMLElement | null} */ (document.activeElement?.closest(selector) ?? null);
  }

  /** The word that keys are about: the one with the focus in it, the first if none has; none in a suggestion. */
  #word() {
    if (this.#focused("[data-near]")) return null;
    return this.#focused("[data-entry]") ?? /** @type {HTMLElement | null} */ (this.list.querySelector("[data-entry]"));
  }

  /**
   * @param {KeyboardEvent} event
   * @param {Element | null | undefined} element what the key stands for; a key whose button is not there does nothing
   */
  #press(event, element) {
    if (!(element instanceof HTMLElement)) return;
    event.preventDefault();
    element.click();
  }

  /**
   * Join what is chosen to this word, else do what is suggested. On a button or link, Enter is that of the button.
   *
   * @param {KeyboardEvent} event
   * @param {HTMLElement} target
   */
  #enter(event, target) {
    if (target.closest("a, button, summary")) return;
    const word = this.#focused("[data-near]") ? null : this.#focused("[data-entry]");
    if (this.chosen.size && word) {
      const here = word.querySelector("[data-here]");
      if (here instanceof HTMLElement && !here.hidden) this.#press(event, here);
      return;
    }
    this.#press(event, (this.#focused("[data-near]") ?? this.suggestions).querySelector("[data-accept]"));
  }

  /** @param {KeyboardEvent} event */
  #rename(event) {
    const details = this.#word()?.querySelector("[data-rename]");
    if (!(details instanceof HTMLDetailsElement)) return;
    event.preventDefault();
    details.open = true;
    const field = details.querySelector('input[name="into"]');
    if (field instanceof HTMLInputElement) {
      field.focus();
      field.select();
    }
  }

  /** @param {HTMLElement} target */
  #escape(target) {
    const details = target.closest("[data-rename]");
    if (details instanceof HTMLDetailsElement) {
      this.#close(details);
    } else if (this.chosen.size && !target.closest("dialog")) {
      this.chosen.clear();
      this.#markChosen();
      setText(this.status, this.root.dataset.left ?? "");
    }
  }

  /** @param {HTMLDetailsElement} details */
  #close(details) {
    details.open = false;
    const entry = details.closest("[data-entry]");
    if (entry instanceof HTMLElement) focusOn(entry);
  }

  /** @param {KeyboardEvent} event */
  #undo(event) {
    event.preventDefault();
    const last = this.changes.querySelector("[data-undo]");
    if (last instanceof HTMLElement) last.click();
    else setText(this.status, this.root.dataset.nothing ?? "");
  }

  /**
   * One thing at a time: a key that is hit again meanwhile must not change a word nobody meant.
   *
   * @param {URLSearchParams} body
   * @param {() => void} done called when it was done, before the words are shown anew
   */
  async #do(body, done) {
    if (this.busy) return;
    this.busy = true;
    this.turn += 1;
    body.set("csrf_token", this.root.dataset.csrf ?? "");
    try {
      const reply = /** @type {Shown} */ (await ask(this.root.dataset.url ?? "", body));
      if (reply.message) toast(reply.message);
      if (!reply.words) return;
      if (reply.ok) {
        done();
        if (body.get("act") !== "dismiss") this.chosen.clear();
        if (reply.became) this.#rekey(body.get("word") ?? "", reply.became);
      }
      this.#show(reply);
      if (reply.said) setText(this.status, reply.said);
    } catch (error) {
      if (!(error instanceof Unreached)) throw error;
      toast(this.root.dataset.offline ?? "");
    } finally {
      this.busy = false;
    }
  }

  /**
   * Let the row of a word that was renamed stay where it is.
   *
   * @param {string} before
   * @param {string} after
   */
  #rekey(before, after) {
    const rows = /** @type {HTMLElement[]} */ ([...this.list.children]);
    const row = rows.find((each) => each.dataset.key === before);
    if (row && !rows.some((each) => each.dataset.key === after)) row.dataset.key = after;
  }

  /** @param {Shown} reply */
  #show(reply) {
    const focus = leaving(this.suggestions, reply.suggestions) ?? leaving(this.list, reply.words) ?? leaving(this.changes, reply.changes);
    this.#fill(this.suggestions, reply.suggestions);
    this.#fill(this.list, this.list.contains(document.activeElement) ? inPlace(this.list, reply.words) : reply.words);
    this.#fill(this.changes, reply.changes);
    focus?.();
    this.#section("near", reply.suggestions);
    this.#section("changes", reply.changes);
    this.empty.hidden = reply.words.length > 0;
    this.more.hidden = !reply.more;
    setText(this.more, reply.more);
    this.number = reply.number;
    const there = new Set(reply.words.map((item) => item.key));
    for (const word of this.chosen) if (!there.has(word)) this.chosen.delete(word);
    this.#markChosen();
  }

  /**
   * @param {string} name
   * @param {readonly Item[]} items
   */
  #section(name, items) {
    /** @type {HTMLElement} */ (this.root.querySelector(`[data-${name}-section]`)).hidden = items.length === 0;
  }

  /**
   * @param {HTMLElement} list
   * @param {readonly Item[]} items
   */
  #fill(list, items) {
    keyed(
      list,
      items,
      (item) => item.key,
      () => make("li", "words__item"),
      (element, item) => this.#draw(element, item),
    );
  }

  /**
   * @param {HTMLElement} element
   * @param {Item} item
   */
  #draw(element, item) {
    if (this.drawn.get(element) === item.html) return;
    if (element.querySelector("details[open]")) return; // somebody writes a name there
    const had = element.contains(document.activeElement);
    element.replaceChildren(...fromServer(item.html));
    this.drawn.set(element, item.html);
    const entry = element.querySelector("[data-entry]");
    if (had && entry instanceof HTMLElement) focusOn(entry);
  }

  /** Tick the boxes of what is chosen, and offer to join it to every other word. */
  #markChosen() {
    this.root.classList.toggle("words--choosing", this.chosen.size > 0);
    for (const box of this.list.querySelectorAll("[data-choose]")) {
      if (!(box instanceof HTMLInputElement)) continue;
      box.checked = this.chosen.has(box.value);
      const here = box.closest("[data-entry]")?.querySelector("[data-here]");
      if (here instanceof HTMLElement) here.hidden = !this.chosen.size || box.checked;
    }
  }

  #startHelp() {
    const dialog = /** @type {HTMLDialogElement} */ (byId("words-keys"));
    const button = this.root.querySelector("[data-help]");
    const letters = dialog.querySelector("[data-letters]");
    if (!(button instanceof HTMLElement) || !(letters instanceof HTMLInputElement)) return;
    button.hidden = false;
    letters.checked = singleKeys();
    button.addEventListener("click", () => dialog.showModal());
    letters.addEventListener("change", () => setSingleKeys(letters.checked));
  }
}
