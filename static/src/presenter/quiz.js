/** Players of a quiz on the screen: a lobby into which nicknames pop, and a leaderboard whose rows move to their places. */
import { keyed, make, onResize, setText } from "../lib/dom.js";
import { slide } from "../lib/flip.js";
import { appear, reduced } from "../lib/motion.js";
import { number, t } from "../lib/words.js";

/**
 * @typedef {{id: string, nickname: string}} Player
 * @typedef {{id: string, nickname: string, place: number, points: number, before: number | null, gained: number}} Leader
 * @typedef {{kind: "quiz_lobby", total: number, players: Player[]}} Lobby
 * @typedef {{kind: "leaderboard", total: number, more: number, leaders: Leader[]}} Leaders
 * @typedef {Lobby | Leaders} Quiz
 */

/** Sizes that names of a lobby are tried in, in rem. */
const SIZES = [2, 1.7, 1.45, 1.2, 1];

/**
 * @param {HTMLElement} root where slides are shown
 * @param {boolean} removable whether nicknames may be taken away here
 */
export function createQuiz(root, removable) {
  const live = /** @type {HTMLElement | null} */ (document.getElementById("live"));
  /** @type {Quiz | null} */
  let quiz = null;
  /** @type {(player: string) => void} */
  let take = () => {};

  const find = (/** @type {string} */ name) => /** @type {HTMLElement | null} */ (root.querySelector(`[data-${name}]`));

  function draw() {
    if (quiz?.kind === "quiz_lobby" && find("players")) {
      drawLobby(quiz);
    } else if (quiz?.kind === "leaderboard" && find("leaders")) {
      drawLeaders(quiz);
    }
  }

  /** @param {Lobby} lobby */
  function drawLobby({ total, players }) {
    const names = /** @type {HTMLElement} */ (find("players-names"));
    setText(/** @type {Element} */ (find("players-total")), number(total));
    /** @type {HTMLElement} */ (find("players-none")).hidden = total > 0;
    names.hidden = total === 0;
    const before = new Set(names.children);
    keyed(names, players, (player) => player.id, chip, updateChip);
    fitNames(names, total);
    if (before.size) {
      for (const fresh of names.children) {
        if (!before.has(fresh)) {
          appear(fresh, reduced());
        }
      }
    }
  }

  /** @returns {HTMLElement} */
  function chip() {
    const name = make("span", "lobby__name");
    name.dir = "auto";
    const item = make("li", "lobby__player", name);
    if (removable) {
      const button = make("button", "lobby__take", "×");
      button.type = "button";
      button.addEventListener("click", () => take(item.dataset.player ?? ""));
      item.append(button);
    }
    return item;
  }

  /** @param {HTMLElement} item @param {Player} player */
  function updateChip(item, player) {
    item.dataset.player = player.id;
    setText(item.children[0], player.nickname);
    item.children[1]?.setAttribute("aria-label", t("players_take", { nickname: player.nickname }));
  }

  /**
   * The largest size in which all names fit; in the smallest, those that have no room are counted.
   * @param {HTMLElement} names
   * @param {number} total
   */
  function fitNames(names, total) {
    names.querySelector(".lobby__more")?.remove();
    const items = /** @type {HTMLElement[]} */ ([...names.children]);
    for (const item of items) {
      item.hidden = false;
    }
    const overflows = () => names.scrollHeight > names.clientHeight + 1;
    for (const size of SIZES) {
      names.style.fontSize = `${size}rem`;
      if (!overflows()) {
        break;
      }
    }
    let shown = items.length;
    if (shown === total && !overflows()) {
      return;
    }
    const more = make("li", "lobby__more");
    names.append(more);
    setText(more, t("players_more", { number: total - shown }));
    while (shown > 1 && overflows()) {
      shown -= 1;
      items[shown].hidden = true;
      setText(more, t("players_more", { number: total - shown }));
    }
  }

  /** @param {Leaders} board */
  function drawLeaders({ leaders, more, total }) {
    const rows = /** @type {HTMLElement} */ (find("leaders-rows"));
    const none = !leaders.length;
    /** @type {HTMLElement} */ (find("leaders-none")).hidden = !none;
    /** @type {HTMLElement} */ (find("leaders-table")).hidden = none;
    const rest = /** @type {HTMLElement} */ (find("leaders-more"));
    rest.hidden = more === 0;
    setText(rest, more ? t("leaders_more", { number: more, place: leaders[leaders.length - 1].place }) : "");
    if (none) {
      return;
    }
    /** @type {HTMLElement} */ (find("leaders-table")).style.setProperty("--rows", String(leaders.length + (more ? 1 : 0)));
    const fresh = !rows.children.length;
    if (fresh && leaders.some(({ before }) => before !== null)) {
      // Where they stood before the last question, so that the eye can follow who moved.
      const earlier = [...leaders].sort((one, other) => (one.before ?? total) - (other.before ?? total) || one.place - other.place);
      keyed(rows, earlier, (leader) => leader.id, row, updateRow);
      rows.getBoundingClientRect();
    }
    slide(/** @type {HTMLElement[]} */ ([...rows.children]), () => keyed(rows, leaders, (leader) => leader.id, row, updateRow), reduced());
    if (fresh && live) {
      live.textContent = t("leaders_first", { nickname: leaders[0].nickname, points: leaders[0].points });
    }
  }

  onResize(root, draw);

  return {
    draw,
    /** @param {Quiz} next */
    take(next) {
      quiz = next;
      draw();
    },
    /** @param {(player: string) => void} listener */
    onTake(listener) {
      take = listener;
    },
  };
}

/** @returns {HTMLElement} */
function row() {
  const name = make("td", "leaders__name");
  name.dir = "auto";
  const points = make("td", "leaders__points");
  return make("tr", "leaders__row", make("td", "leaders__place"), make("td", "leaders__moved", make("span"), make("span", "visually-hidden")), name, points);
}

/** @param {HTMLElement} element @param {Leader} leader */
function updateRow(element, leader) {
  const [place, moved, name, points] = element.children;
  const by = leader.before === null ? 0 : leader.before - leader.place;
  element.classList.toggle("leaders__row--first", leader.place === 1);
  setText(place, number(leader.place));
  moved.classList.toggle("leaders__moved--up", by > 0);
  moved.classList.toggle("leaders__moved--down", by < 0);
  setText(moved.children[0], by === 0 ? "" : `${by > 0 ? "▲" : "▼"} ${number(Math.abs(by))}`);
  moved.children[0].setAttribute("aria-hidden", "true");
  setText(moved.children[1], t(by > 0 ? "leaders_up" : by < 0 ? "leaders_down" : "leaders_same", { number: Math.abs(by) }));
  setText(name, leader.nickname);
  setText(points, number(leader.points));
}
