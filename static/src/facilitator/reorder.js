// Drag the items of a list into another order. Buttons and keys do the same: see who uses it.

/**
 * @param {HTMLElement} list
 * @param {{item: string, grip?: string, moved: (item: HTMLElement, place: number) => void}} options
 *   `item` selects what moves; with `grip`, only that part of an item starts a drag, so that text in it can be selected
 */
export function startReorder(list, { item, grip, moved }) {
  /** @type {HTMLElement | null} */
  let dragged = null;
  let from = -1;
  const items = () => /** @type {HTMLElement[]} */ ([...list.querySelectorAll(item)]);

  if (grip) {
    list.addEventListener("pointerdown", (event) => {
      const target = event.target instanceof Element ? event.target : null;
      const one = target?.closest(item);
      if (one instanceof HTMLElement) one.draggable = Boolean(target?.closest(grip));
    });
  }
  list.addEventListener("dragstart", (event) => {
    const one = event.target instanceof Element ? event.target.closest(item) : null;
    if (!(one instanceof HTMLElement) || !event.dataTransfer) return;
    dragged = one;
    from = items().indexOf(one);
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
    requestAnimationFrame(() => one.classList.add("is-dragged"));
  });
  list.addEventListener("dragover", (event) => {
    if (!dragged) return;
    event.preventDefault();
    const over = event.target instanceof Element ? event.target.closest(item) : null;
    if (!(over instanceof HTMLElement) || over === dragged || !list.contains(over)) return;
    const box = over.getBoundingClientRect();
    const later = flowsDown(items())
      ? event.clientY > box.top + box.height / 2
      : event.clientX > box.left + box.width / 2 !== (getComputedStyle(list).direction === "rtl");
    over[later ? "after" : "before"](dragged);
  });
  list.addEventListener("drop", (event) => event.preventDefault());
  list.addEventListener("dragend", () => {
    if (!dragged) return;
    const one = dragged;
    dragged = null;
    one.classList.remove("is-dragged");
    if (grip) one.draggable = false;
    const place = items().indexOf(one);
    if (place !== from) moved(one, place);
  });
}

/** @param {HTMLElement[]} items whether they stand below each other */
function flowsDown([first, second]) {
  return !first || !second || second.offsetTop >= first.offsetTop + first.offsetHeight / 2;
}
