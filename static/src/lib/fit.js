/** Makes the text of a content slide as large as its screen allows. */

const LARGEST = 1.9;
const COMFORTABLE = 1.25;
const SMALLEST = 0.5;
const STEP = 0.05;
const STEP_OF_LARGE = 0.02;

/**
 * Set the size of every [data-shrink] in `slide`. With the value "columns" it gets two of them before it gets small;
 * `data-largest` says how large it may be, in units of the smallest text for the back row.
 * @param {HTMLElement} slide
 */
export function shrink(slide) {
  for (const text of /** @type {NodeListOf<HTMLElement>} */ (slide.querySelectorAll("[data-shrink]"))) {
    const largest = Number(text.dataset.largest ?? LARGEST);
    /** @param {number} least @param {boolean} columns */
    const fits = (least, columns) => {
      text.classList.toggle("text__body--columns", columns);
      for (let size = largest; size >= least; size -= Math.max(STEP, size * STEP_OF_LARGE)) {
        text.style.setProperty("--size", size.toFixed(2));
        if (text.scrollHeight <= text.clientHeight + 1 && text.scrollWidth <= text.clientWidth + 1) {
          return true;
        }
      }
      return false;
    };
    if (!fits(COMFORTABLE, false)) {
      fits(SMALLEST, text.dataset.shrink === "columns" && slide.clientWidth > slide.clientHeight);
    }
  }
}
