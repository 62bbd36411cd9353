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
    update(figures, fresh);
    delete figures.dataset.late;
  } catch {
    figures.dataset.late = "";
  }
}

/**
 * Replace what differs: the rest keeps its place, its focus, and is not read out again.
 * @param {HTMLElement} old
 * @param {Element} fresh
 */
function update(old, fresh) {
  const [before, now] = [[...old.children], [...fresh.children]];
  if (before.length !== now.length) {
    old.replaceChildren(...now);
    return;
  }
  before.forEach((one, index) => {
    const other = now[index];
    if (other && !one.isEqualNode(other)) one.replaceWith(other);
  });
}
