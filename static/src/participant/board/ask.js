/**
 * The form to ask with, and this phone's questions that are not on the board.
 *
 * @import { Letters } from "./letters.js"
 * @import { Model } from "./model.js"
 */
import { keyed, make, setText } from "../../lib/dom.js";
import { t } from "../../lib/words.js";
import { lengthOf } from "../check.js";
import { backButton } from "./list.js";

/** Characters left at which the counter is shown, and read out. */
const SHOWN_FROM = 100;
const TELL_AT = [50, 20, 10, 0];

/**
 * @param {object} parts
 * @param {HTMLElement} parts.root the panel
 * @param {Model} parts.model
 * @param {Letters} parts.letters
 * @param {import("../store.js").Store} parts.store keeps what is typed
 * @param {(text: string) => void} parts.tell
 * @param {(slot: number) => void} parts.takeBack
 */
export function openAsk({ root, model, letters, store, tell, takeBack }) {
  /** @param {string} name @returns {any} */
  const part = (name) => root.querySelector(`[data-${name}]`);
  /** @type {HTMLFormElement} */
  const form = part("ask");
  /** @type {HTMLTextAreaElement} */
  const field = part("ask-text");
  const [counter, problem, left, send] = [part("ask-counter"), part("ask-problem"), part("ask-left"), part("ask-send")];
  const [rule, own, ownList] = [part("rule"), part("own"), part("own-list")];
  let before = Infinity;

  const onTheWay = () => new Set(letters.questions().map((letter) => letter.slot));

  /** @param {string} text */
  function refuse(text) {
    setText(problem, text);
    problem.hidden = !text;
    if (text) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }

  function count() {
    const rest = model.rules.limit - lengthOf(field.value);
    counter.hidden = rest > SHOWN_FROM;
    const text = rest < 0 ? t("question_too_long", { over: -rest, limit: model.rules.limit }) : t("question_limit", { left: rest });
    setText(counter, text);
    counter.classList.toggle("field__counter--over", rest < 0);
    if (TELL_AT.some((mark) => before > mark && rest <= mark && rest >= 0) || (before >= 0 && rest < 0)) tell(text);
    before = rest;
    if (rest < 0) send.setAttribute("aria-disabled", "true");
    else send.removeAttribute("aria-disabled");
  }

  function keep() {
    store.update((kept) => {
      if (field.value) kept.drafts.ask = { 0: field.value };
      else delete kept.drafts.ask;
    });
  }

  /** @param {Event} event */
  function submit(event) {
    event.preventDefault();
    const text = field.value.trim();
    const slot = model.freeSlot(onTheWay());
    if (!text) refuse(t("question_empty"));
    else if (lengthOf(text) > model.rules.limit) refuse(t("question_too_long", { over: lengthOf(text) - model.rules.limit, limit: model.rules.limit }));
    else if (slot !== undefined) {
      refuse("");
      field.value = "";
      keep();
      letters.ask(slot, text);
      if (!letters.outbox.isFlowing()) tell(t("question_kept"));
    }
    count();
    field.focus();
  }

  function refresh() {
    const { rules } = model;
    const taken = onTheWay();
    const rest = model.left(taken);
    const open = rules.state === "open";
    const mayAsk = open && rest > 0 && rules.room > 0;
    if (!mayAsk && form.contains(document.activeElement)) keep();
    form.hidden = !open;
    field.disabled = send.disabled = !mayAsk;
    if (!rest) setText(left, t("ask_none_left", { limit: rules.per_person }));
    else if (!rules.room) setText(left, t("board_full"));
    else if (rules.room < 50) setText(left, t("board_room", { left: rules.room }));
    else setText(left, t("ask_left", { left: rest }));
    setText(rule, ruleText());
    rule.hidden = !rule.textContent;
    refreshOwn();
  }

  function ruleText() {
    const { rules } = model;
    if (rules.state !== "open") return t("board_closed");
    if (rules.stepped) return t(rules.approve_first ? "board_stepped_approve" : "board_stepped");
    return rules.approve_first ? t("board_approve") : "";
  }

  function refreshOwn() {
    const sent = new Map(letters.questions().map((letter) => [letter.slot, letter]));
    const slots = [...new Set([...model.own.keys(), ...sent.keys()])].sort((one, other) => one - other);
    const aside = [];
    for (const slot of slots) {
      const letter = sent.get(slot);
      const known = model.own.get(slot);
      if (letter && letter.raw !== null) {
        const fate = letter.held ? "own_late" : letters.outbox.isFlowing() ? "own_sending" : "own_kept";
        aside.push({ slot, text: String(letter.raw), fate, back: true });
      } else if (known && !letter && known.state !== "withdrawn" && !model.questions.has(known.id)) {
        const fate = known.state === "shown" ? "own_sending" : `own_${known.state}`;
        aside.push({ slot, text: known.text || "", fate, back: known.state !== "removed" });
      }
    }
    own.hidden = !aside.length;
    keyed(ownList, aside, (each) => String(each.slot), createOwn, updateOwn);
  }

  /** @param {{slot: number, back: boolean}} each */
  function createOwn({ slot }) {
    const text = make("p", "question__text");
    text.dir = "auto";
    const body = make("div", "question__body", text, make("p", "question__fate"), backButton(() => takeBack(slot)));
    return make("li", "question question--aside", body);
  }

  /** @param {HTMLElement} row @param {{text: string, fate: string, back: boolean}} each */
  function updateOwn(row, { text, fate, back }) {
    setText(/** @type {Element} */ (row.querySelector(".question__text")), text);
    setText(/** @type {Element} */ (row.querySelector(".question__fate")), t(fate));
    /** @type {HTMLElement} */ (row.querySelector(".question__back")).hidden = !back;
  }

  form.addEventListener("submit", submit);
  field.addEventListener("input", () => {
    refuse("");
    count();
    keep();
  });
  const draft = store.read().drafts.ask;
  if (draft && typeof draft[0] === "string") field.value = draft[0];
  count();

  return {
    refresh,
    /** Give back what was not accepted, unless something else is being typed. @param {string} text @param {string} why */
    giveBack(text, why) {
      if (!field.value) field.value = text;
      keep();
      count();
      refuse(why);
    },
  };
}
