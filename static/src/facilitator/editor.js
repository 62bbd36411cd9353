// The editor: choosing, adding, moving and deleting slides, each without leaving the page; and taking it back.

import { Autosave } from "./autosave.js";
import { startCounters } from "./counters.js";
import { startOptions } from "./options.js";
import { startPictures } from "./pictures.js";
import { putIn } from "./parts.js";
import { PreviewFrame } from "./preview.js";
import { startReorder } from "./reorder.js";
import { ask, bodyOf, Unreached } from "./request.js";
import { toast } from "./toasts.js";
import { History } from "./undo.js";
import { t } from "../lib/words.js";

/**
 * @typedef {import("./request.js").Reply} Reply
 * @typedef {{push?: boolean, focus?: string}} Shown
 */

/** @param {HTMLElement} root */
export function startEditor(root) {
  new Editor(root);
}

class Editor {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.list = this.part("[data-list]");
    this.form = this.part("[data-form]");
    this.preview = new PreviewFrame(this.part("[data-preview-frame]"));
    this.undoButton = document.querySelector("[data-undo]");
    this.history = new History(() => this.refreshUndo());
    /** @type {Autosave | null} */
    this.autosave = null;
    this.busy = false;
    root.addEventListener("click", (event) => this.clicked(event));
    root.addEventListener("submit", (event) => this.submitted(event));
    this.list.addEventListener("keydown", (event) => this.pressedInList(event));
    document.addEventListener("keydown", (event) => this.pressed(event));
    this.undoButton?.addEventListener("click", () => void this.undo());
    window.addEventListener("popstate", () => void this.open(location.href, { push: false }));
    window.addEventListener("beforeunload", (event) => {
      if (this.autosave?.unsaved) event.preventDefault();
    });
    if (this.undoButton instanceof HTMLElement) this.undoButton.hidden = false;
    this.startList();
    this.startForm();
  }

  /**
   * @param {string} selector
   * @returns {HTMLElement}
   */
  part(selector) {
    return /** @type {HTMLElement} */ (this.root.querySelector(selector));
  }

  startList() {
    const slides = this.list.querySelector("[data-slides]");
    if (!(slides instanceof HTMLElement)) return;
    startReorder(slides, { item: "[data-slide]", moved: (item, place) => void this.move(item, place) });
    slides.querySelector('[aria-current="true"]')?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  startForm() {
    startOptions(this.form);
    startPictures(this.form);
    startCounters(this.form);
    const form = this.form.querySelector("[data-autosave]");
    this.autosave = form instanceof HTMLFormElement ? new Autosave(form, { saved: (...heard) => this.saved(...heard) }) : null;
  }

  /**
   * @param {Reply} reply
   * @param {URLSearchParams} before
   * @param {string} field
   */
  saved(reply, before, field) {
    this.preview.show(reply.preview);
    const form = this.autosave?.form;
    if (!form) return;
    const beside = form.querySelector("[data-beside]");
    if (beside && reply.beside && !beside.contains(document.activeElement)) putIn(beside, reply.beside);
    this.history.push({ url: `${form.action}?with_form`, body: before, field });
    const text = this.list.querySelector('[aria-current="true"] [data-text]');
    const prompt = form.elements.namedItem("prompt");
    if (text && prompt instanceof HTMLTextAreaElement) {
      const words = prompt.value.trim();
      text.textContent = words || t("no_title");
      text.classList.toggle("slides__text--none", !words);
    }
  }

  /** @param {MouseEvent} event */
  clicked(event) {
    const link = event.target instanceof Element ? event.target.closest("a.slides__link") : null;
    if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void this.open(link.href, { focus: '.slides__link[aria-current="true"]' });
  }

  /** @param {SubmitEvent} event */
  submitted(event) {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.dataset.step === undefined) return;
    event.preventDefault();
    const step = form.dataset.step;
    const focus = step === "add" || step === "duplicate_slide" ? "#prompt" : step === "delete_slide" ? "[data-head]" : `[data-step="${step}"] button`;
    void this.step(form.action, bodyOf(form, event.submitter), { focus });
  }

  /** @param {KeyboardEvent} event Alt and an arrow key move the slide in focus */
  pressedInList(event) {
    const item = event.target instanceof Element ? event.target.closest("[data-slide]") : null;
    if (!(item instanceof HTMLElement) || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    const by = event.key === "ArrowUp" ? -1 : 1;
    const items = [...this.list.querySelectorAll("[data-slide]")];
    const place = items.indexOf(item) + by;
    if (!event.altKey) items[place]?.querySelector("a")?.focus();
    else if (place >= 0 && place < items.length) void this.move(item, place);
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    const typing = event.target instanceof Element && event.target.closest("input, textarea, select");
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z" && !typing) {
      event.preventDefault();
      void this.undo();
    }
  }

  /**
   * @param {HTMLElement} item
   * @param {number} place
   */
  async move(item, place) {
    const body = new URLSearchParams({ position: String(place), csrf_token: this.csrf });
    const focus = `[data-slide="${item.dataset.slide}"] a`;
    const moved = await this.step(item.dataset.move ?? "", body, { focus });
    if (!moved) await this.open(location.href, { push: false, focus });
  }

  get csrf() {
    const field = document.querySelector('input[name="csrf_token"]');
    return field instanceof HTMLInputElement ? field.value : "";
  }

  /**
   * Show another slide, after this one is saved.
   *
   * @param {string} url
   * @param {Shown} [shown]
   */
  async open(url, shown = {}) {
    if (await this.settled()) await this.exchange(url, undefined, shown);
  }

  /**
   * Change the agenda, and remember how to take it back.
   *
   * @param {string} url
   * @param {URLSearchParams} body
   * @param {Shown} shown
   * @returns {Promise<boolean>}
   */
  async step(url, body, shown) {
    if (!(await this.settled())) return false;
    const reply = await this.exchange(url, body, shown);
    if (!reply?.undo) return false;
    const { said, fields } = reply.undo;
    const back = new URLSearchParams({ csrf_token: this.csrf });
    for (const [name, value] of Object.entries(fields)) back.append(name, String(value));
    this.history.push({ url: reply.undo.url, body: back });
    if (said) toast(said, { label: t("undo"), act: () => void this.undo() });
    return true;
  }

  async undo() {
    if (this.autosave?.refused) {
      await this.exchange(location.href, undefined, { push: false });
      toast(t("undone"));
      return;
    }
    if (!(await this.settled())) return;
    const step = this.history.pop();
    if (!step) return;
    const reply = await this.exchange(step.url, step.body, {});
    toast(reply ? t("undone") : t("nothing_to_undo"));
  }

  /** @returns {Promise<boolean>} whether what is typed is stored, so that the form may be exchanged */
  async settled() {
    if (!this.autosave || (await this.autosave.flush())) return true;
    toast(t("mend_first"), this.autosave.refused ? { label: t("discard"), act: () => void this.undo() } : undefined);
    const wrong = this.form.querySelector('[aria-invalid="true"]');
    if (wrong instanceof HTMLElement) wrong.focus();
    return false;
  }

  /**
   * Ask for a slide and show it.
   *
   * @param {string} url
   * @param {URLSearchParams | undefined} body
   * @param {Shown} shown
   * @returns {Promise<Reply | null>} null when nothing came of it
   */
  async exchange(url, body, { push = true, focus }) {
    if (this.busy) return null;
    this.busy = true;
    try {
      const reply = await ask(url, body);
      if (!reply.ok || reply.list === undefined || reply.form === undefined) {
        toast(reply.message ?? t("try_again"));
        return null;
      }
      putIn(this.list, reply.list);
      putIn(this.form, reply.form);
      this.startList();
      this.startForm();
      this.preview.show(reply.preview);
      if (push && reply.url && reply.url !== location.pathname) history.pushState(null, "", reply.url);
      if (focus) this.focus(focus);
      return reply;
    } catch (error) {
      if (!(error instanceof Unreached)) throw error;
      toast(t("unsaved", { reason: t(error.offline ? "offline" : "try_again") }));
      return null;
    } finally {
      this.busy = false;
    }
  }

  /** @param {string} selector */
  focus(selector) {
    const target = this.root.querySelector(selector);
    if (target instanceof HTMLButtonElement && target.disabled) this.focus("[data-head]");
    else if (target instanceof HTMLElement) target.focus({ preventScroll: true });
  }

  refreshUndo() {
    if (this.undoButton instanceof HTMLButtonElement) this.undoButton.disabled = this.history.empty;
  }
}
