// The preview: the real presenter view in a frame, as wide as a screen, drawn to scale.

const SCREEN_WIDTH = 1280;

export class PreviewFrame {
  /** @param {HTMLElement} frame holds the iframe, once there is a slide */
  constructor(frame) {
    this.frame = frame;
    this.number = 1;
    /** @type {import("./request.js").Preview | null} */
    this.latest = null;
    this.loaded = false;
    this.watch();
    this.reveal(this.screen !== null);
    new ResizeObserver(() => frame.style.setProperty("--preview-scale", String(frame.clientWidth / SCREEN_WIDTH))).observe(frame);
  }

  /** @param {boolean} shown without a script, or a slide, there is nothing to see */
  reveal(shown) {
    const aside = this.frame.closest("[data-preview-aside]");
    if (aside instanceof HTMLElement) aside.hidden = !shown;
  }

  /** @returns {HTMLIFrameElement | null} */
  get screen() {
    return this.frame.querySelector("iframe");
  }

  watch() {
    this.screen?.addEventListener("load", () => {
      this.loaded = true;
      if (this.latest) this.send();
    });
  }

  /** @param {import("./request.js").Preview | null | undefined} preview null when the meeting has no slide */
  show(preview) {
    this.reveal(Boolean(preview));
    if (!preview) {
      this.frame.replaceChildren();
      return;
    }
    this.latest = preview;
    if (!this.screen) this.open(preview);
    this.send();
  }

  /** @param {import("./request.js").Preview} preview */
  open(preview) {
    const screen = document.createElement("iframe");
    const slide = /** @type {{id: string}} */ (preview.stage.slide);
    screen.className = "preview__screen";
    screen.title = this.frame.dataset.title ?? "";
    screen.tabIndex = -1;
    screen.src = (this.frame.dataset.address ?? "").replace("SLIDE", slide.id);
    this.frame.replaceChildren(screen);
    this.loaded = false;
    this.watch();
  }

  /** Numbers only grow, or the screen would take the message for an older one. */
  send() {
    if (!this.latest) return;
    this.number += 1;
    const { stage, snapshot } = this.latest;
    this.screen?.contentWindow?.postMessage(
      {
        type: "preview",
        stage: { ...stage, version: this.number },
        snapshot: snapshot && { ...snapshot, number: this.number },
      },
      location.origin,
    );
  }
}
