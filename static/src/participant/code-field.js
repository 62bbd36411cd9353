/** The join code on the front page: shown in groups of four while it is typed or pasted; spaces never matter. */

/** @param {HTMLInputElement} field */
export function groupDigits(field) {
  field.value = grouped(toDigits(field.value));
  field.addEventListener("input", () => {
    const before = field.value.slice(0, field.selectionStart ?? field.value.length);
    const digits = toDigits(field.value).slice(0, 8);
    const caret = toDigits(before).length;
    field.value = grouped(digits);
    const place = Math.min(field.value.length, caret > 4 ? caret + 1 : caret);
    field.setSelectionRange(place, place);
  });
}

/**
 * Return the digits of a text, whatever script they are written in, as 0 to 9.
 * @param {string} text
 */
export function toDigits(text) {
  return [...text]
    .map((sign) => {
      if (/[0-9]/.test(sign)) return sign;
      const point = sign.codePointAt(0) || 0;
      // Arabic-Indic, Persian and full-width keyboards type digits of their own.
      for (const zero of [0x660, 0x6f0, 0xff10, 0x966]) if (point >= zero && point <= zero + 9) return String(point - zero);
      return "";
    })
    .join("");
}

/** @param {string} digits */
export function grouped(digits) {
  return digits.length > 4 ? `${digits.slice(0, 4)} ${digits.slice(4)}` : digits;
}
