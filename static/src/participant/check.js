/**
 * What is wrong with an answer, told before it is sent. Pure; the server checks again and decides.
 *
 * @import { Raw } from "./store.js"
 * @typedef {{least: number, most: number, limit: number, parts?: [string, number][]}} Rules `parts`: what an item of a
 *   list begins with that somebody writes, and how many characters may follow
 * @typedef {{reason: string, limit: number, length: number}} Problem reason as the server names it, and "same"
 */

/**
 * Count characters as the server does: after trimming, composed, an emoji as what it is made of.
 * @param {string} text
 */
export function lengthOf(text) {
  return [...tidy(text)].length;
}

/** @param {string} text */
const tidy = (text) => text.normalize("NFC").trim().replace(/\s+/g, " ");

/**
 * Return what is wrong with an answer, or null.
 * @param {Raw} raw null = nothing entered
 * @param {Rules} rules
 * @returns {Problem | null}
 */
export function problemOf(raw, rules) {
  if (typeof raw === "string") {
    const length = lengthOf(raw);
    return length > rules.limit ? { reason: "too_long", limit: rules.limit, length } : null;
  }
  for (const [prefix, limit] of rules.parts ?? []) {
    const length = lengthOf(raw?.find((item) => item.startsWith(prefix))?.slice(prefix.length) ?? "");
    if (length > limit) return { reason: "too_long", limit, length };
  }
  const length = raw ? raw.length : 0;
  if (raw && length > rules.most) return { reason: "too_many", limit: rules.most, length };
  if (raw && length < rules.least) return { reason: "too_few", limit: rules.least, length };
  return null;
}

/**
 * Return the slots that repeat an earlier entry of the same person.
 * @param {Raw[]} wished by slot
 * @returns {number[]}
 */
export function repeated(wished) {
  /** @type {Set<string>} */
  const seen = new Set();
  /** @type {number[]} */
  const slots = [];
  wished.forEach((raw, slot) => {
    if (typeof raw !== "string") return;
    const key = tidy(raw).normalize("NFKC").toLocaleLowerCase();
    if (seen.has(key)) slots.push(slot);
    seen.add(key);
  });
  return slots;
}
