// The players of a quiz come in by themselves; nothing moves under a hand that takes a nickname away.

import { fromServer, keyed, make, setText } from "../lib/dom.js";
import { follow, inPlace, leaving } from "./entries.js";
import { Unreached, ask, bodyOf } from "./request.js";
import { toast } from "./toasts.js";

/** @typedef {import("./entries.js").Item & {state: string}} Item `state` tells it from the same player under another nickname */
/** @typedef {import("./request.js").Reply & {items?: Item[], total: number, more: string, said?: string}} Shown */

/** @param {HTMLElement} root */
export function startPlayers(root) {
  const find = (/** @type {string} */ name) => /** @type {HTMLElement} */ (root.querySelector(`[data-${name}]`));
  const list = find("entries");
  const searched = new URLSearchParams(location.search).get("find") ?? "";
  const format = new Intl.NumberFormat(document.documentElement.lang);
  let busy = false;
  let turn = 0;

  /** @param {HTMLElement} element @param {Item} item */
  function draw(element, item) {
    if (element.dataset.state === item.state) return;
    const had = element.contains(document.activeElement);
    element.replaceChildren(...fromServer(item.html));
    element.dataset.state = item.state;
    if (had) /** @type {HTMLElement | null} */ (element.querySelector("[data-entry]"))?.focus({ preventScroll: true });
  }

  /** @param {Shown} shown */
  function show({ items, total, more }) {
    if (!items) return;
    const focus = leaving(list, items);
    keyed(list, inPlace(list, items), (item) => item.key, () => make("li", "players__item"), draw);
    focus?.();
    setText(find("total"), format.format(total));
    find("empty").hidden = items.length > 0;
    find("more").hidden = !more;
    setText(find("more"), more);
  }

  async function look() {
    if (busy) return;
    const now = turn;
    try {
      const shown = /** @type {Shown} */ (await ask(`${root.dataset.url}?find=${encodeURIComponent(searched)}`));
      if (now === turn) show(shown);
    } catch (error) {
      if (!(error instanceof Unreached)) throw error;
    }
  }

  /** @param {HTMLFormElement} form */
  async function take(form) {
    if (busy) return;
    busy = true;
    turn += 1;
    try {
      const shown = /** @type {Shown} */ (await ask(form.action, bodyOf(form)));
      if (shown.message) toast(shown.message);
      show(shown);
      if (shown.said) {
        setText(find("status"), shown.said);
        toast(shown.said);
      }
    } catch (error) {
      if (!(error instanceof Unreached)) throw error;
      toast(root.dataset.offline ?? "");
    } finally {
      busy = false;
    }
  }

  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches("[data-take]")) return;
    event.preventDefault();
    void take(form);
  });
  void follow(look);
}
