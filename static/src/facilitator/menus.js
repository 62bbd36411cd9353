// Menus that open in place (<details>): one at a time, closed by Escape or by a press elsewhere.

const SELECTOR = "details.menu, details.add";

export function startMenus() {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of opened()) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
  });
  document.addEventListener("pointerdown", (event) => {
    for (const menu of opened()) {
      if (!(event.target instanceof Node && menu.contains(event.target))) menu.open = false;
    }
  });
}

/** @returns {HTMLDetailsElement[]} */
function opened() {
  return [...document.querySelectorAll(SELECTOR)].filter((menu) => menu instanceof HTMLDetailsElement && menu.open).map((menu) => /** @type {HTMLDetailsElement} */ (menu));
}
