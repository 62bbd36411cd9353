/** Whether single letters are shortcuts (WCAG 2.1.4): one switch for every page, remembered in this browser. */

const REMEMBERED = "pollapp:single-keys";

let on = read();

export function singleKeys() {
  return on;
}

/** @param {boolean} wanted */
export function setSingleKeys(wanted) {
  on = wanted;
  try {
    localStorage.setItem(REMEMBERED, wanted ? "on" : "off");
  } catch {
    // Storage is forbidden here: the switch then holds until the page is left.
  }
}

function read() {
  try {
    return localStorage.getItem(REMEMBERED) !== "off";
  } catch {
    return true;
  }
}
