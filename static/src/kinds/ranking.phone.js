/**
 * A ranking on the phone: rows stand in the order of their places. They are tapped in turn, dragged by their grip, moved
 * by arrows, or given a place by the select that works without all this, too.
 */
import { slide } from "../lib/flip.js";
import { reduced } from "../lib/motion.js";
import { fill } from "../lib/words.js";

/** Pixels from the edge of the window within which a dragged row makes the page scroll, and how far per frame. */
const EDGE = 72;
const SCROLL = 9;

/** @param {HTMLElement} root */
export function enhance(root) {
  new Ranking(root);
}

class Ranking {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.list = /** @type {HTMLElement} */ (root.querySelector("[data-rows]"));
    this.rest = /** @type {HTMLElement} */ (root.querySelector("[data-rest]"));
    this.status = /** @type {HTMLElement} */ (root.querySelector("[data-status]"));
    /** Rows as the facilitator ordered them: those without a place keep this order. */
    this.all = /** @type {HTMLElement[]} */ ([...root.querySelectorAll("[data-row]")]);
    this.most = Number(root.dataset.most);
    for (const part of root.querySelectorAll("[data-scripted]")) if (part instanceof HTMLElement) part.hidden = false;
    this.lay(this.ranked());
    root.addEventListener("written", () => this.lay(this.ranked()));
    this.list.addEventListener("input", (event) => this.chosen(event));
    this.list.addEventListener("click", (event) => this.clicked(event));
    this.list.addEventListener("pointerdown", (event) => this.grabbed(event));
  }

  get disabled() {
    return this.root.closest("fieldset")?.disabled ?? false;
  }

  /** @param {HTMLElement} row */
  select(row) {
    return /** @type {HTMLSelectElement} */ (row.querySelector("select"));
  }

  /** @returns {HTMLElement[]} the rows with a place, in the order of their places */
  ranked() {
    const placed = this.all.filter((row) => this.select(row).value);
    return placed.sort((one, other) => Number(this.select(one).value) - Number(this.select(other).value));
  }

  /** The rows as they stand in the list, down to the line. @returns {HTMLElement[]} */
  standing() {
    const children = /** @type {HTMLElement[]} */ ([...this.list.children]);
    return children.slice(0, children.indexOf(this.rest)).filter((row) => this.all.includes(row));
  }

  /**
   * Put the rows in order, and write their places into the selects.
   * @param {HTMLElement[]} ranked
   */
  lay(ranked) {
    const left = this.all.filter((row) => !ranked.includes(row));
    const wanted = [...ranked, this.rest, ...left];
    if (wanted.some((row, place) => this.list.children[place] !== row)) this.list.replaceChildren(...wanted);
    this.rest.hidden = !left.length || !ranked.length;
    for (const [place, row] of ranked.entries()) this.select(row).value = String(place + 1);
    for (const row of left) this.select(row).value = "";
    for (const row of this.all) {
      const place = ranked.indexOf(row);
      row.toggleAttribute("data-ranked", place >= 0);
      const [up, down] = /** @type {HTMLButtonElement[]} */ ([...row.querySelectorAll("[data-step]")]);
      up.hidden = down.hidden = place < 0;
      up.setAttribute("aria-disabled", String(place === 0));
      down.setAttribute("aria-disabled", String(place === ranked.length - 1));
    }
  }

  /**
   * Change the order as a person did, and say so; the rows slide to where they belong.
   * @param {HTMLElement} row whose place was changed
   * @param {HTMLElement[]} ranked
   */
  change(row, ranked) {
    const focused = document.activeElement;
    slide(this.all, () => this.lay(ranked.slice(0, this.most)), reduced());
    if (focused instanceof HTMLElement && this.list.contains(focused)) focused.focus();
    const place = ranked.indexOf(row) + 1;
    this.say((place ? this.root.dataset.said : this.root.dataset.out) ?? "", row, place);
    this.select(row).dispatchEvent(new CustomEvent("input", { bubbles: true }));
  }

  /** @param {string} sentence @param {HTMLElement} row @param {number} place */
  say(sentence, row, place) {
    this.status.textContent = fill(sentence, { name: this.select(row).labels[0].textContent?.trim(), place });
  }

  /** A place was chosen in a select. @param {Event} event */
  chosen(event) {
    const select = event.target;
    const row = select instanceof HTMLSelectElement ? select.closest("[data-row]") : null;
    if (!(select instanceof HTMLSelectElement) || !(row instanceof HTMLElement) || event instanceof CustomEvent) return;
    event.stopPropagation();
    const ranked = this.standing().filter((one) => one !== row);
    if (select.value) ranked.splice(Number(select.value) - 1, 0, row);
    this.change(row, ranked);
  }

  /** A row without a place takes the next one; arrows move a row by one. @param {MouseEvent} event */
  clicked(event) {
    const target = event.target instanceof Element ? event.target : null;
    const row = target?.closest("[data-row]");
    if (!(row instanceof HTMLElement) || target?.closest("select")) return;
    event.preventDefault(); // a label would open its select
    if (this.disabled) return;
    const ranked = this.standing();
    const button = target?.closest("[data-step]");
    if (!button && !ranked.includes(row)) {
      if (ranked.length >= this.most) this.say(this.root.dataset.full ?? "", row, 0);
      else this.change(row, [...ranked, row]);
    } else if (button instanceof HTMLElement && button.getAttribute("aria-disabled") !== "true") {
      const place = ranked.indexOf(row);
      ranked.splice(place, 1);
      ranked.splice(place + Number(button.dataset.step), 0, row);
      this.change(row, ranked);
    }
  }

  /** @param {PointerEvent} event */
  grabbed(event) {
    const grip = event.target instanceof Element ? event.target.closest("[data-grip]") : null;
    const row = grip?.closest("[data-row]");
    if (!(grip instanceof HTMLElement) || !(row instanceof HTMLElement) || this.disabled || event.button) return;
    event.preventDefault();
    grip.setPointerCapture(event.pointerId);
    new Drag(this, row, grip, event);
  }
}

/** One row under a finger. The others make room for it; let go, it has the place where it lies. */
class Drag {
  /**
   * @param {Ranking} ranking
   * @param {HTMLElement} row
   * @param {HTMLElement} grip
   * @param {PointerEvent} event
   */
  constructor(ranking, row, grip, event) {
    this.ranking = ranking;
    this.row = row;
    this.before = ranking.standing();
    this.at = event.clientY;
    this.hold = event.clientY - row.getBoundingClientRect().top;
    this.frame = 0;
    row.classList.add("ranking__row--held");
    ranking.rest.hidden = false;
    const ends = new AbortController();
    const { signal } = ends;
    grip.addEventListener("pointermove", (moved) => this.follow(moved.clientY), { signal });
    const end = (/** @type {boolean} */ kept) => {
      ends.abort();
      this.drop(kept);
    };
    grip.addEventListener("pointerup", () => end(true), { signal });
    grip.addEventListener("pointercancel", () => end(false), { signal });
    document.addEventListener("keydown", (pressed) => pressed.key === "Escape" && end(false), { signal });
    this.follow(this.at);
  }

  /** @param {number} y */
  follow(y) {
    this.at = y;
    this.frame ||= requestAnimationFrame(() => this.step());
  }

  step() {
    this.frame = 0;
    const below = window.innerHeight - this.at;
    const by = this.at < EDGE ? -SCROLL : below < EDGE ? SCROLL : 0;
    const before = window.scrollY;
    if (by) window.scrollBy(0, by);
    this.makeRoom();
    this.row.style.translate = "0 0";
    this.row.style.translate = `0 ${this.at - this.hold - this.row.getBoundingClientRect().top}px`;
    if (by && window.scrollY !== before) this.follow(this.at);
  }

  /** Put the row before the first of the others whose middle lies below its own. */
  makeRoom() {
    const middle = this.at - this.hold + this.row.offsetHeight / 2;
    const all = /** @type {HTMLElement[]} */ ([...this.ranking.list.children]);
    const others = all.filter((one) => one !== this.row);
    const next = others.find((one) => {
      const box = one.getBoundingClientRect();
      return box.top + box.height / 2 > middle;
    });
    if ((next ?? null) === this.row.nextElementSibling) return;
    const place = next ? others.indexOf(next) : others.length;
    // The others move around the row: taken out of the page for a moment, it would lose the finger.
    slide(
      others,
      () => {
        this.row.before(...others.slice(0, place));
        this.row.after(...others.slice(place));
      },
      reduced(),
    );
  }

  /** @param {boolean} kept */
  drop(kept) {
    cancelAnimationFrame(this.frame);
    this.row.classList.remove("ranking__row--held");
    this.row.style.translate = "";
    const after = this.ranking.standing();
    const same = after.length === this.before.length && after.every((row, place) => row === this.before[place]);
    if (kept && !same) this.ranking.change(this.row, after);
    else this.ranking.lay(this.before);
  }
}
