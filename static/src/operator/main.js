// The operator's page: fetches itself every few seconds and shows the new numbers. Without it, the browser reloads.

const shown = document.querySelector("[data-figures]");
if (shown instanceof HTMLElement && shown.dataset.refresh) {
  const everyMs = Number(shown.dataset.refresh) * 1000;
  setInterval(() => void look(shown), everyMs);
}

/**
 * Show the numbers of now; those of before are greyed while the server does not answer.
 * @param {HTMLElement} figures
 */
async function look(figures) {
  if (document.hidden) return;
  try {
    const reply = await fetch(location.href);
    if (!reply.ok) throw new Error(reply.statusText);
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    const fresh = page.querySelector("[data-figures]");
    if (!fresh) {
      location.reload(); // the token is asked for again
      return;
    }
    const scrolled = figures.querySelector(".server__scroll")?.scrollLeft ?? 0;
    const hadFocus = document.activeElement?.matches(".server__scroll") ?? false;
    figures.replaceChildren(...fresh.childNodes);
    const table = figures.querySelector(".server__scroll");
    if (table instanceof HTMLElement) {
      table.scrollLeft = scrolled;
      if (hadFocus) table.focus();
    }
    delete figures.dataset.late;
  } catch {
    figures.dataset.late = "";
  }
}
