// The desk: starts what the page at hand has a use for. Every page works without it.

import { drawCharts } from "./charts.js";
import { startCopying } from "./copying.js";
import { startEditor } from "./editor.js";
import { startMenus } from "./menus.js";
import { startPlayers } from "./players.js";
import { startQuestions } from "./questions.js";
import { startQueue } from "./queue.js";
import { startReview } from "./review.js";
import { startWords } from "./words.js";

startMenus();
for (const link of document.querySelectorAll("[data-copying]")) if (link instanceof HTMLElement) startCopying(link);
drawCharts();
const editor = document.querySelector("[data-editor]");
if (editor instanceof HTMLElement) startEditor(editor);
const queue = document.querySelector("[data-queue]");
if (queue instanceof HTMLElement) startQueue(queue);
const questions = document.querySelector("[data-questions]");
if (questions instanceof HTMLElement) startQuestions(questions);
const players = document.querySelector("[data-players]");
if (players instanceof HTMLElement) startPlayers(players);
const words = document.querySelector("[data-cloud-words]");
if (words instanceof HTMLElement && words.dataset.round) startWords(words);
const review = document.querySelector("[data-review]:has([data-card])");
if (review instanceof HTMLElement) startReview(review);
