/** Keeps the projecting computer, or the remote in a hand, from falling asleep, where the browser can (it needs HTTPS or localhost). */

export function stayAwake() {
  async function ask() {
    if (document.visibilityState === "visible" && "wakeLock" in navigator) {
      // Refused, for example on a low battery: then the screen sleeps as it would have.
      await navigator.wakeLock.request("screen").catch(() => undefined);
    }
  }
  document.addEventListener("visibilitychange", ask);
  void ask();
}
