/** The picture inside the editor: drawn from what the editor sends, never from the server. */
import { byId } from "../lib/dom.js";

/**
 * @typedef {{type: "preview", stage: import("./stage.js").Stage, snapshot: import("./stage.js").Snapshot | null,
 *   quiz?: import("./quiz.js").Quiz | null}} Preview
 */

/** @param {ReturnType<typeof import("./stage.js").createStage>} picture */
export function preview(picture) {
  let count = 0;

  /** @param {Preview} message */
  async function draw({ stage, snapshot, quiz }) {
    count += 1;
    // Samples are not numbered: what came last counts.
    if (snapshot) {
      picture.results({ ...snapshot, number: count });
    }
    await picture.show({ ...stage, version: count });
    if (quiz) {
      picture.quiz(quiz);
    }
  }

  window.addEventListener("message", (event) => {
    if (event.origin === window.location.origin && event.data?.type === "preview") {
      void draw(event.data);
    }
  });
  const first = /** @type {Preview | null} */ (JSON.parse(byId("first").textContent || "null"));
  if (first) {
    void draw(first);
  }
  window.parent.postMessage({ type: "preview-ready" }, window.location.origin);
}
