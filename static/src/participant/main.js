/** Start of every phone page: takes over what the page has, and leaves alone what it has not. */
import { groupDigits } from "./code-field.js";
import { runMeeting } from "./meeting.js";

const field = document.querySelector("[data-join] input[name=code]");
if (field instanceof HTMLInputElement) groupDigits(field);

// With a script, the meeting may come in reply to the form (`enter` in views.py); here it gets the address it is loaded anew by.
const entry = document.querySelector("[data-enter]");
if (entry instanceof HTMLFormElement) entry.append(Object.assign(document.createElement("input"), { type: "hidden", name: "show" }));
if (window.location.pathname.endsWith("/enter")) {
  window.history.replaceState(null, "", window.location.pathname.replace(/\/enter$/, ""));
}

// A phone with scripts shows questions beside the slide; the page of plain forms is for those without.
const plain = document.querySelector("[data-plain-board]");
if (plain instanceof HTMLElement) window.location.replace(`/m/${plain.dataset.plainBoard}#questions`);

const host = document.querySelector("[data-meeting]");
if (host instanceof HTMLElement) runMeeting(host);
