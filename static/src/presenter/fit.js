/** Makes the text of a content slide as large as its screen allows. */

const LARGEST = 1.9;
const COMFORTABLE = 1.25;
const SMALLEST = 0.5;
const STEP = 0.05;

/**
 * Set the size of every [data-shrink] in `slide`, in one column or, when that gets small, in two.
 * @param {HTMLElement} slide
 */
export function shrink(slide) {
  for (const text of /** @type {NodeListOf<HTMLElement>} */ (slide.querySelectorAll("[data-shrink]"))) {
    /** @param {number} least @param {boolean} columns */
    const fits = (least, columns) => {
      text.classList.toggle("text__body--columns", columns);
      for (let size = LARGEST; size >= least; size -= STEP) {
        text.style.setProperty("--size", size.toFixed(2));
        if (text.scrollHeight <= text.clientHeight + 1 && text.scrollWidth <= text.clientWidth + 1) {
          return true;
        }
      }
      return false;
    };
    if (!fits(COMFORTABLE, false)) {
      fits(SMALLEST, slide.clientWidth > slide.clientHeight);
    }
  }
}
