/** Pictures of options in drawings: small, so the smallest width that is kept will do. */

/** The smallest width in which pictures are kept; a picture that is smaller has its own. */
const SMALLEST = 480;

/**
 * Let an element end with the picture of an option, or with none. The option's label stands beside it.
 * @param {HTMLElement} element
 * @param {string | undefined} picture its id, which ends in its size
 * @param {string} className
 */
export function showThumbnail(element, picture, className) {
  let image = /** @type {HTMLImageElement | null} */ (element.querySelector(`:scope > .${className}`));
  if (!picture) {
    image?.remove();
    return;
  }
  if (!image) {
    image = document.createElement("img");
    image.className = className;
    image.alt = "";
    image.decoding = "async";
    element.append(image);
  }
  const width = Math.min(SMALLEST, Number(picture.split("-").at(-1)?.split("x")[0]));
  const address = `/pictures/${picture}/${width}.webp`;
  if (image.getAttribute("src") !== address) image.src = address;
}
