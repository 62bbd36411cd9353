// Fields of pictures: a file that is chosen or dropped goes to the server at once; the form then holds only its id.

import { ask } from "./request.js";

/** @param {ParentNode} root */
export function startPictures(root) {
  for (const field of root.querySelectorAll("[data-picture]")) if (field instanceof HTMLElement) start(field);
}

/** @param {HTMLElement} field */
function start(field) {
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (field.querySelector(`[data-picture-${name}]`));
  const id = /** @type {HTMLInputElement} */ (part("id"));
  const file = /** @type {HTMLInputElement} */ (part("file"));
  const image = /** @type {HTMLImageElement} */ (part("image"));
  const status = part("status");
  let latest = 0;
  for (const scripted of field.querySelectorAll("[data-scripted]")) if (scripted instanceof HTMLElement) scripted.hidden = false;

  /** @param {string} picture @param {string} address */
  function set(picture, address) {
    id.value = picture;
    if (address) image.src = address;
    else image.removeAttribute("src");
    part("shown").hidden = part("remove").hidden = !picture;
    complain("");
    // From the field as a whole, so that each picture is a step of its own to undo.
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** @param {string} words */
  function complain(words) {
    status.textContent = "";
    const wrong = field.querySelector("[data-wrong]");
    if (!(wrong instanceof HTMLElement)) return;
    wrong.textContent = words;
    wrong.hidden = !words;
  }

  /** @param {File | undefined} chosen */
  async function upload(chosen) {
    if (!chosen) return;
    if (chosen.size > Number(field.dataset.most)) {
      complain(field.dataset.heavy ?? "");
      return;
    }
    latest += 1;
    const mine = latest;
    complain("");
    status.textContent = status.dataset.busy ?? "";
    const token = String(new FormData(/** @type {HTMLFormElement} */ (id.form)).get("csrf_token"));
    let words = status.dataset.failed ?? "";
    try {
      const reply = await ask(field.dataset.upload ?? "", chosen, { "X-CSRFToken": token });
      if (mine !== latest || !field.isConnected) return;
      if (reply.ok && reply.picture && reply.address) {
        set(reply.picture, reply.address);
        return;
      }
      words = reply.message ?? words;
    } catch {
      if (mine !== latest) return;
    } finally {
      file.value = "";
    }
    complain(words);
  }

  // The file itself is no part of the form: only its id is saved.
  file.addEventListener("input", (event) => event.stopPropagation());
  file.addEventListener("change", (event) => {
    event.stopPropagation();
    void upload(file.files?.[0]);
  });
  part("remove").addEventListener("click", () => {
    set("", "");
    file.focus();
  });
  field.addEventListener("dragover", (event) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  });
  field.addEventListener("drop", (event) => {
    if (!event.dataTransfer?.files.length || id.matches(":disabled")) return;
    event.preventDefault();
    void upload(event.dataTransfer.files[0]);
  });
}
