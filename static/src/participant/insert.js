/**
 * The only place where HTML becomes part of the phone's page.
 *
 * It comes from the server's own autoescaped template, the same for everybody. It is parsed inside a template element,
 * where nothing runs and nothing loads; scripts parsed this way never run, and the page's policy would refuse them too.
 */

/**
 * Parse a stage fragment without showing it.
 * @param {string} html
 * @returns {HTMLElement | null} null if it is not a stage
 */
export function parseStage(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  const section = template.content.querySelector("[data-stage]");
  return section instanceof HTMLElement ? section : null;
}

/**
 * Parse the board's panel without showing it.
 * @param {string} html
 * @returns {HTMLElement | null} null if it is none
 */
export function parsePanel(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  const panel = template.content.querySelector("[data-board-panel]");
  return panel instanceof HTMLElement ? panel : null;
}

/**
 * Show a parsed stage in place of the present one.
 * @param {HTMLElement} host
 * @param {HTMLElement} section
 */
export function insertStage(host, section) {
  host.replaceChildren(section);
}
