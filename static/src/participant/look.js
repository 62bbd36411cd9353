/**
 * Puts on what the settings of a meeting say about its looks. The words around it stay in the reader's own language.
 *
 * @typedef {{accent: string, title: string, language: string}} Look
 */
import { setText } from "../lib/dom.js";

/** @param {Look | undefined} look */
export function wear(look) {
  if (!look) return;
  document.documentElement.dataset.accent = look.accent;
  document.title = look.title;
  for (const place of document.querySelectorAll("[data-meeting-title]")) setText(place, look.title);
  for (const spoken of document.querySelectorAll("body [lang]")) spoken.setAttribute("lang", look.language);
}
