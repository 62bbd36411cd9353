// Saves a form while one types. What was typed stays in the form until it is stored, whatever happens.

import { ask, bodyOf, Unreached } from "./request.js";
import { t } from "../lib/words.js";
import { show as showCounter } from "./counters.js";

const PAUSE_MS = 400;
const RETRY_MS = 3000;

/** @typedef {import("./request.js").Reply} Reply */

export class Autosave {
  /**
   * @param {HTMLFormElement} form
   * @param {{saved: (reply: Reply, before: URLSearchParams, field: string) => void}} heard
   */
  constructor(form, heard) {
    this.form = form;
    this.heard = heard;
    this.field = "";
    this.refused = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    /** @type {Promise<void> | null} */
    this.running = null;
    this.status = form.querySelector("[data-status]");
    for (const plain of form.querySelectorAll("[data-plain]")) if (plain instanceof HTMLElement) plain.hidden = true;
    form.addEventListener("input", (event) => this.typed(event));
    form.addEventListener("change", () => void this.flush());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.flush();
    });
    this.stored = this.collect();
  }

  /** @returns {URLSearchParams} the form as it would be sent now */
  collect() {
    this.form.dispatchEvent(new Event("desk:collect"));
    return bodyOf(this.form);
  }

  get unsaved() {
    return this.form.isConnected && this.collect().toString() !== this.stored.toString();
  }

  /** @param {Event} event */
  typed(event) {
    const field = event.target;
    if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) {
      showCounter(field);
      this.field = field.id;
    } else {
      this.field = "";
    }
    this.later(PAUSE_MS);
  }

  /** @param {number} ms */
  later(ms) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), ms);
  }

  /**
   * Save what is not saved yet.
   *
   * @returns {Promise<boolean>} whether everything typed is stored now
   */
  async flush() {
    clearTimeout(this.timer);
    while (this.running) await this.running;
    if (!this.unsaved) {
      if (this.refused) this.accept();
      return true;
    }
    this.running = this.save();
    await this.running;
    return !this.unsaved;
  }

  async save() {
    const body = this.collect();
    this.say("busy", t("saving"));
    try {
      const reply = await ask(this.form.action, body);
      if (reply.ok) this.store(body, reply);
      else this.refuse(reply);
    } catch (error) {
      if (!(error instanceof Unreached)) throw error;
      this.say("bad", t("unsaved", { reason: t(error.offline ? "offline" : "try_again") }));
      if (this.form.isConnected) this.later(RETRY_MS);
    } finally {
      this.running = null;
    }
  }

  /**
   * @param {URLSearchParams} body
   * @param {Reply} reply
   */
  store(body, reply) {
    const before = this.stored;
    const untouched = this.collect().toString() === body.toString();
    this.form.dispatchEvent(new CustomEvent("desk:saved", { detail: { hidden: reply.hidden ?? {} } }));
    this.stored = untouched ? this.collect() : body;
    this.accept();
    this.heard.saved(reply, before, this.field);
    if (!untouched) this.later(PAUSE_MS);
  }

  accept() {
    this.refused = false;
    this.mark({});
    this.say("good", t("saved"));
  }

  /** @param {Reply} reply */
  refuse(reply) {
    this.refused = true;
    this.mark(reply.errors ?? {});
    this.say("bad", t("unsaved", { reason: reply.message ?? "" }));
  }

  /**
   * Show what is wrong at its field, and take away what no longer is.
   *
   * @param {Record<string, string>} errors
   */
  mark(errors) {
    for (const place of this.form.querySelectorAll("[data-wrong]")) {
      if (!(place instanceof HTMLElement)) continue;
      const name = place.dataset.wrong ?? "";
      const words = errors[name] ?? "";
      place.textContent = words;
      place.hidden = !words;
      const field = name ? this.form.elements.namedItem(name) : null;
      if (field instanceof HTMLElement) {
        if (words) field.setAttribute("aria-invalid", "true");
        else field.removeAttribute("aria-invalid");
      }
    }
  }

  /**
   * @param {"good" | "bad" | "busy"} state
   * @param {string} words
   */
  say(state, words) {
    if (!(this.status instanceof HTMLElement)) return;
    this.status.dataset.state = state;
    this.status.textContent = words;
  }
}
