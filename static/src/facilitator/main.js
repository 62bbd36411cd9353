// The desk: starts what the page at hand has a use for. Every page works without it.

import { drawCharts } from "./charts.js";
import { startEditor } from "./editor.js";
import { startMenus } from "./menus.js";
import { startReview } from "./review.js";

startMenus();
drawCharts();
const editor = document.querySelector("[data-editor]");
if (editor instanceof HTMLElement) startEditor(editor);
const review = document.querySelector("[data-review]:has([data-card])");
if (review instanceof HTMLElement) startReview(review);
