/**
 * The controls of an answer form, read and written by slot, whatever the kind: options picked, or texts.
 *
 * @import { Raw } from "./store.js"
 * @import { Own } from "./known.js"
 * @import { Rules } from "./check.js"
 * @typedef {HTMLInputElement | HTMLTextAreaElement} Field
 */

/**
 * @param {HTMLFormElement} form
 */
export function openControls(form) {
  const kind = /** @type {HTMLElement} */ (form.querySelector("[data-raw]"));
  const list = kind.dataset.raw === "list";
  const slots = form.querySelectorAll("[data-slot]").length;

  /** @param {number} slot @returns {Field[]} */
  const fieldsOf = (slot) => [...form.querySelectorAll(`[name="answer.${slot}"]`)].filter(isField);

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
    }),

    /**
     * Return what a slot holds now; null when nothing is entered.
     * @param {number} slot
     * @returns {Raw}
     */
    read(slot) {
      const fields = fieldsOf(slot);
      if (list) {
        const picked = fields.filter((field) => "checked" in field && field.checked).map((field) => field.value);
        return picked.length ? picked : null;
      }
      return fields[0].value.trim() || null;
    },

    /**
     * Put an answer into the controls; null empties them.
     * @param {number} slot
     * @param {Raw} raw
     */
    write(slot, raw) {
      for (const field of fieldsOf(slot)) {
        if (list && field instanceof HTMLInputElement) field.checked = Array.isArray(raw) && raw.includes(field.value);
        else if (!list) field.value = typeof raw === "string" ? raw : "";
      }
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
      const ticked = fields.filter((field) => "defaultChecked" in field && field.defaultChecked);
      /** @type {Raw} */
      const answer = list ? ticked.map((field) => field.value) : fields[0].defaultValue || null;
      const state = revision.dataset.state || "saved";
      return { revision: Number(revision.value), answer: state === "removed" ? null : answer, state };
    },

    /**
     * Return an answer in words: labels of the options picked, or the text.
     * @param {Raw} raw
     * @returns {string[]}
     */
    inWords(raw) {
      if (!Array.isArray(raw)) return raw === null ? [] : [raw];
      return fieldsOf(0)
        .filter((field) => raw.includes(field.value))
        .map((field) => (field.labels && field.labels[0] ? (field.labels[0].textContent || "").trim() : ""));
    },
  };
}

/** @typedef {ReturnType<typeof openControls>} Controls */

/**
 * @param {Element} element
 * @returns {element is Field}
 */
function isField(element) {
  return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;
}
