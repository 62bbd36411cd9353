// A list of entries that come in by themselves while somebody works through it: nothing moves under a hand.

/** @typedef {{key: string, html: string}} Item */

/**
 * Entries that are here stay where they are; what is new goes to the end.
 *
 * @template {Item} T
 * @param {Element} list
 * @param {readonly T[]} items
 * @returns {T[]}
 */
export function inPlace(list, items) {
  const known = new Map(
    /** @type {HTMLElement[]} */ ([...list.children]).map((element, place) => [element.dataset.key ?? "", place]),
  );
  const place = (/** @type {Item} */ item) => known.get(item.key) ?? known.size;
  return [...items].sort((one, other) => place(one) - place(other));
}

/**
 * Return how to keep the focus in the list when the entry that has it goes: the next one takes its place.
 *
 * @param {Element} list
 * @param {readonly Item[]} items
 */
export function leaving(list, items) {
  const here = document.activeElement?.closest("li");
  const staying = new Set(items.map((item) => item.key));
  if (!here || !list.contains(here) || staying.has(here.dataset.key ?? "")) return null;
  const elements = /** @type {HTMLElement[]} */ ([...list.children]);
  const at = elements.indexOf(here);
  const stays = (/** @type {HTMLElement} */ element) => staying.has(element.dataset.key ?? "");
  const next = elements.slice(at).find(stays) ?? elements.slice(0, at).reverse().find(stays);
  return () => {
    const entry = next?.querySelector("[data-entry]");
    if (entry instanceof HTMLElement) focusOn(entry);
    else /** @type {HTMLElement} */ (document.querySelector("main")).focus();
  };
}

/**
 * Go to the next entry or the one before, from the one that has the focus; to the first from elsewhere.
 *
 * @param {readonly HTMLElement[]} entries
 * @param {number} by
 */
export function step(entries, by) {
  const focused = /** @type {HTMLElement | null | undefined} */ (document.activeElement?.closest("[data-entry]"));
  const at = focused ? entries.indexOf(focused) + by : 0;
  const next = entries[Math.min(Math.max(at, 0), entries.length - 1)];
  if (next) focusOn(next);
  return Boolean(next);
}

/** @param {HTMLElement} entry */
export function focusOn(entry) {
  entry.focus({ preventScroll: true });
  entry.scrollIntoView({ block: "nearest" });
}

/**
 * Ask again and again: after a pause, and never for more than a tenth of the time.
 *
 * @param {() => Promise<void>} look
 */
export async function follow(look) {
  for (;;) {
    const start = performance.now();
    if (!document.hidden) await look();
    const pause = Math.max(PAUSE_MS, PAUSE_PER_WORK * (performance.now() - start));
    await new Promise((resolve) => {
      setTimeout(resolve, pause);
    });
  }
}

const PAUSE_MS = 2000;
const PAUSE_PER_WORK = 9;
