/** Puts on what the settings of a meeting say about its looks. */
import { setText } from "../lib/dom.js";

/** @typedef {{theme: string, accent: string, title: string, language: string, direction: string, plays: string}} Look */

/** @param {Look} look */
export function wear({ theme, accent, title, language, direction, plays }) {
  const page = document.documentElement;
  if (language !== document.body.dataset.language || direction !== page.dir || plays !== document.body.dataset.plays) {
    // Every word of the page is another one now, everything changes sides, or the page may load from other hosts than
    // before. The stage comes back by itself.
    window.location.reload();
    return;
  }
  page.dataset.theme = theme;
  page.dataset.accent = accent;
  document.title = `${title} · pollapp`;
  for (const place of document.querySelectorAll("[data-meeting-title]")) {
    setText(place, title);
  }
}
