/** Open answers in the facilitator's hand: any of them to be shown large, and the one that is on the screen. */
import { byId, keyed, make, setText } from "../lib/dom.js";
import { number, t } from "../lib/words.js";

/**
 * @typedef {import("../presenter/stage.js").Stage} Stage
 * @typedef {import("../presenter/stage.js").Snapshot} Snapshot
 */

/** @param {(action: string, more?: Record<string, unknown>) => void} send */
export function createTexts(send) {
  const panel = byId("apart");
  const words = byId("apart-text");
  const place = byId("apart-place");
  const list = byId("texts");
  const more = byId("texts-more");
  byId("apart-previous").addEventListener("click", () => send("previous_text"));
  byId("apart-next").addEventListener("click", () => send("next_text"));
  const off = byId("apart-off");
  off.addEventListener("click", () => send("unhighlight"));

  /** @param {{id: string}} text */
  function create({ id }) {
    const text = make("p", "asked__text");
    text.dir = "auto";
    text.id = `text-${id}`;
    const button = make("button", "button");
    button.type = "button";
    button.setAttribute("aria-describedby", text.id);
    button.addEventListener("click", () => (button.dataset.on ? send("unhighlight") : send("highlight", { text: id })));
    return make("li", "asked__one", text, make("div", "cluster", button, make("span", "muted")));
  }

  return {
    /**
     * Show the answers of what is on the stage; tells whether it has any.
     * @param {Stage | null} stage
     * @param {Snapshot | null} snapshot
     */
    show(stage, snapshot) {
      const apart = (stage?.text && snapshot?.text) || null;
      panel.hidden = !apart || !stage?.results_visible;
      setText(words, apart?.text ?? "");
      const count = typeof apart?.votes === "number" ? ` · ${t("upvotes", { number: number(apart.votes) })}` : "";
      setText(place, apart ? `${t("text_place", { place: apart.place, total: apart.of })}${count}` : "");
      off.hidden = !stage?.text?.large;
      const ids = snapshot?.text_ids ?? [];
      const rows = snapshot?.table?.rows ?? [];
      const texts = ids.map((id, index) => ({ id, text: String(rows[index]?.[0] ?? ""), votes: rows[index]?.[1] }));
      keyed(list, texts, ({ id }) => id, create, (row, { id, text, votes }) => {
        const [shown, acts] = row.children;
        const button = /** @type {HTMLElement} */ (acts.firstElementChild);
        setText(/** @type {Element} */ (acts.lastElementChild), typeof votes === "number" ? t("upvotes", { number: number(votes) }) : "");
        const isApart = apart?.id === id;
        const isOn = isApart && Boolean(stage?.text?.large);
        setText(shown, text);
        button.dataset.on = isOn ? "on" : "";
        setText(button, t(isOn ? "off_screen" : "on_screen"));
        // Where answers come one at a time there is always one, which only another can replace. Hidden results stay hidden.
        button.hidden = (isApart && !isOn) || !stage?.results_visible;
      });
      const total = snapshot?.table?.total ?? 0;
      more.hidden = !texts.length || texts.length >= total;
      setText(more, t("rows_first", { shown: texts.length, total }));
      return texts.length > 0;
    },
  };
}
