/**
 * Where the words of a cloud go. Pure arithmetic: boxes in, places out; no document, no chance.
 *
 * A word that still fits where it was stays there. One that does not, because it or a larger neighbour grew, goes to the
 * nearest free place. A new word starts from the middle, in a direction that its key decides, so that the same words
 * give the same picture after a reload. When there is no room left, everything shrinks about the middle together:
 * that keeps every word in its direction and cannot make any two overlap.
 *
 * Free places are found along straight lines. From a point on the line that is covered by a placed box, the next
 * candidate is where the line leaves that box: a handful of steps instead of a spiral of thousands.
 *
 * Many words at once take longer than a frame of a slow computer, so the work can be done a little at a time: `placing`
 * stops after each word, and lib/cloud.js goes on with it in the next frame.
 *
 * @typedef {{key: string, width: number, height: number}} Box size at scale 1
 * @typedef {{x: number, y: number, width: number, height: number}} Place centre, and size at the layout's scale
 * @typedef {{scale: number, places: Map<string, Place>}} Layout the middle of the area is 0, 0
 */

const DIRECTIONS = 48;
/** How much a word would rather keep its own direction than be near the middle. */
const ASIDE = 0.1;
const SHRINK = 0.94;
const SMALLEST = 0.02;
/** How much of the area boxes can be expected to fill at the first try. */
const FILL = 0.8;
const MIDDLE = { x: 0, y: 0 };
/** What keeps a box from touching the one it was put beside, by rounding. */
const HAIR = 1e-6;

/**
 * Return a stable number in [0, 1) for a key (FNV-1a).
 * @param {string} key
 */
export function chance(key) {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index += 1) {
    hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) >>> 0) / 0x100000000;
}

/**
 * Lay boxes out, largest (most important) first, near where they were.
 * @param {readonly Box[]} boxes
 * @param {{width: number, height: number}} area
 * @param {number} largest the scale not to exceed
 * @param {Layout | null} before
 * @returns {Layout}
 */
export function layOut(boxes, area, largest, before) {
  const work = placing(boxes, area, largest, before);
  for (;;) {
    const { done, value } = work.next();
    if (done) {
      return value;
    }
  }
}

/**
 * Do the same step by step: each step looks for the place of one word.
 * @param {readonly Box[]} boxes
 * @param {{width: number, height: number}} area
 * @param {number} largest the scale not to exceed
 * @param {Layout | null} before
 * @returns {Generator<void, Layout, void>}
 */
export function* placing(boxes, area, largest, before) {
  const wanted = Math.min(largest, roomyScale(boxes, area));
  let scale = wanted;
  if (before && before.scale <= largest * 1.02 && before.scale >= wanted * 0.55 && before.scale <= wanted * 1.6) {
    scale = before.scale;
  }
  for (;;) {
    const places = yield* attempt(boxes, area, scale, before);
    if (places || scale < SMALLEST) {
      return { scale, places: places ?? new Map() };
    }
    scale *= SHRINK;
  }
}

/**
 * Return the scale at which the boxes cover a given part of the area, and each fits in it.
 * @param {readonly Box[]} boxes
 * @param {{width: number, height: number}} area
 */
function roomyScale(boxes, area) {
  let covered = 0;
  let fits = Infinity;
  for (const box of boxes) {
    covered += box.width * box.height;
    fits = Math.min(fits, (area.width * 0.98) / box.width, (area.height * 0.98) / box.height);
  }
  return Math.min(fits, Math.sqrt((FILL * area.width * area.height) / Math.max(covered, 1e-9)));
}

/**
 * Try to place everything at one scale.
 * @param {readonly Box[]} boxes
 * @param {{width: number, height: number}} area
 * @param {number} scale
 * @param {Layout | null} before
 * @returns {Generator<void, Map<string, Place> | null, void>} null when something finds no room
 */
function* attempt(boxes, area, scale, before) {
  /** @type {Map<string, Place>} */
  const places = new Map();
  /** @type {Place[]} */
  const taken = [];
  /** @type {{box: Box, from: Place | null}[]} */
  const homeless = [];
  const stretch = before ? scale / before.scale : 1;

  /** @param {Box} box @param {number} x @param {number} y */
  const settle = (box, x, y) => {
    const place = { x, y, width: box.width * scale, height: box.height * scale };
    taken.push(place);
    places.set(box.key, place);
  };

  for (const box of boxes) {
    const old = before?.places.get(box.key);
    if (!old) {
      homeless.push({ box, from: null });
      continue;
    }
    const room = { x: (area.width - box.width * scale) / 2, y: (area.height - box.height * scale) / 2 };
    const x = Math.max(-room.x, Math.min(room.x, old.x * stretch));
    const y = Math.max(-room.y, Math.min(room.y, old.y * stretch));
    const here = { x, y, width: box.width * scale, height: box.height * scale };
    if (room.x < 0 || room.y < 0) {
      return null;
    }
    if (taken.some((other) => overlap(here, other))) {
      homeless.push({ box, from: here });
    } else {
      settle(box, x, y);
    }
  }
  for (const { box, from } of homeless) {
    yield;
    const found = search(box, area, scale, taken, from);
    if (!found) {
      return null;
    }
    settle(box, found.x, found.y);
  }
  // In the order of the boxes, whatever the order they were placed in.
  return new Map(boxes.map((box) => [box.key, /** @type {Place} */ (places.get(box.key))]));
}

/**
 * Find the free place nearest to `from`, or to the middle in the box's own direction.
 * @param {Box} box
 * @param {{width: number, height: number}} area
 * @param {number} scale
 * @param {readonly Place[]} taken
 * @param {{x: number, y: number} | null} from
 * @returns {{x: number, y: number} | null}
 */
function search(box, area, scale, taken, from) {
  const width = box.width * scale;
  const height = box.height * scale;
  const limit = { x: (area.width - width) / 2, y: (area.height - height) / 2 };
  if (limit.x < 0 || limit.y < 0) {
    return null;
  }
  const start = chance(box.key) * 2 * Math.PI;
  /** @type {{x: number, y: number} | null} */
  let best = null;
  let bestCost = Infinity;
  // From the old place first; if every line from there is blocked, from the middle.
  for (const origin of from ? [from, null] : [null]) {
    for (let turn = 0; turn < DIRECTIONS; turn += 1) {
      // Alternately to both sides of the first direction, ever further from it.
      const aside = Math.ceil(turn / 2) * (turn % 2 ? 1 : -1) * ((2 * Math.PI) / DIRECTIONS);
      const dx = Math.cos(start + aside) * area.width;
      const dy = Math.sin(start + aside) * area.height;
      // From the old place the cost is the way itself: no need to go further than the best so far.
      const reach = origin ? bestCost : Infinity;
      const found = along(origin ?? MIDDLE, dx, dy, width, height, limit, taken, reach);
      if (found) {
        const cost = origin ? found.step : distance(found, area) * (1 + ASIDE * Math.abs(aside));
        if (cost < bestCost) {
          bestCost = cost;
          best = found;
        }
      }
    }
    if (best) {
      return best;
    }
  }
  return null;
}

/**
 * Return how far out a place is: contours between an ellipse and the area's rectangle, so that corners fill as well.
 * @param {{x: number, y: number}} place
 * @param {{width: number, height: number}} area
 */
function distance({ x, y }, area) {
  return ((x / area.width) ** 4 + (y / area.height) ** 4) ** 0.25;
}

/**
 * Follow a line from `origin` to the first place where the box is free.
 * @param {{x: number, y: number}} origin
 * @param {number} dx
 * @param {number} dy
 * @param {number} width
 * @param {number} height
 * @param {{x: number, y: number}} limit how far the centre may be from the middle
 * @param {readonly Place[]} taken
 * @param {number} reach how many steps are worth going
 * @returns {{x: number, y: number, step: number} | null}
 */
function along(origin, dx, dy, width, height, limit, taken, reach) {
  let step = 0;
  let x = origin.x;
  let y = origin.y;
  // The boxes that were not in the way since the last step forward; when none of all is, the place is free.
  let clear = 0;
  for (let at = 0; clear <= taken.length; at = at + 1 < taken.length ? at + 1 : 0) {
    if (Math.abs(x) > limit.x || Math.abs(y) > limit.y || step >= reach) {
      return null;
    }
    const other = taken[at];
    const reachX = other ? (width + other.width) / 2 : 0;
    const reachY = other ? (height + other.height) / 2 : 0;
    if (other && Math.abs(x - other.x) < reachX - HAIR / 2 && Math.abs(y - other.y) < reachY - HAIR / 2) {
      const outX = dx === 0 ? Infinity : (other.x - origin.x + (dx > 0 ? reachX : -reachX)) / dx;
      const outY = dy === 0 ? Infinity : (other.y - origin.y + (dy > 0 ? reachY : -reachY)) / dy;
      step = Math.max(step, outX < outY ? outX : outY) + HAIR;
      x = origin.x + dx * step;
      y = origin.y + dy * step;
      clear = 0;
    } else {
      clear += 1;
    }
  }
  return { x, y, step };
}

/**
 * Whether two boxes share any ground.
 * @param {Place} a
 * @param {Place} b
 */
export function overlap(a, b) {
  return (
    Math.abs(a.x - b.x) * 2 < a.width + b.width - 1e-6 && Math.abs(a.y - b.y) * 2 < a.height + b.height - 1e-6
  );
}
