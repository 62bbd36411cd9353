/**
 * One poll on the phone: takes the plain form over, sends what is answered, shows the form or the receipt.
 *
 * @import { Letter, Raw } from "./store.js"
 * @import { DraftBook } from "./drafts.js"
 * @import { Known } from "./known.js"
 * @import { Order } from "./order.js"
 * @import { Outbox, Reply } from "./outbox.js"
 */
import { t } from "../lib/words.js";
import { problemOf, repeated } from "./check.js";
import { openControls } from "./controls.js";
import { count, problemText, showProblem } from "./counters.js";
import { foldEntries } from "./entries.js";
import { linesOf, receiptOf } from "./fates.js";
import { planChanges, same } from "./plan.js";
import { openReceipt } from "./receipt.js";

/** Milliseconds without a key press after which a draft is kept. */
const DRAFT_PAUSE = 300;

/**
 * Take over the poll of a stage.
 * @param {object} parts
 * @param {HTMLElement} parts.section the stage
 * @param {Outbox} parts.outbox
 * @param {Known} parts.known
 * @param {DraftBook} parts.drafts
 * @param {Order} parts.order
 * @param {(text: string) => void} parts.tell says something to a screen reader
 */
export function openPoll({ section, outbox, known, drafts, order, tell }) {
  const form = /** @type {HTMLFormElement} */ (section.querySelector("[data-answer]"));
  const fieldset = /** @type {HTMLFieldSetElement} */ (form.querySelector("fieldset"));
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("[data-send]"));
  const controls = openControls(form);
  const round = Number(section.dataset.round);
  const receipt = openReceipt(form, edit);
  const final = controls.kind.hasAttribute("data-final");
  let open = section.dataset.pollState === "open";
  let editing = false;
  let told = "";
  /** @type {"" | "superseded" | "unknown_round"} */
  let note = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  const slots = [...Array(controls.slots).keys()];
  /** @param {number} slot @returns {Letter | undefined} */
  const letterOf = (slot) => outbox.of(round).find((letter) => letter.slot === slot);
  /** @param {number} slot */
  const isRemoved = (slot) => (known.of(round, slot) || { state: "" }).state === "removed";

  /** Whether there is something to go on writing; where the first answer counts, there is nothing after it. */
  const hasDraft = () => Object.keys(drafts.of(round)).length > 0 && !(final && known.of(round, 0));

  /** What counts for a slot at this moment. @param {number} slot @returns {import("./plan.js").Counts} */
  function countsOf(slot) {
    const own = known.of(round, slot);
    const letter = letterOf(slot);
    return {
      raw: letter ? letter.raw : own ? own.answer : null,
      revision: Math.max(letter ? letter.revision : 0, own ? own.revision : 0),
      removed: isRemoved(slot),
    };
  }

  function fill() {
    const draft = drafts.of(round);
    for (const slot of slots) controls.write(slot, slot in draft ? draft[slot] : countsOf(slot).raw);
    foldEntries(controls, isRemoved);
    recount();
  }

  function recount() {
    if (count(controls, tell)) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }

  /** Keep what is entered but not sent; returns whether there is any. */
  function keepDraft() {
    clearTimeout(timer);
    if (!editing || !open) return false;
    /** @type {Record<string, Raw>} */
    const draft = {};
    for (const slot of slots) {
      const raw = controls.read(slot);
      if (!isRemoved(slot) && !same(raw, countsOf(slot).raw)) draft[slot] = raw;
    }
    drafts.keep(round, draft);
    return Object.keys(draft).length > 0;
  }

  function edit() {
    editing = true;
    note = "";
    fill();
    refresh();
    const free = slots.find((slot) => !isRemoved(slot)) || 0;
    const fields = controls.fieldsOf(free);
    (fields.find((field) => "checked" in field && field.checked) || fields[0]).focus();
  }

  /** @param {number} slot @param {string} text */
  function refuse(slot, text) {
    showProblem(controls, slot, text);
    controls.boxOf(slot).hidden = false;
    const fields = controls.fieldsOf(slot);
    (fields.find((field) => !field.validity.valid) || fields[0]).focus();
    tell(text);
  }

  /** @param {Raw[]} wished @returns {boolean} whether it may be sent */
  function check(wished) {
    const rules = controls.rules();
    for (const slot of slots) {
      const wrong = isRemoved(slot) ? "" : controls.wrong(slot);
      if (wrong) return refuse(slot, wrong), false;
      const problem = problemOf(wished[slot], rules);
      if (problem) return refuse(slot, problemText(problem, controls)), false;
    }
    const [twice] = repeated(wished);
    if (twice !== undefined) return refuse(twice, problemText({ reason: "same" }, controls)), false;
    const nothing = wished.every((raw) => raw === null);
    if (nothing && (controls.list || slots.every((slot) => countsOf(slot).raw === null))) {
      const free = slots.find((slot) => !isRemoved(slot)) || 0;
      const few = controls.list && controls.rules().least > 1;
      return refuse(free, few ? t("too_few", { limit: controls.rules().least }) : t(controls.list ? "choose_first" : "write_first")), false;
    }
    return true;
  }

  /** @param {Event} event */
  function submit(event) {
    event.preventDefault();
    if (!open) return;
    const wished = slots.map((slot) => (isRemoved(slot) ? null : controls.read(slot)));
    if (!check(wished)) return;
    clearTimeout(timer);
    drafts.keep(round, {});
    editing = false;
    note = "";
    const changes = planChanges(wished, slots.map(countsOf));
    for (const change of changes) outbox.put({ round, ...change });
    refresh();
    if (receipt.isShown()) receipt.focus();
  }

  function typed() {
    recount();
    clearTimeout(timer);
    timer = setTimeout(keepDraft, DRAFT_PAUSE);
  }

  function refresh() {
    const draft = drafts.of(round);
    const situation = {
      open,
      final,
      note,
      flowing: outbox.isFlowing(),
      slots: slots.map((slot) => ({ own: known.of(round, slot), letter: letterOf(slot), draft: draft[slot] })),
      inWords: controls.inWords,
    };
    const lines = linesOf(situation);
    if (open && !editing && !lines.length && !note) {
      editing = true;
      fill();
    }
    // A form in which nothing can be sent any more gives way to what is to be said.
    if (slots.every(isRemoved)) editing = false;
    const showForm = open && editing;
    const hadFocus = section.contains(document.activeElement) && document.activeElement !== document.body;
    fieldset.disabled = !open;
    button.hidden = !open;
    form.hidden = !showForm;
    if (showForm) {
      receipt.hide();
      told = "";
      return;
    }
    const view = receiptOf(situation, lines);
    receipt.show(view);
    if (hadFocus && !section.contains(document.activeElement)) receipt.focus();
    if (told && told !== view.title) tell(`${view.title}. ${view.text}`);
    told = view.title;
  }

  /**
   * Take note of what became of an answer of this round.
   * @param {Letter} letter
   * @param {Reply} reply
   * @param {boolean} newest
   */
  function settled(letter, reply, newest) {
    if (!newest) return;
    if (reply.code === "superseded" || reply.code === "unknown_round") note = reply.code;
    if (reply.code === "bad_answer") {
      const typing = receipt.hasFocus();
      editing = true;
      fill();
      refresh();
      if (typing || !section.contains(document.activeElement)) refuse(letter.slot, problemText(reply, controls));
      else showProblem(controls, letter.slot, problemText(reply, controls));
    }
  }

  for (const slot of slots) {
    const own = controls.written(slot);
    if (own) known.learn(round, slot, own);
  }
  const server = section.querySelector("[data-server-status]");
  if (server instanceof HTMLElement) server.hidden = true;
  order.shuffle(form, round);
  // What the server sent back, or the browser kept over a reload, is a draft like any other.
  editing = hasDraft();
  fill();
  enhance(controls.kind).then(refresh);
  form.addEventListener("submit", submit);
  form.addEventListener("input", typed);
  if (open) outbox.release(round);
  refresh();

  return {
    round,
    refresh,
    settled,
    keepDraft,
    /** Whether someone has entered something that is not sent. */
    isTyping: () => keepDraft(),
    /** @param {boolean} now */
    setOpen(now) {
      if (now === open) return;
      keepDraft();
      open = now;
      if (open) {
        outbox.release(round);
        editing = hasDraft();
        if (editing) fill();
      }
      refresh();
    },
    close() {
      clearTimeout(timer);
    },
  };
}

/**
 * Let a kind make more of its controls, once its module is there; they work before and without it.
 * @param {HTMLElement} kind
 */
async function enhance(kind) {
  const name = kind.dataset.enhance;
  if (!name) return;
  const module = await import(`../kinds/${name}.phone.js`);
  if (kind.isConnected) module.enhance(kind, t);
}

/** @typedef {ReturnType<typeof openPoll>} Poll */
