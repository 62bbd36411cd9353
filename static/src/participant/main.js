/** Start of every phone page: takes over what the page has, and leaves alone what it has not. */
import { groupDigits } from "./code-field.js";
import { runMeeting } from "./meeting.js";

const field = document.querySelector("[data-join] input[name=code]");
if (field instanceof HTMLInputElement) groupDigits(field);

// A phone with scripts shows questions beside the slide; the page of plain forms is for those without.
const plain = document.querySelector("[data-plain-board]");
if (plain instanceof HTMLElement) window.location.replace(`/m/${plain.dataset.plainBoard}#questions`);

const host = document.querySelector("[data-meeting]");
if (host instanceof HTMLElement) runMeeting(host);
