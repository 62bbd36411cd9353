/** What the room sees now, in words; and the notes to it. */
import { openCountdown } from "../lib/countdown.js";
import { byId, setText } from "../lib/dom.js";
import { number, t } from "../lib/words.js";

/**
 * @typedef {import("../presenter/stage.js").Stage} Stage
 * @typedef {import("../presenter/stage.js").Snapshot} Snapshot
 * @typedef {import("./cue.js").Card} Card
 */

export function createNow() {
  const parts = {
    live: byId("live"),
    main: byId("main"),
    now: byId("now"),
    kind: byId("now-kind"),
    poll: byId("now-poll"),
    cover: byId("now-cover"),
    hidden: byId("now-hidden"),
    shared: byId("now-shared"),
    prompt: byId("now-prompt"),
    count: byId("count"),
    countNumber: byId("count-number"),
    waiting: byId("count-waiting"),
    notes: byId("notes"),
    notesText: byId("notes-text"),
    over: byId("over"),
    position: byId("position"),
    phones: byId("phones"),
    phonesNumber: byId("phones-number"),
  };
  const countdown = openCountdown(byId("countdown"));
  /** The slide whose notes are being read. */
  let read = "";

  return {
    /** @param {Stage} stage */
    stage({ state, slide, poll, blank, join_visible, results_visible, results_on_phones, phones, ...stage }) {
      const live = state === "live";
      parts.now.hidden = state === "ended";
      parts.over.hidden = state !== "ended";
      parts.position.hidden = !live || !slide;
      setText(parts.position, slide ? `${number(slide.position)} / ${number(slide.of)}` : "");
      parts.position.setAttribute("aria-label", slide ? t("slide_of", { position: slide.position, of: slide.of }) : "");
      parts.phones.hidden = phones === null || state === "ended";
      setText(parts.phonesNumber, number(phones ?? 0));
      parts.poll.hidden = !live || !poll;
      parts.poll.classList.toggle("badge--good", poll?.state === "open");
      parts.poll.classList.toggle("badge--muted", poll?.state !== "open");
      setText(parts.poll, t(poll?.state ?? "unopened"));
      parts.cover.hidden = !live || !(blank || join_visible);
      setText(parts.cover, t(blank ? "blank" : "join_visible"));
      parts.hidden.hidden = !live || !poll || results_visible;
      parts.shared.hidden = !live || !poll || !results_on_phones;
      countdown.show(live ? stage.countdown?.left_ms : null);
    },
    /** @param {Stage} stage @param {Card | null} card */
    cue(stage, card) {
      const live = stage.state === "live";
      parts.kind.hidden = !live || !card;
      setText(parts.kind, card?.title ?? "");
      setText(parts.prompt, live ? (card?.prompt ?? "") || (card ? t("no_text") : "") : t("draft"));
      parts.notes.hidden = !live || !card?.notes;
      setText(parts.notesText, card?.notes ?? "");
      if (card && stage.slide && card.id !== read) {
        read = card.id;
        parts.main.scrollTop = 0;
        const { position, of } = stage.slide;
        setText(parts.live, `${t("slide_of", { position, of })}: ${card.prompt || t("no_text")}`);
      }
    },
    /** Show how many answered, as far as that is told. @param {Snapshot | null} snapshot */
    count(snapshot) {
      parts.count.hidden = !snapshot || snapshot.participants === null || snapshot.waiting !== null;
      setText(parts.countNumber, number(snapshot?.participants ?? 0));
      parts.waiting.hidden = !snapshot?.waiting;
      setText(parts.waiting, snapshot?.waiting ? t(snapshot.waiting) : "");
    },
  };
}
