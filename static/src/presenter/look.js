/** Puts on what the settings of a meeting say about its looks. */
import { setText } from "../lib/dom.js";

/** @typedef {{theme: string, accent: string, title: string, language: string}} Look */

/** @param {Look} look */
export function wear({ theme, accent, title, language }) {
  if (language !== document.body.dataset.language) {
    // Every word of the page is another one now. The stage comes back by itself.
    window.location.reload();
    return;
  }
  const page = document.documentElement;
  page.dataset.theme = theme;
  page.dataset.accent = accent;
  document.title = `${title} · pollapp`;
  for (const place of document.querySelectorAll("[data-meeting-title]")) {
    setText(place, title);
  }
}
