// The charts of the results page: each drawn once by the module of its kind.

import { t } from "../lib/words.js";

export function drawCharts() {
  const reduced = matchMedia("(prefers-reduced-motion: reduce)").matches;
  for (const place of document.querySelectorAll("[data-chart]")) {
    if (place instanceof HTMLElement) void drawOne(place, reduced);
  }
}

/**
 * @param {HTMLElement} place
 * @param {boolean} reduced
 */
async function drawOne(place, reduced) {
  const kind = place.dataset.chart ?? "";
  const results = JSON.parse(place.querySelector("script")?.textContent ?? "{}");
  const module = await import(`../kinds/${kind}.js`);
  const root = document.createElement("div");
  root.className = "chart";
  place.append(root);
  module.draw(root, results, { reduced, locale: document.documentElement.lang, words: t });
}
