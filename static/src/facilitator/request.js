// Asks the server in JSON, and tells apart what was refused from what did not get there.

/**
 * @typedef {{type: "preview", stage: Record<string, unknown>, snapshot: Record<string, unknown> | null}} Preview
 * @typedef {{url: string, fields: Record<string, string | number>, said: string}} Undo
 * @typedef {{ok: boolean, code?: string, message?: string, errors?: Record<string, string>, hidden?: Record<string, string>, beside?: string | null,
 *   url?: string, list?: string, form?: string, preview?: Preview | null, undo?: Undo, picture?: string, address?: string}} Reply
 */

/** The request did not reach the server, or the server could not answer it: trying again is right. */
export class Unreached extends Error {
  /** @param {boolean} offline */
  constructor(offline) {
    super(offline ? "offline" : "server error");
    this.offline = offline;
  }
}

/**
 * @param {string} url
 * @param {URLSearchParams | Blob} [body] posted when given
 * @param {Record<string, string>} [headers] sent with it
 * @returns {Promise<Reply>}
 */
export async function ask(url, body, headers = {}) {
  let response;
  try {
    response = await fetch(url, {
      method: body ? "POST" : "GET",
      body: body ?? null,
      headers: { Accept: "application/json", ...headers },
      credentials: "same-origin",
    });
  } catch {
    throw new Unreached(true);
  }
  if (response.status >= 500 || response.status === 429) throw new Unreached(false);
  try {
    return await response.json();
  } catch {
    throw new Unreached(false);
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} [submitter]
 * @returns {URLSearchParams}
 */
export function bodyOf(form, submitter) {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form, submitter)) if (typeof value === "string") body.append(name, value);
  return body;
}
