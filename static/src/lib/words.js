/** What scripts say: the page carries the words in its own language, this fills in the blanks. */

/** @type {Record<string, string> | undefined} */
let words;

/** The language of the page, for numbers. */
export function locale() {
  return document.documentElement.lang || "en";
}

/**
 * Say `key` with `{name}` replaced by `params.name`. A key the page lacks is said as it is, so that it is noticed.
 * @param {string} key
 * @param {Record<string, string | number>} [params]
 * @returns {string}
 */
export function t(key, params = {}) {
  if (!words) {
    words = /** @type {Record<string, string>} */ (JSON.parse(document.getElementById("words")?.textContent || "{}"));
  }
  return fill(words[key] ?? key, params);
}

/**
 * Put values in the place of `{name}`.
 * @param {string} sentence
 * @param {Record<string, unknown>} params
 */
export function fill(sentence, params) {
  return sentence.replace(/\{(\w+)\}/g, (blank, name) => {
    const value = params[name];
    return typeof value === "number" ? number(value) : String(value ?? blank);
  });
}

/**
 * Add words that came with a part of the page.
 * @param {Record<string, string>} more
 */
export function addWords(more) {
  t("");
  Object.assign(/** @type {Record<string, string>} */ (words), more);
}

/** Making a format takes longer than using it. @type {Map<string, Intl.NumberFormat>} */
const formats = new Map();

/**
 * Write a number the way the page's language does.
 * @param {number} value
 * @param {Intl.NumberFormatOptions} [options]
 */
export function number(value, options) {
  return numberFormat(locale(), options).format(value);
}

/**
 * Return what writes numbers in a language.
 * @param {string} language
 * @param {Intl.NumberFormatOptions} [options]
 */
export function numberFormat(language, options) {
  const name = `${language} ${JSON.stringify(options)}`;
  let format = formats.get(name);
  if (!format) {
    format = new Intl.NumberFormat(language, options);
    formats.set(name, format);
  }
  return format;
}
