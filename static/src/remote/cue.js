/** What only the facilitator reads: asked for whenever the stage or the agenda changed, and never sent unasked. */

/**
 * @typedef {import("../presenter/stage.js").Stage} Stage
 * @typedef {{id: string, kind: string, title: string, prompt: string, notes: string, curated: boolean}} Card
 * @typedef {{here: Card | null, following: Card | null}} Cue
 */

/**
 * @param {() => Promise<Cue | null>} ask
 * @param {() => void} changed
 */
export function createCue(ask, changed) {
  /** @type {Cue | null} */
  let known = null;
  /** The slide on the stage, "" before the first. */
  let slide = "";
  let asked = "";
  let count = 0;

  async function renew() {
    const mine = ++count;
    const reply = await ask();
    if (mine !== count) {
      return;
    }
    if (reply) {
      known = reply;
      changed();
    } else {
      asked = "";
    }
  }

  return {
    renew,
    /** @param {Stage} stage */
    stage(stage) {
      slide = stage.slide?.id ?? "";
      const about = `${stage.version} ${stage.slide?.of} ${stage.slide?.html}`;
      if (about !== asked) {
        asked = about;
        void renew();
      }
    },
    /** The slide on the stage: the one that was to come next is known before the reply. @returns {Card | null} */
    here() {
      return [known?.here, known?.following].find((card) => card?.id === slide) ?? null;
    },
    /** What comes next: null at the end, undefined as long as it is not known. @returns {Card | null | undefined} */
    following() {
      return known && (known.here?.id ?? "") === slide ? known.following : undefined;
    },
  };
}
