/** Small things every page does with elements. Text only ever goes in as text. */

/**
 * Find an element by id that the page's template promises.
 * @template {Element} [T=HTMLElement]
 * @param {string} id
 * @returns {T}
 */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) {
    throw new Error(`The page lacks #${id}`);
  }
  return /** @type {T} */ (/** @type {unknown} */ (element));
}

/**
 * Make an element with a class and children; strings become text.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {string} [className]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function make(tag, className = "", ...children) {
  const element = document.createElement(tag);
  if (className) {
    element.className = className;
  }
  element.append(...children);
  return element;
}

/**
 * Change an element's text only when it differs: no needless layout, no repeated announcement.
 * @param {Element} element
 * @param {string} text
 */
export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/**
 * Set a style only when it differs.
 * @param {HTMLElement} element
 * @param {string} name
 * @param {string} value
 */
export function setStyle(element, name, value) {
  if (element.style.getPropertyValue(name) !== value) {
    element.style.setProperty(name, value);
  }
}

/**
 * Make the children of `parent` those of `items`, in their order, keeping the element of each key.
 *
 * What is gone goes first: else the first gap would have every later element moved, which ends its transitions.
 * @template T
 * @param {Element} parent
 * @param {readonly T[]} items
 * @param {(item: T) => string} key
 * @param {(item: T) => HTMLElement} create
 * @param {(element: HTMLElement, item: T) => void} update
 */
export function keyed(parent, items, key, create, update) {
  const wanted = new Set(items.map(key));
  /** @type {Map<string, HTMLElement>} */
  const old = new Map();
  for (const child of /** @type {HTMLElement[]} */ ([...parent.children])) {
    const name = child.dataset.key ?? "";
    if (wanted.has(name)) {
      old.set(name, child);
    } else {
      child.remove();
    }
  }
  /** @type {Element | null} */
  let next = parent.firstElementChild;
  for (const item of items) {
    const name = key(item);
    let element = old.get(name);
    if (!element) {
      element = create(item);
      element.dataset.key = name;
    }
    if (element === next) {
      next = next.nextElementSibling;
    } else {
      parent.insertBefore(element, next);
    }
    update(element, item);
  }
}

/**
 * Call `react` when the element's content box changes size (not at once).
 * @param {Element} element
 * @param {() => void} react
 */
export function onResize(element, react) {
  let known = `${element.clientWidth}x${element.clientHeight}`;
  new ResizeObserver(() => {
    const now = `${element.clientWidth}x${element.clientHeight}`;
    if (now !== known) {
      known = now;
      react();
    }
  }).observe(element);
}

/**
 * Parse markup that our own server rendered with autoescaping; nothing in it runs or loads.
 * The one place where a screen turns a string into elements.
 * @param {string} html
 * @returns {Node[]}
 */
export function fromServer(html) {
  return [...new DOMParser().parseFromString(html, "text/html").body.childNodes];
}
