// Puts in what the server rendered. This is the one place of the desk that turns text into elements.

/**
 * Replace what is in `place` by a fragment of our own server's templates, which escape whatever people wrote.
 * Scripts in it would not run: the parser marks them so, and the content security policy forbids them.
 *
 * @param {Element} place
 * @param {string} html
 */
export function putIn(place, html) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  for (const spare of parsed.querySelectorAll("noscript")) spare.remove(); // parsed as if there were no scripts
  place.replaceChildren(...[...parsed.body.childNodes].map((node) => document.adoptNode(node)));
}
