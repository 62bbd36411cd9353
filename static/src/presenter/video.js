/** Plays the video of a slide where its host is allowed: nothing is loaded before somebody asks for it on this screen. */
import { make } from "../lib/dom.js";
import { shrink } from "../lib/fit.js";

/** A frame that has not come after so long will not come, in milliseconds. */
const PATIENCE = 20000;

/**
 * What a page in a frame may do: run its scripts as itself, and be large. It opens no windows and leads this one nowhere.
 * As itself is safe because its host is never this server.
 */
const SANDBOX = "allow-scripts allow-same-origin allow-presentation";
const ALLOW = "autoplay; encrypted-media; fullscreen";

/**
 * @param {HTMLElement} root where slides are shown
 * @param {() => boolean} isSeen whether the slide is, and nothing else over it
 */
export function createVideo(root, isSeen) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;

  /** @param {string} name @returns {HTMLElement | null} */
  const find = (name) => root.querySelector(`[data-${name}]`);
  /** @param {string} name @param {boolean} shown */
  const reveal = (name, shown) => {
    const part = find(name);
    if (part) {
      part.hidden = !shown;
    }
  };
  const isPlaying = () => Boolean(find("screen")?.firstChild);
  const hasKeys = () => document.activeElement instanceof HTMLIFrameElement && root.contains(document.activeElement);
  const offerBack = () => reveal("back", hasKeys());

  function start() {
    const button = find("play");
    const screen = find("screen");
    // In the editor's preview there is the picture of a button, and nobody to press it.
    if (!button || !screen || !isSeen() || document.body.dataset.role === "preview") {
      return;
    }
    const { play: shape, address = "", title = "" } = button.dataset;
    const fresh = shape === "file" ? file(address) : frame(address, "namesUs" in button.dataset);
    fresh.title = title;
    fresh.dir = "ltr";
    screen.replaceChildren(fresh);
    reveal("trouble", false);
    reveal("video", false);
    reveal("player", true);
    backToSlides();
    waiting = setTimeout(fail, PATIENCE);
  }

  /** @param {string} address @param {boolean} namesUs */
  function frame(address, namesUs) {
    const fresh = make("iframe", "video__frame");
    fresh.setAttribute("sandbox", SANDBOX);
    fresh.allow = ALLOW;
    // YouTube plays nothing for a page that does not say where it stands; even then it is not told which meeting.
    fresh.referrerPolicy = namesUs ? "strict-origin" : "no-referrer";
    fresh.addEventListener("load", () => clearTimeout(waiting));
    fresh.addEventListener("pointerleave", () => hasKeys() && backToSlides());
    fresh.src = address;
    return fresh;
  }

  /** @param {string} address */
  function file(address) {
    const fresh = make("video", "video__frame");
    fresh.controls = fresh.autoplay = fresh.playsInline = true;
    fresh.addEventListener("loadedmetadata", () => clearTimeout(waiting));
    fresh.addEventListener("error", fail);
    fresh.src = address;
    return fresh;
  }

  /** Show the card again. */
  function stop() {
    clearTimeout(waiting);
    if (!isPlaying()) {
      return;
    }
    const within = find("player")?.contains(document.activeElement);
    find("screen")?.replaceChildren();
    reveal("player", false);
    reveal("video", true);
    reveal("back", false);
    shrink(root);
    if (within) {
      // Not on its button: the next press of the space bar moves on.
      find("video")?.focus({ preventScroll: true });
    }
  }

  function fail() {
    if (isPlaying()) {
      stop();
      reveal("trouble", true);
    }
  }

  /** Have keys and clickers move slides again: a page in a frame keeps them once it was clicked. */
  function backToSlides() {
    find("player")?.focus({ preventScroll: true });
    reveal("back", false);
  }

  root.addEventListener("click", (event) => {
    const pressed = /** @type {Element} */ (event.target).closest("[data-play], [data-stop], [data-back]");
    if (pressed?.matches("[data-play]")) {
      start();
    } else if (pressed?.matches("[data-stop]")) {
      stop();
    } else if (pressed) {
      backToSlides();
    }
  });
  window.addEventListener("blur", offerBack);
  document.addEventListener("focusin", offerBack);
  document.addEventListener("securitypolicyviolation", (event) => {
    if (["frame-src", "media-src"].includes(event.effectiveDirective)) {
      fail();
    }
  });

  return {
    stop,
    /** Start what the slide offers, or stop it. */
    toggle: () => (isPlaying() ? stop() : start()),
  };
}
