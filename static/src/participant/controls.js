/**
 * The controls of an answer form, read and written by slot, whatever the kind: values picked, or texts.
 *
 * In a list, the control `answer.0` stands for its value, and `answer.0.part` for `part:value` (as in
 * pollapp/participant/forms.py). A kind whose controls need more than the browser gives has a module
 * `kinds/<kind>.phone.js`; it changes these controls, and hears `written` when they were changed here.
 *
 * @import { Raw } from "./store.js"
 * @import { Own } from "./known.js"
 * @import { Rules } from "./check.js"
 * @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Field
 */
import { fill } from "../lib/words.js";

/**
 * @param {HTMLFormElement} form
 */
export function openControls(form) {
  const kind = /** @type {HTMLElement} */ (form.querySelector("[data-raw]"));
  const list = kind.dataset.raw === "list";
  const slots = form.querySelectorAll("[data-slot]").length;

  /** @param {number} slot @returns {Field[]} */
  const fieldsOf = (slot) =>
    [...form.querySelectorAll(`[name="answer.${slot}"], [name^="answer.${slot}."]`)].filter(isField);

  /** @param {number} slot @returns {HTMLElement} */
  const boxOf = (slot) => /** @type {HTMLElement} */ (form.querySelector(`[data-slot="${slot}"]`));

  return {
    kind,
    list,
    slots,
    fieldsOf,
    boxOf,

    /** @returns {Rules} */
    rules: () => ({
      least: Number(kind.dataset.least || 1),
      most: Number(kind.dataset.most || 1),
      limit: Number(kind.dataset.limit || Infinity),
      parts: list ? limitedFields(fieldsOf(0)).map((field) => [prefixOf(field), Number(field.dataset.limit)]) : [],
    }),

    /**
     * Return the fields whose characters are counted down, each with how many it takes.
     * @param {number} slot
     * @returns {[Field, number][]}
     */
    counted(slot) {
      if (!list) return [[fieldsOf(slot)[0], Number(kind.dataset.limit || Infinity)]];
      return limitedFields(fieldsOf(slot)).map((field) => [field, Number(field.dataset.limit)]);
    },

    /**
     * Return what a slot holds now; null when nothing is entered.
     * @param {number} slot
     * @returns {Raw}
     */
    read(slot) {
      const fields = fieldsOf(slot);
      if (list) {
        const picked = fields.map((field) => (isTick(field) && !field.checked ? "" : valueOf(field, field.value)));
        return some(picked);
      }
      return fields[0].value.trim() || null;
    },

    /**
     * Put an answer into the controls; null empties them.
     * @param {number} slot
     * @param {Raw} raw
     */
    write(slot, raw) {
      const picked = Array.isArray(raw) ? raw : [];
      for (const field of fieldsOf(slot)) {
        if (!list) field.value = typeof raw === "string" ? raw : "";
        else if (isTick(field)) field.checked = !!field.value && picked.includes(valueOf(field, field.value));
        else field.value = filling(field, picked);
      }
      kind.dispatchEvent(new CustomEvent("written"));
    },

    /**
     * Return what the controls themselves find wrong with what is in a slot, or "".
     * @param {number} slot
     */
    wrong(slot) {
      const field = fieldsOf(slot).find((one) => !one.disabled && !one.validity.valid);
      return field ? field.dataset.wrong || field.validationMessage : "";
    },

    /**
     * Return what the kind says when an answer is refused for this reason, or "".
     * @param {string} reason
     */
    says(reason) {
      const words = [...form.querySelectorAll("template[data-says]")].find(
        (one) => one instanceof HTMLElement && one.dataset.says === reason,
      );
      return words instanceof HTMLTemplateElement ? (words.content.textContent || "").trim() : "";
    },

    /**
     * Return what the server wrote into the page about this phone's own answer; undefined in a fragment sent to all.
     * @param {number} slot
     * @returns {Own | undefined}
     */
    written(slot) {
      const revision = form.querySelector(`[name="revision.${slot}"]`);
      if (!(revision instanceof HTMLInputElement) || !Number(revision.value)) return undefined;
      const fields = fieldsOf(slot);
      /** @type {Raw} */
      const answer = list ? some(fields.map((field) => valueOf(field, originalOf(field)))) : originalOf(fields[0]) || null;
      const state = revision.dataset.state || "saved";
      return { revision: Number(revision.value), answer: state === "removed" ? null : answer, state };
    },

    /**
     * Return an answer in words: labels of what was picked, each with what was entered there, or the text.
     * @param {Raw} raw
     * @returns {string[]}
     */
    inWords(raw) {
      if (!Array.isArray(raw)) return raw === null ? [] : [raw];
      return fieldsOf(0).flatMap((field) => {
        if (isTick(field)) return field.value && raw.includes(valueOf(field, field.value)) ? [nameOf(field)] : [];
        const entered = filling(field, raw);
        const line = kind.dataset.receipt || "{name}: {value}";
        return entered ? [fill(line, { name: nameOf(field), value: shownBy(field, entered) })] : [];
      });
    },
  };
}

/** @typedef {ReturnType<typeof openControls>} Controls */

/**
 * @param {Element} element
 * @returns {element is Field}
 */
function isField(element) {
  return (
    element instanceof HTMLInputElement ||
    element instanceof HTMLTextAreaElement ||
    element instanceof HTMLSelectElement
  );
}

/**
 * @param {Field} field
 * @returns {field is HTMLInputElement} a radio button or a check box
 */
function isTick(field) {
  return field instanceof HTMLInputElement && (field.type === "radio" || field.type === "checkbox");
}

/** @param {Field[]} fields */
const limitedFields = (fields) => fields.filter((field) => field.dataset.limit);

/** What stands before the value of a control: its part and a colon. @param {Field} field */
function prefixOf(field) {
  const part = field.name.split(".").slice(2).join(".");
  return part ? `${part}:` : "";
}

/** @param {Field} field @param {string} value */
const valueOf = (field, value) => (value.trim() ? prefixOf(field) + value.trim() : "");

/** @param {string[]} values @returns {string[] | null} */
function some(values) {
  const left = values.filter((value) => value);
  return left.length ? left : null;
}

/**
 * Return what of an answer belongs into a control that is not ticked; "" when nothing does.
 * @param {Field} field
 * @param {string[]} picked
 */
function filling(field, picked) {
  const prefix = prefixOf(field);
  if (!prefix) return picked[0] ?? "";
  return (picked.find((value) => value.startsWith(prefix)) ?? "").slice(prefix.length);
}

/** What the page itself put into a control. @param {Field} field */
function originalOf(field) {
  if (field instanceof HTMLSelectElement) {
    return [...field.options].find((option) => option.defaultSelected)?.value ?? "";
  }
  if (isTick(field)) return field.defaultChecked ? field.value : "";
  return field.defaultValue;
}

/** @param {Field} field */
const nameOf = (field) => field.dataset.words || (field.labels?.[0]?.textContent ?? "").trim();

/** @param {Field} field @param {string} value */
function shownBy(field, value) {
  if (!(field instanceof HTMLSelectElement)) return value;
  return ([...field.options].find((option) => option.value === value)?.textContent ?? value).trim();
}
